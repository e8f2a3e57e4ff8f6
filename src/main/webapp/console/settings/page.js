import { send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { el, fill } from "../lib/dom.js";
import { words } from "../lib/format.js";
import { Fields } from "../lib/fields.js";
import { showFailure } from "../lib/form.js";
import { say } from "../lib/notice.js";
import { mayWrite, me } from "../lib/session.js";
import { showTheme } from "./theme.js";

const PATH = "/me/settings";
const FIELDS = [
  {
    name: "theme",
    label: "Theme",
    type: "select",
    options: ["SYSTEM", "LIGHT", "DARK"].map((theme) => [theme, words(theme)]),
    required: true,
  },
  {
    name: "language",
    label: "Language",
    required: true,
    help: "A tag such as en or pt-BR, for applications; the console follows the browser.",
  },
  { name: "defaultDatabase", label: "Default database" },
  { name: "notifications", label: "Notifications", type: "checkbox" },
  { name: "autoSave", label: "Save automatically", type: "checkbox" },
];

/** The caller's own account and settings. */
export async function settingsPage() {
  const place = el("div");
  let seen = await send({ path: PATH });
  draw();

  function draw() {
    const fields = new Fields(FIELDS, seen.data);
    const request = () => ({ method: "PATCH", path: PATH, body: fields.changes(), etag: seen.etag });
    const problem = el("div");
    const commands = curlDetails(() => ({ Save: request() }));
    const save = mayWrite() && el("button", { type: "submit", class: "button primary", "data-act": "save" }, "Save");
    const form = el(
      "form",
      { id: "settings", class: "form", novalidate: true },
      fields.elements(),
      problem,
      el("div", { class: "actions" }, save),
      commands,
    );
    form.addEventListener("input", () => commands.redraw());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      fields.refuse();
      fill(problem);
      try {
        seen = await send(request());
        showTheme(seen.data.theme);
        say("Saved.");
        draw();
      } catch (failure) {
        showFailure(fields, problem, failure);
      }
    });
    fill(place, form);
  }

  return {
    title: "Settings",
    content: el(
      "div",
      { class: "page narrow" },
      el("div", { class: "page-head" }, el("div", { class: "title" }, el("h1", { tabindex: "-1" }, "Settings"))),
      el(
        "section",
        { class: "card" },
        el("h2", {}, me().name),
        el("p", { class: "quiet" }, `${me().email} · ${words(me().role)}`),
      ),
      el("section", { class: "card" }, place),
    ),
  };
}
