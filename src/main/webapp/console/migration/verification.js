import { send } from "../lib/api.js";
import { curlDetails } from "../lib/curl.js";
import { button, el, fill, oneAtATime, setDisabled } from "../lib/dom.js";
import { downloadButton } from "../lib/download.js";
import { plural } from "../lib/format.js";
import { failure, loading, nothing } from "../lib/states.js";
import { request } from "./acts.js";
import { checkList, ofAudit, ofComparison, verdict } from "./checks.js";
import { hasRealms } from "./journey.js";
import { differences } from "./previews.js";
import { watch } from "./watch.js";

let report = null;

/** Asks the data whether all is there and where it belongs. It moves nothing, so it may be asked in any state in which there are realms. */
export function verification(route) {
  const place = el("div");
  const heading = el("h2", { id: "verification-title", tabindex: "-1" }, "Verification");
  const verify = button("Verify now", { act: "verify", kind: "primary" });
  const download = downloadButton("verification", () => report);

  const ask = oneAtATime(verify, async (accept) => {
    fill(place, loading("Comparing counts and checksums"));
    try {
      report = (await send(request("verify", accept))).data;
      draw();
    } catch (problem) {
      fill(place, failure(problem, ask));
    }
  });
  verify.addEventListener("click", () => ask());

  function draw() {
    download.hidden = report === null;
    fill(
      place,
      report
        ? shown(report, ask)
        : nothing(
            "Nothing has been asked from here yet",
            "A verification compares counts and checksums with those taken before, and audits the isolation of every row.",
          ),
    );
  }

  draw();
  if (route.query.has("ask")) {
    history.replaceState(null, "", "#/migration/verification");
    ask();
  }
  return {
    content: el(
      "section",
      { class: "card", "aria-labelledby": "verification-title" },
      el(
        "div",
        { class: "card-head" },
        heading,
        el("div", { class: "actions" }, download, verify),
      ),
      place,
      curlDetails(() => ({ Verify: request("verify") })),
    ),
    update: () => setDisabled(verify, !hasRealms(watch.view.state), heading),
  };
}

function shown({ passed, checks, isolation }, ask) {
  const lost = checks.filter((check) => check.difference);
  let accepted = [];
  const all = [...checks.map(ofComparison), ...isolation.checks.map(ofAudit)];
  const failed = all.filter((check) => !check.passed).length;
  return [
    verdict(
      passed,
      passed
        ? `All ${plural(all.length, "check")} passed.`
        : `${plural(failed, "check")} of ${all.length} did not pass.`,
    ),
    lost.length > 0 && [
      differences(lost, (names) => (accepted = names)),
      button("Accept what is ticked, and verify again", { act: "accept" }, () => ask(accepted)),
    ],
    checks.length === 0 &&
      el(
        "p",
        { class: "quiet" },
        "There is no record of what the tables held before, so only the isolation was asked about.",
      ),
    checkList(all),
  ];
}
