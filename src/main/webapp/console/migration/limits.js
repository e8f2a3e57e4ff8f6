import { el } from "../lib/dom.js";
import { patchForm } from "../lib/patch-form.js";
import { LIMITS } from "./signals.js";

const FIELDS = LIMITS.map((limit) => ({
  ...limit,
  type: "number",
  label: limit.unit ? `${limit.label}, ${limit.unit}` : limit.label,
  help: limit.required ? null : "Empty: no limit",
}));
const OF_PACE = LIMITS.filter((limit) => limit.required).length;

/** How fast it may go. What is saved is obeyed within a second, while it runs too. */
export async function limits() {
  const form = await patchForm({
    id: "limits",
    path: "/admin/migration/limits",
    fields: FIELDS,
    arrange: (elements) => [
      el("fieldset", {}, el("legend", {}, "Transactions"), elements.slice(0, OF_PACE)),
      el("fieldset", {}, el("legend", {}, "It slows down or waits beyond"), elements.slice(OF_PACE)),
    ],
    whenSaved: () => "Saved; the migration obeys within a second.",
  });
  return { content: el("section", { class: "card" }, el("h2", {}, "Limits"), form) };
}
