import { send } from "./api.js";
import { curlDetails } from "./curl.js";
import { el, fill, oneAtATime } from "./dom.js";
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
  let seen = await send({ path });
  const fields = new Fields(descriptions, seen.data);
  const request = () => ({ method: "PATCH", path, body: fields.changes(), etag: seen.etag });
  const problem = el("div");
  const commands = curlDetails(() => ({ Save: request() }));
  const save = el("button", { type: "submit", class: "button primary", "data-act": "save" }, "Save");
  const form = el(
    "form",
    { id, class: "form", novalidate: true },
    arrange(fields.elements()),
    problem,
    el("div", { class: "actions" }, mayChange && save),
    commands,
  );
  const submit = oneAtATime(save, async () => {
    fields.refuse();
    fill(problem);
    const sent = fields.read();
    try {
      seen = await send(request());
      fields.saved(seen.data, sent);
      commands.redraw();
      say(whenSaved(seen.data));
    } catch (failure) {
      showFailure(fields, problem, failure);
    }
  });
  form.addEventListener("input", () => commands.redraw());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return form;
}
