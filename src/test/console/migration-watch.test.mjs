import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, clock, freshPage, json, later, settle } from "./dom.mjs";

let watch;
let instance = 0;

beforeEach(async () => {
  freshPage();
  ({ watch } = await import(`../../main/webapp/console/migration/watch.js?${++instance}`));
});

const NOTHING_COUNTED = { users: { done: 0, total: 0 }, rows: { done: 0, total: 0 }, tables: [] };
const view = (version, state) => ({ version, state, acts: [], ...NOTHING_COUNTED });

/** A stream that tells this and stays open. */
const telling = (text) =>
  new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(text)) }));

test("hears the state and the acts while somebody listens", async () => {
  const state = JSON.stringify(view(1, "running"));
  answerWith(telling(`event: state\ndata: ${state}\n\nevent: act\ndata: {"act": "start"}\n\n`));
  let times = 0;

  const leave = watch.on(() => times++);
  await settle();
  leave();

  assert.equal(watch.view.state, "running");
  assert.deepEqual(watch.acts, [{ act: "start" }]);
  assert.equal(watch.link.state, "live");
  assert.equal(times, 3);
});

test("takes no older answer for what was heard of a preflight meanwhile", async () => {
  const slow = later();
  answerWith(telling('event: act\ndata: {"act": "preflight", "outcome": "ready"}\n\n'), () => slow.promise);

  const leave = watch.on(() => {});
  const recalled = watch.recall();
  await settle();
  slow.resolve(json({ items: [] }));
  await recalled;
  leave();

  assert.equal(watch.lookedBefore, "ready");
});

test("takes no answer about a finalization that has ended meanwhile", async () => {
  const slow = later();
  answerWith(() => slow.promise);
  watch.take(view(1, "migrated"));

  const looked = watch.lookForFinalization();
  watch.take(view(2, "finalized"));
  slow.resolve(json({ begunAt: "2026-03-04T12:00:00Z", lastRun: { state: "running" } }));
  await looked;

  assert.equal(watch.finalization, null);
});

test("says nothing of the link on behalf of a page that was left", async () => {
  const slow = later();
  answerWith(new TypeError("Failed to fetch"), () => slow.promise, telling(": here\n\n"));
  const leave = watch.on(() => {});
  await settle();

  leave();
  const leaveAgain = watch.on(() => {});
  await settle();
  slow.resolve(json(view(1, "running")));
  await settle();
  leaveAgain();

  assert.equal(watch.link.state, "live");
});

test("polls while the stream is away, and says when nothing answers", async () => {
  const gone = () => new TypeError("Failed to fetch");
  answerWith(gone(), json(view(1, "running")), gone());

  const leave = watch.on(() => {});
  await settle();
  assert.equal(watch.link.state, "polling");
  await clock.pass(2000);
  leave();

  assert.equal(watch.link.state, "lost");
});

test("writes into the browser's log what it can't make anything of", async (t) => {
  const log = t.mock.method(console, "error", () => {});
  answerWith(telling("event: state\ndata: <html>\n\n"), json(view(1, "running")));

  const leave = watch.on(() => {});
  await settle();
  leave();

  assert.ok(log.mock.calls[0].arguments[0] instanceof SyntaxError);
  assert.equal(watch.link.state, "polling");
});
