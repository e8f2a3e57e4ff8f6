import { freshKey, send } from "./api.js";
import { curlDetails } from "./curl.js";
import { openDialog } from "./dialog.js";
import { button, el, fill, freshId, oneAtATime } from "./dom.js";
import { Fields } from "./fields.js";
import { refusal } from "./states.js";

const STALE =
  "Somebody has changed it since it was read here. Nothing was saved: leave, and open it again to see what it is now.";

/** The same body sent again, after an answer that got lost, must not do it twice; another body is another request. */
export class IdempotencyKey {
  of(body) {
    const text = JSON.stringify(body);
    if (text !== this.text) {
      Object.assign(this, { text, key: freshKey() });
    }
    return this.key;
  }
}

/**
 * A dialog with a form.
 *
 * @param fields descriptions
 * @param values what they hold at first
 * @param patch whether only what was changed is sent
 * @param request the request for a body; why it is refused is shown at the fields
 * @param act sends it, where there is more to it than that, and may show at a place how far it is; a signal says that the form was left,
 *   for what only reads
 * @returns what it was answered with, or null when the form was left
 */
export function formDialog({ name, title, intro, fields: descriptions, values, label, patch = false, request, act = answered }) {
  const fields = new Fields(descriptions, values);
  const read = () => request(patch ? fields.changes() : fields.all());
  const problem = el("div");
  const save = el("button", { type: "submit", class: "button primary", "data-act": "save" }, label);
  const commands = curlDetails(() => ({ [label]: withoutSecrets(read(), descriptions) }));
  const form = el(
    "form",
    { novalidate: true, class: "form" },
    intro && el("p", {}, intro),
    fields.elements(),
    problem,
    commands,
  );
  const { dialog, foot, closed, finish } = openDialog({ name, title, content: form });
  form.id = freshId("form");
  save.setAttribute("form", form.id);
  foot.append(
    button("Cancel", { act: "cancel" }, () => dialog.close()),
    save,
  );
  const left = new AbortController();
  dialog.addEventListener("close", () => left.abort());
  form.addEventListener("input", () => commands.redraw());
  const submit = oneAtATime(save, async () => {
    fill(problem);
    fields.refuse();
    try {
      await finish(() => act(read(), problem, left.signal));
    } catch (failure) {
      showFailure(fields, problem, failure);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  dialog.querySelector("input, select, textarea")?.focus();
  return closed;
}

const answered = async (request) => (await send(request)).data;

/** At the fields it names; as a whole where it names none that is shown. */
export function showFailure(fields, place, failure) {
  const named = failure.errors ?? [];
  const others = fields.refuse(named);
  fill(place);
  if (named.length === 0 || others.length > 0) {
    fill(place, refusal(failure.code === "stale" ? { ...failure, message: STALE } : failure));
  }
}

/** What is typed into a secret field does not belong into a command line. */
function withoutSecrets(request, descriptions) {
  const secrets = descriptions.filter((field) => field.type === "secret").map((field) => field.name);
  const body =
    request.body &&
    Object.fromEntries(
      Object.entries(request.body).map(([name, value]) => [name, secrets.includes(name) && value ? "…" : value]),
    );
  return { ...request, body, key: undefined };
}
