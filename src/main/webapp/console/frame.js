import { el, fill, keepFocus, setAttribute } from "./lib/dom.js";
import { words } from "./lib/format.js";
import { icon } from "./lib/icons.js";
import { say } from "./lib/notice.js";
import * as session from "./lib/session.js";
import { realms } from "./realms/current.js";

const PAGES = [
  ["migration", "Migration", "#/migration", "ADMIN"],
  ["batch", "Batch jobs", "#/batch", "ADMIN"],
  ["realms", "Realms", "#/realms"],
  ["users", "Users", "#/users", "ADMIN"],
  ["settings", "Settings", "#/settings"],
];

/** What stands around every page: who is signed in, the pages they may see, and the realm they are in. */
export class Frame {
  constructor({ signOut, whenSwitched }) {
    this.header = document.getElementById("frame-header");
    this.signOut = signOut;
    this.whenSwitched = whenSwitched;
    realms.addEventListener("change", () => this.drawSwitch());
    // A link to #main would be taken for a page.
    document.getElementById("skip").addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById("main").focus();
    });
  }

  show() {
    const user = session.me();
    this.switcher = el("div", { class: "switcher" });
    this.links = PAGES.filter(([, , , role]) => !role || user.role === role).map(([section, label, href]) =>
      el("a", { href, "data-section": section }, icon(section), el("span", {}, label)),
    );
    fill(
      this.header,
      el(
        "a",
        { class: "brand", href: this.links[0].getAttribute("href") },
        el("img", { src: "icon.svg", alt: "", width: "28", height: "28" }),
        "Realms",
      ),
      this.switcher,
      el("nav", { "aria-label": "Main" }, this.links),
      el(
        "div",
        { class: "account" },
        el(
          "p",
          { id: "who" },
          el("span", { class: "who-name" }, user.name),
          el("span", { class: "quiet" }, words(user.role)),
        ),
        el("a", { class: "quiet", id: "api-link", href: "api/" }, "API"),
        el(
          "button",
          { type: "button", id: "sign-out", class: "button small", onclick: () => this.signOut() },
          "Sign out",
        ),
      ),
    );
    this.header.hidden = false;
    this.drawSwitch();
  }

  hide() {
    this.header.hidden = true;
    this.header.replaceChildren();
  }

  mark(section) {
    this.links?.forEach((link) => setAttribute(link, "aria-current", link.dataset.section === section ? "page" : null));
  }

  drawSwitch() {
    if (!this.switcher) {
      return;
    }
    if (realms.active.length === 0 || !session.mayWrite()) {
      fill(this.switcher);
      return;
    }
    const select = el(
      "select",
      { id: "realm-switch" },
      realms.active.map((realm) => el("option", { value: realm.id }, realm.name)),
    );
    select.value = realms.currentId;
    select.addEventListener("change", () => this.switchTo(select));
    const label = el("label", { for: "realm-switch" }, "Current realm");
    keepFocus(
      this.switcher,
      () => fill(this.switcher, label, select),
      () => select,
    );
  }

  async switchTo(select) {
    const realm = realms.active.find((each) => each.id === select.value);
    try {
      await realms.switchTo(realm.id);
      say(`You are in ${realm.name} now.`);
      this.whenSwitched(realm);
    } catch (problem) {
      select.value = realms.currentId;
      say(problem.message);
    }
  }
}
