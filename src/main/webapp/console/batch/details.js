import { el } from "../lib/dom.js";
import { duration, instant, NOTHING, number, plural, time, words } from "../lib/format.js";
import { table } from "../lib/table.js";

// What an execution and its steps tell of themselves.

const TONES = {
  COMPLETED: "good",
  FAILED: "bad",
  ABANDONED: "bad",
  STARTED: "busy",
  STARTING: "busy",
  STOPPING: "waiting",
  STOPPED: "waiting",
};

export function status({ status: current, exitStatus }) {
  return [
    el("span", { class: "badge", "data-tone": TONES[current] }, words(current)),
    exitStatus && exitStatus !== current && el("p", { class: "quiet" }, `exit status ${exitStatus}`),
  ];
}

export function took({ startTime, endTime }) {
  if (!startTime) {
    return NOTHING;
  }
  return endTime ? duration((Date.parse(endTime) - Date.parse(startTime)) / 1000) : "under way";
}

/** Its times, its parameters and its steps. */
export function details(execution) {
  const times = [
    ["Created", execution.createTime],
    ["Started", execution.startTime],
    ["Ended", execution.endTime],
    ["Last updated", execution.lastUpdatedTime],
  ];
  return el(
    "div",
    { class: "execution" },
    el(
      "dl",
      { class: "times" },
      times.map(([label, at]) => [el("dt", {}, label), el("dd", {}, instant(at))]),
      Object.entries(execution.parameters ?? {}).map(([name, value]) => [
        el("dt", {}, name),
        el("dd", {}, el("code", {}, value)),
      ]),
    ),
    stepTable(execution.steps ?? []),
  );
}

export function stepCount({ steps = [] }) {
  return plural(steps.length, "step");
}

const COUNTS = [
  ["Read", "readCount"],
  ["Written", "writeCount"],
  ["Commits", "commitCount"],
  ["Rollbacks", "rollbackCount"],
  ["Filtered", "filterCount"],
];

function stepTable(steps) {
  return table({
    name: "steps",
    caption: "Steps",
    id: (step) => step.name,
    items: steps,
    columns: [
      { label: "Step", cell: (step) => el("strong", {}, step.name) },
      { label: "Status", cell: status },
      { label: "Started", cell: (step) => time(step.startTime) },
      { label: "Took", cell: took },
      ...COUNTS.map(([label, count]) => ({ label, kind: "number", cell: (step) => number(step[count]) })),
      {
        label: "Skips",
        kind: "number",
        cell: (step) => number((step.readSkipCount ?? 0) + (step.processSkipCount ?? 0) + (step.writeSkipCount ?? 0)),
      },
    ],
  });
}
