import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { beforeEach, test } from "node:test";
import { all, clock, followed, freshPage, later, settle, texts } from "./dom.mjs";
import { Problem } from "../../main/webapp/console/lib/api.js";
import { el } from "../../main/webapp/console/lib/dom.js";
import { List, textFilter } from "../../main/webapp/console/lib/list.js";

beforeEach(freshPage);

const A = { id: "1", name: "Ada", role: "ADMIN" };
const B = { id: "2", name: "Bob", role: "MEMBER" };
const C = { id: "3", name: "Cy", role: "MEMBER" };

const ROLE = {
  name: "role",
  label: "Role",
  type: "select",
  options: [
    ["ADMIN", "Admin"],
    ["MEMBER", "Member"],
  ],
};

/** A list that is given these pages one after the other: pages, promises of pages, or problems. */
function listOf(pages, more = {}) {
  const asked = [];
  const list = new List({
    name: "users",
    caption: "Users",
    columns: [{ label: "Name", cell: (user) => el("span", { class: "name" }, user.name) }],
    empty: { title: "No users", hint: "Make one." },
    load: async (parameters) => {
      asked.push(parameters);
      const next = await pages.shift();
      if (next instanceof Error) {
        throw next;
      }
      return next;
    },
    ...more,
  });
  document.body.append(list.element);
  return { list, asked, names: () => texts(list.element, ".name"), find: (css) => list.element.querySelector(css) };
}

const status = ({ find }) => find(".list-status").textContent;

async function choose({ find }, name, value, event = "change") {
  const control = find(`[data-filter=${name}]`);
  control.value = value;
  control.dispatch(event);
  await settle();
}

const EDIT = { acts: () => [{ act: "edit", label: "Edit", run: () => {} }] };

test("does an act to the items that are chosen, also when more is loaded, and to none that is gone", async () => {
  const acted = [];
  const shown = listOf(
    [{ items: [A, B], nextCursor: "n" }, { items: [C], nextCursor: null }, { items: [B, C], nextCursor: null }],
    {
      called: (user) => user.name,
      choice: { act: "move-chosen", label: "Move", run: (items) => acted.push(items.map(({ name }) => name)) },
    },
  );
  const boxes = () => all(shown.list.element, "[data-act=choose]");
  const set = (box, checked) => {
    box.checked = checked;
    box.dispatch("change");
  };
  const act = () => shown.find("[data-act=move-chosen]");
  await shown.list.reload();
  assert.equal(act().disabled, true);

  set(boxes()[0], true);
  set(boxes()[1], true);
  assert.equal(shown.find("[data-act=choose-all]").checked, true);
  await shown.list.more();
  assert.deepEqual(
    boxes().map((box) => box.checked),
    [true, true, false],
  );
  assert.equal(shown.find("[data-act=choose-all]").checked, false);
  act().click();
  await shown.list.reload();
  set(shown.find("[data-act=choose-all]"), true);
  act().click();
  set(shown.find("[data-act=choose-all]"), false);

  assert.deepEqual(acted, [
    ["Ada", "Bob"],
    ["Bob", "Cy"],
  ]);
  assert.equal(act().disabled, true);
});

/** Goes to the button that loads more, and presses it. */
async function more(shown) {
  shown.find("[data-act=more]").focus();
  shown.find("[data-act=more]").click();
  await settle();
}

const focused = () => document.activeElement.closest("[data-id]")?.dataset.id;

test("shows what is loaded, and how much that is", async () => {
  const shown = listOf([{ items: [A, B] }]);

  assert.equal(await shown.list.reload(), shown.list);

  assert.deepEqual(shown.names(), ["Ada", "Bob"]);
  assert.equal(status(shown), "2 shown.");
  assert.equal(shown.find("[data-act=more]").hidden, true);
  assert.equal(shown.list.element.getAttribute("aria-label"), "Users");
  assert.deepEqual(shown.asked, [{ cursor: null }]);
});

test("says that it loads, and that it is busy, until it has loaded", async () => {
  const slow = later();
  const { list, find } = listOf([slow.promise]);

  const loaded = list.reload();
  assert.equal(find("[data-state=loading] .visually-hidden").textContent, "Users…");
  assert.equal(list.element.getAttribute("aria-busy"), "true");
  slow.resolve({ items: [A] });
  await loaded;

  assert.equal(find("[data-state=loading]"), null);
  assert.equal(list.element.hasAttribute("aria-busy"), false);
});

