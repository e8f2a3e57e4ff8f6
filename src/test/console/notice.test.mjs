import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clock, freshPage } from "./dom.mjs";
import { say } from "../../main/webapp/console/lib/notice.js";

beforeEach(freshPage);

const notice = () => document.getElementById("notice");

test("says a word, and takes it back after six seconds", async () => {
  say("Saved.");
  await clock.pass(5999);
  assert.equal(notice().textContent, "Saved.");
  await clock.pass(1);
  assert.equal(notice().textContent, "");
});

test("leaves each word its own six seconds", async () => {
  say("Saved.");
  await clock.pass(5000);
  say("Copied.");
  await clock.pass(5000);
  assert.equal(notice().textContent, "Copied.");
  await clock.pass(1000);
  assert.equal(notice().textContent, "");
});

test("speaks from within an open dialog, and from the page again when it is closed", () => {
  const dialog = document.createElement("dialog");
  document.body.append(dialog);
  dialog.showModal();

  say("Copied.");
  assert.equal(notice().parent, dialog);
  dialog.close();
  say("Saved.");
  assert.equal(notice().parent, document.body);
});
