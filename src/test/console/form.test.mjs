import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, answerWith, freshPage, json, later, sent, settle } from "./dom.mjs";
import { Problem } from "../../main/webapp/console/lib/api.js";
import { el } from "../../main/webapp/console/lib/dom.js";
import { Fields } from "../../main/webapp/console/lib/fields.js";
import { formDialog, IdempotencyKey, showFailure } from "../../main/webapp/console/lib/form.js";

beforeEach(freshPage);

const FIELDS = [
  { name: "name", label: "Name", required: true },
  { name: "email", label: "E-mail" },
  { name: "password", label: "Password", type: "secret" },
];

function open(more = {}) {
  const answer = formDialog({
    name: "new-user",
    title: "New user",
    fields: FIELDS,
    label: "Create",
    request: (body) => ({ method: "POST", path: "/users", body, key: "k-1" }),
    ...more,
  });
  const dialog = document.querySelector("dialog");
  const find = (css) => dialog.querySelector(css);
  return {
    answer,
    dialog,
    find,
    save: find("[data-act=save]"),
    type: (name, text) => {
      find(`[name=${name}]`).value = text;
      find(`[name=${name}]`).dispatch("input");
    },
    command: () => {
      find("details").open = true;
      find("details").dispatch("toggle", { bubbles: false });
      return find("code").textContent;
    },
  };
}

test("sends what is given and gives what it is answered with", async () => {
  const { answer, save, type, find } = open({ intro: "Somebody new." });
  assert.equal(find("form p").textContent, "Somebody new.");
  answerWith(json({ id: "7" }, { status: 201 }));
  type("name", "Ada");

  save.click();

  assert.deepEqual(await answer, { id: "7" });
  assert.deepEqual([sent[0].method, sent[0].address, sent[0].body], ["POST", "/api/users", '{"name":"Ada"}']);
  assert.equal(sent[0].headers["Idempotency-Key"], "k-1");
});

test("sends only what was changed where it changes something", async () => {
  const { answer, save, type } = open({ values: { name: "Ada", email: "a@example.com" }, patch: true });
  answerWith(json({}));
  type("email", "");

  save.click();
  await answer;

  assert.equal(sent[0].body, '{"email":null}');
});

test("begins at the first field", () => {
  open();

  assert.equal(document.activeElement.name, "name");
});

test("gives nothing when it is left", async () => {
  const { answer, find } = open();

  find("[data-act=cancel]").click();

  assert.equal(await answer, null);
  assert.equal(sent.length, 0);
});

test("lets the page go nowhere, and saves once at a time", async () => {
  const slow = later();
  const { answer, save, find } = open();
  answerWith(() => slow.promise);

  const submitted = find("form").dispatch("submit");
  assert.equal(submitted.defaultPrevented, true);
  assert.equal(save.getAttribute("aria-disabled"), "true");
  save.click();
  slow.resolve(json({}));
  await answer;

  assert.equal(sent.length, 1);
});

test("tells whoever leaves while it is sent that it was done after all", async () => {
  const slow = later();
  const { answer, save, find, dialog } = open();
  answerWith(() => slow.promise);

  save.click();
  find("[data-act=cancel]").click();
  await settle();
  assert.equal(dialog.isConnected, false);
  slow.resolve(json({ id: "7" }));

  assert.deepEqual(await answer, { id: "7" });
});

test("gives nothing when it is left while it is sent, and then refused", async () => {
  const slow = later();
  const { answer, save, find } = open();
  answerWith(() => slow.promise);

  save.click();
  find("[data-act=cancel]").click();
  await settle();
  slow.resolve(json({ code: "conflict", detail: "Taken." }, { status: 409 }));

  assert.equal(await answer, null);
});

test("says at the fields what is wrong with them, and takes it back with the next try", async () => {
  const { answer, save, find } = open();
  const errors = [{ field: "name", message: "must not be empty" }];
  answerWith(json({ code: "invalid", detail: "Not valid.", errors }, { status: 400 }), json({}));

  save.click();
  await settle();
  assert.equal(find("#error-name").textContent, "must not be empty");
  assert.equal(find(".refusal"), null);
  assert.equal(save.hasAttribute("aria-disabled"), false);
  save.click();
  assert.equal(find("#error-name").textContent, "");

  await answer;
});

test("says as a whole what belongs to no field", async () => {
  const { answer, save, find } = open();
  answerWith(new TypeError("Failed to fetch"), json({}));
  save.focus();

  save.click();
  await settle();
  assert.equal(find(".refusal").dataset.problem, "server-gone");
  assert.equal(document.activeElement, save);
  save.click();
  assert.equal(find(".refusal"), null);

  await answer;
});

test("shows what it sends as a command, without what is secret and without the key", () => {
  const { type, command, find } = open();
  type("name", "Ada");
  type("password", "hunter2");

  const text = command();
  assert.match(text, /-d '\{"name":"Ada","password":"…"}'/);
  assert.equal(text.includes("Idempotency-Key"), false);
  type("name", "Bob");
  assert.match(find("code").textContent, /"name":"Bob"/);
});

function refused(failure) {
  const fields = new Fields([{ name: "name" }]);
  const place = el("div");
  showFailure(fields, place, failure);
  return [fields.fields[0].error.textContent, place.textContent];
}

test("shows the whole where a field is named that is not there", () => {
  const at = (...names) => names.map((field) => ({ field, message: `${field} is odd` }));

  assert.deepEqual(refused(new Problem({ detail: "Odd.", errors: at("name") })), ["name is odd", ""]);
  assert.deepEqual(refused(new Problem({ detail: "Odd.", errors: at("name", "other") })), ["name is odd", "Odd."]);
  assert.deepEqual(refused(new Problem({ detail: "Odd." })), ["", "Odd."]);
  assert.deepEqual(refused(new Error("Broken.")), ["", "Broken."]);
});

test("says of what somebody else has changed what can be done now", () => {
  const [, text] = refused(new Problem({ code: "stale", detail: "The ETag is not the current one." }));

  assert.match(text, /^Somebody has changed it since it was read here\./);
});

test("sends the same again with the same key, and another body with another", () => {
  const key = new IdempotencyKey();
  const first = key.of({ name: "Ada" });

  assert.equal(key.of({ name: "Ada" }), first);
  const second = key.of({ name: "Bob" });
  assert.notEqual(second, first);
  assert.notEqual(key.of({ name: "Ada" }), first);
  assert.notEqual(new IdempotencyKey().of({ name: "Bob" }), second);
});

test("ties the button that saves to the form that it lies outside of", () => {
  const { save, dialog } = open();

  assert.equal(all(dialog, "form button[type=submit]").length, 0);
  assert.equal(save.form.localName, "form");
});
