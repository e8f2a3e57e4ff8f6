import { el } from "../lib/dom.js";
import { number, plural } from "../lib/format.js";
import { refusal } from "../lib/states.js";
import { table } from "../lib/table.js";

// What the two acts that are asked for by name would do, in words and counts.

/** @param preview as GET /rollback answers it; @param accept told the names of the differences that are ticked */
export function rollbackPreview(preview, accept) {
  const outside = Object.entries(preview.rowsOutsideDefaultRealms).map(([name, rows]) => ({ name, rows }));
  return [
    el(
      "p",
      {},
      "The pre-realm schema comes back with every row in it. Until somebody starts again, the service answers nobody but whoever leads the migration.",
    ),
    facts([
      [preview.realms, "realms go to an archive; a later start brings the same ones back"],
      [sum(outside), "rows are in other realms than the default; the archive remembers which"],
      [preview.databasesToRename.count, "databases get their realm's name behind their own, because the name is taken"],
      [preview.keysToRevoke.count, "API keys are revoked, not widened"],
      [preview.keysWithoutPlainText, "of these nobody has in plain any more"],
      [preview.credentials, "credentials of servers are given back in plain"],
      [preview.unreadableCredentials.count, "credentials can be opened by no key, and stay sealed"],
      [preview.answers, "changes that came of answers to findings are undone"],
    ]),
    preview.secretKey === "missing" &&
      refusal({
        code: "secret-key",
        message: "The key that opens the credentials is missing (realms.secret-key): the rollback will refuse.",
      }),
    preview.differences.length > 0 && differences(preview.differences, accept),
  ];
}

/** Rows were lost or changed, and nobody noted it: accepted each by its name, or nothing goes on. @param accept told what is ticked */
export function differences(found, accept) {
  const boxes = found.map((check) => el("input", { type: "checkbox", name: check.difference }));
  const tell = () => accept(found.filter((check, i) => boxes[i].checked).map((check) => check.difference));
  return el(
    "fieldset",
    { id: "differences" },
    el("legend", {}, "Rows were lost or changed, and nobody noted it. Nothing goes on over that unless you accept each of these:"),
    found.map((check, i) => {
      boxes[i].addEventListener("change", tell);
      const text = `${number(check.found)} instead of ${number(check.expected)} rows, among ids that end in ${check.rows.join(", ")}`;
      return el("label", { class: "check" }, boxes[i], " ", el("code", {}, check.difference), `: ${text}`);
    }),
  );
}

/** @param preview as GET /finalize answers it */
export function finalizePreview(preview) {
  return [
    preview.possible
      ? el("p", {}, "One last verification comes first. From then on nothing leads back to before realms.")
      : refusal({ code: "wrong-state", message: preview.reason }),
    preview.begunAt && el("p", {}, "It has begun already and was ended early: this goes on with it."),
    facts([
      [preview.keysToHash, "pre-realm API keys are hashed"],
      [preview.credentialsToSeal, "credentials of servers are sealed"],
      [preview.triggers.length, "triggers that served the old application are dropped"],
      [preview.tables.length, "tables are dropped:"],
    ]),
    table({
      name: "dropped-tables",
      caption: "Tables that are dropped",
      id: (item) => item.name,
      items: preview.tables,
      columns: [
        { label: "Table", cell: (item) => el("code", {}, item.name) },
        { label: "Rows", kind: "number", cell: (item) => number(item.rows) },
      ],
    }),
    el(
      "details",
      {},
      el("summary", {}, plural(preview.triggers.length, "trigger")),
      el(
        "ul",
        { class: "ids" },
        preview.triggers.map((name) => el("li", {}, el("code", {}, name))),
      ),
    ),
  ];
}

function facts(lines) {
  return el(
    "ul",
    { class: "facts" },
    lines.map(([count, text]) => el("li", {}, el("strong", {}, number(count)), ` ${text}`)),
  );
}

function sum(tables) {
  return tables.reduce((total, { rows }) => total + rows, 0);
}
