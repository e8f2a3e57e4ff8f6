import { Problem } from "./api.js";
import { el, fill } from "./dom.js";
import { failure, loading } from "./states.js";

const PATIENCE = 150;

/** Shows pages by the address's hash. A page is an async function of {params, query} that gives {title, content, leave}. */
export class Router {
  /** @param routes [pattern, page, section, when]; a segment of the pattern that begins with : is a parameter, when may close the route */
  constructor(main, routes, { home, whenShown }) {
    Object.assign(this, { main, routes, home, whenShown, shown: null, asked: 0 });
    addEventListener("hashchange", () => this.show());
  }

  /** Shows what the address says; of two that are under way the later wins. */
  async show() {
    const asked = ++this.asked;
    const { route, page } = this.find();
    const leave = this.shown?.leave;
    const sameSection = this.shown?.section === route.section;
    const inTabs = sameSection && document.activeElement?.closest(".tabs") !== null;
    this.main.dataset.busy = "true";
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    const waiting = setTimeout(() => asked === this.asked && !sameSection && fill(this.main, loading()), PATIENCE);
    const shown = await this.draw(page, route);
    clearTimeout(waiting);
    if (asked !== this.asked) {
      shown.leave?.();
      return;
    }
    const isNew = !this.main.contains(shown.content);
    leave?.();
    this.shown = { ...shown, section: route.section };
    if (isNew) {
      fill(this.main, shown.content);
    }
    this.main.dataset.busy = "false";
    this.main.dataset.route = route.name;
    document.title = `${shown.title} · Realms`;
    document.documentElement.dataset.ready = "true";
    this.whenShown(route);
    if (isNew) {
      this.focus(inTabs);
    }
  }

  /** The page is not left: what it shows is asked for anew. */
  again() {
    return this.show();
  }

  go(hash) {
    if (location.hash === hash) {
      this.show();
    } else {
      location.hash = hash;
    }
  }

  find() {
    const [, path, search] = /^#?\/?([^?]*)\??(.*)$/.exec(location.hash);
    const segments = path.split("/").filter(Boolean);
    for (const [pattern, page, section, when = () => true] of this.routes) {
      const params = when() && match(pattern.split("/"), segments);
      if (params) {
        return { route: { name: path, params, query: new URLSearchParams(search), section }, page };
      }
    }
    history.replaceState(null, "", this.home());
    return this.find();
  }

  async draw(page, route) {
    try {
      return await page(route);
    } catch (problem) {
      return this.failed(problem);
    }
  }

  failed(problem) {
    if (!(problem instanceof Problem)) {
      console.error(problem);
    }
    return {
      title: "Not shown",
      content: el(
        "div",
        { class: "page" },
        failure(problem, () => this.again()),
      ),
    };
  }

  /** Someone who chose a tab stays in the tabs; a new page is read from its heading on. */
  focus(inTabs) {
    this.main.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    // Where the page has no heading, such as one that can't be shown, the focus may not get lost.
    const heading = this.main.querySelector("h1") ?? (document.activeElement === document.body ? this.main : null);
    const target = inTabs ? this.main.querySelector(".tabs [aria-current]") : heading;
    if (target && !document.querySelector("dialog[open]")) {
      target.focus({ preventScroll: true });
      if (!inTabs) {
        scrollTo(0, 0);
      }
    }
  }
}

function match(pattern, segments) {
  if (pattern.length !== segments.length) {
    return null;
  }
  const params = {};
  const fits = pattern.every((part, i) => {
    if (part.startsWith(":")) {
      params[part.slice(1)] = segments[i];
      return true;
    }
    return part === segments[i];
  });
  return fits ? params : null;
}
