import assert from "node:assert/strict";
import { test } from "node:test";
import { answerAll, clock, freshPage, json, later, sent, settle } from "./dom.mjs";
import { el } from "../../main/webapp/console/lib/dom.js";
import * as session from "../../main/webapp/console/lib/session.js";

const ANSWERS = {
  "/api/me": { id: "1", name: "Ada", role: "USER" },
  "/api/me/settings": { theme: "LIGHT" },
  "/api/sign-in": { localIssuer: true, oidc: null },
  "/api/realms?limit=200": { items: [] },
  "/api/realms/current": { id: "a" },
};

/** Each time anew, as in another tab. @param hash what the address says beside the path */
async function open(hash) {
  freshPage();
  document.body.append(el("a", { id: "skip" }), el("header", { id: "frame-header" }), el("main", { id: "main" }));
  location.at(`/console/${hash}`);
  return () => import(`../../main/webapp/console/app.js?${hash}${Math.random()}`).then(settle);
}

test("signs nobody in by a link over somebody else", async () => {
  const begin = await open("#code=theirs");
  session.begin("mine");
  answerAll(({ address }) => json(ANSWERS[address] ?? {}));

  await begin();

  assert.equal(session.token(), "mine");
  assert.equal(document.querySelector("[data-act=accept]"), null);
  assert.match(document.getElementById("notice").textContent, /signed in already/);
  assert.doesNotMatch(location.href, /theirs/);
  assert.equal(sent.filter(({ method }) => method === "POST").length, 0);

  session.end();
});

test("asks over a session that has ended", async () => {
  const begin = await open("#code=theirs");
  session.begin("old");
  answerAll(({ address }) => (address === "/api/sign-in" ? json(ANSWERS[address]) : json({}, { status: 401 })));

  await begin();

  assert.ok(document.querySelector("[data-act=accept]"));
  assert.equal(session.token(), null);
});

test("stays signed in while the sign-in provider is away", async () => {
  const begin = await open("#/settings");
  session.begin("mine");
  let away = true;
  const problem = { code: "unavailable", detail: "The provider is away." };
  answerAll(({ address }) =>
    away && address !== "/api/sign-in"
      ? json(problem, { status: 503, headers: { "Retry-After": "5" } })
      : json(ANSWERS[address] ?? {}),
  );

  await begin();
  assert.equal(session.token(), "mine");
  assert.equal(document.getElementById("token"), null);
  assert.ok(document.querySelector("[data-state=unavailable]"));
  away = false;
  await clock.pass(6000);

  assert.equal(session.me().name, "Ada");
  assert.equal(document.querySelector("[data-state=unavailable]"), null);

  session.end();
});

test("keeps the token of a code, which is good once, while the server can't tell whose it is", async () => {
  const begin = await open("#code=mine");
  const problem = { code: "unavailable", detail: "The database is away." };
  let away = true;
  answerAll(({ address, method }) => {
    if (address === "/api/sign-in") {
      return json(method === "POST" ? { token: "good" } : ANSWERS[address]);
    }
    return away ? json(problem, { status: 503, headers: { "Retry-After": "5" } }) : json(ANSWERS[address] ?? {});
  });
  await begin();

  document.querySelector("[data-act=accept]").click();
  await settle();
  assert.equal(session.token(), "good");
  assert.ok(document.querySelector("[data-state=unavailable]"));
  away = false;
  await clock.pass(6000);

  assert.equal(session.me().name, "Ada");
  assert.equal(document.querySelector("[data-state=unavailable]"), null);

  session.end();
});

test("keeps no token that is refused", async () => {
  const begin = await open("#code=mine");
  answerAll(({ address, method }) => {
    if (address === "/api/sign-in") {
      return json(method === "POST" ? { token: "bad" } : ANSWERS[address]);
    }
    return json({ code: "unauthenticated", detail: "It has expired." }, { status: 401 });
  });
  await begin();

  document.querySelector("[data-act=accept]").click();
  await settle();

  assert.equal(session.token(), null);
  assert.equal(document.getElementById("sign-in-message").textContent, "It has expired.");
});

test("shows nothing of whoever has signed out while they were let in", async () => {
  freshPage();
  document.body.append(el("a", { id: "skip" }), el("header", { id: "frame-header" }), el("main", { id: "main" }));
  session.begin("secret");
  const slow = later();
  const answers = {
    "/api/me": { id: "1", name: "Ada", role: "USER" },
    "/api/sign-in": { localIssuer: true, oidc: null },
    "/api/realms?limit=200": { items: [{ id: "a", name: "Ada's own", isActive: true }] },
    "/api/realms/current": { id: "a" },
  };
  answerAll(({ address }) => (address === "/api/me/settings" ? slow.promise : json(answers[address])));
  await import("../../main/webapp/console/app.js");
  const { realms } = await import("../../main/webapp/console/realms/current.js");
  await settle();

  document.getElementById("sign-out").click();
  await settle();
  slow.resolve(json({ theme: "DARK" }));
  await settle();

  assert.equal(document.documentElement.dataset.theme, "system");
  assert.deepEqual(realms.items, []);
  assert.ok(document.getElementById("token"));
});
