import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, clock, freshPage, json, later, settle } from "./dom.mjs";
import { batchPage } from "../../main/webapp/console/batch/page.js";

beforeEach(freshPage);

const execution = (status) => ({ id: 1, job: "isolation-audit", status, createTime: 0, steps: [] });

test("folds nothing up under the eyes of whoever has unfolded it while it was asked for anew", async () => {
  const slow = later();
  answerWith(
    json({ rotation: { state: "never-run" }, keys: [] }),
    json({ items: [execution("STARTED")] }),
    () => slow.promise,
    json({ items: [execution("COMPLETED")] }),
  );
  const { content, leave } = await batchPage();
  document.body.append(content);
  const find = (css) => content.querySelector(css);

  await clock.pass(3000);
  find("[data-act=details]").click();
  slow.resolve(json({ items: [execution("COMPLETED")] }));
  await settle();
  assert.equal(find("[data-act=details]").getAttribute("aria-expanded"), "true");
  assert.equal(find(".badge").textContent, "Started");

  find("[data-act=details]").click();
  await clock.pass(3000);
  leave();

  assert.equal(find(".badge").textContent, "Completed");
});

test("loses no focus when the key is being rotated", async () => {
  answerWith(json({ rotation: { state: "never-run" }, keys: [] }), json({ items: [] }));
  const { content, leave } = await batchPage();
  document.body.append(content);
  answerWith(json({ rotation: { state: "running", done: 0, total: 1 }, keys: [] }));
  const rotate = content.querySelector("[data-act=rotate-secret-key]");

  rotate.click();
  // A browser goes back there when the dialog is closed.
  rotate.focus();
  document.querySelector("[data-act=confirm]").click();
  await settle();
  leave();

  assert.equal(rotate.disabled, true);
  assert.equal(document.activeElement.id, "secret-key-title");
});
