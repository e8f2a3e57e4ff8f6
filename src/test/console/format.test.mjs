import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, speak } from "./dom.mjs";
import {
  ago,
  brief,
  duration,
  fraction,
  instant,
  moment,
  NOTHING,
  number,
  percent,
  plural,
  shortId,
  time,
  words,
} from "../../main/webapp/console/lib/format.js";

const NOON = "2026-03-04T12:00:00Z";

test("says of what is not known that there is nothing, and of a zero that it is zero", () => {
  for (const format of [number, brief, fraction, percent, instant, moment, time, duration, ago]) {
    assert.equal(format(null), NOTHING);
    assert.equal(format(undefined), NOTHING);
  }
  assert.equal(number(0), "0");
  assert.equal(percent(0), "0%");
  assert.equal(duration(0), "0 sec");
});

test("groups the digits of a whole number and leaves out what comes after it", () => {
  assert.equal(number(1234567), "1,234,567");
  assert.equal(number(-1234.4), "-1,234");
});

test("shortens a large number to one place after the point", () => {
  assert.equal(brief(999), "999");
  assert.equal(brief(1_250_000), "1.3M");
});

test("keeps two places of a fraction", () => {
  assert.equal(fraction(1 / 3), "0.33");
  assert.equal(fraction(2), "2");
});

test("takes one for all of it in percents", () => {
  assert.equal(percent(0.256), "26%");
  assert.equal(percent(1), "100%");
});

test("shows an instant to the second, a moment to the minute, a time without its day", () => {
  assert.equal(plain(instant("2026-03-04T15:06:07.890Z")), "Mar 4, 2026, 3:06:07 PM");
  assert.equal(plain(moment("2026-03-04T15:06:07.890Z")), "Mar 4, 2026, 3:06 PM");
  assert.equal(plain(time("2026-03-04T15:06:07.890Z")), "3:06:07 PM");
});

test("takes an instant as milliseconds, too", () => {
  assert.equal(plain(time(0)), "12:00:00 AM");
});

test("follows the locale it finds", async (t) => {
  t.after(() => speak("en-US"));
  speak("de-DE");
  const german = await import("../../main/webapp/console/lib/format.js?german");

  assert.equal(german.number(1234567), "1.234.567");
  assert.equal(plain(german.instant(NOON)), "04.03.2026, 12:00:00");
  assert.equal(plain(german.duration(60)), "1 Min.");
});

test("shows the two largest units of a duration", () => {
  assert.equal(duration(8), "8 sec");
  assert.equal(duration(72 * 60 + 5), "1 hr 12 min");
  assert.equal(duration(2 * 86400 + 3 * 3600 + 4 * 60 + 5), "2 days 3 hr");
});

test("leaves out the units of a duration that say nothing", () => {
  assert.equal(duration(3600), "1 hr");
  assert.equal(duration(86400 + 5), "1 day 5 sec");
});

test("rounds a duration to seconds, and knows none below zero", () => {
  assert.equal(duration(59.6), "1 min");
  assert.equal(duration(0.4), "0 sec");
  assert.equal(duration(-5), "0 sec");
});

test("says how long ago something was, in the largest unit that fits", (t) => {
  t.mock.method(Date, "now", () => Date.parse(NOON));

  assert.equal(ago("2026-03-04T11:59:30Z"), "30 seconds ago");
  assert.equal(ago("2026-03-04T11:59:00Z"), "1 minute ago");
  assert.equal(ago("2026-03-04T09:00:00Z"), "3 hours ago");
  assert.equal(ago("2026-03-03T12:00:00Z"), "yesterday");
});

test("says in the larger unit what would be rounded up to one of it", (t) => {
  t.mock.method(Date, "now", () => 0);

  assert.equal(ago(-59_400), "59 seconds ago");
  assert.equal(ago(-59_700), "1 minute ago");
  assert.equal(ago(-3569_000), "59 minutes ago");
  assert.equal(ago(-3599_000), "1 hour ago");
  assert.equal(ago(3599_000), "in 1 hour");
  assert.equal(ago(-84_000_000), "23 hours ago");
  assert.equal(ago(-86_399_000), "yesterday");
  assert.equal(ago(-1800_000), "30 minutes ago");
  assert.equal(ago(-400 * 86_400_000), "400 days ago");
});

test("says how far ahead something is, and of this moment that it is now", (t) => {
  t.mock.method(Date, "now", () => Date.parse(NOON));

  assert.equal(ago("2026-03-04T12:05:00Z"), "in 5 minutes");
  assert.equal(ago("2026-03-04T11:59:59.900Z"), "now");
  assert.equal(ago(NOON), "now");
});

test("makes words of every way in which codes are written", () => {
  assert.equal(words("WAITING_FOR_REMOTE_WORKER"), "Waiting for remote worker");
  assert.equal(words("cross-user-server"), "Cross user server");
  assert.equal(words("replicaLagSeconds"), "Replica lag seconds");
  assert.equal(words(404), "404");
  assert.equal(words(""), "");
});

test("writes API in capitals where it is a word of its own", () => {
  assert.equal(words("api_keys"), "API keys");
  assert.equal(words("revoke-api-key"), "Revoke API key");
  assert.equal(words("apiary"), "Apiary");
});

test("shows the end of an id", () => {
  assert.equal(shortId("0b7c9f7e-6a5d-4d0e-9a52-1c2d3e4f5a6b"), "…3e4f5a6b");
  assert.equal(shortId("7"), "…7");
  assert.equal(shortId(null), NOTHING);
  assert.equal(shortId(""), NOTHING);
});

test("counts one of a thing and many of it", () => {
  assert.equal(plural(1, "row"), "1 row");
  assert.equal(plural(0, "row"), "0 rows");
  assert.equal(plural(1000, "row"), "1,000 rows");
  assert.equal(plural(2, "entry", "entries"), "2 entries");
});
