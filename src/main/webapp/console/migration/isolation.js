import { get, send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { button, el, fill, setDisabled } from "../lib/dom.js";
import { downloadButton } from "../lib/download.js";
import { instant, number, plural, words } from "../lib/format.js";
import { nothing, refusal } from "../lib/states.js";
import { poll } from "../lib/poll.js";
import { checkList, ofAudit, verdict } from "./checks.js";

const PATH = "/admin/isolation-audit";
const START = { method: "POST", path: PATH };

/** Every invariant of the isolation, asked of the data. The audit runs in the server; this page watches it. */
export async function isolation() {
  let view = await get(PATH);
  const place = el("div");
  const heading = el("h2", { id: "isolation-title", tabindex: "-1" }, "Isolation audit");
  const problem = el("div");
  const meter = el("progress", { max: "1", "aria-label": "Checks done" });
  const underWay = el(
    "div",
    { class: "bar", id: "audit-progress" },
    el("span", { class: "bar-label", role: "status" }),
    el("span", { class: "count" }),
    meter,
  );
  const start = button("Audit now", { act: "audit", kind: "primary" }, ask);
  const download = downloadButton("isolation-audit", () => view);
  let drawn = null;

  async function ask() {
    fill(problem);
    try {
      show((await send(START)).data);
    } catch (failure) {
      fill(problem, refusal(failure));
    }
  }

  function show(current) {
    view = current;
    const running = view.state === "running";
    setDisabled(start, running, heading);
    download.hidden = view.report === null;
    underWay.hidden = !running;
    underWay.children[0].textContent = running ? (view.check ? words(view.check) : "Waiting for its turn") : "";
    underWay.children[1].textContent = `${view.checksDone} of ${view.checksTotal || "?"}`;
    meter.value = view.checksTotal ? view.checksDone / view.checksTotal : 0;
    const signature = JSON.stringify([view.state, view.report?.at]);
    if (signature !== drawn) {
      drawn = signature;
      fill(place, shown(view));
    }
  }

  show(view);
  const leave = poll(1000, async () => view.state === "running" && show(await get(PATH)));
  return {
    content: el(
      "section",
      { class: "card", "aria-labelledby": "isolation-title" },
      el(
        "div",
        { class: "card-head" },
        heading,
        el("div", { class: "actions" }, download, start),
      ),
      problem,
      underWay,
      place,
      curlDetails({ Audit: START, "See it": { path: PATH } }),
    ),
    leave,
  };
}

function shown({ state, reason, report }) {
  const early = state === "ended-early" && verdict(false, `The last audit ended early: ${reason}`);
  if (!report) {
    return [
      early,
      nothing(
        "No audit has come to its end yet",
        "It asks every row whether it lies where it belongs, and names those that don't.",
      ),
    ];
  }
  const failed = report.checks.filter((check) => !check.passed).length;
  const text = report.passed
    ? `All ${plural(report.checks.length, "check")} passed`
    : `${plural(failed, "check")} of ${report.checks.length} did not pass`;
  return [
    early,
    verdict(report.passed, `${text}, as of ${instant(report.at)}, in ${number(report.milliseconds)} ms.`),
    checkList(report.checks.map(ofAudit)),
  ];
}
