import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, freshPage, json, later, sent, settle } from "./dom.mjs";
import {
  freshKey,
  get,
  getAll,
  headers,
  open,
  Problem,
  query,
  send,
  whenSignedOut,
} from "../../main/webapp/console/lib/api.js";
import * as session from "../../main/webapp/console/lib/session.js";

const problem = (status, body, more) => json({ status, ...body }, { status, headers: more });

beforeEach(() => {
  freshPage();
  whenSignedOut(() => {});
});

test("sends a request as it is described, with the token", async () => {
  session.begin("secret");
  answerWith(json({ id: 7 }, { headers: { ETag: '"3"' } }));

  const answered = await send({ method: "PATCH", path: "/users/7", body: { name: "Ö" }, etag: '"2"', key: "k" });

  assert.deepEqual(answered, { data: { id: 7 }, etag: '"3"' });
  assert.deepEqual(sent, [
    {
      address: "/api/users/7",
      method: "PATCH",
      headers: {
        "Content-Type": "application/json",
        "If-Match": '"2"',
        "Idempotency-Key": "k",
        Authorization: "Bearer secret",
      },
      body: '{"name":"Ö"}',
      signal: undefined,
      cache: "no-store",
    },
  ]);
});

test("sends no token where nobody is signed in, and no body where there is none", async () => {
  answerWith(json({}));

  await send({ path: "/me" });

  assert.equal(sent[0].method, "GET");
  assert.deepEqual(sent[0].headers, {});
  assert.equal(sent[0].body, undefined);
});

test("takes an empty answer for null", async () => {
  answerWith(new Response(null, { status: 204 }));

  assert.deepEqual(await send({ method: "DELETE", path: "/users/7" }), { data: null, etag: null });
});

test("gives the problem that the API answers with", async () => {
  const errors = [{ field: "name", message: "is taken" }];
  answerWith(problem(409, { code: "conflict", title: "Conflict", detail: "The name is taken.", errors }));

  await assert.rejects(send({ path: "/users" }), (failure) => {
    assert.ok(failure instanceof Problem);
    assert.equal(failure.message, "The name is taken.");
    assert.deepEqual({ ...failure }, { status: 409, code: "conflict", title: "Conflict", errors, retryAfter: null });
    return true;
  });
});

test("makes a problem of an answer that is none of the API's", async () => {
  answerWith(new Response("<h1>Bad Gateway</h1>", { status: 502, statusText: "Bad Gateway" }));

  await assert.rejects(send({ path: "/users" }), {
    code: "http-502",
    status: 502,
    message: "Bad Gateway",
    errors: [],
  });
});

test("says which status it is where the answer says nothing else", async () => {
  answerWith(new Response("<h1>Bad Gateway</h1>", { status: 502 }), problem(500, { title: "", detail: "" }));

  await assert.rejects(send({ path: "/users" }), { message: "The server answers with the status 502 and no reason." });
  await assert.rejects(send({ path: "/users" }), { message: "The server answers with the status 500 and no reason." });
});

test("makes a problem of an answer that can't be read", async () => {
  answerWith(new Response("<html>"));

  await assert.rejects(send({ path: "/users" }), (failure) => {
    assert.ok(failure instanceof Problem);
    assert.equal(failure.code, "not-json");
    assert.equal(failure.status, 200);
    return true;
  });
});

test("believes the answer's status and not what its body says of it", async () => {
  answerWith(json({ status: 200, code: "odd", detail: "?" }, { status: 500 }));

  await assert.rejects(send({ path: "/users" }), { status: 500 });
});

test("takes over how long to wait when that is a number of seconds", async () => {
  for (const [told, heard] of [
    ["30", 30],
    ["0", null],
    ["Wed, 21 Oct 2026 07:28:00 GMT", null],
  ]) {
    answerWith(problem(503, { code: "unavailable" }, { "Retry-After": told }));
    await assert.rejects(send({ path: "/users" }), { retryAfter: heard });
  }
});