test("leaves what there is while it loads anew", async () => {
  const slow = later();
  const { list, names } = listOf([{ items: [A] }, slow.promise]);
  await list.reload();

  const loaded = list.reload();
  assert.deepEqual(names(), ["Ada"]);
  slow.resolve({ items: [B] });
  await loaded;

  assert.deepEqual(names(), ["Bob"]);
});

test("says that there is nothing, and what to do about it", async () => {
  const shown = listOf([{ items: [] }], { create: { label: "New user", run: () => {} } });

  await shown.list.reload();

  assert.equal(shown.find("[data-state=empty] h2").textContent, "No users");
  assert.equal(shown.find("[data-state=empty] p").textContent, "Make one.");
  assert.equal(status(shown), "");
});

test("loads the next page below the first, until there is none", async () => {
  const shown = listOf([{ items: [A], nextCursor: "x" }, { items: [B, C] }]);
  await shown.list.reload();
  assert.equal(status(shown), "1 shown; there are more.");

  shown.find("[data-act=more]").click();
  await settle();

  assert.deepEqual(shown.names(), ["Ada", "Bob", "Cy"]);
  assert.equal(status(shown), "3 shown.");
  assert.equal(shown.find("[data-act=more]").hidden, true);
  assert.deepEqual(shown.asked, [{ cursor: null }, { cursor: "x" }]);
});

test("shows no page below another list than the one it was asked for", async () => {
  const slow = later();
  const anew = { items: [C], nextCursor: "new" };
  const shown = listOf([{ items: [A], nextCursor: "old" }, slow.promise, anew, { items: [] }]);
  await shown.list.reload();

  await more(shown);
  await shown.list.reload();
  slow.resolve({ items: [B], nextCursor: "older" });
  await settle();
  assert.deepEqual(shown.names(), ["Cy"]);
  assert.equal(shown.list.element.hasAttribute("aria-busy"), false);

  await more(shown);
  assert.equal(shown.asked.at(-1).cursor, "new");
});

test("takes no failure of a page below another list for this one's", async () => {
  const slow = later();
  const shown = listOf([{ items: [A], nextCursor: "old" }, slow.promise, { items: [C] }]);
  await shown.list.reload();

  await more(shown);
  await shown.list.reload();
  slow.reject(Problem.gone());
  await settle();

  assert.deepEqual(shown.names(), ["Cy"]);
});

test("loads the next page once, however often that is asked for", async () => {
  const slow = later();
  const shown = listOf([{ items: [A], nextCursor: "x" }, slow.promise]);
  await shown.list.reload();

  await more(shown);
  await more(shown);
  assert.equal(shown.list.element.getAttribute("aria-busy"), "true");
  slow.resolve({ items: [B] });
  await settle();

  assert.equal(shown.asked.length, 2);
  assert.deepEqual(shown.names(), ["Ada", "Bob"]);
});

test("loads no next page of a list that is being loaded anew", async () => {
  const slow = later();
  const shown = listOf([{ items: [A], nextCursor: "old" }, slow.promise]);
  await shown.list.reload();

  shown.list.reload();
  await more(shown);
  slow.resolve({ items: [B], nextCursor: "new" });
  await settle();

  assert.equal(shown.asked.length, 2);
  assert.deepEqual(shown.names(), ["Bob"]);
});

test("leaves what comes in on top while the next page is loaded", async () => {
  const slow = later();
  const shown = listOf([{ items: [B], nextCursor: "x" }, slow.promise]);
  await shown.list.reload();

  await more(shown);
  shown.list.items = [A, ...shown.list.items];
  shown.list.draw();
  slow.resolve({ items: [C] });
  await settle();

  assert.deepEqual(shown.names(), ["Ada", "Bob", "Cy"]);
});

test("goes to the first of what was loaded below", async () => {
  const shown = listOf([{ items: [A], nextCursor: "x" }, { items: [B, C] }], EDIT);
  await shown.list.reload();

  await more(shown);

  assert.equal(focused(), "2");
  assert.equal(document.activeElement.dataset.act, "edit");
});

test("goes to the first of what was loaded below, where each has a row that is folded away", async () => {
  const shown = listOf([{ items: [A, B], nextCursor: "x" }, { items: [C] }], {
    detail: { label: () => "More", draw: () => "" },
  });
  await shown.list.reload();

  await more(shown);

  assert.equal(focused(), "3");
});

test("goes to the first of what was loaded below, where some are sifted out", async () => {
  const shown = listOf([{ items: [A, B], nextCursor: "x" }, { items: [A, C] }], {
    ...EDIT,
    filters: [{ ...ROLE, matches: (user, value) => user.role === value, value: "MEMBER" }],
  });
  await shown.list.reload();

  await more(shown);

  assert.equal(focused(), "3");
});

