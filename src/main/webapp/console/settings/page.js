import { el } from "../lib/dom.js";
import { words } from "../lib/format.js";
import { patchForm } from "../lib/patch-form.js";
import { mayWrite, me } from "../lib/session.js";
import { showTheme } from "./theme.js";

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
  const form = await patchForm({
    id: "settings",
    path: "/me/settings",
    fields: FIELDS,
    mayChange: mayWrite(),
    whenSaved: ({ theme }) => {
      showTheme(theme);
      return "Saved.";
    },
  });
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
      el("section", { class: "card" }, form),
    ),
  };
}
