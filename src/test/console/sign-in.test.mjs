import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, freshPage, json, later, sent, settle, texts } from "./dom.mjs";
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

/** As for whoever followed the printed address. */
async function follow(options, signIn) {
  answerWith(json(options));
  const { content } = await signInPage(null, signIn, "the-code");
  document.body.append(content);
  return content;
}

const LOCAL = { localIssuer: true, oidc: null };

test("asks whoever followed a link before it signs them in", async () => {
  const tried = [];
  const content = await follow(LOCAL, async (token) => tried.push(token));
  assert.deepEqual(texts(content, "h1"), ["Sign in as administrator?"]);
  assert.equal(content.querySelector("#token"), null);
  assert.equal(sent.length, 1);
  answerWith(json({ token: "secret" }));

  content.querySelector("[data-act=accept]").click();
  await settle();

  assert.deepEqual(tried, ["secret"]);
  assert.equal(sent[1].address, "/api/sign-in");
  assert.equal(sent[1].method, "POST");
  assert.equal(sent[1].headers.Authorization, "Bearer the-code");
});

test("leaves the code alone where nobody wants to", async () => {
  const content = await follow(LOCAL, () => assert.fail("was tried"));

  content.querySelector("[data-act=decline]").click();
  await settle();

  assert.equal(sent.length, 1);
  assert.deepEqual(texts(content, "h1"), ["Sign in"]);
  assert.equal(document.activeElement, content.querySelector("h1"));
  assert.ok(content.querySelector("#token"));
});

test("says that the code was used, and how one signs in else", async () => {
  const content = await follow(LOCAL, () => assert.fail("was tried"));
  answerWith(json({ code: "unauthenticated", detail: "It was used." }, { status: 401 }));

  content.querySelector("[data-act=accept]").click();
  await settle();

  assert.equal(content.querySelector("#sign-in-message").textContent, "It was used.");
  assert.ok(content.querySelector("#token"));
});

test("asks nothing where there is no local issuer, or the server does not say so", async () => {
  for (const options of [{ localIssuer: false, oidc: null }, null]) {
    const content = await follow(options, () => assert.fail("was tried"));

    assert.deepEqual(texts(content, "h1"), ["Sign in"]);
    assert.equal(content.querySelector("[data-act=accept]"), null);
  }
});
