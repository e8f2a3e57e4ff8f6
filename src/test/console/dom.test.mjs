import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { all, freshPage, later, settle } from "./dom.mjs";
import {
  button,
  el,
  fill,
  freshId,
  keepFocus,
  oneAtATime,
  setAttribute,
  setDisabled,
  setText,
  svg,
} from "../../main/webapp/console/lib/dom.js";

beforeEach(freshPage);

test("takes text for text, whatever it looks like", () => {
  const element = el("p", {}, "<img src=x onerror=alert(1)>");

  assert.equal(element.textContent, "<img src=x onerror=alert(1)>");
  assert.equal(element.children.length, 0);
});

test("leaves out attributes that are null, undefined or false, and keeps zero and the empty text", () => {
  const element = el("input", { a: null, b: undefined, c: false, d: true, e: 0, f: "" });

  for (const name of ["a", "b", "c"]) {
    assert.equal(element.hasAttribute(name), false, name);
  }
  assert.equal(element.getAttribute("d"), "");
  assert.equal(element.getAttribute("e"), "0");
  assert.equal(element.getAttribute("f"), "");
});

test("listens with what is a function, and does not write it down", () => {
  let clicks = 0;
  const element = el("button", { onclick: () => clicks++ });

  element.click();

  assert.equal(clicks, 1);
  assert.equal(element.hasAttribute("onclick"), false);
});

test("takes children that lie in lists, and leaves out those that are none", () => {
  const element = el("ul", {}, null, [undefined, [false, "a", ["b"]]], 0);

  assert.equal(element.textContent, "ab0");
});

test("draws in the namespace of drawings", () => {
  assert.equal(svg("path").namespaceURI, "http://www.w3.org/2000/svg");
  assert.equal(el("path").namespaceURI, null);
});

test("fills an element anew and gives it back", () => {
  const element = el("p", {}, "old");

  assert.equal(fill(element, null, "new"), element);
  assert.equal(element.textContent, "new");
  assert.equal(fill(element).textContent, "");
});

test("touches a text only where it is another", () => {
  const element = el("p", {}, "same");

  setText(element, "same");
  assert.equal(element.written, undefined);
  setText(element, "other");
  assert.equal(element.textContent, "other");
});

test("touches an attribute only where it is another, and takes away what has no value", () => {
  const element = el("p", { "aria-label": "7" });
  const before = element.written;

  setAttribute(element, "aria-label", 7);
  assert.equal(element.written, before);
  setAttribute(element, "aria-label", 8);
  assert.equal(element.getAttribute("aria-label"), "8");
  setAttribute(element, "aria-label", null);
  assert.equal(element.hasAttribute("aria-label"), false);
  setAttribute(element, "aria-label", undefined);
  assert.equal(element.hasAttribute("aria-label"), false);
});

test("never gives the same id twice", () => {
  assert.notEqual(freshId("a"), freshId("a"));
  assert.match(freshId("field"), /^field-\d+$/);
});

test("makes buttons that submit no form", () => {
  const plain = button("Go");
  const other = button("Go", { act: "go", kind: "danger", icon: el("i"), "aria-label": "Go there" }, () => {});

  assert.equal(plain.getAttribute("type"), "button");
  assert.equal(plain.getAttribute("class"), "button");
  assert.equal(plain.hasAttribute("data-act"), false);
  assert.equal(other.getAttribute("class"), "button danger");
  assert.equal(other.dataset.act, "go");
  assert.equal(other.getAttribute("aria-label"), "Go there");
  assert.equal(other.firstElementChild.localName, "i");
  assert.equal(other.hasAttribute("icon"), false);
});

test("gives the focus of a button that becomes disabled to something else", () => {
  const [go, other] = [button("Go"), button("Other")];
  const heading = el("h2", { tabindex: "-1" });
  document.body.append(go, other, heading);
  go.focus();

  setDisabled(other, true, heading);
  setDisabled(go, false, heading);
  assert.equal(document.activeElement, go);
  setDisabled(go, true, heading);

  assert.equal(go.disabled, true);
  assert.equal(document.activeElement, heading);
});