test("goes to the row itself where nothing can be done in it", async () => {
  const shown = listOf([{ items: [A], nextCursor: "x" }, { items: [B], nextCursor: "y" }]);
  await shown.list.reload();

  await more(shown);

  assert.equal(focused(), "2");
  assert.equal(document.activeElement.localName, "tr");
});

test("stays where more can be loaded when nothing of what came is shown", async () => {
  const pages = [{ items: [A], nextCursor: "x" }, { items: [B], nextCursor: "y" }, { items: [C] }];
  const filters = [{ ...ROLE, matches: (user, value) => user.role === value, value: "ADMIN" }];
  const shown = listOf(pages, { filters });
  await shown.list.reload();

  await more(shown);
  assert.equal(document.activeElement.dataset.act, "more");
  await more(shown);
  assert.equal(document.activeElement, shown.find("[data-filter=role]"));
});

test("takes the focus from nobody who went on while more was loaded", async () => {
  const slow = later();
  const shown = listOf([{ items: [A], nextCursor: "x" }, slow.promise], { ...EDIT, filters: [ROLE] });
  await shown.list.reload();

  await more(shown);
  shown.find("[data-filter=role]").focus();
  slow.resolve({ items: [B] });
  await settle();

  assert.equal(document.activeElement, shown.find("[data-filter=role]"));
});

test("leaves the focus where more can be loaded while the list is drawn", async () => {
  const shown = listOf([{ items: [A], nextCursor: "x" }]);
  await shown.list.reload();
  shown.find("[data-act=more]").focus();

  shown.list.replace({ ...A, name: "Adele" });

  assert.equal(document.activeElement.dataset.act, "more");
});

test("goes to where it can be tried again when it could not be loaded, and loses no focus when it is", async () => {
  const shown = listOf([{ items: [A], nextCursor: "x" }, new Error("No."), { items: [B] }]);
  await shown.list.reload();

  await more(shown);
  assert.equal(document.activeElement.dataset.act, "retry");
  document.activeElement.click();
  await settle();

  assert.deepEqual(shown.names(), ["Bob"]);
  assert.ok(shown.list.element.contains(document.activeElement));
});

test("is busy until the later of two answers has come", async () => {
  const [slow, quick] = [later(), later()];
  const { list } = listOf([quick.promise, slow.promise]);

  list.reload();
  list.reload();
  quick.resolve({ items: [A] });
  await settle();
  assert.equal(list.element.getAttribute("aria-busy"), "true");
  slow.resolve({ items: [B] });
  await settle();

  assert.equal(list.element.hasAttribute("aria-busy"), false);
});

test("leaves an answer that comes at a bad time", async () => {
  const { list, names } = listOf([{ items: [A] }, { items: [B] }, { items: [C] }]);
  await list.reload();

  await list.reload(() => true);
  assert.deepEqual(names(), ["Ada"]);
  assert.equal(list.element.hasAttribute("aria-busy"), false);
  await list.reload(() => false);
  assert.deepEqual(names(), ["Cy"]);
});

test("does not say that nothing fits before it has loaded, or where it could not", async () => {
  const slow = later();
  const shown = listOf([slow.promise], { filters: [textFilter("Find", (user) => [user.name])] });
  shown.list.reload();

  await choose(shown, "text", "ada", "input");
  assert.ok(shown.find("[data-state=loading]"));
  slow.reject(Problem.gone());
  await settle();
  await choose(shown, "text", "a", "input");

  assert.ok(shown.find("[data-state=server-gone]"));
});

test("says why it can't be loaded, and begins again", async () => {
  const shown = listOf([new Problem({ code: "forbidden", detail: "No." }), { items: [A] }]);

  await shown.list.reload();
  assert.equal(shown.find("[data-state=forbidden] p").textContent, "No.");
  assert.equal(shown.list.element.hasAttribute("aria-busy"), false);
  shown.find("[data-act=retry]").click();
  await settle();

  assert.deepEqual(shown.names(), ["Ada"]);
});

test("says why the next page can't be loaded, and begins again", async () => {
  const shown = listOf([
    { items: [A], nextCursor: "x" },
    new Problem({ code: "bad-cursor", detail: "Too old." }),
    { items: [B] },
  ]);
  await shown.list.reload();

  shown.find("[data-act=more]").click();
  await settle();
  assert.equal(shown.find("[data-state=error] p").textContent, "Too old.");
  assert.equal(shown.find("[data-act=more]").hidden, true);
  assert.equal(status(shown), "");
  shown.find("[data-act=retry]").click();
  await settle();

  assert.deepEqual(shown.names(), ["Bob"]);
  assert.equal(shown.asked.at(-1).cursor, null);
});

