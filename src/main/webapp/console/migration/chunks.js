import { get, send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { confirm } from "../lib/dialog.js";
import { el } from "../lib/dom.js";
import { moment, number, words } from "../lib/format.js";
import { guard } from "../lib/guard.js";
import { List, textFilter } from "../lib/list.js";
import { say } from "../lib/notice.js";
import { watch } from "./watch.js";

const PATH = "/admin/migration/failed-chunks";
const STATUSES = ["failed", "skipped", "done"];

/** Portions that could not be moved: try them again once the cause is gone, or leave them behind by name. */
export async function failedChunks() {
  const guarded = guard();
  const list = new List({
    name: "failed-chunks",
    caption: "Failed chunks",
    download: true,
    filters: [
      textFilter("Find", (chunk) => [chunk.table, chunk.error, chunk.fromId, chunk.upToId]),
      {
        name: "status",
        label: "Status",
        type: "select",
        options: STATUSES.map((status) => [status, words(status)]),
        matches: (chunk, value) => chunk.status === value,
      },
    ],
    columns: [
      { label: "Table", cell: (chunk) => words(chunk.table) },
      {
        label: "Status",
        cell: (chunk) =>
          el("span", { class: "badge", "data-tone": chunk.status === "done" ? "good" : "bad" }, words(chunk.status)),
      },
      { label: "Cause", cell: detail },
      { label: "Attempts", kind: "number", cell: (chunk) => number(chunk.attempts) },
      { label: "Last failed", cell: (chunk) => moment(chunk.lastFailedAt) },
    ],
    acts: (chunk) => (chunk.status === "done" ? [] : acts(chunk)),
    called: (chunk) => `${words(chunk.table)} from ${chunk.fromId}`,
    load: async () => ({ items: (await get(PATH)).items }),
    empty: {
      title: "No portion has failed",
      hint: "Rows that can't be moved are listed here with the reason; the rest goes on.",
    },
  });
  const acts = (chunk) => [
    { act: "retry", label: "Try again", run: () => guarded.run(() => retry(chunk)) },
    ...(chunk.status === "failed"
      ? [{ act: "skip", label: "Skip…", kind: "quiet-danger", run: () => skip(chunk) }]
      : []),
  ];

  async function retry(chunk) {
    const { data } = await send(retryRequest(chunk));
    list.replace(data);
    say(data.status === "done" ? "The rows were moved." : "They can't be moved yet.");
  }

  async function skip(chunk) {
    const request = { method: "POST", path: `${PATH}/${chunk.id}/skip`, body: { confirm: "skip" } };
    const done = await confirm({
      name: "skip",
      title: "Skip these rows",
      content: el(
        "p",
        {},
        "The rows stay where they are, without a realm, and “migrated” stays out of reach until they are tried again.",
      ),
      word: "skip",
      label: "Skip",
      request,
    });
    if (done) {
      list.replace(done.data);
    }
  }

  await list.reload();
  let failed = watch.view.failedChunks;
  return {
    content: el("section", { class: "card" }, el("h2", {}, "Failed chunks"), guarded.place, list.element),
    update: () => {
      if (watch.view.failedChunks !== failed) {
        failed = watch.view.failedChunks;
        list.reload();
      }
    },
  };
}

function retryRequest(chunk) {
  return { method: "POST", path: `${PATH}/${chunk.id}/retry` };
}

function detail(chunk) {
  return [
    el("p", {}, chunk.error),
    el(
      "details",
      {},
      el("summary", {}, "Key range"),
      el("code", { class: "ids" }, `${chunk.fromId} … ${chunk.upToId}`),
    ),
    chunk.status !== "done" && curlDetails({ "Try again": retryRequest(chunk) }),
  ];
}
