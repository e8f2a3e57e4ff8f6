import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, freshPage, json, later, sent, settle } from "./dom.mjs";
import { el } from "../../main/webapp/console/lib/dom.js";
import { patchForm } from "../../main/webapp/console/lib/patch-form.js";

beforeEach(freshPage);

const FIELDS = [
  { name: "theme", label: "Theme", type: "text" },
  { name: "rows", label: "Rows", type: "number" },
];

async function open(more = {}) {
  answerWith(json({ theme: "dark", rows: 5 }, { headers: { ETag: '"1"' } }));
  const place = await patchForm({
    id: "settings",
    path: "/me/settings",
    fields: FIELDS,
    whenSaved: (data) => `Saved ${data.theme}.`,
    ...more,
  });
  document.body.append(place);
  const find = (css) => place.querySelector(css);
  return {
    find,
    type: (name, text) => {
      find(`[name=${name}]`).value = text;
      find(`[name=${name}]`).dispatch("input");
    },
    save: async () => {
      find("[data-act=save]").click();
      await settle();
    },
  };
}

const patches = () => sent.slice(1).map(({ method, body, headers }) => [method, body, headers["If-Match"]]);

test("shows what there is", async () => {
  const { find } = await open();

  assert.equal(find("#settings [name=theme]").value, "dark");
  assert.equal(find("#settings [name=rows]").value, "5");
  assert.deepEqual([sent[0].method, sent[0].address], ["GET", "/api/me/settings"]);
});

test("sends what was changed with the version that was seen, and goes on from what it is answered", async () => {
  const { find, type, save } = await open();
  answerWith(
    json({ theme: "light", rows: 6 }, { headers: { ETag: '"2"' } }),
    json({ theme: "blue", rows: 6 }, { headers: { ETag: '"3"' } }),
  );

  type("theme", "light");
  await save();
  assert.equal(document.getElementById("notice").textContent, "Saved light.");
  assert.equal(find("[name=rows]").value, "6");
  type("theme", "blue");
  await save();

  assert.deepEqual(patches(), [
    ["PATCH", '{"theme":"light"}', '"1"'],
    ["PATCH", '{"theme":"blue"}', '"2"'],
  ]);
});

test("leaves what was typed where it was refused, and says why", async () => {
  const { find, type, save } = await open();
  const errors = [{ field: "rows", message: "must be positive" }];
  answerWith(
    json({ code: "invalid", detail: "Not valid.", errors }, { status: 400 }),
    json({ code: "stale", detail: "?" }, { status: 412 }),
    json({ theme: "dark", rows: 6 }),
  );

  type("rows", "-1");
  await save();
  assert.equal(find("[name=rows]").value, "-1");
  assert.equal(find("#error-rows").textContent, "must be positive");
  assert.equal(find(".refusal"), null);
  assert.equal(document.activeElement.name, "rows");

  find("[name=rows]").value = "6";
  const second = save();
  assert.equal(find("#error-rows").textContent, "");
  await second;
  assert.match(find(".refusal").textContent, /^Somebody has changed it/);
  assert.equal(find("[name=rows]").value, "6");

  const third = save();
  assert.equal(find(".refusal"), null);
  await third;
  assert.equal(document.getElementById("notice").textContent, "Saved dark.");
});

test("saves once at a time", async () => {
  const slow = later();
  const { find, save } = await open();
  answerWith(() => slow.promise, json({ theme: "dark", rows: 5 }));

  const button = find("[data-act=save]");
  button.click();
  button.click();
  assert.equal(button.getAttribute("aria-disabled"), "true");
  slow.resolve(json({ theme: "dark", rows: 5 }));
  await settle();
  assert.equal(patches().length, 1);
  await save();

  assert.equal(patches().length, 2);
});

test("leaves the focus where it is when it has saved", async () => {
  const { find, save } = await open();
  answerWith(json({ theme: "dark", rows: 5 }), json({ theme: "dark", rows: 5 }));

  for (const css of ["[data-act=save]", "[name=rows]"]) {
    find(css).focus();
    await save();
    assert.equal(document.activeElement, find(css), css);
  }
});

test("leaves what is typed while it saves, and sends it with the next save", async () => {
  const slow = later();
  const { find, type, save } = await open();
  answerWith(() => slow.promise, json({ theme: "dim", rows: 8 }, { headers: { ETag: '"3"' } }));

  type("theme", "light");
  type("rows", "7");
  const saved = save();
  type("rows", "5");
  slow.resolve(json({ theme: "Light", rows: 7 }, { headers: { ETag: '"2"' } }));
  await saved;
  assert.equal(find("[name=theme]").value, "Light");
  assert.equal(find("[name=rows]").value, "5");
  await save();

  assert.deepEqual(patches().at(-1), ["PATCH", '{"rows":5}', '"2"']);
});

test("shows the next command when it has saved", async () => {
  const { find, type, save } = await open();
  answerWith(json({ theme: "light", rows: 5 }, { headers: { ETag: '"2"' } }));
  find("details").open = true;
  find("details").dispatch("toggle", { bubbles: false });

  type("theme", "light");
  await save();

  assert.match(find("code").textContent, / -H 'If-Match: "2"' -d '\{}' /);
});

test("can't be saved by who may not change it", async () => {
  const { find } = await open({ mayChange: false });

  assert.equal(find("[data-act=save]"), null);
  assert.ok(find("[name=theme]"));
});

test("lets the page say how the fields lie", async () => {
  const { find } = await open({ arrange: ([theme, rows]) => [el("fieldset", {}, rows), theme] });

  assert.equal(find("fieldset input").name, "rows");
});

test("shows what it sends as a command, while it is typed", async () => {
  const { find, type } = await open();
  find("details").open = true;
  find("details").dispatch("toggle", { bubbles: false });
  assert.match(find("code").textContent, /^curl -X PATCH .* -H 'If-Match: "1"' -d '\{}' /);

  type("rows", "7");

  assert.match(find("code").textContent, / -d '\{"rows":7}' /);
});

test("does not come where it can't be read", async () => {
  answerWith(json({ code: "forbidden", detail: "No." }, { status: 403 }));

  await assert.rejects(patchForm({ id: "x", path: "/x", fields: FIELDS }), { code: "forbidden" });
});
