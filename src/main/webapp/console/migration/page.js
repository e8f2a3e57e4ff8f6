import { el, fill, setAttribute, setText } from "../lib/dom.js";
import { time, words } from "../lib/format.js";
import { events } from "./events.js";
import { failedChunks } from "./chunks.js";
import { findings } from "./findings.js";
import { isolation } from "./isolation.js";
import { realms } from "../realms/current.js";
import { hasRealms, isUnderWay, isVerified } from "./journey.js";
import { limits } from "./limits.js";
import { overview } from "./overview.js";
import { verification } from "./verification.js";
import { watch } from "./watch.js";

const TABS = [
  ["", "Overview", overview],
  ["findings", "Findings", findings],
  ["failed-chunks", "Failed chunks", failedChunks],
  ["verification", "Verification", verification],
  ["isolation", "Isolation audit", isolation],
  ["events", "Audit log", events],
  ["limits", "Limits", limits],
];

/** A tab is a function of the route that gives {content, update, leave}; update is called with every news of the migration. */
export async function migrationPage(route) {
  await watch.refresh();
  await watch.recall().catch(() => {});
  const [, , draw] = TABS.find(([name]) => name === (route.params.tab ?? "")) ?? TABS[0];
  const head = heading(route.params.tab ?? "");
  const tab = await draw(route);
  const update = () => {
    head.update(watch.view);
    tab.update?.();
    followRealms(watch.view.state);
  };
  update();
  const off = watch.on(update);
  // What is told as "a minute ago" grows old without any news.
  const clock = setInterval(update, 5000);
  return {
    title: "Migration",
    content: el("div", { class: "page migration" }, head.element, tab.content),
    leave: () => {
      off();
      clearInterval(clock);
      tab.leave?.();
    },
  };
}

/** The realms come with the migration and go with the way back; the switch in the frame shows which there are. */
function followRealms(state) {
  if (isVerified(state) && realms.items.length === 0) {
    realms.load().catch(() => {});
  } else if (!hasRealms(state) && realms.items.length > 0) {
    realms.forget();
  }
}

export const migrationTabs = TABS.map(([name]) => name);

function heading(shown) {
  const state = el("span", { id: "migration-state", class: "badge state" });
  const link = el("p", { id: "link-state", role: "status" });
  const tabs = el(
    "nav",
    { class: "tabs", "aria-label": "Migration" },
    TABS.map(([name, label]) =>
      el(
        "a",
        { href: name ? `#/migration/${name}` : "#/migration", "aria-current": name === shown ? "page" : null },
        label,
      ),
    ),
  );
  const element = el(
    "div",
    { class: "page-head" },
    el("div", { class: "title" }, el("h1", { tabindex: "-1" }, "Migration"), state, link),
    tabs,
  );
  const update = (view) => {
    setAttribute(state, "data-state", view.state);
    setAttribute(state, "data-tone", tone(view.state));
    setText(state, words(view.state));
    showLink(link, watch.link);
  };
  return { element, update };
}

function tone(state) {
  if (isVerified(state)) {
    return "good";
  }
  if (state === "failed" || state === "rollback-failed") {
    return "bad";
  }
  return isUnderWay(state) ? "busy" : "waiting";
}

const LINKS = {
  connecting: () => "Connecting…",
  live: () => "Live",
  polling: () => "Looks every two seconds: the stream of events does not come through.",
  lost: ({ since }) =>
    `Lost touch with the server at ${time(since)}. What is shown may be old; it tries again by itself.`,
};

function showLink(element, link) {
  setAttribute(element, "data-link", link.state);
  const text = LINKS[link.state](link);
  if (element.textContent !== text) {
    fill(element, el("span", { class: "dot", "aria-hidden": "true" }), text);
  }
}
