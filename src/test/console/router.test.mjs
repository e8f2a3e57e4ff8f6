import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clock, freshPage, later, settle } from "./dom.mjs";
import { Problem } from "../../main/webapp/console/lib/api.js";
import { el } from "../../main/webapp/console/lib/dom.js";
import { Router } from "../../main/webapp/console/lib/router.js";

let main;
let shown;

beforeEach(() => {
  freshPage();
  main = el("main");
  shown = [];
  document.body.append(main);
});

const router = (routes, home = () => "#/home") =>
  new Router(main, routes, { home, whenShown: (route) => shown.push(route) });

const page = (title, more = {}) => ({
  title,
  content: el("div", {}, el("h1", { tabindex: "-1" }, title)),
  ...more,
});

const pages = (...names) => names.map((name) => [name, async () => page(name), name]);

async function at(hash, one) {
  location.at(`/console/${hash}`);
  await one.show();
}

test("shows the page that the address says", async () => {
  await at("#/realms", router(pages("home", "realms")));

  assert.equal(main.textContent, "realms");
  assert.equal(document.title, "realms · Realms");
  assert.equal(main.dataset.busy, "false");
  assert.equal(main.dataset.route, "realms");
  assert.equal(document.documentElement.dataset.ready, "true");
  assert.equal(shown[0].section, "realms");
});

test("gives a page its parameters and what is asked of it", async () => {
  let given = null;
  const one = router([
    [
      "realms/:realmId/users",
      async (route) => {
        given = route;
        return page("users");
      },
      "realms",
    ],
  ]);

  await at("#/realms/7/users?text=a%20b", one);

  assert.deepEqual(given.params, { realmId: "7" });
  assert.equal(given.query.get("text"), "a b");
  assert.equal(given.name, "realms/7/users");
});

test("takes only the first question mark for the beginning of what is asked", async () => {
  let given = null;
  const one = router([["home", async ({ query }) => page((given = query).get("text"))]]);

  await at("#/home?text=a?b&c=?", one);
  assert.deepEqual([...given], Object.entries({ text: "a?b", c: "?" }));
  await at("#/home", one);
  assert.deepEqual([...given], []);
});

test("takes the first route that fits the whole of the address", async () => {
  const one = router([
    ...pages("home"),
    ["realms/new", async () => page("new")],
    ["realms/:id", async () => page("one")],
  ]);

  for (const [hash, title] of [
    ["#/realms/new", "new"],
    ["#/realms/7", "one"],
    ["#realms/7/", "one"],
    ["#/realms/7/users", "home"],
    ["#/realms", "home"],
  ]) {
    await at(hash, one);
    assert.equal(main.textContent, title, hash);
  }
});

test("goes home from an address that says nothing, without a step back to it", async () => {
  await at("#/nowhere", router(pages("home")));

  assert.equal(main.textContent, "home");
  assert.equal(location.hash, "#/home");
  assert.equal(location.steps, 0);
});

test("passes by a route that is closed", async () => {
  let open = true;
  const one = router([...pages("home"), ["sign-in", async () => page("sign-in"), "sign-in", () => open]]);

  await at("#/sign-in", one);
  assert.equal(main.textContent, "sign-in");
  open = false;
  await at("#/sign-in", one);
  assert.equal(main.textContent, "home");
});

test("follows the address, and goes where it is told to", async () => {
  const one = router(pages("home", "realms"));
  await at("#/home", one);

  location.hash = "#/realms";
  await settle();
  assert.equal(main.textContent, "realms");
  one.go("#/home");
  await settle();
  assert.equal(main.textContent, "home");
});

test("shows a page anew that it is told to go to from itself", async () => {
  let times = 0;
  const one = router([["home", async () => page(`home ${++times}`)]]);
  await at("#/home", one);

  one.go("#/home");
  await settle();
  assert.equal(main.textContent, "home 2");
  await one.again();
  assert.equal(main.textContent, "home 3");
});

test("shows the later of two pages that are under way, and leaves the earlier one", async () => {
  const [slow, quick] = [later(), later()];
  let left = 0;
  const one = router([
    ["slow", () => slow.promise],
    ["quick", () => quick.promise],
  ]);

  location.at("/console/#/slow");
  const first = one.show();
  location.at("/console/#/quick");
  const second = one.show();
  quick.resolve(page("quick"));
  await second;
  slow.resolve(page("slow", { leave: () => left++ }));
  await first;

  assert.equal(main.textContent, "quick");
  assert.equal(document.title, "quick · Realms");
  assert.equal(left, 1);
  assert.equal(shown.length, 1);
});

test("leaves a page once another one is there, and not before", async () => {
  const slow = later();
  let left = 0;
  const one = router([
    ["home", async () => page("home", { leave: () => left++ })],
    ["slow", () => slow.promise],
  ]);
  await at("#/home", one);

  location.at("/console/#/slow");
  const next = one.show();
  await settle();
  assert.equal(left, 0);
  slow.resolve(page("slow"));
  await next;
  assert.equal(left, 1);
});

test("says that it is busy, and that it loads only where that takes a while", async () => {
  const slow = later();
  const one = router([...pages("home"), ["slow", () => slow.promise, "slow"]]);
  await at("#/home", one);

  location.at("/console/#/slow");
  const next = one.show();
  assert.equal(main.dataset.busy, "true");
  await clock.pass(149);
  assert.equal(main.textContent, "home");
  await clock.pass(1);
  assert.ok(main.querySelector("[data-state=loading]"));
  slow.resolve(page("slow"));
  await next;
  assert.equal(main.textContent, "slow");
  assert.equal(main.dataset.busy, "false");
});

