import { lineChart } from "../lib/chart.js";
import { el, setAttribute, setText } from "../lib/dom.js";
import { ago, duration, instant, NOTHING, number, plural } from "../lib/format.js";
import { isUnderWay, isVerified } from "./journey.js";
import { rates } from "./rates.js";
import { inUnit, signalName } from "./signals.js";
import { watch } from "./watch.js";

/** How fast it is, over time. */
export function pace() {
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
  return last?.rows
    ? `${plural(last.rows, "row")} in ${number(last.milliseconds)} ms (target ${number(last.target)} ms)`
    : NOTHING;
}

function throttle({ throttle: held, state }) {
  if (held) {
    return `${signalName(held.signal)}: ${inUnit(held.signal, held.value)}, limit ${inUnit(held.signal, held.limit)}`;
  }
  return isUnderWay(state) ? "not throttled" : NOTHING;
}

/** What else there is to be known of a run. */
export function figures() {
  const pressure = el("progress", { max: "1", class: "pressure", "aria-label": "Limit against value" });
  const lines = FIGURES.map(([name, label, text, exact]) => {
    const value = el("span");
    const place = el("dd", { "data-figure": name }, value, name === "throttle" && pressure);
    return { name, value, text, exact, element: el("div", { class: "figure" }, el("dt", {}, label), place) };
  });
  const throttled = lines.find((line) => line.name === "throttle").element;
  const element = el(
    "section",
    { class: "card figures", "aria-labelledby": "figures-title" },
    el("h2", { id: "figures-title" }, "Figures"),
    el(
      "dl",
      { id: "figures" },
      lines.map((line) => line.element),
    ),
  );
  const update = (view) => {
    for (const { value, text, exact } of lines) {
      setText(value, text(view));
      setAttribute(value, "title", exact?.(view) ? instant(exact(view)) : null);
    }
    pressure.hidden = !view.throttle;
    setAttribute(throttled, "data-throttled", view.throttle ? "" : null);
    if (view.throttle) {
      // The limit's share of the value: the shorter the bar, the further above the limit.
      setAttribute(
        pressure,
        "value",
        view.throttle.value === 0 ? 1 : Math.min(1, view.throttle.limit / view.throttle.value),
      );
    }
  };
  return { element, update };
}
