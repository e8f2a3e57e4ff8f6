import { send } from "./api.js";
import { curlDetails } from "./curl.js";
import { el, fill } from "./dom.js";
import { Fields } from "./fields.js";
import { showFailure } from "./form.js";
import { say } from "./notice.js";

/**
 * A form in the page for what there is one of. It sends what was changed, with the version that was seen.
 *
 * @param path where it is
 * @param fields descriptions
 * @param arrange how the fields' elements lie in the form
 * @param mayChange whether it can be saved
 * @param whenSaved called with what is so now, after each save; gives the word that is said
 */
export async function patchForm({
  id,
  path,
  fields: descriptions,
  arrange = (elements) => elements,
  mayChange = true,
  whenSaved,
}) {
  const place = el("div");
  let seen = await send({ path });
  draw();
  return place;

  function draw() {
    const fields = new Fields(descriptions, seen.data);
    const request = () => ({ method: "PATCH", path, body: fields.changes(), etag: seen.etag });
    const problem = el("div");
    const commands = curlDetails(() => ({ Save: request() }));
    const save = mayChange && el("button", { type: "submit", class: "button primary", "data-act": "save" }, "Save");
    const form = el(
      "form",
      { id, class: "form", novalidate: true },
      arrange(fields.elements()),
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
        say(whenSaved(seen.data));
        draw();
      } catch (failure) {
        showFailure(fields, problem, failure);
      }
    });
    fill(place, form);
  }
}
