import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clock, freshPage, later } from "./dom.mjs";
import { poll } from "../../main/webapp/console/lib/poll.js";

beforeEach(freshPage);

test("does it again and again, but not at once", async () => {
  let times = 0;
  poll(1000, () => times++);

  await clock.pass(999);
  assert.equal(times, 0);
  await clock.pass(1);
  assert.equal(times, 1);
  await clock.pass(3000);
  assert.equal(times, 4);
});

test("does not begin again before it is done", async () => {
  const slow = later();
  let times = 0;
  poll(1000, () => {
    times++;
    return slow.promise;
  });

  await clock.pass(10_000);
  assert.equal(times, 1);
  slow.resolve();
  await clock.pass(1000);
  assert.equal(times, 2);
});

test("goes on after a failure", async () => {
  let times = 0;
  poll(1000, async () => {
    times++;
    throw new Error("away");
  });

  await clock.pass(3000);

  assert.equal(times, 3);
});

test("goes on after a failure before anything was promised", async () => {
  let times = 0;
  poll(1000, () => {
    times++;
    throw new Error("away");
  });

  await clock.pass(3000);

  assert.equal(times, 3);
});

test("ends when it is told to, while it waits", async () => {
  let times = 0;
  const leave = poll(1000, () => times++);

  await clock.pass(1500);
  leave();
  await clock.pass(10_000);

  assert.equal(times, 1);
  assert.equal(clock.waiting, 0);
});

test("ends when it is told to, while it is at it", async () => {
  const slow = later();
  let times = 0;
  const leave = poll(1000, () => {
    times++;
    return slow.promise;
  });

  await clock.pass(1000);
  leave();
  slow.resolve();
  await clock.pass(10_000);

  assert.equal(times, 1);
  assert.equal(clock.waiting, 0);
});
