// What was chosen on the page of findings goes along with the next start. null: nothing was chosen, so what was answered before stays.
let answers = null;

export function chosen() {
  return answers;
}

export function choose(finding, answer) {
  answers = { ...answers, [finding]: answer };
}

/** What the last preflight reckoned with, so that a single choice does not reset the others. */
export function reckonWith(findings) {
  if (answers !== null) {
    answers = { ...Object.fromEntries(findings.map((finding) => [finding.code, finding.answer])), ...answers };
  }
}
