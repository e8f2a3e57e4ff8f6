import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, clock, freshPage, json, sent, settle } from "./dom.mjs";
import { listen } from "../../main/webapp/console/lib/stream.js";

beforeEach(freshPage);

/** A stream that is written to from outside, and that breaks when the request is called off. */
function stream() {
  const bytes = new TextEncoder();
  let controller = null;
  const body = new ReadableStream({ start: (given) => (controller = given) });
  answerWith(({ signal }) => {
    signal.addEventListener("abort", () => controller.error(signal.reason));
    return new Response(body);
  });
  return {
    write: async (text) => {
      controller.enqueue(typeof text === "string" ? bytes.encode(text) : text);
      await settle();
    },
    end: () => controller.close(),
    fail: () => controller.error(new TypeError("network error")),
  };
}

function hear(heard = { id: null }) {
  const events = [];
  const stop = new AbortController();
  let opened = 0;
  const ended = listen("/events", {
    heard,
    signal: stop.signal,
    listener: ({ name, data }) => events.push([name, data]),
    whenOpen: () => opened++,
  });
  return { events, heard, stop, ended, opened: () => opened };
}

test("hears events until the server ends the stream", async () => {
  const server = stream();
  const { events, ended, opened } = hear();

  await server.write('event: state\ndata: {"a": 1}\n\ndata: b\n\n');
  server.end();
  await ended;

  assert.deepEqual(events, [
    ["state", '{"a": 1}'],
    ["message", "b"],
  ]);
  assert.equal(opened(), 1);
  assert.equal(sent[0].address, "/api/events");
  assert.deepEqual(sent[0].headers, { Accept: "text/event-stream" });
  assert.equal(clock.waiting, 0);
});

test("puts together what comes in parts, even within a letter", async () => {
  const server = stream();
  const { events } = hear();
  const bytes = new TextEncoder().encode("event: state\ndata: ö€\n\ndata: 2\n\n");

  for (const byte of bytes) {
    await server.write(Uint8Array.of(byte));
  }

  assert.deepEqual(events, [
    ["state", "ö€"],
    ["message", "2"],
  ]);
});

test("does not hear an event before its end", async () => {
  const server = stream();
  const { events } = hear();

  await server.write("data: a\n");
  assert.deepEqual(events, []);
  await server.write("\n");
  assert.deepEqual(events, [["message", "a"]]);
});

test("reads lines as the format has them", async () => {
  const server = stream();
  const { events } = hear();

  await server.write("data:a:b\r\ndata: : c\r\n\r\n");
  await server.write("data: x\nretry\nodd: y\n\n");

  assert.deepEqual(events, [
    ["message", "a:b\n: c"],
    ["message", "x"],
  ]);
});

test("takes no separator within a line for its end", async () => {
  const server = stream();
  const { events } = hear();

  await server.write('data: {"reason": "a\u2028b\u2029c"}\n\n');

  assert.deepEqual(events, [["message", '{"reason": "a\u2028b\u2029c"}']]);
});

test("takes no comment for an event", async () => {
  const server = stream();
  const { events } = hear();

  await server.write(": still here\n\n:\n\nevent: state\n\n");

  assert.deepEqual(events, []);
});

test("remembers the last id and goes on from it", async () => {
  const server = stream();
  const { heard, ended } = hear({ id: "7" });

  assert.equal(sent[0].headers["Last-Event-ID"], "7");
  await server.write("id: 8\ndata: a\n\ndata: b\n\n");
  assert.equal(heard.id, "8");
  server.end();
  await ended;
  assert.equal(heard.id, "8");
});

test("knows the id of an event when it is heard", async () => {
  const server = stream();
  const heard = { id: null };
  let then = null;
  listen("/events", {
    heard,
    signal: new AbortController().signal,
    listener: () => (then = heard.id),
    whenOpen: () => {},
  });

  await server.write("id: 8\ndata: a\n\n");

  assert.equal(then, "8");
});

test("takes a server that is silent for too long for one that is gone", async () => {
  stream();
  const { ended } = hear();
  const gone = assert.rejects(ended, { code: "server-gone" });

  await clock.pass(39_999);
  assert.equal(sent[0].signal.aborted, false);
  await clock.pass(1);

  await gone;
  assert.equal(sent[0].signal.aborted, true);
});

test("waits anew after each sign of life", async () => {
  const server = stream();
  const { ended } = hear();
  const gone = assert.rejects(ended, { code: "server-gone" });

  for (let i = 0; i < 3; i++) {
    await clock.pass(39_000);
    await server.write(": still here\n\n");
  }
  await clock.pass(39_000);
  assert.equal(sent[0].signal.aborted, false);
  await clock.pass(1000);

  await gone;
});

test("says that the server is gone where the stream breaks off", async () => {
  const server = stream();
  const { ended, events } = hear();
  await server.write("data: a\n\n");

  server.fail();

  await assert.rejects(ended, { code: "server-gone" });
  assert.deepEqual(events, [["message", "a"]]);
  assert.equal(clock.waiting, 0);
});

test("says why the server refuses, and does not say that it is open", async () => {
  answerWith(json({ code: "forbidden", detail: "No." }, { status: 403 }));
  const { ended, opened } = hear();

  await assert.rejects(ended, { code: "forbidden", message: "No." });

  assert.equal(opened(), 0);
});

test("ends without a word when it is told to", async () => {
  const server = stream();
  const { ended, events, stop } = hear();
  await server.write("data: a\n\n");

  stop.abort();
  await ended;

  assert.equal(sent[0].signal.aborted, true);
  assert.equal(events.length, 1);
  assert.equal(clock.waiting, 0);
});

test("opens nothing where it is told to end before it begins", async () => {
  const stop = new AbortController();
  stop.abort();

  await listen("/events", { heard: { id: null }, signal: stop.signal, listener: () => {}, whenOpen: () => {} });

  assert.equal(sent.length, 0);
  assert.equal(clock.waiting, 0);
});

test("gives back what the listener throws as it is, and leaves nothing open", async () => {
  const server = stream();
  const fault = new TypeError("x is undefined");
  const ended = listen("/events", {
    heard: { id: null },
    signal: new AbortController().signal,
    listener: () => {
      throw fault;
    },
    whenOpen: () => {},
  });
  const failed = assert.rejects(ended, fault);

  await server.write("data: a\n\n");
  await failed;

  assert.equal(sent[0].signal.aborted, true);
  assert.equal(clock.waiting, 0);
});