test("does nothing while what was begun before is under way, looks disabled, and keeps the focus", async () => {
  const slow = later();
  const given = [];
  const group = el("div");
  const act = oneAtATime(group, (value) => {
    given.push(value);
    return slow.promise;
  });

  act(1);
  act(2);
  assert.equal(group.getAttribute("aria-disabled"), "true");
  slow.resolve();
  await settle();
  assert.equal(group.hasAttribute("aria-disabled"), false);
  await act(3);

  assert.deepEqual(given, [1, 3]);
});

test("begins anew after a failure", async () => {
  const group = el("div");
  const act = oneAtATime(group, () => {
    throw new Error("No.");
  });

  await assert.rejects(act(), { message: "No." });
  assert.equal(group.hasAttribute("aria-disabled"), false);
  await assert.rejects(act());
});

test("does once what a button is clicked on twice for", async () => {
  const slow = later();
  let times = 0;
  const go = button("Go", {}, () => {
    times++;
    return slow.promise;
  });
  document.body.append(go);
  go.focus();

  go.click();
  go.click();
  assert.equal(times, 1);
  assert.equal(document.activeElement, go);
  slow.resolve();
  await settle();
  go.click();

  assert.equal(times, 2);
});

const row = (id, ...acts) =>
  el(
    "div",
    { "data-id": id },
    acts.map((act) => button(act, { act })),
  );

function listOf(...rows) {
  const list = el("div", {}, rows);
  document.body.append(list);
  return list;
}

test("leaves the focus at the same act of the same item", () => {
  const list = listOf(row("1", "edit", "delete"), row("2", "edit", "delete"));
  all(list, "button").at(-1).focus();

  keepFocus(list, () => fill(list, row("2", "edit", "delete"), row("1", "edit", "delete")));

  assert.equal(document.activeElement.dataset.act, "delete");
  assert.equal(document.activeElement.closest("[data-id]").dataset.id, "2");
  assert.deepEqual(document.activeElement.focused, { preventScroll: true });
});

test("goes to another act of the item where the act is gone", () => {
  const list = listOf(row("1", "retry"), row("2", "retry"));
  list.querySelectorAll("button")[1].focus();

  keepFocus(list, () => fill(list, row("1", "retry"), row("2", "skip")));

  assert.equal(document.activeElement.dataset.act, "skip");
});

test("goes to what comes instead where the item is gone", () => {
  const search = el("input");
  const list = listOf(row("1", "delete"));
  document.body.append(search);
  list.querySelector("button").focus();

  keepFocus(
    list,
    () => fill(list, "none"),
    () => search,
  );

  assert.equal(document.activeElement, search);
});

test("goes to what comes instead where what had the focus is hidden", () => {
  const list = listOf(row("1", "delete"));
  const more = button("More", { act: "more" });
  list.append(more);
  more.focus();

  keepFocus(
    list,
    () => (more.hidden = true),
    () => list.querySelector("[data-act=delete]"),
  );

  assert.equal(document.activeElement.dataset.act, "delete");
});

test("bears it where nothing comes instead", () => {
  const list = listOf(row("1", "delete"));
  list.querySelector("button").focus();

  keepFocus(list, () => fill(list));

  assert.equal(document.activeElement, document.body);
});

test("takes no focus from elsewhere, and none from what was not drawn again", () => {
  const search = el("input");
  const list = listOf(row("1", "edit"), row("2", "edit"));
  document.body.append(search);
  search.focus();
  keepFocus(
    list,
    () => fill(list, row("1", "edit")),
    () => list.querySelector("button"),
  );
  assert.equal(document.activeElement, search);

  const kept = list.querySelector("button");
  kept.focus();
  keepFocus(list, () => list.append(row("3", "edit")));
  assert.equal(document.activeElement, kept);
});
