import { send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { el, fill } from "../lib/dom.js";
import { Fields } from "../lib/fields.js";
import { showFailure } from "../lib/form.js";
import { say } from "../lib/notice.js";
import { LIMITS } from "./signals.js";

const PATH = "/admin/migration/limits";

/** How fast it may go. What is saved is obeyed within a second, while it runs too. */
export async function limits() {
  const place = el("div");
  let seen = await send({ path: PATH });
  draw();

  function draw() {
    const fields = new Fields(
      LIMITS.map((limit) => ({
        ...limit,
        type: "number",
        label: limit.unit ? `${limit.label}, ${limit.unit}` : limit.label,
        help: limit.required ? null : "Empty: no limit",
      })),
      seen.data,
    );
    const request = () => ({ method: "PATCH", path: PATH, body: fields.changes(), etag: seen.etag });
    const problem = el("div");
    const commands = curlDetails(() => ({ "Set the limits": request() }));
    const elements = fields.elements();
    const save = el("button", { type: "submit", class: "button primary", "data-act": "save" }, "Save");
    const form = el(
      "form",
      { id: "limits", class: "form columns", novalidate: true },
      el("fieldset", {}, el("legend", {}, "Transactions"), elements.slice(0, 4)),
      el("fieldset", {}, el("legend", {}, "It slows down or waits beyond"), elements.slice(4)),
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
        say("Saved; the migration obeys within a second.");
        draw();
      } catch (failure) {
        showFailure(fields, problem, failure);
      }
    });
    fill(place, form);
  }
  return { content: el("section", { class: "card" }, el("h2", {}, "Limits"), place) };
}
