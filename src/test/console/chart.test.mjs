import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, freshPage, plain, texts } from "./dom.mjs";
import { lineChart } from "../../main/webapp/console/lib/chart.js";

const START = Date.parse("2026-03-04T12:00:00Z");

beforeEach(freshPage);

const points = (...values) => values.map((value, i) => ({ at: START + i * 1000, value }));

function chart(given, hint = "Nothing moves yet.") {
  const { element, update } = lineChart({ id: "rate", what: "Rows per second" });
  update(given, hint);
  const drawing = element.querySelector("#rate");
  return {
    element,
    update,
    top: () => texts(element, ".chart-y span")[0],
    label: () => plain(drawing.getAttribute("aria-label")),
    line: () => element.querySelector(".line").getAttribute("d"),
    area: () => element.querySelector(".area").getAttribute("d"),
  };
}

test("says what it waits for as long as there is nothing to draw", () => {
  for (const given of [[], points(5), points(0, 0, 0)]) {
    const { element, label, line, area } = chart(given);

    assert.ok(element.hasAttribute("data-empty"));
    assert.equal(element.querySelector(".chart-empty").textContent, "Nothing moves yet.");
    assert.equal(label(), "Rows per second: Nothing moves yet.");
    assert.deepEqual([line(), area()], [null, null]);
    assert.deepEqual(texts(element, ".chart-x span"), ["", ""]);
  }
});

test("draws a line from left to right, and what is below it", () => {
  const { line, area } = chart(points(0, 50, 100));

  assert.equal(line(), "M0,150L300,77L600,4");
  assert.equal(area(), "M0,150L0,150L300,77L600,4L600,150Z");
});

test("goes by time and not by count", () => {
  const { line } = chart([
    { at: START, value: 100 },
    { at: START + 1000, value: 100 },
    { at: START + 4000, value: 100 },
  ]);

  assert.equal(line(), "M0,4L150,4L600,4");
});

test("says in words what it shows", () => {
  const { element, label } = chart(points(10, 1500, 40));

  assert.equal(label(), "Rows per second, from 12:00:00 PM to 12:00:02 PM: between 10 and 1,500, at last 40");
  assert.equal(element.querySelector(".chart-empty").textContent, "");
  assert.deepEqual(texts(element, ".chart-x span").map(plain), ["12:00:00 PM", "12:00:02 PM"]);
});

test("ends at a number that begins with 1, 2 or 5, with half of it in the middle", () => {
  for (const [most, ...labels] of [
    [0.3, "1", "0.5"],
    [1, "1", "0.5"],
    [1.1, "2", "1"],
    [20, "20", "10"],
    [21, "50", "25"],
    [999, "1K", "500"],
    [1001, "2K", "1K"],
    [6_000_000, "10M", "5M"],
  ]) {
    const { element } = chart(points(0, most));

    assert.deepEqual(texts(element, ".chart-y span"), [...labels, "0"], `${most}`);
  }
});

test("bears two points of one moment", () => {
  const { line } = chart([
    { at: START, value: 1 },
    { at: START, value: 1 },
  ]);

  assert.equal(line(), "M0,4L0,4");
});

test("takes the line away when there is nothing any more, and draws it again", () => {
  const { element, update, line, top } = chart(points(1, 2));

  update([], "Paused.");
  assert.equal(line(), null);
  assert.equal(top(), "");
  assert.equal(element.querySelector(".chart-empty").textContent, "Paused.");
  update(points(1, 2), "Paused.");
  assert.equal(line(), "M0,77L600,4");
  assert.equal(element.hasAttribute("data-empty"), false);
  assert.equal(element.querySelector(".chart-empty").textContent, "");
});

test("is a picture, and hides the words around it from those who are read its label", () => {
  const { element } = chart(points(1, 2));

  assert.equal(element.querySelector("#rate").getAttribute("role"), "img");
  assert.equal(all(element, "[aria-hidden=true]").length, 2);
});