test("says that the server is gone where nobody answers", async () => {
  answerWith(new TypeError("Failed to fetch"));

  await assert.rejects(send({ path: "/users" }), { code: "server-gone", status: 0, errors: [] });
});

test("says that the server is gone where the answer breaks off", async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError("network error")) });
  answerWith(new Response(broken));

  await assert.rejects(send({ path: "/users" }), { code: "server-gone" });
});

test("does not take a request that was called off for a server that is gone", async () => {
  answerWith(new DOMException("The operation was aborted.", "AbortError"));

  await assert.rejects(open({ path: "/users" }), { name: "AbortError" });
});

test("says so when the server does not know the token any more", async () => {
  const heard = [];
  whenSignedOut((why) => heard.push(why.code));
  session.begin("old");
  answerWith(problem(401, { code: "unauthenticated" }), problem(403, { code: "forbidden" }));

  await assert.rejects(send({ path: "/me" }), { status: 401 });
  await assert.rejects(send({ path: "/me" }), { status: 403 });

  assert.deepEqual(heard, ["unauthenticated"]);
});

test("lets whoever signed in meanwhile stay when the token before them is refused", async () => {
  const heard = [];
  const slow = later();
  whenSignedOut((why) => heard.push(why));
  session.begin("old");
  answerWith(() => slow.promise);

  const refused = assert.rejects(send({ path: "/me" }), { status: 401 });
  await settle();
  session.begin("new");
  slow.resolve(problem(401, { code: "unauthenticated" }));
  await refused;

  assert.deepEqual(heard, []);
});

test("names only the headers that are given, and takes null for a body", () => {
  assert.deepEqual(headers({}), {});
  assert.deepEqual(headers({ accept: "text/event-stream", lastEventId: "9", etag: null, key: "" }), {
    Accept: "text/event-stream",
    "Last-Event-ID": "9",
  });
  assert.deepEqual(headers({ body: null }), { "Content-Type": "application/json" });
});

test("asks with the parameters that have a value, and zero and false are values", () => {
  assert.equal(query({}), "");
  assert.equal(query({ a: null, b: undefined, c: "" }), "");
  assert.equal(query({ name: "a&b=ü ?", limit: 0, all: false }), "?name=a%26b%3D%C3%BC+%3F&limit=0&all=false");
});

test("reads a list to its last page", async () => {
  answerWith(
    json({ items: [1, 2], nextCursor: "x" }),
    json({ items: [3], nextCursor: "y" }),
    json({ items: [], nextCursor: null }),
  );

  assert.deepEqual(await getAll("/users", { role: "ADMIN" }), [1, 2, 3]);
  assert.deepEqual(
    sent.map((request) => request.address),
    [
      "/api/users?role=ADMIN&limit=200",
      "/api/users?role=ADMIN&limit=200&cursor=x",
      "/api/users?role=ADMIN&limit=200&cursor=y",
    ],
  );
});

test("reads no further than what is enough of a list", async () => {
  answerWith(json({ items: [1, 2], nextCursor: "x" }), json({ items: [3, 4], nextCursor: "y" }));

  assert.deepEqual(await getAll("/users", {}, 3), [1, 2, 3, 4]);
});

test("gives what was read, without what stands around it", async () => {
  answerWith(json([1]));

  assert.deepEqual(await get("/users", { cursor: null }), [1]);
  assert.equal(sent[0].address, "/api/users");
});

test("makes a new key of 128 bits each time", () => {
  const keys = Array.from({ length: 100 }, freshKey);

  keys.forEach((key) => assert.match(key, /^[0-9a-f]{32}$/));
  assert.equal(new Set(keys).size, 100);
});

test("asks below the path that the console itself is below", async () => {
  location.at("/tools/realms/console/?a=b#/realms");
  answerWith(json({}));

  await send({ path: "/me?x=y" });

  assert.equal(sent[0].address, "/tools/realms/api/me?x=y");
});
