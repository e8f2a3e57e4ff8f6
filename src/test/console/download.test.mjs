import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { beforeEach, test } from "node:test";
import { clock, followed, freshPage } from "./dom.mjs";
import { downloadButton } from "../../main/webapp/console/lib/download.js";

beforeEach(freshPage);

test("saves what there is when it is asked for, and lets go of it later", async () => {
  let items = [];
  const save = downloadButton("users", () => items);

  items = [{ name: "Ö" }];
  save.click();

  const [link] = followed;
  const address = link.getAttribute("href");
  const saved = resolveObjectURL(address);
  assert.equal(link.getAttribute("download"), "users.json");
  assert.equal(saved.type, "application/json");
  assert.equal(await saved.text(), '[\n  {\n    "name": "Ö"\n  }\n]');
  await clock.pass(10_000);
  assert.equal(resolveObjectURL(address), undefined);
});
