import { button, el } from "./dom.js";
import { plural } from "./format.js";
import { icon } from "./icons.js";
import { isAdmin } from "./session.js";

// What is shown in place of data: nothing there, not there yet, not allowed, gone. Where waiting helps, it tries again by itself.
const ICONS = {
  empty: "empty",
  forbidden: "lock",
  "migration-in-progress": "migration",
  unavailable: "clock",
  "too-many-requests": "clock",
  "server-gone": "gone",
};
const TITLES = {
  forbidden: "This is not for your role",
  "migration-in-progress": "The migration is under way",
  unavailable: "Not available at the moment",
  "server-gone": "The server can't be reached",
  "too-many-requests": "Too many requests",
  "realm-not-found": "There is no such realm",
  "not-found": "There is nothing here",
};
const WAITS = { "migration-in-progress": 5, unavailable: 5, "server-gone": 3, "too-many-requests": 10 };
const STATES = { "realm-not-found": "not-found" };

export function loading(label = "Loading") {
  return el(
    "div",
    { class: "loading", "data-state": "loading" },
    el("span", { class: "visually-hidden" }, `${label}…`),
    ["long", "middle", "short"].map((length) => el("span", { class: `skeleton ${length}`, "aria-hidden": "true" })),
  );
}

export function nothing(title, hint, ...actions) {
  return block("empty", title, hint, ...actions);
}

/** The whole of a page or list could not be shown. @param again shows it anew */
export function failure(problem, again) {
  const state = STATES[problem.code] ?? (problem.code in TITLES ? problem.code : "error");
  const wait = problem.retryAfter ?? WAITS[problem.code];
  const countdown = el("p", { class: "quiet", "aria-hidden": "true" });
  const retry =
    again &&
    button("Try again", { act: "retry" }, async () => {
      const place = drawn.parentElement;
      countdown.remove();
      await again();
      // Whatever is shown instead: whoever has tried again is where they were.
      if (document.activeElement === document.body) {
        place?.setAttribute("tabindex", "-1");
        place?.focus({ preventScroll: true });
      }
    });
  const steer =
    state === "migration-in-progress" && isAdmin() && el("a", { href: "#/migration" }, "Go to the migration");
  const drawn = block(state, TITLES[problem.code] ?? "Something went wrong", problem.message, retry, steer);
  drawn.setAttribute("data-problem", problem.code ?? "error");
  drawn.setAttribute("role", "alert");
  if (wait && again) {
    drawn.append(countdown);
    countDown(countdown, wait, again);
  }
  return drawn;
}

/** An act was refused: one sentence, where the act was asked for. */
export function refusal(problem) {
  return el(
    "p",
    { class: "refusal", role: "alert", "data-problem": problem.code ?? "error" },
    icon("warning"),
    el("span", {}, problem.message),
  );
}

function block(state, title, text, ...actions) {
  return el(
    "div",
    { class: "state-block", "data-state": state },
    icon(ICONS[state] ?? "warning"),
    el("h2", {}, title),
    text && el("p", {}, text),
    el("div", { class: "actions" }, actions.filter(Boolean)),
  );
}

/** Ends when the line is taken away, alone or with what it stands in. */
function countDown(line, seconds, again) {
  let left = seconds;
  const tick = () => {
    if (!line.isConnected && left < seconds) {
      return;
    }
    if (left <= 0) {
      again();
      return;
    }
    line.textContent = `Tries again in ${plural(left, "second")}.`;
    left -= 1;
    setTimeout(tick, 1000);
  };
  tick();
}
