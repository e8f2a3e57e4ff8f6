import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, freshPage, json, later, sent, settle, texts } from "./dom.mjs";
import { Problem } from "../../main/webapp/console/lib/api.js";
import { el } from "../../main/webapp/console/lib/dom.js";
import { confirm, openDialog } from "../../main/webapp/console/lib/dialog.js";
import { say } from "../../main/webapp/console/lib/notice.js";

beforeEach(freshPage);

const REQUEST = { method: "DELETE", path: "/users/7" };

function ask(more = {}) {
  const answer = confirm({
    name: "delete-user",
    title: "Delete Ada",
    content: el("p", {}, "She is gone then."),
    label: "Delete",
    request: REQUEST,
    ...more,
  });
  const dialog = document.querySelector("dialog");
  return { answer, dialog, go: dialog.querySelector("[data-act=confirm]"), find: (css) => dialog.querySelector(css) };
}

function type(input, text) {
  input.value = text;
  input.dispatch("input");
}

test("opens over the page, with its title for a name, and is away once it is closed", async () => {
  const { dialog, finish, closed } = openDialog({ name: "about", title: "About", content: "Text" });

  assert.equal(dialog.hasAttribute("open"), true);
  assert.equal(dialog.dataset.dialog, "about");
  assert.equal(document.getElementById(dialog.getAttribute("aria-labelledby")).textContent, "About");
  assert.equal(dialog.querySelector(".dialog-body").textContent, "Text");
  finish(() => "done");

  assert.equal(await closed, "done");
  assert.equal(dialog.isConnected, false);
});

test("gives nothing when it is left", async () => {
  const { dialog, closed } = openDialog({ name: "about", title: "About" });

  dialog.close();

  assert.equal(await closed, null);
});

test("lets a word that was said within it outlive it", async () => {
  const { closed, dialog } = openDialog({ name: "about", title: "About" });
  say("Copied.");
  assert.ok(dialog.contains(document.getElementById("notice")));

  dialog.close();
  await closed;

  assert.equal(document.getElementById("notice").parent, document.body);
  assert.equal(document.getElementById("notice").textContent, "Copied.");
});

test("does what was asked for once it is confirmed, and gives the answer", async () => {
  const { answer, go, dialog } = ask();
  answerWith(json({ id: 7 }));
  assert.equal(dialog.querySelector(".dialog-body p").textContent, "She is gone then.");
  assert.equal(go.getAttribute("class"), "button danger");
  assert.equal(sent.length, 0);

  go.click();

  assert.deepEqual(await answer, { data: { id: 7 }, etag: null });
  assert.deepEqual([sent[0].method, sent[0].address], ["DELETE", "/api/users/7"]);
});

test("does nothing when it is not wanted", async () => {
  const { answer, find } = ask();

  find("[data-act=cancel]").click();

  assert.equal(await answer, null);
  assert.equal(sent.length, 0);
});

test("begins at what takes nothing with it", () => {
  const { find } = ask({ danger: false });

  assert.equal(document.activeElement, find("[data-act=cancel]"));
  assert.equal(find("[data-act=confirm]").getAttribute("class"), "button primary");
});

test("wants the word, before it can be confirmed", async () => {
  const { answer, go, find } = ask({ word: "ada" });
  const input = find("input[name=confirm]");
  assert.equal(document.activeElement, input);
  assert.equal(find(`label[for=${input.id}] strong`).textContent, "ada");

  for (const wrong of ["", "ad", "Ada", "adam"]) {
    type(input, wrong);
    assert.equal(go.disabled, true, wrong);
  }
  go.click();
  input.dispatch("keydown", { key: "Enter" });
  await settle();
  assert.equal(sent.length, 0);

  type(input, " ada ");
  assert.equal(go.disabled, false);
  answerWith(json({}));
  input.dispatch("keydown", { key: "Tab" });
  assert.equal(sent.length, 0);
  input.dispatch("keydown", { key: "Enter" });
  assert.deepEqual(await answer, { data: {}, etag: null });
});

test("says why it was refused, and lets one try again", async () => {
  const { answer, go, find } = ask();
  answerWith(json({ code: "conflict", detail: "She is at work." }, { status: 409 }), json({}));

  go.click();
  await settle();
  assert.equal(find(".refusal").textContent, "She is at work.");
  assert.equal(go.disabled, false);
  go.click();
  assert.equal(find(".refusal"), null);

  assert.deepEqual(await answer, { data: {}, etag: null });
});

test("does not do it twice", async () => {
  const slow = later();
  let times = 0;
  const { answer, go } = ask({
    act: () => {
      times++;
      return slow.promise;
    },
  });

  go.click();
  go.click();
  slow.resolve("done");

  assert.equal(await answer, "done");
  assert.equal(times, 1);
  assert.equal(sent.length, 0);
});

/** It is confirmed with the word, and under way until `slow` is resolved or rejected. */
function confirmed() {
  const slow = later();
  let times = 0;
  const asked = ask({
    word: "ada",
    act: () => {
      times++;
      return slow.promise;
    },
  });
  const enter = (text) => {
    type(asked.find("input"), text);
    asked.find("input").dispatch("keydown", { key: "Enter" });
  };
  enter("ada");
  return { ...asked, slow, enter, times: () => times };
}

test("does not do it twice for whoever types on while it is under way", async () => {
  const { answer, slow, enter, times } = confirmed();

  enter("ada ");
  slow.resolve("done");

  assert.equal(await answer, "done");
  assert.equal(times(), 1);
});

test("wants the word again after a refusal if it has been erased meanwhile", async () => {
  const { go, find, slow } = confirmed();

  type(find("input"), "");
  slow.reject(new Error("No."));
  await settle();

  assert.equal(find(".refusal").textContent, "No.");
  assert.equal(go.disabled, true);
});

test("leaves the focus at the button while it is under way, and when it is refused", async () => {
  const { go, slow } = confirmed();
  go.focus();

  assert.equal(document.activeElement, go);
  assert.equal(go.getAttribute("aria-disabled"), "true");
  slow.reject(new Error("No."));
  await settle();

  assert.equal(document.activeElement, go);
  assert.equal(go.hasAttribute("aria-disabled"), false);
});

test("tells whoever leaves while it is under way that it was done after all", async () => {
  const { answer, find, slow, dialog } = confirmed();

  find("[data-act=cancel]").click();
  await settle();
  assert.equal(dialog.isConnected, false);
  slow.resolve("done");

  assert.equal(await answer, "done");
});

test("gives nothing when it is left while under way, and then refused", async () => {
  const { answer, slow, dialog } = confirmed();

  dialog.close();
  await settle();
  slow.reject(new Error("No."));

  assert.equal(await answer, null);
});

test("gives nothing when it is left after a refusal", async () => {
  const { answer, slow, find } = confirmed();

  slow.reject(new Error("No."));
  await settle();
  find("[data-act=cancel]").click();

  assert.equal(await answer, null);
});

test("bears an act that fails before it promises anything", async () => {
  const { go, find } = ask({
    act: () => {
      throw new Problem({ code: "insecure", detail: "Not here." });
    },
  });

  go.click();
  await settle();

  assert.equal(find(".refusal").textContent, "Not here.");
});

test("shows what it sends as a command", () => {
  const { find, dialog } = ask();
  const details = find("details");

  details.open = true;
  details.dispatch("toggle");

  assert.equal(texts(dialog, "code")[0].startsWith("curl -X DELETE "), true);
  assert.equal(find("code").dataset.curl, "Delete");
});
