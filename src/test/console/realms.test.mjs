import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, answerAll, answerWith, clock, freshPage, json, later, sent, settle, texts } from "./dom.mjs";
import { el } from "../../main/webapp/console/lib/dom.js";
import * as session from "../../main/webapp/console/lib/session.js";
import { Frame } from "../../main/webapp/console/frame.js";
import { actsOf } from "../../main/webapp/console/realms/acts.js";
import { contentsPage } from "../../main/webapp/console/realms/contents.js";
import { realms } from "../../main/webapp/console/realms/current.js";
import { eventsPage } from "../../main/webapp/console/realms/events.js";
import { realmsPage } from "../../main/webapp/console/realms/page.js";

beforeEach(() => {
  freshPage();
  realms.forget();
  session.isMe({ id: "1", name: "Ada", role: "ADMIN" });
});

const realm = (id, more = {}) => ({ id, name: `Realm ${id}`, isActive: true, createdAt: 0, ...more });
const [A, B, C] = [realm("a"), realm("b"), realm("c", { isActive: false })];
const STATS = { servers: 1, databases: 2, documents: 3, jobs: 4, apiKeys: 5 };
const list = (...items) => json({ items, nextCursor: null });
const names = () => realms.items.map(({ name }) => name);
const notice = () => document.getElementById("notice").textContent;

test("takes no answer that a later one has overtaken, and none for whoever has signed out", async () => {
  const slow = later();
  answerWith(() => slow.promise, json({ id: "a" }), list(B), json({ id: "b" }));
  const loaded = [realms.load(true), realms.load()];
  await loaded[1];
  slow.resolve(list(A));
  await loaded[0];
  assert.deepEqual([names(), realms.currentId], [["Realm b"], "b"]);

  answerWith(list(A), json({ id: "a" }));
  const late = realms.load();
  realms.forget();
  await late;
  assert.deepEqual([names(), realms.currentId], [[], null]);
});

test("switches to one realm after the other, past one that is refused", async () => {
  const slow = later();
  answerWith(() => slow.promise, json({ code: "conflict", detail: "No." }, { status: 409 }), json({}));

  const switched = ["a", "b", "c"].map((id) => realms.switchTo(id));
  const refused = assert.rejects(switched[1], { message: "No." });
  await settle();
  assert.equal(sent.length, 1);
  slow.resolve(json({}));
  await switched[2];
  await refused;

  assert.equal(realms.currentId, "c");
});

test("leaves the focus in the switch of realms when that is drawn anew", async () => {
  document.body.append(el("header", { id: "frame-header" }), el("a", { id: "skip" }));
  const switchedTo = [];
  new Frame({ signOut: () => {}, whenSwitched: (one) => switchedTo.push(one.id) }).show();
  answerWith(list(A, B), json({ id: "a" }), json({}), list(A), json({ id: "a" }));
  await realms.load();
  const select = () => document.getElementById("realm-switch");
  select().focus();

  select().value = "b";
  select().dispatch("change");
  await settle();
  assert.equal(document.activeElement, select());
  assert.equal(select().value, "b");
  assert.deepEqual(switchedTo, ["b"]);
  assert.equal(notice(), "You are in Realm b now.");
  await realms.load();

  assert.equal(document.activeElement, select());
});

test("shows the realms that were asked for last, each with what it holds", async () => {
  const slow = later();
  const stats = (servers) => json({ ...STATS, servers });
  answerWith(list(A), json({ id: "a" }), stats(1));
  const { content } = await realmsPage({ query: new URLSearchParams() });
  document.body.append(content);
  const deleted = content.querySelector("#show-deleted");
  const check = async (checked) => {
    deleted.checked = checked;
    deleted.dispatch("change");
    await settle();
  };

  answerWith(list(C, A), json({ id: "a" }), () => slow.promise, list(A), json({ id: "a" }), stats(2));
  await check(true);
  await check(false);
  slow.resolve(stats(7));
  await settle();

  assert.deepEqual(texts(content, "h2"), ["Realm a"]);
  assert.equal(content.querySelector("[data-stat=servers] .count").textContent, "2");
});

