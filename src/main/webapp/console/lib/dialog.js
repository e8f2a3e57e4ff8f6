import { send } from "./api.js";
import { button, el, fill, freshId } from "./dom.js";
import { curlDetails } from "./curl.js";
import { refusal } from "./states.js";

/**
 * A modal dialog.
 *
 * @returns {dialog, body, foot, closed, finish}; finish does an act and closes the dialog once it is done. `closed` resolves with
 *   what the act gave, for whoever leaves while it is under way, too: what was sent can't be called back; else with null
 */
export function openDialog({ name, title, content }) {
  const heading = freshId("dialog");
  const body = el("div", { class: "dialog-body" }, content);
  const foot = el("div", { class: "actions" });
  const dialog = el(
    "dialog",
    { "data-dialog": name, "aria-labelledby": heading },
    el("h2", { id: heading, tabindex: "-1" }, title),
    body,
    foot,
  );
  let result = null;
  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      // A notice that was moved into the dialog must outlive it.
      const notice = dialog.querySelector("#notice");
      if (notice) {
        document.body.append(notice);
      }
      dialog.remove();
      resolve(result);
    });
  });
  const finish = async (act) => {
    const doing = (async () => act())();
    result = doing.catch(() => null);
    await doing;
    dialog.close();
  };
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, body, foot, closed, finish };
}

/**
 * Asks before an act that can't be taken back, and does it.
 *
 * @param content what will happen
 * @param word to be typed, or null
 * @param request what it sends; why it is refused is shown, and one may try again
 * @param act sends it, where there is more to it than that
 * @returns what act gave, or null when it was not wanted
 */
export function confirm({
  name,
  title,
  content,
  word = null,
  label,
  danger = true,
  request,
  act = () => send(request),
}) {
  const { body, foot, closed, dialog, finish } = openDialog({ name, title, content });
  const problem = el("div");
  const go = button(label, { act: "confirm", kind: danger ? "danger" : "primary" }, async () => {
    fill(problem);
    try {
      await finish(act);
    } catch (failure) {
      fill(problem, refusal(failure));
    }
  });
  if (word) {
    go.disabled = true;
    body.append(
      wordField(
        word,
        (typed) => (go.disabled = typed !== word),
        () => go.click(),
      ),
    );
  }
  body.append(problem);
  body.append(curlDetails({ [label]: request }));
  foot.append(
    button("Cancel", { act: "cancel" }, () => dialog.close()),
    go,
  );
  (dialog.querySelector("input") ?? foot.firstElementChild).focus();
  return closed;
}

function wordField(word, typed, entered) {
  const id = freshId("confirm");
  const input = el("input", { id, name: "confirm", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  input.addEventListener("input", () => typed(input.value.trim()));
  input.addEventListener("keydown", (event) => event.key === "Enter" && entered());
  return el("div", { class: "field" }, el("label", { for: id }, "To go on, type ", el("strong", {}, word)), input);
}
