import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, freshPage, json, later, settle } from "./dom.mjs";
import { signInPage } from "../../main/webapp/console/sign-in.js";

beforeEach(freshPage);

async function open(signIn) {
  answerWith(json({ localIssuer: true, oidc: null }));
  const { content } = await signInPage(null, signIn);
  document.body.append(content);
  const find = (css) => content.querySelector(css);
  find("#token").value = " secret ";
  return { find, submit: find("[type=submit]") };
}

test("tries a token once at a time, and leaves the focus where it is when it is refused", async () => {
  const slow = later();
  const tried = [];
  const { find, submit } = await open((token) => {
    tried.push(token);
    return slow.promise;
  });
  submit.focus();

  submit.click();
  submit.click();
  assert.equal(find("form").dispatch("submit").defaultPrevented, true);
  assert.equal(submit.getAttribute("aria-disabled"), "true");
  slow.reject(new Error("No."));
  await settle();

  assert.deepEqual(tried, ["secret"]);
  assert.equal(find("#sign-in-message").textContent, "No.");
  assert.equal(find("#token").value, "");
  assert.equal(document.activeElement, submit);
});

test("goes to the token where there is none", async () => {
  const { find, submit } = await open(() => assert.fail("was tried"));
  find("#token").value = " ";

  submit.click();
  await settle();

  assert.equal(document.activeElement, find("#token"));
});