test("shows the realms whose name is searched for, and keeps that in the address", async () => {
  answerWith(list(A, B), json({ id: "a" }), list(B), json(STATS), json(STATS));
  const { content } = await realmsPage({ query: new URLSearchParams("name=b") });
  document.body.append(content);
  assert.deepEqual(texts(content, "h2"), ["Realm b"]);
  assert.ok(sent[2].address.includes("name=b"));
  const name = content.querySelector("#realm-name");
  assert.equal(name.value, "b");

  answerWith(list(A, B), json({ id: "a" }), list(), json(STATS), json(STATS));
  name.value = "x";
  name.dispatch("change");
  await settle();

  assert.deepEqual(texts(content, "h2"), ["Nothing fits the filter"]);
  assert.equal(location.hash, "#/realms?name=x");
});

test("says what was done to a realm, even if the realms can't be shown anew", async () => {
  answerWith(json({}));
  const [restore] = actsOf(C, false, () => Promise.reject(new Error("away")));

  await assert.rejects(restore.run(), { message: "away" });

  assert.equal(notice(), "Realm c is back.");
});

/** The page of a realm's servers, of which there are none. @param more what else is answered, by method and path */
async function contents(more = {}) {
  const answers = {
    "GET /realms/a": A,
    "GET /realms/a/stats": STATS,
    "GET /realms/a/servers": { items: [] },
    "GET /realms/a/servers?name=n&sort=name": { items: [{ id: "7", name: "north" }] },
    "GET /realms?limit=200": { items: [A, B] },
    "GET /realms/current": { id: "b" },
    "POST /realms/switch": {},
    "POST /realms/a/servers": { id: "7", name: "north" },
  };
  answerAll(({ method, address }) => json(answers[`${method} ${address.replace("/api", "")}`]));
  const { content } = await contentsPage({ params: { realmId: "a", kind: "servers" }, query: new URLSearchParams() });
  document.body.append(content);
  Object.assign(answers, more);
  return content;
}

test("says what was made in a realm, even if what it holds can't be counted then", async () => {
  const content = await contents({ "GET /realms/a/stats": undefined });

  content.querySelector("[data-act=create]").click();
  await settle();
  document.querySelector("dialog [data-act=save]").click();
  await settle();

  assert.equal(notice(), "Created: north.");
});

test("searches and sorts what a realm holds, and keeps that in the address", async () => {
  const content = await contents();
  const control = (name) => content.querySelector(`[data-filter=${name}]`);
  control("sort").value = "name";
  control("sort").dispatch("change");
  control("name").value = "n";
  control("name").dispatch("input");
  await settle();
  assert.equal(location.hash, "#/realms/a/servers?sort=name");
  await clock.pass(300);

  assert.equal(location.hash, "#/realms/a/servers?name=n&sort=name");
  assert.match(content.textContent, /north/);
});

test("moves a server to another realm, and says what went along", async () => {
  const content = await contents({
    "GET /realms/a/servers": { items: [{ id: "7", name: "north" }] },
    "POST /realms/a/move": { targetRealmId: "b", moved: { servers: 1, databases: 2, documents: 0, jobs: 0 } },
  });
  content.querySelector("[data-filter=sort]").dispatch("change");
  await settle();
  content.querySelector("[data-act=move]").click();
  await settle();
  const dialog = document.querySelector("dialog");
  assert.deepEqual(texts(dialog, "option"), ["Realm b"]);

  dialog.querySelector("[data-act=save]").click();
  await settle();

  const { body } = sent.find(({ address }) => address.endsWith("/move"));
  assert.deepEqual(JSON.parse(body), { targetRealmId: "b", rename: false, servers: ["7"] });
  assert.equal(notice(), "Moved to Realm b: 1 server, 2 databases.");
});

