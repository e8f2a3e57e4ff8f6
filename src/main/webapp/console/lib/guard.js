import { el, fill } from "./dom.js";
import { failure, refusal } from "./states.js";

/** Does acts, and says in its place on the page why one was refused. @param again what to try when the server was away, or null */
export function guard({ id, again = null } = {}) {
  const place = el("div", { id, class: "guard" });

  async function run(act) {
    fill(place);
    try {
      await act();
    } catch (problem) {
      const retry = again && problem.code === "server-gone";
      fill(place, retry ? failure(problem, () => run(again)) : refusal(problem));
      place.scrollIntoView({ block: "nearest" });
    }
  }
  return { place, run };
}