test("shows the later of two answers, in whichever order they come", async () => {
  const [slow, quick] = [later(), later()];
  const { list, names } = listOf([slow.promise, quick.promise]);

  const loaded = [list.reload(), list.reload()];
  quick.resolve({ items: [B] });
  await settle();
  slow.resolve({ items: [A] });
  await Promise.all(loaded);
  assert.deepEqual(names(), ["Bob"]);
});

test("takes no failure of an earlier answer for the later one's", async () => {
  const [slow, quick] = [later(), later()];
  const { list, names } = listOf([slow.promise, quick.promise]);

  const loaded = [list.reload(), list.reload()];
  quick.resolve({ items: [B] });
  await settle();
  slow.reject(Problem.gone());
  await Promise.all(loaded);

  assert.deepEqual(names(), ["Bob"]);
});

test("asks the API with the filters that are its own", async () => {
  const given = [];
  const shown = listOf([{ items: [A, B] }, { items: [A] }], {
    filters: [textFilter("Find", (user) => [user.name]), ROLE],
    whenFiltered: (values) => given.push(values),
  });
  await shown.list.reload();
  assert.deepEqual(shown.asked[0], { role: "", cursor: null });
  assert.deepEqual(texts(shown.find("[data-filter=role]"), "option"), ["Any", "Admin", "Member"]);

  await choose(shown, "role", "ADMIN");

  assert.deepEqual(shown.asked[1], { role: "ADMIN", cursor: null });
  assert.deepEqual(given, [{ role: "ADMIN" }]);
  assert.deepEqual(shown.names(), ["Ada"]);
});

test("sifts what is loaded with every letter, and asks for nothing", async () => {
  const shown = listOf([{ items: [A, B, C], nextCursor: "x" }], {
    filters: [textFilter("Find", (user) => [null, user.name])],
  });
  await shown.list.reload();

  await choose(shown, "text", " B ", "input");
  assert.deepEqual(shown.names(), ["Bob"]);
  assert.equal(status(shown), "1 of 3 loaded shown; there are more.");
  await choose(shown, "text", "", "input");
  assert.deepEqual(shown.names(), ["Ada", "Bob", "Cy"]);

  assert.equal(shown.asked.length, 1);
});

test("asks the API for a text only when that is complete", async () => {
  const shown = listOf([{ items: [A] }, { items: [] }], {
    filters: [{ name: "email", label: "E-mail", type: "text", placeholder: "someone@example.com" }],
  });
  await shown.list.reload();
  assert.equal(shown.find("[data-filter=email]").getAttribute("placeholder"), "someone@example.com");

  await choose(shown, "email", "a@example.com", "input");
  assert.equal(shown.asked.length, 1);
  await choose(shown, "email", " a@example.com ", "change");

  assert.deepEqual(shown.asked[1], { email: "a@example.com", cursor: null });
});

test("asks the API for what is searched when nobody has typed for a moment", async () => {
  const shown = listOf([{ items: [A] }, { items: [] }, { items: [B] }], {
    filters: [{ name: "name", label: "Name", type: "search" }],
  });
  await shown.list.reload();
  assert.equal(shown.find("[data-filter=name]").getAttribute("maxlength"), "255");

  await choose(shown, "name", "b", "input");
  await clock.pass(299);
  await choose(shown, "name", "bo", "input");
  await clock.pass(299);
  assert.equal(shown.asked.length, 1);
  await clock.pass(1);
  assert.deepEqual(shown.asked[1], { name: "bo", cursor: null });

  await choose(shown, "name", "bob", "input");
  await choose(shown, "name", "bob", "change");
  assert.deepEqual(shown.asked[2], { name: "bob", cursor: null });
  await clock.pass(300);
  assert.equal(shown.asked.length, 3);
});

test("takes an order for no filter", async () => {
  const shown = listOf([{ items: [] }, { items: [] }], {
    filters: [{ name: "sort", label: "Order", type: "select", any: "Newest first", options: [["name", "By name"]], sorts: true }],
  });
  await shown.list.reload();

  await choose(shown, "sort", "name");

  assert.deepEqual(texts(shown.find("[data-filter=sort]"), "option"), ["Newest first", "By name"]);
  assert.match(shown.find(".list-body").textContent, /No users/);
});

