import { get, send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { button, el, fill, oneAtATime } from "../lib/dom.js";
import { say } from "../lib/notice.js";
import { refusal } from "../lib/states.js";
import { chosen } from "./answers.js";
import { isVerified } from "./journey.js";
import { finalizePreview, rollbackPreview } from "./previews.js";
import { watch } from "./watch.js";

const PATH = "/admin/migration";

const LABELS = {
  start: "Start",
  preflight: "Look first (preflight)",
  pause: "Pause",
  resume: "Resume",
  stop: "Stop",
  verify: "Verify again",
  finalize: "Finalize…",
  rollback: "Roll back…",
  "cancel-rollback": "Call the way back off",
};

const DONE = {
  start: "The migration has been started.",
  pause: "Paused: it rests after the transaction that is under way.",
  resume: "The migration goes on.",
  stop: "Stopped: what is done stays done.",
  rollback: "The way back has begun.",
  "cancel-rollback": "The way back was called off.",
  finalize: "The finalization has begun.",
};

/** These ask for nothing but the data, and show what they found on a page of their own. */
const PAGES = { preflight: "#/migration/findings?look", verify: "#/migration/verification?ask" };

/** What an act sends: with the version that was seen, so that it is refused when somebody else was faster. */
export function request(act, accept = []) {
  const bodies = {
    start: chosen() === null ? {} : { answers: chosen() },
    preflight: chosen() === null ? {} : { answers: chosen() },
    rollback: { confirm: "rollback", ...(accept.length > 0 && { accept }) },
    finalize: { confirm: "finalize" },
    ...(accept.length > 0 && { verify: { accept } }),
  };
  const moving = !["preflight", "verify"].includes(act);
  return { method: "POST", path: `${PATH}/${act}`, body: bodies[act], etag: moving ? watch.etag : undefined };
}

/** The buttons for exactly the moves that the state allows. */
export class Acts {
  constructor() {
    this.buttons = el("div", { id: "acts", class: "actions", role: "group", "aria-label": "Acts" });
    this.problem = el("div", { id: "act-problem" });
    this.commands = curlDetails(
      () => Object.fromEntries(this.allowed().map((act) => [act, request(act)])),
      "acts-curl",
    );
    this.element = el("div", { class: "acts" }, this.buttons, this.problem, this.commands);
    this.drawn = null;
  }

  /** What the answer allows, as far as it leads on here: a look comes before a start, and a check after one. */
  allowed() {
    const { acts, state } = watch.view;
    const leadsOn = { preflight: acts.includes("start"), verify: isVerified(state) };
    return acts.filter((act) => leadsOn[act] ?? true);
  }

  update(view) {
    const allowed = this.allowed();
    const signature = `${view.version} ${allowed}`;
    if (signature === this.drawn) {
      return;
    }
    const hadFocus = this.buttons.contains(document.activeElement);
    this.drawn = signature;
    // What was begun in another state does not hold up what this one allows.
    this.buttons.removeAttribute("aria-disabled");
    this.run = oneAtATime(this.buttons, (act) => this.perform(act));
    fill(
      this.buttons,
      allowed.map((act, i) => this.button(act, i === 0)),
    );
    this.commands.hidden = allowed.length === 0;
    this.commands.redraw();
    if (hadFocus) {
      (this.buttons.querySelector("button") ?? document.querySelector("h1")).focus();
    }
  }

  button(act, first) {
    const kind = act === "rollback" || act === "finalize" ? "quiet-danger" : first ? "primary" : "";
    return button(LABELS[act], { act, kind }, () => this.run(act));
  }

  async perform(act) {
    fill(this.problem);
    if (act in PAGES) {
      location.hash = PAGES[act];
      return;
    }
    if (act in DIALOGS) {
      await ask(act);
      return;
    }
    try {
      await move(act);
    } catch (problem) {
      fill(this.problem, explain(problem));
    }
  }
}

async function move(act, prepared = request(act)) {
  try {
    const { data } = await send(prepared);
    if (act === "finalize") {
      // It has begun, even if it can't be looked at now: then that is done a little later.
      await watch.lookForFinalization().catch(() => (watch.finalization = null));
    } else {
      watch.take(data);
    }
    say(DONE[act]);
    return act;
  } catch (problem) {
    await watch.refresh().catch(() => {});
    throw problem;
  }
}

function explain(problem) {
  if (problem.code === "stale") {
    const line = refusal({
      ...problem,
      message: "Somebody has moved the migration since you looked. Nothing was done; this is how it stands now.",
    });
    line.id = "stale";
    return line;
  }
  const findings = el("a", { href: "#/migration/findings?look" }, "See the findings and answer them");
  return [refusal(problem), problem.code === "preflight-findings" && el("p", {}, findings)];
}

const DIALOGS = {
  rollback: { title: "Roll back to before realms", preview: rollbackPreview, label: "Roll back" },
  finalize: { title: "Finalize: no way back from here", preview: finalizePreview, label: "Finalize" },
};

/** Shows what will happen, and wants the word. What is confirmed is what was seen when the dialog opened. */
async function ask(act) {
  const { title, preview, label } = DIALOGS[act];
  const prepared = request(act);
  const content = el("div", { class: "preview" });
  // What is ticked is accepted; the version stays the one that was seen.
  const accept = (names) => (prepared.body = request(act, names).body);
  get(`${PATH}/${act}`)
    .then((found) => preview(found, accept))
    .catch(refusal)
    .then((shown) => fill(content, shown));
  await confirm({
    name: act,
    title,
    content,
    word: act,
    label,
    act: () => move(act, prepared).catch(restate),
    request: prepared,
  });
}

function restate(problem) {
  if (problem.code === "stale") {
    problem.message =
      "Somebody has moved the migration since this dialog was opened. Nothing was done; close it and look again.";
  }
  throw problem;
}
