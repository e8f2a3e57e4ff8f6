import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, freshPage, texts } from "./dom.mjs";
import { el } from "../../main/webapp/console/lib/dom.js";
import { idList, table } from "../../main/webapp/console/lib/table.js";

beforeEach(freshPage);

const COLUMNS = [
  { label: "Name", cell: (item) => el("strong", {}, item.name) },
  { label: "Rows", kind: "number", cell: (item) => item.rows },
  { label: "Actions", kind: "acts", cell: () => el("button", {}, "Go") },
];
const ITEMS = [
  { id: "1", name: "<a>", rows: 0 },
  { id: "2", name: "b", rows: null },
];

test("draws a row for each item and a cell for each column", () => {
  const drawn = table({ name: "users", caption: "Users", columns: COLUMNS, items: ITEMS });

  assert.equal(drawn.dataset.list, "users");
  assert.equal(drawn.querySelector("caption").textContent, "Users");
  assert.deepEqual(
    all(drawn, "tbody tr").map((row) => [row.dataset.id, ...texts(row, "td")]),
    [
      ["1", "<a>", "0", "Go"],
      ["2", "b", "", "Go"],
    ],
  );
});

test("says in each cell what the layout of cards no longer says", () => {
  const drawn = table({ name: "users", caption: "Users", columns: COLUMNS, items: ITEMS });
  const cells = all(drawn.querySelector("tbody tr"), "td");

  assert.deepEqual(
    cells.map((cell) => [cell.getAttribute("role"), cell.dataset.label, cell.getAttribute("class")]),
    [
      ["rowheader", "Name", null],
      ["cell", "Rows", "number"],
      ["cell", "Actions", "acts"],
    ],
  );
  assert.equal(drawn.querySelector("th.number").textContent, "Rows");
});

test("hides the heading of the acts from those who see", () => {
  const drawn = table({ name: "users", caption: "Users", columns: COLUMNS, items: ITEMS });

  assert.deepEqual(texts(drawn, "th .visually-hidden"), ["Actions"]);
});

test("draws its head alone where there are no items", () => {
  const drawn = table({ name: "users", caption: "Users", columns: COLUMNS, items: [] });

  assert.equal(drawn.querySelector("tbody tr"), null);
  assert.equal(all(drawn, "th").length, 3);
});

test("tells items apart by what it is told to", () => {
  const drawn = table({ name: "x", caption: "X", columns: COLUMNS, items: ITEMS, id: (item) => `n-${item.name}` });

  assert.deepEqual(
    all(drawn, "[data-id]").map((row) => row.dataset.id),
    ["n-<a>", "n-b"],
  );
});

test("unfolds what there is to say of an item, drawn anew each time, and folds it again", () => {
  let drawings = 0;
  const drawn = table({
    name: "x",
    caption: "X",
    columns: COLUMNS,
    items: ITEMS,
    detail: { label: (item) => `More of ${item.name}`, draw: (item) => el("p", {}, `${item.id}: ${++drawings}`) },
  });
  const toggle = drawn.querySelector('[data-id="2"] [data-act=details]');
  document.body.append(drawn);
  const below = document.getElementById(toggle.getAttribute("aria-controls"));
  const seen = () => [toggle.getAttribute("aria-expanded"), below.hidden, below.textContent];

  assert.equal(toggle.textContent, "More of b");
  assert.equal(below.firstElementChild.getAttribute("colspan"), "3");
  assert.deepEqual(seen(), ["false", true, ""]);
  toggle.click();
  assert.deepEqual(seen(), ["true", false, "2: 1"]);
  toggle.click();
  assert.deepEqual(seen(), ["false", true, ""]);
  toggle.click();
  assert.deepEqual(seen(), ["true", false, "2: 2"]);
  assert.equal(all(drawn, ".detail").filter((row) => !row.hidden).length, 1);
});

test("lists ids, and says so when they are not all", () => {
  assert.equal(idList([]), null);
  assert.equal(idList([], 7), null);
  assert.deepEqual(texts(idList(["a", "b"]), "li"), ["a", "b"]);
  assert.equal(idList(["a", "b"]).querySelector("summary").textContent, "Rows");
  assert.equal(idList(["a", "b"], 2).querySelector("summary").textContent, "Rows");
  assert.equal(idList(["a", "b"], 7).querySelector("summary").textContent, "Rows (the first 2)");
});
