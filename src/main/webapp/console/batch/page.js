import { get, query, send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { button, el, fill } from "../lib/dom.js";
import { duration, instant, NOTHING, number, plural, words } from "../lib/format.js";
import { List } from "../lib/list.js";
import { say } from "../lib/notice.js";
import { poll } from "../lib/poll.js";
import { refusal } from "../lib/states.js";
import { table } from "../lib/table.js";
import { secretKeyCard } from "./secret-key.js";

const PATH = "/admin/executions";
const JOBS = {
  "migrate-users-to-default-realms": "Migration",
  "roll-back-realms": "Rollback",
  "finalize-realms": "Finalization",
  "isolation-audit": "Isolation audit",
  "rotate-secret-key": "Key rotation",
};
const UNDER_WAY = ["STARTING", "STARTED", "STOPPING"];
const TONES = { COMPLETED: "good", FAILED: "bad", ABANDONED: "bad", STARTED: "busy", STARTING: "busy", STOPPING: "waiting", STOPPED: "waiting" };
const ACTS = {
  stop: { label: "Stop…", title: "Stop", text: "It ends before its next portion; what is done stays done.", kind: "quiet-danger" },
  restart: { label: "Restart…", title: "Restart", text: "It goes on from what the data says is left.", kind: "" },
};

/** What the server's batch repository remembers, of every job. */
export async function batchPage() {
  const problem = el("div");
  const list = new List({
    name: "executions",
    caption: "Executions",
    download: true,
    filters: [
      { name: "job", label: "Job", type: "select", options: Object.entries(JOBS) },
      { name: "status", label: "Status", type: "select", options: ["STARTED", "COMPLETED", "STOPPED", "FAILED"].map((status) => [status, words(status)]), matches: (execution, status) => execution.status === status },
    ],
    columns: [
      { label: "Job", cell: (execution) => [el("strong", {}, JOBS[execution.job] ?? execution.job), el("p", { class: "quiet" }, `${execution.job} · ${execution.id}`)] },
      { label: "Status", cell: status },
      { label: "Started", cell: (execution) => instant(execution.startTime ?? execution.createTime) },
      { label: "Took", cell: took },
      { label: "Steps", cell: details },
    ],
    acts: (execution) => (execution.acts ?? []).filter((act) => act in ACTS).map((act) => ({ act, label: ACTS[act].label, kind: ACTS[act].kind, run: () => run(act, execution) })),
    called: (execution) => `${JOBS[execution.job] ?? execution.job} ${execution.id}`,
    load: async ({ job }) => get(PATH + query({ job, limit: 50 })),
    empty: { title: "No job has run yet", hint: "The migration, a rollback, an audit and a key rotation are batch jobs." },
  });

  async function run(act, execution) {
    fill(problem);
    const request = { method: "POST", path: `${PATH}/${execution.id}/${act}` };
    const done = await confirm({
      name: `${act}-execution`,
      title: `${ACTS[act].title} ${JOBS[execution.job] ?? execution.job}`,
      content: el("p", {}, ACTS[act].text),
      label: ACTS[act].title,
      danger: act === "stop",
      act: () => send(request),
      request,
    });
    if (done) {
      say(`${ACTS[act].title}: asked for.`);
      await list.reload();
    }
  }

  const [keys] = await Promise.all([secretKeyCard(), list.reload()]);
  const leave = poll(3000, () => (list.items.some((execution) => UNDER_WAY.includes(execution.status)) && !isBusy(list) ? list.reload() : null));
  return {
    title: "Batch jobs",
    content: el(
      "div",
      { class: "page" },
      el(
        "div",
        { class: "page-head" },
        el("div", { class: "title" }, el("h1", { tabindex: "-1" }, "Batch jobs"), button("Refresh", { act: "refresh" }, () => list.reload())),
        el("p", { class: "lead" }, "Executions of every batch job on the node that answers, newest first."),
      ),
      el("section", { class: "card" }, problem, list.element, curlDetails({ "See them": { path: PATH } })),
      keys.element,
    ),
    leave: () => {
      leave();
      keys.leave();
    },
  };
}

/** Nobody's unfolded details are folded up under their eyes. */
function isBusy(list) {
  return list.element.contains(document.activeElement) || list.element.querySelector("details[open]") !== null;
}

function status({ status: current, exitStatus }) {
  return [
    el("span", { class: "badge", "data-tone": TONES[current] }, words(current)),
    exitStatus && exitStatus !== current && el("p", { class: "quiet" }, `exit status ${exitStatus}`),
  ];
}

function took({ startTime, endTime }) {
  if (!startTime) {
    return NOTHING;
  }
  return endTime ? duration((Date.parse(endTime) - Date.parse(startTime)) / 1000) : "under way";
}

function details(execution) {
  const parameters = Object.entries(execution.parameters ?? {});
  const steps = execution.steps ?? [];
  return el(
    "details",
    {},
    el("summary", {}, plural(steps.length, "step")),
    el(
      "dl",
      { class: "times" },
      [["Created", execution.createTime], ["Started", execution.startTime], ["Ended", execution.endTime], ["Last updated", execution.lastUpdatedTime]].map(([label, at]) => [el("dt", {}, label), el("dd", {}, instant(at))]),
      parameters.map(([name, value]) => [el("dt", {}, name), el("dd", {}, el("code", {}, value))]),
    ),
    steps.length > 0 && el("div", { class: "wide-table" }, stepTable(steps)),
  );
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
      { label: "Took", cell: took },
      ...COUNTS.map(([label, count]) => ({ label, kind: "number", cell: (step) => number(step[count]) })),
      { label: "Skips", kind: "number", cell: (step) => number((step.readSkipCount ?? 0) + (step.processSkipCount ?? 0) + (step.writeSkipCount ?? 0)) },
    ],
  });
}