test("shows what fits every filter", async () => {
  const shown = listOf([{ items: [A, B, C] }], {
    filters: [
      textFilter("Find", (user) => [user.name]),
      { ...ROLE, matches: (user, value) => user.role === value, value: "MEMBER" },
    ],
  });
  await shown.list.reload();
  assert.equal(shown.find("[data-filter=role]").value, "MEMBER");
  assert.deepEqual(shown.names(), ["Bob", "Cy"]);

  await choose(shown, "text", "A", "input");

  assert.deepEqual(shown.names(), []);
  assert.equal(shown.find("[data-state=empty] h2").textContent, "Nothing fits the filter");
  assert.equal(shown.find("[data-state=empty] p").textContent, "Choose another one, or none.");
});

test("does not take a filter for empty that may fit what is not loaded yet", async () => {
  const shown = listOf([{ items: [A], nextCursor: "x" }], { filters: [textFilter("Find", (user) => [user.name])] });
  await shown.list.reload();

  await choose(shown, "text", "zoe", "input");

  assert.equal(shown.find("[data-state=empty] p").textContent, "Not everything is loaded yet.");
  assert.equal(shown.find("[data-act=more]").hidden, false);
});

test("leaves the focus in what is typed into while the list is drawn", async () => {
  const shown = listOf([{ items: [A, B] }], { filters: [textFilter("Find", (user) => [user.name])] });
  await shown.list.reload();
  const input = shown.find("[data-filter=text]");
  input.focus();

  await choose(shown, "text", "bob", "input");

  assert.equal(document.activeElement, input);
});

test("does the acts of an item, and says which item they are for", async () => {
  const done = [];
  const { list, find } = listOf([{ items: [A, B] }], {
    acts: (user) =>
      user.role === "ADMIN" ? [] : [{ act: "delete", label: "Delete", kind: "danger", run: (one) => done.push(one) }],
    called: (user) => user.name,
  });
  await list.reload();

  const button = find("[data-act=delete]");
  assert.equal(all(list.element, "[data-act=delete]").length, 1);
  assert.equal(button.getAttribute("aria-label"), "Delete Bob");
  assert.equal(button.getAttribute("class"), "button small danger");
  button.click();

  assert.deepEqual(done, [B]);
});

test("has no column of acts where nothing can be done", async () => {
  const { list } = listOf([{ items: [A] }]);

  await list.reload();

  assert.deepEqual(texts(list.element, "th"), ["Name"]);
});

test("puts an item that was changed in the place of what it was, and leaves the focus there", async () => {
  const { list, names } = listOf([{ items: [A, B, C] }], {
    acts: () => [{ act: "edit", label: "Edit", run: () => {} }],
  });
  await list.reload();
  all(list.element, "[data-act=edit]")[1].focus();

  list.replace({ ...B, name: "Bert" });

  assert.deepEqual(names(), ["Ada", "Bert", "Cy"]);
  assert.equal(document.activeElement.closest("[data-id]").dataset.id, "2");
});

test("goes to what makes an item when the last one is gone", async () => {
  const { list, find } = listOf([{ items: [A] }, { items: [] }], {
    create: { label: "New user", run: () => {} },
    acts: () => [{ act: "delete", label: "Delete", run: () => {} }],
  });
  await list.reload();
  find("[data-act=delete]").focus();

  await list.reload();

  assert.equal(document.activeElement.dataset.act, "create");
});

test("unfolds what there is to say of an item", async () => {
  const { list, find } = listOf([{ items: [A] }], {
    id: (user) => `user-${user.id}`,
    detail: { label: () => "More", draw: (user) => el("p", {}, user.role) },
  });
  await list.reload();

  find("[data-id=user-1] [data-act=details]").click();

  assert.equal(find(".detail").textContent, "ADMIN");
});

test("has a bar of tools only where there are tools", () => {
  let made = 0;

  assert.equal(listOf([]).find(".toolbar"), null);
  const { find } = listOf([], { create: { label: "New user", run: () => made++ } });
  find("[data-act=create]").click();

  assert.equal(made, 1);
});

test("saves all that is loaded, whatever is sifted out", async () => {
  const shown = listOf([{ items: [A, B] }], { download: true, filters: [textFilter("Find", (user) => [user.name])] });
  await shown.list.reload();
  await choose(shown, "text", "bob", "input");

  shown.find("[data-act=download]").click();

  assert.equal(followed[0].getAttribute("download"), "users.json");
  assert.deepEqual(JSON.parse(await resolveObjectURL(followed[0].getAttribute("href")).text()), [A, B]);
});

test("finds a text in any case and in any of an item's texts", () => {
  const { matches } = textFilter("Find", (item) => [item.a, item.b]);

  assert.equal(matches({ a: null, b: "GrÜn" }, "üN"), true);
  assert.equal(matches({ a: 404, b: undefined }, "40"), true);
  assert.equal(matches({ a: null, b: undefined }, "null"), false);
});
