import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, answerAll, answerWith, freshPage, json, later, sent, settle } from "./dom.mjs";
import { el } from "../../main/webapp/console/lib/dom.js";
import { Acts } from "../../main/webapp/console/migration/acts.js";
import { findings } from "../../main/webapp/console/migration/findings.js";
import { isolation } from "../../main/webapp/console/migration/isolation.js";
import { verification } from "../../main/webapp/console/migration/verification.js";
import { watch } from "../../main/webapp/console/migration/watch.js";

let version = 0;

beforeEach(freshPage);

/** As the service answers them. */
const ACTS = {
  expanded: ["start", "preflight", "verify", "rollback"],
  running: ["preflight", "pause", "stop", "verify", "rollback"],
  paused: ["resume", "preflight", "stop", "verify", "rollback"],
  migrated: ["preflight", "verify", "finalize", "rollback"],
  failed: ["start", "preflight", "verify", "rollback"],
  "rollback-failed": ["preflight", "verify", "cancel-rollback", "rollback"],
  "rolled-back": ["start"],
};

function take(state, acts = ACTS[state]) {
  const counts = { done: 0, total: 0 };
  watch.take({ version: ++version, state, acts, users: counts, rows: counts, tables: [] });
}

function show(state) {
  take(state);
  const acts = new Acts();
  document.body.append(el("h1", {}), acts.element);
  acts.update(watch.view);
  return { acts, find: (css) => document.querySelector(css) };
}

const posts = () => sent.filter(({ method }) => method === "POST").map(({ address }) => address);

test("does one act at a time", async () => {
  const slow = later();
  const { find } = show("running");
  answerAll(() => slow.promise);

  find("#acts [data-act=pause]").click();
  find("#acts [data-act=pause]").click();
  find("#acts [data-act=stop]").click();
  find("#acts [data-act=rollback]").click();
  assert.equal(find("#acts").getAttribute("aria-disabled"), "true");
  slow.resolve(json(watch.view));
  await settle();

  assert.deepEqual(posts(), ["/api/admin/migration/pause"]);
  assert.equal(find("dialog"), null);
  assert.equal(find("#acts").hasAttribute("aria-disabled"), false);
});

test("lets one do what the next state allows, even before the act that led to it is answered", async () => {
  const { acts, find } = show("running");
  answerAll(() => new Promise(() => {}));

  find("#acts [data-act=pause]").click();
  take("paused");
  acts.update(watch.view);
  assert.equal(find("#acts").hasAttribute("aria-disabled"), false);
  find("#acts [data-act=resume]").click();
  await settle();

  assert.deepEqual(posts(), ["/api/admin/migration/pause", "/api/admin/migration/resume"]);
});

for (const [state, offered] of Object.entries({
  expanded: ["start", "preflight", "rollback"],
  running: ["pause", "stop", "rollback"],
  paused: ["resume", "stop", "rollback"],
  migrated: ["verify", "finalize", "rollback"],
  "rollback-failed": ["cancel-rollback", "rollback"],
})) {
  test(`offers of what ${state} allows what leads on`, () => {
    const { find } = show(state);

    assert.deepEqual(
      all(find("#acts"), "button").map((button) => button.getAttribute("data-act")),
      offered,
    );
  });
}

test("offers no way back once the answer has none", () => {
  take("migrated", ["preflight", "verify", "finalize"]);
  const acts = new Acts();
  acts.update(watch.view);

  assert.equal(acts.element.querySelector("[data-act=rollback]"), null);
});

test("leaves the focus at an act that is refused", async () => {
  const { find } = show("expanded");
  answerWith(json({ code: "conflict", detail: "Not now." }, { status: 409 }), json(watch.view));
  const start = find("#acts [data-act=start]");
  start.focus();

  start.click();
  await settle();

  assert.equal(find("#act-problem").textContent, "Not now.");
  assert.equal(document.activeElement, start);
});

