import { get, query } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { button, el } from "../lib/dom.js";
import { instant, words } from "../lib/format.js";
import { List } from "../lib/list.js";
import { say } from "../lib/notice.js";
import { poll } from "../lib/poll.js";
import { details, status, stepCount, took } from "./details.js";
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
const ACTS = {
  stop: {
    label: "Stop…",
    title: "Stop",
    text: "It ends before its next portion; what is done stays done.",
    kind: "quiet-danger",
  },
  restart: { label: "Restart…", title: "Restart", text: "It goes on from what the data says is left.", kind: "" },
};

/** What the server's batch repository remembers, of every job. */
export async function batchPage() {
  const list = new List({
    name: "executions",
    caption: "Executions",
    download: true,
    filters: [
      { name: "job", label: "Job", type: "select", options: Object.entries(JOBS) },
      {
        name: "status",
        label: "Status",
        type: "select",
        options: ["STARTED", "COMPLETED", "STOPPED", "FAILED"].map((status) => [status, words(status)]),
        matches: (execution, status) => execution.status === status,
      },
    ],
    columns: [
      {
        label: "Job",
        cell: (execution) => [
          el("strong", {}, JOBS[execution.job] ?? execution.job),
          el("p", { class: "quiet" }, `${execution.job} · ${execution.id}`),
        ],
      },
      { label: "Status", cell: status },
      { label: "Started", cell: (execution) => instant(execution.startTime ?? execution.createTime) },
      { label: "Took", cell: took },
    ],
    acts: (execution) =>
      (execution.acts ?? [])
        .filter((act) => act in ACTS)
        .map((act) => ({ act, label: ACTS[act].label, kind: ACTS[act].kind, run: () => run(act, execution) })),
    detail: { label: stepCount, draw: details },
    called: (execution) => `${JOBS[execution.job] ?? execution.job} ${execution.id}`,
    load: async ({ job }) => get(PATH + query({ job, limit: 50 })),
    empty: {
      title: "No job has run yet",
      hint: "The migration, a rollback, an audit and a key rotation are batch jobs.",
    },
  });

  async function run(act, execution) {
    const request = { method: "POST", path: `${PATH}/${execution.id}/${act}` };
    const done = await confirm({
      name: `${act}-execution`,
      title: `${ACTS[act].title} ${JOBS[execution.job] ?? execution.job}`,
      content: el("p", {}, ACTS[act].text),
      label: ACTS[act].title,
      danger: act === "stop",
      request,
    });
    if (done) {
      say(`${ACTS[act].title}: asked for.`);
      await list.reload();
    }
  }

  const [keys] = await Promise.all([secretKeyCard(), list.reload()]);
  const leave = poll(3000, () =>
    list.items.some((execution) => UNDER_WAY.includes(execution.status)) && !isBusy(list)
      ? list.reload(() => isBusy(list))
      : null,
  );
  return {
    title: "Batch jobs",
    content: el(
      "div",
      { class: "page" },
      el(
        "div",
        { class: "page-head" },
        el(
          "div",
          { class: "title" },
          el("h1", { tabindex: "-1" }, "Batch jobs"),
          button("Refresh", { act: "refresh" }, () => list.reload()),
        ),
        el("p", { class: "lead" }, "Executions of every batch job on the node that answers, newest first."),
      ),
      el("section", { class: "card" }, list.element, curlDetails({ "See them": { path: PATH } })),
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
  return (
    list.element.contains(document.activeElement) ||
    list.element.querySelector("[aria-expanded=true], details[open]") !== null
  );
}
