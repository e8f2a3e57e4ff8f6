import { el, fill, setAttribute, setText } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Acts } from "./acts.js";
import { PHASE_NAMES, phases, sentence, STATUS_WORDS } from "./journey.js";
import { inUnit, signalName } from "./signals.js";
import { watch } from "./watch.js";

const STATUS_ICONS = { done: "check", current: "current", waiting: "hand", failed: "warning", open: "open" };

/** Where it stands on its way, what happens now or waits for whom, and what may be done. */
export function strip() {
  const list = el("ol", { id: "phases", "aria-label": "Phases" });
  const now = el("p", { id: "now" });
  const reason = el("p", { id: "reason" });
  const failed = el("p", {}, el("a", { href: "#/migration/failed-chunks" }, "See what could not be moved, and why"));
  const finalizing = finalization();
  const acts = new Acts();
  let drawn = "";
  const element = el(
    "section",
    { class: "card journey", "aria-label": "Where it stands" },
    list,
    el("div", { class: "journey-now" }, now, reason, failed, finalizing.element),
    acts.element,
  );
  const update = (view) => {
    const shown = phases(view, watch);
    const signature = JSON.stringify(shown);
    if (signature !== drawn) {
      drawn = signature;
      fill(list, shown.map(phase));
    }
    setText(now, view.throttle ? heldUp(view.throttle) : sentence(view.state));
    setText(reason, view.reason ?? "");
    reason.hidden = !view.reason;
    failed.hidden = view.failedChunks === 0;
    finalizing.update();
    acts.update(view);
  };
  return { element, update };
}

function heldUp({ signal, value, limit }) {
  return `Held up by ${signalName(signal).toLowerCase()}: ${inUnit(signal, value)}, limit ${inUnit(signal, limit)}. It goes on by itself; nothing waits for you.`;
}

/** How far a finalization is, or why it ended early. */
function finalization() {
  const step = el("span", { class: "bar-label" });
  const count = el("span", { class: "count" });
  const meter = el("progress", { max: "1", "aria-label": "Finalization" });
  const element = el("div", { class: "bar", id: "finalization" }, step, count, meter);
  const update = () => {
    const run = watch.finalization?.lastRun;
    const underWay = run?.state === "running";
    element.hidden = !underWay && run?.state !== "ended-early";
    meter.hidden = !underWay;
    if (run) {
      setText(
        step,
        underWay
          ? `Finalizing: ${run.step ?? "waiting for its turn"}`
          : `The finalization ended early: ${run.reason} Finalize goes on with it.`,
      );
      setText(count, underWay && run.total > 0 ? `${number(run.done)} of ${number(run.total)}` : "");
      setAttribute(meter, "value", run.total > 0 ? run.done / run.total : 0);
    }
  };
  return { element, update };
}

function phase({ phase: name, status }) {
  return el(
    "li",
    { "data-phase": name, "data-status": status, "aria-current": ["done", "open"].includes(status) ? null : "step" },
    el("span", { class: "phase-mark" }, icon(STATUS_ICONS[status])),
    el("span", { class: "phase-name" }, PHASE_NAMES[name]),
    el("span", { class: "phase-status" }, STATUS_WORDS[status]),
  );
}
