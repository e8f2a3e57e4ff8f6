import { get, getAll, query } from "../lib/api.js";
import { button, el, fill, keepFocus } from "../lib/dom.js";
import { moment, number, plural } from "../lib/format.js";
import { guard } from "../lib/guard.js";
import { icon } from "../lib/icons.js";
import { whenTyped } from "../lib/list.js";
import { nothing } from "../lib/states.js";
import { mayWrite } from "../lib/session.js";
import { actsOf, create } from "./acts.js";
import { realms } from "./current.js";
import { KINDS } from "./kinds.js";
import { importRealm } from "./transfer.js";

/** All realms of whoever is signed in, with what they hold. */
export async function realmsPage({ query: given }) {
  const list = el("ul", { id: "realm-list", class: "realms", "aria-label": "Your realms" });
  const none = el("div", { role: "status" });
  const summary = el("p", { id: "realm-summary", class: "lead" });
  const guarded = guard({ id: "realm-problem", again: draw });
  const deleted = el("input", { type: "checkbox", id: "show-deleted" });
  deleted.addEventListener("change", () => guarded.run(draw));
  const name = el("input", { id: "realm-name", type: "search", autocomplete: "off", enterkeyhint: "search", maxlength: "255" });
  name.value = given.get("name") ?? "";
  whenTyped(name, (value) => {
    history.replaceState(null, "", `#/realms${query({ name: value })}`);
    guarded.run(draw);
  });

  let asked = 0;

  async function draw() {
    const now = ++asked;
    await realms.load(deleted.checked);
    const wanted = name.value.trim();
    const found = wanted
      ? await getAll("/realms", { name: wanted, includeInactive: deleted.checked || null })
      : realms.items;
    const stats = new Map(
      await Promise.all(
        realms.items.map(async (realm) => [realm.id, realm.isActive ? await get(`/realms/${realm.id}/stats`) : null]),
      ),
    );
    if (now !== asked) {
      return;
    }
    summary.textContent = sum(realms.active, [...stats.values()].filter(Boolean));
    const cards = found.map((realm) => card(realm, stats.get(realm.id), guarded, draw));
    keepFocus(
      list,
      () => {
        fill(list, cards);
        fill(none, cards.length === 0 && nothing("Nothing fits the filter", "Choose another one, or none."));
      },
      () => deleted,
    );
  }

  await draw();
  return {
    title: "Realms",
    content: el(
      "div",
      { class: "page" },
      el(
        "div",
        { class: "page-head" },
        el(
          "div",
          { class: "title" },
          el("h1", { tabindex: "-1" }, "Realms"),
          mayWrite() &&
            el(
              "div",
              { class: "actions" },
              button("New realm", { act: "create", kind: "primary", icon: icon("plus") }, () =>
                guarded.run(() => create(draw)),
              ),
              button("Import", { act: "import" }, () => guarded.run(() => importRealm(draw))),
            ),
        ),
        summary,
        !mayWrite() && el("p", { class: "quiet" }, "Your role, VIEWER, looks and changes nothing."),
      ),
      guarded.place,
      el("div", { class: "toolbar" }, el("div", { class: "filter" }, el("label", { for: "realm-name" }, "Name"), name)),
      list,
      none,
      el("p", { class: "check" }, deleted, el("label", { for: "show-deleted" }, "Show deleted realms")),
    ),
  };
}

/** After a migration: that all is there, at a glance. */
function sum(active, stats) {
  const held = Object.values(KINDS)
    .map((kind) =>
      plural(
        stats.reduce((total, each) => total + each[kind.stat], 0),
        kind.one,
      ),
    )
    .join(", ");
  return active.length === 1
    ? `All that is yours is in one realm, ${active[0].name}: ${held}.`
    : `All that is yours, in ${active.length} realms: ${held}.`;
}

function card(realm, stats, guarded, draw) {
  const isCurrent = realm.id === realms.currentId;
  const acts = actsOf(realm, isCurrent, draw);
  return el(
    "li",
    {
      class: "card realm",
      "data-realm": realm.id,
      "data-id": realm.id,
      "data-current": isCurrent ? "" : null,
      "data-deleted": realm.isActive ? null : "",
    },
    el(
      "div",
      { class: "realm-head" },
      el(
        "h2",
        {},
        realm.isActive
          ? el("a", { href: `#/realms/${realm.id}/documents`, "data-act": "open" }, realm.name)
          : realm.name,
      ),
      isCurrent && el("span", { class: "badge", "data-tone": "busy" }, "current"),
      realm.isDefault && el("span", { class: "badge" }, "default"),
      !realm.isActive && el("span", { class: "badge" }, "deleted"),
    ),
    realm.description && el("p", { class: "realm-description" }, realm.description),
    stats && statistics(realm, stats),
    el(
      "p",
      { class: "quiet small" },
      realm.contentKeptUntil
        ? `what it held is kept at least until ${moment(realm.contentKeptUntil)}`
        : `since ${moment(realm.createdAt)}`,
    ),
    acts.length > 0 &&
      el(
        "div",
        { class: "actions" },
        acts.map(({ act, label, run, kind = "" }) =>
          button(label, { act, kind: `small ${kind}`, "aria-label": `${label} ${realm.name}` }, () => guarded.run(run)),
        ),
      ),
  );
}

function statistics(realm, stats) {
  const most = Math.max(1, ...Object.values(KINDS).map((kind) => stats[kind.stat]));
  return el(
    "ul",
    { class: "stats" },
    Object.entries(KINDS).map(([path, kind]) =>
      el(
        "li",
        { "data-stat": kind.stat },
        el("a", { href: `#/realms/${realm.id}/${path}` }, kind.title),
        el("span", { class: "count" }, number(stats[kind.stat])),
        el("progress", { max: most, value: stats[kind.stat], "aria-hidden": "true" }),
      ),
    ),
  );
}