test("does not say that it loads what is there already", async () => {
  await at("#/home", router(pages("home")));

  await clock.pass(10_000);

  assert.equal(main.textContent, "home");
});

test("leaves what is there until the next page of the same section is", async () => {
  const slow = later();
  const one = router([
    ["a", async () => page("a"), "same"],
    ["b", () => slow.promise, "same"],
  ]);
  await at("#/a", one);

  location.at("/console/#/b");
  const next = one.show();
  await clock.pass(10_000);
  assert.equal(main.textContent, "a");
  slow.resolve(page("b"));
  await next;
  assert.equal(main.textContent, "b");
});

test("shows why a page can't be shown, and tries it again", async () => {
  let tries = 0;
  const one = router([
    [
      "home",
      async () => {
        tries++;
        if (tries === 1) {
          throw new Problem({ code: "not-found", detail: "It is gone." });
        }
        return page("home");
      },
    ],
  ]);
  await at("#/home", one);
  assert.equal(document.title, "Not shown · Realms");
  assert.equal(main.querySelector("[data-state=not-found] p").textContent, "It is gone.");
  assert.equal(main.dataset.busy, "false");

  main.querySelector("[data-act=retry]").click();
  await settle();

  assert.equal(main.textContent, "home");
});

test("writes into the browser's log what is no problem of the API", async (t) => {
  const log = t.mock.method(console, "error", () => {});
  const fault = new TypeError("x is undefined");
  const refused = new Problem({ code: "forbidden", detail: "No." });
  const one = router([
    ["fault", () => Promise.reject(fault)],
    ["refused", () => Promise.reject(refused)],
  ]);

  await at("#/fault", one);
  assert.equal(main.querySelector("[data-state=error] p").textContent, "x is undefined");
  await at("#/refused", one);

  assert.deepEqual(
    log.mock.calls.map((call) => call.arguments),
    [[fault]],
  );
});

test("shows why a page can't be shown that fails before it promises anything", async (t) => {
  t.mock.method(console, "error", () => {});
  const one = router([
    [
      "home",
      () => {
        throw new Error("Broken.");
      },
    ],
  ]);

  await at("#/home", one);

  assert.equal(main.querySelector("[data-state=error] p").textContent, "Broken.");
  assert.equal(main.dataset.busy, "false");
});

test("asks once for a page that is tried again by hand, and not once more by itself", async () => {
  let tries = 0;
  const one = router([
    [
      "home",
      () => {
        tries++;
        return tries === 1 ? Promise.reject(Problem.gone()) : new Promise(() => {});
      },
      "same",
    ],
  ]);
  await at("#/home", one);

  main.querySelector("[data-act=retry]").click();
  await clock.pass(10_000);

  assert.equal(tries, 2);
});

test("loses no focus at a page that can't be shown, and takes none from elsewhere", async () => {
  const link = el("a", { href: "#/home" });
  document.body.append(link);
  main.setAttribute("tabindex", "-1");
  const one = router([["home", () => Promise.reject(new Problem({ code: "not-found", detail: "It is gone." }))]]);

  link.focus();
  await at("#/home", one);
  assert.equal(document.activeElement, link);
  main.querySelector("[data-act=retry]").focus();
  main.querySelector("[data-act=retry]").click();
  await settle();

  assert.equal(document.activeElement, main);
});

test("reads a new page from its heading on", async () => {
  await at("#/home", router(pages("home")));

  assert.equal(document.activeElement, main.querySelector("h1"));
  assert.deepEqual(document.documentElement.scrolled, [0, 0]);
});

test("does not draw or read again what stays the same", async () => {
  const same = page("home");
  const input = el("input");
  same.content.append(input);
  const one = router([["home", async () => same]]);
  await at("#/home", one);
  input.focus();

  await one.again();

  assert.equal(document.activeElement, input);
  assert.equal(main.firstElementChild, same.content);
  assert.equal(shown.length, 2);
});

const tabbed = (name) => [
  name,
  async () => ({
    title: name,
    content: el(
      "div",
      {},
      el("h1", { tabindex: "-1" }, name),
      el(
        "nav",
        { class: "tabs" },
        ["a", "b"].map((tab) => el("a", { href: `#/${tab}`, "aria-current": tab === name ? "page" : null }, tab)),
      ),
    ),
  }),
  "same",
];

test("leaves someone who chose a tab in the tabs", async () => {
  const one = router([tabbed("a"), tabbed("b")]);
  await at("#/a", one);
  assert.equal(document.activeElement.localName, "h1");
  document.documentElement.scrolled = null;
  main.querySelector(".tabs a").focus();

  await at("#/b", one);

  assert.equal(document.activeElement.getAttribute("href"), "#/b");
  assert.equal(document.documentElement.scrolled, null);
  assert.deepEqual(document.activeElement.scrolled, { block: "nearest", inline: "center" });
});

test("reads a page that was come to by another way than its tab from its heading on", async () => {
  const one = router([tabbed("a"), tabbed("b")]);
  await at("#/a", one);

  await at("#/b", one);

  assert.equal(document.activeElement.localName, "h1");
});

test("closes the dialogs of a page that is left", async () => {
  const one = router(pages("home", "realms"));
  await at("#/home", one);
  const dialog = el("dialog");
  document.body.append(dialog);
  dialog.showModal();

  await at("#/realms", one);

  assert.equal(dialog.hasAttribute("open"), false);
});

test("takes the focus out of no dialog that a page opens", async () => {
  const input = el("input");
  const one = router([
    [
      "home",
      async () => {
        const dialog = el("dialog", {}, input);
        document.body.append(dialog);
        dialog.showModal();
        input.focus();
        return page("home");
      },
    ],
  ]);

  await at("#/home", one);

  assert.equal(document.activeElement, input);
});
