import { lineChart } from "../lib/chart.js";
import { el, fill, setAttribute, setText } from "../lib/dom.js";
import { ago, duration, instant, NOTHING, number, percent, plural, words } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Acts } from "./acts.js";
import { isComplete, isUnderWay, isVerified, isWayBack, PHASE_NAMES, phases, sentence, share, STATUS_WORDS } from "./journey.js";
import { rates } from "./rates.js";
import { inUnit, signalName } from "./signals.js";
import { watch } from "./watch.js";

const STATUS_ICONS = { done: "check", current: "current", waiting: "hand", failed: "warning", open: "open" };

/** The migration at a glance. Each part is drawn once and then kept current, so that nobody loses their place. */
export function overview() {
  const parts = [strip(), progress(), pace(), figures()];
  return {
    content: el("div", { class: "overview" }, parts.map((part) => part.element)),
    update: () => parts.forEach((part) => part.update(watch.view)),
  };
}

function strip() {
  const list = el("ol", { id: "phases", "aria-label": "Phases" });
  const now = el("p", { id: "now" });
  const reason = el("p", { id: "reason" });
  const failed = el("p", {}, el("a", { href: "#/migration/failed-chunks" }, "See what could not be moved, and why"));
  const finalizing = finalization();
  const acts = new Acts();
  let drawn = "";
  const element = el("section", { class: "card journey", "aria-label": "Where it stands" }, list, el("div", { class: "journey-now" }, now, reason, failed, finalizing.element), acts.element);
  const update = (view) => {
    const shown = phases(view, watch);
    const signature = JSON.stringify(shown);
    if (signature !== drawn) {
      drawn = signature;
      fill(list, shown.map(phase));
    }
    setText(now, sentence(view.state));
    setText(reason, view.reason ?? "");
    reason.hidden = !view.reason;
    failed.hidden = view.failedChunks === 0;
    finalizing.update();
    acts.update(view);
  };
  return { element, update };
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
      setText(step, underWay ? `Finalizing: ${run.step ?? "waiting for its turn"}` : `The finalization ended early: ${run.reason} Finalize goes on with it.`);
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

function progress() {
  const whole = el("p", { class: "whole" });
  const users = bar("users-bar", "Users");
  const rows = bar("rows-bar", "Rows");
  const lines = el("h3");
  const list = el("ul", { class: "tables" });
  const tables = new Map();
  const element = el(
    "section",
    { class: "card progress", "aria-labelledby": "progress-title" },
    el("div", { class: "card-head" }, el("h2", { id: "progress-title" }, "Progress"), whole),
    users.element,
    rows.element,
    lines,
    list,
  );
  const update = (view) => {
    setText(whole, wholeText(view));
    users.update(view.users, view.state);
    rows.update(view.rows, view.state);
    if (view.tables.length !== tables.size || view.tables.some((table) => !tables.has(table.name))) {
      tables.clear();
      view.tables.forEach((table) => tables.set(table.name, tableBar(table.name)));
      fill(list, [...tables.values()].map((line) => line.element));
    }
    users.element.hidden = isWayBack(view.state) && view.users.total === 0;
    setText(lines, isWayBack(view.state) ? "By step" : "By table");
    lines.hidden = view.tables.length === 0;
    view.tables.forEach((table) => tables.get(table.name)?.update(table, view.state));
  };
  return { element, update };
}

function wholeText({ state, rows, tables }) {
  if (tables.length === 0 || (rows.total === 0 && !isComplete(state))) {
    return isVerified(state) ? "there was nothing to move" : "not counted yet";
  }
  if (state === "rolled-back") {
    return "as it was before realms";
  }
  return isVerified(state) ? `${percent(1)}, verified` : percent(Math.floor(share(rows, state) * 100) / 100);
}

function bar(id, label) {
  const count = el("span", { class: "count" });
  const meter = el("progress", { id, max: "1", value: "0", "aria-label": label });
  const element = el("div", { class: "bar" }, el("span", { class: "bar-label" }, label), count, meter);
  const update = (counts, state) => {
    setText(count, `${number(counts.done)} of ${number(counts.total)}`);
    setAttribute(meter, "value", share(counts, state));
  };
  return { element, update };
}

function tableBar(name) {
  const line = bar(null, words(name.replace(/^rollback: /, "")));
  const status = el("span", { class: "bar-status quiet" });
  const element = el("li", { "data-table": name }, line.element, status);
  const update = (table, state) => {
    line.update(table, state);
    setText(status, tableStatus(table, state));
    setAttribute(element, "data-moving", table.startedAt && !table.endedAt && isUnderWay(state) ? "" : null);
  };
  return { element, update };
}

function tableStatus(table, state) {
  const { startedAt, endedAt, done, total } = table;
  if (endedAt) {
    const took = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    return `${endStatus(table, state)} · ${took < 1 ? "under a second" : duration(took)}`;
  }
  if (startedAt) {
    return isUnderWay(state) ? "under way" : "begun";
  }
  return done > 0 && done >= total ? "already moved" : "to come";
}

function endStatus({ done, total }, state) {
  if (done < total) {
    return `${plural(total - done, "row")} left`;
  }
  if (isWayBack(state)) {
    return "done";
  }
  return isVerified(state) ? "verified" : "moved, not yet verified";
}

function pace() {
  const chart = lineChart({ id: "rate-chart", what: "Rows per second" });
  const mean = el("p", { class: "whole" });
  const element = el(
    "section",
    { class: "card pace", "aria-labelledby": "pace-title" },
    el("div", { class: "card-head" }, el("h2", { id: "pace-title" }, "Rows per second"), mean),
    chart.element,
  );
  const update = (view) => {
    const hint = view.state === "running" ? "not yet known" : "no rows have been moved";
    chart.update(rates(view, watch.samples), view.rowsPerSecond === null ? hint : "only the mean is known");
    setText(mean, view.rowsPerSecond === null ? "" : `${number(view.rowsPerSecond)} in the mean`);
  };
  return { element, update };
}

/** [name, label, what it says of the view, what stands beside it] */
const FIGURES = [
  ["elapsed", "Elapsed", (view) => duration(view.elapsedSeconds)],
  ["remaining", "Remaining", remaining],
  ["rate", "Rate", (view) => (view.rowsPerSecond === null ? NOTHING : `${number(view.rowsPerSecond)} rows/s`)],
  ["chunk", "Last transaction", chunk],
  ["parallelism", "Transactions at once", (view) => number(view.parallelism)],
  ["throttle", "Throttle", throttle],
  ["node", "Node", (view) => view.node ?? "none"],
  ["heartbeat", "Heartbeat", (view) => ago(view.heartbeatAt), (view) => view.heartbeatAt],
  ["checkpoint", "Last checkpoint", (view) => ago(view.lastCheckpointAt), (view) => view.lastCheckpointAt],
  ["failed-chunks", "Failed chunks", (view) => number(view.failedChunks)],
  ["changed", "State since", (view) => ago(view.changedAt), (view) => view.changedAt],
];

function remaining({ state, remainingSeconds }) {
  if (remainingSeconds !== null) {
    return `about ${duration(remainingSeconds)}`;
  }
  return isVerified(state) ? "nothing" : "not yet known";
}

function chunk({ chunk: last }) {
  return last?.rows ? `${plural(last.rows, "row")} in ${number(last.milliseconds)} ms (target ${number(last.target)} ms)` : NOTHING;
}

function throttle({ throttle: held, state }) {
  if (held) {
    return `${signalName(held.signal)}: ${inUnit(held.signal, held.value)}, limit ${inUnit(held.signal, held.limit)}`;
  }
  return isUnderWay(state) ? "not throttled" : NOTHING;
}

function figures() {
  const pressure = el("progress", { max: "1", class: "pressure", "aria-label": "Limit against value" });
  const lines = FIGURES.map(([name, label, text, exact]) => {
    const value = el("dd", { "data-figure": name });
    return { value, text, exact, element: el("div", { class: "figure" }, el("dt", {}, label), value) };
  });
  const throttled = lines.find((line) => line.value.dataset.figure === "throttle");
  throttled.element.append(pressure);
  const element = el(
    "section",
    { class: "card figures", "aria-labelledby": "figures-title" },
    el("h2", { id: "figures-title" }, "Figures"),
    el("dl", { id: "figures" }, lines.map((line) => line.element)),
  );
  const update = (view) => {
    for (const { value, text, exact } of lines) {
      setText(value, text(view));
      setAttribute(value, "title", exact?.(view) ? instant(exact(view)) : null);
    }
    pressure.hidden = !view.throttle;
    setAttribute(throttled.element, "data-throttled", view.throttle ? "" : null);
    if (view.throttle) {
      // The limit's share of the value: the shorter the bar, the further above the limit.
      setAttribute(pressure, "value", view.throttle.value === 0 ? 1 : Math.min(1, view.throttle.limit / view.throttle.value));
    }
  };
  return { element, update };
}
