import { send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { button, el, fill, oneAtATime, setDisabled } from "../lib/dom.js";
import { downloadButton } from "../lib/download.js";
import { duration, number, plural, words } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { List, textFilter } from "../lib/list.js";
import { failure, loading, nothing } from "../lib/states.js";
import { idList, table } from "../lib/table.js";
import { request } from "./acts.js";
import { choose, chosen, reckonWith } from "./answers.js";
import { hasRealms } from "./journey.js";
import { watch } from "./watch.js";

const ANSWERS = {
  refuse: "Refuse: the migration does not start until somebody has set it right",
  ignore: "Ignore: it does not get in the way",
  detach: "Detach: the row refers to nothing of the other user's any more",
  reassign: "Reassign: the row goes to the owner of what it refers to",
  suspend: "Suspend: it does nothing when the migration writes, and all it did for everybody else",
};

/** The last report; a preflight changes nothing, but takes a moment, so it is asked for only by name. */
let report = null;

export function findings(route) {
  const place = el("div");
  const heading = el("h2", { id: "findings-title", tabindex: "-1" }, "Preflight");
  const look = button("Look now", { act: "preflight", kind: "primary" });
  const commands = curlDetails(() => ({
    Preflight: request("preflight"),
    ...(chosen() && { Start: request("start") }),
  }));
  const download = downloadButton("preflight", () => report);

  const ask = oneAtATime(look, async () => {
    fill(place, loading("Looking through the database"));
    try {
      report = (await send(request("preflight"))).data;
      reckonWith(report.findings);
      draw();
    } catch (problem) {
      fill(place, failure(problem, ask));
    }
  });
  look.addEventListener("click", () => ask());

  function draw() {
    download.hidden = report === null;
    fill(
      place,
      report
        ? shown(report, commands)
        : nothing(
            "Nobody has looked from here yet",
            "A preflight counts, measures and lists what would get in the way. It changes nothing.",
          ),
    );
  }

  draw();
  if (route.query.has("look") && hasRealms(watch.view.state)) {
    history.replaceState(null, "", "#/migration/findings");
    ask();
  }
  return {
    content: el(
      "section",
      { class: "card", "aria-labelledby": "findings-title" },
      el(
        "div",
        { class: "card-head" },
        heading,
        el("div", { class: "actions" }, download, look),
      ),
      place,
      commands,
    ),
    update: () => setDisabled(look, !hasRealms(watch.view.state), heading),
  };
}

function shown(preflight, commands) {
  const { findings: found } = preflight;
  return [
    verdict(preflight),
    found.length > 0 && findingList(found, commands),
    el("h3", { class: "apart" }, "Rows to move"),
    counts(preflight),
  ];
}

function findingList(found, commands) {
  const list = new List({
    name: "findings",
    caption: "Findings",
    id: (finding) => finding.code,
    filters: [
      textFilter("Find", (finding) => [finding.code, finding.description]),
      {
        name: "blocks",
        label: "Kind",
        type: "select",
        options: [
          ["yes", "In the way"],
          ["no", "Not in the way"],
        ],
        matches: (finding, value) => finding.blocks === (value === "yes"),
      },
    ],
    columns: [
      {
        label: "Finding",
        cell: (finding) => [el("strong", {}, words(finding.code)), el("p", { class: "quiet" }, finding.description)],
      },
      { label: "Count", kind: "number", cell: (finding) => number(finding.count) },
      { label: "In the way", cell: (finding) => (finding.blocks ? [icon("warning"), " yes"] : "no") },
      { label: "Answer", cell: (finding) => answer(finding, commands) },
      { label: "Which", cell: (finding) => idList(finding.ids, finding.count) },
    ],
    load: async () => ({ items: found }),
    empty: { title: "No findings", hint: "Nothing gets in the way." },
  });
  list.reload();
  return list.element;
}

function verdict({ ready, shape, findings: all, expectedSeconds, forecast }) {
  const blocking = all.filter((finding) => finding.blocks).length;
  const expected =
    expectedSeconds === 0
      ? ""
      : ` It is expected to take about ${duration(expectedSeconds)}, by ${
          forecast.sampledRows ? `${plural(forecast.sampledRows, "row")} tried out` : "how fast rows are read"
        }.`;
  return el(
    "p",
    { class: `verdict ${ready ? "good" : "bad"}`, role: "status" },
    icon(ready ? "check" : "warning"),
    el(
      "span",
      {},
      (ready
        ? "Ready: nothing gets in the way."
        : `${plural(blocking, "finding")} in the way: answer below, or set the rows right, then look again.`) +
        expected +
        (shape === "prisma" ? " The tables are as Prisma makes them." : ""),
    ),
  );
}

function counts({ rows, rowsToTouch, forecast }) {
  return table({
    name: "preflight-rows",
    caption: "Rows to move by table",
    id: (name) => name,
    items: Object.keys(rows),
    columns: [
      { label: "Table", cell: (name) => words(name) },
      { label: "Rows", kind: "number", cell: (name) => number(rows[name]) },
      { label: "To move", kind: "number", cell: (name) => number(rowsToTouch[name]) },
      { label: "Rows/s, tried out", kind: "number", cell: (name) => number(forecast?.rowsPerSecond[name]) },
    ],
  });
}

function answer(finding, commands) {
  const select = el(
    "select",
    { "data-answer": finding.code, "aria-label": `Answer to ${words(finding.code)}` },
    finding.answers.map((name) => el("option", { value: name }, ANSWERS[name] ?? name)),
  );
  select.value = chosen()?.[finding.code] ?? finding.answer;
  select.addEventListener("change", () => {
    choose(finding.code, select.value);
    reckonWith([finding]);
    commands.redraw();
  });
  return finding.answers.length > 1 ? select : (ANSWERS[finding.answer] ?? finding.answer);
}
