import { button, el } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { mayWrite } from "../lib/session.js";
import { realms } from "./current.js";
import { KINDS } from "./kinds.js";

/**
 * The head of a realm's pages: its name, and a tab for each.
 *
 * @param shown the page's name in the address
 * @returns {element, count}: count shows other numbers of what the realm holds
 */
export function realmHead(realm, shown, stats, guarded) {
  const isCurrent = realm.id === realms.currentId;
  const switchHere = button("Switch to this realm", { act: "switch", kind: "small" }, () =>
    guarded.run(async () => {
      await realms.switchTo(realm.id);
      const badge = el("span", { class: "badge", "data-tone": "busy", tabindex: "-1" }, "current");
      const held = document.activeElement === switchHere;
      switchHere.replaceWith(badge);
      if (held) {
        badge.focus();
      }
    }),
  );
  const counts = new Map(Object.values(KINDS).map(({ stat }) => [stat, el("span", { class: "tab-count" }, number(stats[stat]))]));
  const tab = (name, ...label) =>
    el("a", { href: `#/realms/${realm.id}/${name}`, "aria-current": name === shown ? "page" : null }, label);
  return {
    count: (now) => counts.forEach((count, stat) => (count.textContent = number(now[stat]))),
    element: el(
      "div",
      { class: "page-head" },
      el("a", { class: "back", href: "#/realms" }, icon("back"), "All realms"),
      el(
        "div",
        { class: "title" },
        el("h1", { tabindex: "-1" }, realm.name),
        isCurrent ? el("span", { class: "badge", "data-tone": "busy" }, "current") : mayWrite() && switchHere,
        realm.isDefault && el("span", { class: "badge" }, "default"),
      ),
      realm.description && el("p", { class: "lead" }, realm.description),
      el(
        "nav",
        { class: "tabs", "aria-label": "What the realm holds" },
        Object.entries(KINDS).map(([name, kind]) => tab(name, `${kind.title} `, counts.get(kind.stat))),
        tab("events", "Events"),
      ),
    ),
  };
}