test("says that a finalization has begun, even if it can't be looked at then", async () => {
  const { find } = show("migrated");
  const preview = { possible: true, keysToHash: 0, credentialsToSeal: 0, triggers: [], tables: [] };
  answerWith(json(preview), json(preview, { status: 202 }), new TypeError("Failed to fetch"));

  find("#acts [data-act=finalize]").click();
  const input = find("dialog input");
  input.value = "finalize";
  input.dispatch("input");
  find("[data-act=confirm]").click();
  await settle();

  assert.equal(find("dialog"), null);
  assert.equal(find("#notice").textContent, "The finalization has begun.");
  assert.equal(watch.finalization, null);
});

test("accepts the differences that are ticked, and no others", async () => {
  const { find } = show("migrated");
  const rows = { count: 0, ids: [] };
  const differences = ["jobs-1", "users-2"].map((difference) => ({ difference, expected: 2, found: 1, rows: ["…abc"] }));
  const preview = {
    rowsOutsideDefaultRealms: {},
    databasesToRename: rows,
    keysToRevoke: rows,
    unreadableCredentials: rows,
    differences,
  };
  answerWith(json(preview), json(watch.view, { status: 202 }));

  find("#acts [data-act=rollback]").click();
  await settle();
  const box = all(find("dialog"), "input")[0];
  box.checked = true;
  box.dispatch("change");
  const input = all(find("dialog"), "input").at(-1);
  input.value = "rollback";
  input.dispatch("input");
  find("[data-act=confirm]").click();
  await settle();

  const post = sent.find(({ method }) => method === "POST");
  assert.deepEqual(JSON.parse(post.body), { confirm: "rollback", accept: ["jobs-1"] });
});

test("calls a rollback off that failed", async () => {
  const { find } = show("rollback-failed");
  answerWith(json(watch.view, { status: 202 }));

  find("#acts [data-act=cancel-rollback]").click();
  await settle();

  assert.deepEqual(posts(), ["/api/admin/migration/cancel-rollback"]);
});

test("says so where what will happen can't be shown", async () => {
  const { find } = show("migrated");
  answerWith(json({}));

  find("#acts [data-act=rollback]").click();
  await settle();

  assert.ok(find("dialog .preview .refusal"));
});

for (const [name, tab] of Object.entries({ findings, verification })) {
  test(`asks once at a time for the ${name}, whatever news there is meanwhile`, async () => {
    take("migrated");
    const slow = later();
    const { content, update } = tab({ query: new URLSearchParams() });
    document.body.append(content);
    answerAll(() => slow.promise);
    const button = all(content, "button").at(-1);
    button.focus();

    button.click();
    update();
    button.click();
    assert.equal(button.getAttribute("aria-disabled"), "true");
    slow.resolve(json({ code: "conflict", detail: "Not now." }, { status: 409 }));
    await settle();

    assert.equal(posts().length, 1);
    assert.equal(button.hasAttribute("aria-disabled"), false);
    assert.equal(document.activeElement, button);

    take("rolled-back");
    update();
    assert.equal(button.disabled, true);
    assert.equal(document.activeElement.localName, "h2");
  });
}

test("starts one audit, and loses no focus while it runs", async () => {
  const audit = (state) => json({ state, report: null, checksDone: 0, checksTotal: 0 });
  answerWith(audit("never-run"), audit("running"));
  const { content, leave } = await isolation();
  document.body.append(content);
  const start = content.querySelector("[data-act=audit]");
  start.focus();

  start.click();
  start.click();
  await settle();
  leave();

  assert.equal(posts().length, 1);
  assert.equal(start.disabled, true);
  assert.equal(document.activeElement.id, "isolation-title");
});

test("accepts a difference with a verification", async () => {
  take("failed");
  const { content } = verification({ query: new URLSearchParams() });
  document.body.append(content);
  const isolation = { checks: [] };
  const check = { check: "unchanged", table: "jobs", passed: false, difference: "jobs-1", expected: 2, found: 1, rows: [] };
  answerWith(json({ passed: false, checks: [check], isolation }), json({ passed: true, checks: [], isolation }));
  all(content, "button").at(-1).click();
  await settle();

  const box = content.querySelector("#differences").querySelector("input");
  box.checked = true;
  box.dispatch("change");
  content.querySelector("[data-act=accept]").click();
  await settle();

  assert.deepEqual(JSON.parse(sent.at(-1).body), { accept: ["jobs-1"] });
  assert.equal(content.querySelector("#differences"), null);
});
