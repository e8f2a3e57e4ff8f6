import { el } from "../lib/dom.js";
import { number, words } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { List, textFilter } from "../lib/list.js";
import { idList } from "../lib/table.js";

/** Checks of a verification or an audit, those that failed first. @param checks [{check, table, passed, asked, found, ids}] */
export function checkList(checks) {
  const list = new List({
    name: "checks",
    caption: "Checks",
    id: (check) => `${check.check}.${check.table}`,
    filters: [
      textFilter("Find", (check) => [check.check, check.table]),
      {
        name: "passed",
        label: "Outcome",
        type: "select",
        options: [
          ["yes", "Passed"],
          ["no", "Not passed"],
        ],
        matches: (check, value) => check.passed === (value === "yes"),
      },
    ],
    columns: [
      { label: "Check", cell: (check) => el("strong", {}, words(check.check)) },
      { label: "Table", cell: (check) => (check.table === "*" ? "all" : words(check.table)) },
      { label: "Outcome", cell: outcome },
      { label: "Rows asked", kind: "number", cell: (check) => number(check.asked) },
      { label: "Found", cell: (check) => check.found },
      { label: "Which", cell: (check) => idList(check.ids) },
    ],
    load: async () => ({ items: [...checks].sort((a, b) => a.passed - b.passed) }),
    empty: { title: "No checks", hint: "There was nothing to ask." },
  });
  list.reload();
  return list.element;
}

function outcome({ passed }) {
  return el(
    "span",
    { class: "badge", "data-tone": passed ? "good" : "bad" },
    icon(passed ? "check" : "cross"),
    passed ? "passed" : "not passed",
  );
}

export function verdict(passed, text) {
  return el(
    "p",
    { class: `verdict ${passed ? "good" : "bad"}`, role: "status" },
    icon(passed ? "check" : "warning"),
    el("span", {}, text),
  );
}

/** As lines of the list: of an audit's checks. */
export function ofAudit(check) {
  return {
    ...check,
    asked: check.rows,
    found: check.passed ? "no violation" : `${number(check.violations)} violate it`,
  };
}

/** Of a verification's comparison with what there was. */
export function ofComparison(check) {
  return {
    ...check,
    asked: check.expected,
    found: `${number(check.found)} of ${number(check.expected)}`,
    ids: check.rows,
  };
}