test("moves nothing where there is no other realm", async () => {
  answerWith(list(A), json({ id: "a" }));
  await realms.load();

  assert.deepEqual(actsOf(A, true).map(({ act }) => act), ["edit", "export", "default", "delete"]);
});

test("opens one form, however often it is asked for before it is there", async () => {
  const content = await contents();

  content.querySelector("[data-act=create]").click();
  content.querySelector("[data-act=create]").click();
  await settle();

  assert.equal(all(document, "dialog").length, 1);
});

test("leaves the focus where the button was that has switched to the realm", async () => {
  const content = await contents();
  content.querySelector("[data-act=switch]").focus();

  content.querySelector("[data-act=switch]").click();
  await settle();

  assert.equal(document.activeElement.textContent, "current");
});

/** The page of a realm's events. @param more the addresses that are answered besides, from /events on */
async function timeline(more, given = "") {
  const answers = {
    "/realms/a": A,
    "/realms/a/stats": STATS,
    "/realms?limit=200": { items: [A, B] },
    "/realms/current": { id: "b" },
    ...more,
  };
  answerAll(({ address }) => json(answers[address.replace("/api", "").replace(/since=[^&]+/, "since=S")]));
  const { content } = await eventsPage({ params: { realmId: "a" }, query: new URLSearchParams(given) });
  document.body.append(content);
  return content;
}

const event = (id, kind, details, actor = { userId: "1", apiKeyId: null, prefix: null }) => ({
  id,
  kind,
  at: `2026-01-0${id}T12:00:00Z`,
  actor,
  details,
});

test("tells what happened in a realm day by day, and who did it", async () => {
  const byKey = { userId: "1", apiKeyId: "k", prefix: "rlm_abc" };
  const content = await timeline({
    "/realms/a/events": {
      items: [
        event(3, "rows-moved-out", { realmId: "b", servers: 1, databases: 0, documents: 2, jobs: 0 }),
        event(3, "key-denied", { name: "ci", network: "192.0.2.0/24", reason: "expired" }, byKey),
        event(2, "realm-renamed", { name: "Lab", previousName: "Work" }, { userId: "2", apiKeyId: null, prefix: null }),
        event(1, "something-later", {}),
      ],
      nextCursor: null,
    },
  });

  assert.equal(all(content, "h2").length, 3);
  assert.deepEqual(texts(content, ".timeline li p"), [
    "1 server, 2 documents went to Realm b",
    "by you",
    "The key ci was denied to 192.0.2.0/24: it had expired",
    "by the key rlm_abc…",
    "The realm was renamed from Work to Lab",
    "by the owner",
    "Something later",
    "by you",
  ]);
  assert.equal(content.querySelector(".tabs [aria-current]").textContent, "Events");
});

test("shows events of one kind or since a day, and keeps the kind in the address", async () => {
  const content = await timeline(
    {
      "/realms/a/events?kind=key-made": { items: [event(1, "key-made", { name: "ci", prefix: "rlm_abc" })], nextCursor: null },
      "/realms/a/events?kind=key-made&since=S": { items: [], nextCursor: null },
      "/realms/a/events?since=S": { items: [], nextCursor: null },
    },
    "kind=key-made",
  );
  assert.deepEqual(texts(content, ".timeline p").slice(0, 1), ["The key ci (rlm_abc…) was made"]);
  const control = (name) => content.querySelector(`[data-filter=${name}]`);
  control("since").value = all(content, "[data-filter=since] option")[1].getAttribute("value");
  control("since").dispatch("change");
  await settle();
  assert.match(content.textContent, /Nothing fits the filter/);
  assert.equal(location.hash, "#/realms/a/events?kind=key-made");

  control("kind").value = "";
  control("kind").dispatch("change");
  await settle();

  assert.equal(location.hash, "#/realms/a/events");
});
