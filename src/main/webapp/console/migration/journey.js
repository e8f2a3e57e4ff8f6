// Where a state of the migration stands on the way, and what it waits for. Which acts it allows the answer says.

const PHASES = ["preflight", "expand", "migrate", "verify", "contract", "done"];
const WAY_BACK = ["rolling-back", "rolled-back"];

export const PHASE_NAMES = {
  preflight: "Preflight",
  expand: "Expand",
  migrate: "Migrate",
  verify: "Verify",
  contract: "Contract",
  done: "Done",
  "rolling-back": "Rolling back",
  "rolled-back": "Before realms",
};

export const STATUS_WORDS = {
  done: "done",
  current: "under way",
  waiting: "waits for you",
  failed: "needs you",
  open: "to come",
};

export function isUnderWay(state) {
  return ["running", "verifying", "rolling-back"].includes(state);
}

/** Every row has its realm, and that was checked. Before it nothing is shown as complete. */
export function isVerified(state) {
  return state === "migrated" || state === "finalized";
}

/** Nothing is left to be done, on the way there or on the way back. */
export function isComplete(state) {
  return isVerified(state) || state === "rolled-back";
}

export function isWayBack(state) {
  return state in BACK;
}

const STEP_BACK = "rollback: ";
const NOT_COUNTED = { users: { done: 0, total: 0 }, rows: { done: 0, total: 0 }, tables: [] };

/** Until a run has counted anew, the view tells of the one before: a rollback's steps say nothing of a migration, nor the other way. */
export function withoutOtherWay(view) {
  const fits = ({ name }) => name.startsWith(STEP_BACK) === isWayBack(view.state);
  return view.tables.every(fits) ? view : { ...view, ...NOT_COUNTED, rowsPerSecond: null, elapsedSeconds: null };
}

/** What a table or a step of the way back is called. */
export function lineName(name) {
  return name.replace(STEP_BACK, "");
}

/** Whether there are realms that a preflight or a verification could ask about. */
export function hasRealms(state) {
  return !["pre-realm", "rolling-back", "rollback-failed", "rolled-back"].includes(state);
}

/** @returns [{phase, status}] */
export function phases(view, { step, lookedBefore }) {
  const { state } = view;
  if (state in BACK) {
    return WAY_BACK.map((phase, i) => ({ phase, status: BACK[state][i] }));
  }
  const [at, status] = place(view, step, lookedBefore);
  const index = PHASES.indexOf(at);
  return PHASES.map((phase, i) => ({
    phase,
    status: OUT_OF_ORDER[state]?.[phase] ?? (i < index ? "done" : i === index ? status : "open"),
  }));
}

/** The service expands the schema at its start, before anybody has looked. */
const OUT_OF_ORDER = { "pre-realm": { preflight: "open" }, expanded: { expand: "done" } };

const BACK = {
  "rolling-back": ["current", "open"],
  "rollback-failed": ["failed", "open"],
  "rolled-back": ["done", "waiting"],
};

/** The phase the migration is at, and how it is with it. */
function place(view, step, lookedBefore) {
  switch (view.state) {
    case "pre-realm":
      return ["expand", "waiting"];
    case "expanded":
      return lookedBefore === "ready" ? ["migrate", "waiting"] : ["preflight", lookedBefore ? "failed" : "waiting"];
    case "running":
      return ["migrate", "current"];
    case "paused":
    case "stopped":
      return [atRest(view), "waiting"];
    case "failed":
      return [atRest(view), "failed"];
    case "verifying":
      return [step === "contract" ? "contract" : "verify", "current"];
    default:
      return ["done", "done"];
  }
}

function atRest({ users, rows, failedChunks, elapsedSeconds }) {
  const moved = elapsedSeconds !== null && users.done >= users.total && rows.done >= rows.total && failedChunks === 0;
  return moved ? "verify" : "migrate";
}

const SENTENCES = {
  "pre-realm": "The schema has not been expanded. It waits for you: restart the service, which expands it.",
  expanded:
    "Nothing has been moved; the old application works on. It waits for you: look with a preflight, then start.",
  running: "Rows are being moved in small transactions. Nothing waits for you.",
  paused: "Paused by an operator. It waits for you: resume it. No restart ends the pause.",
  verifying: "Counts and checksums are compared, then constraints are built. Nothing waits for you.",
  stopped: "Stopped. What is done stays done. It waits for you: start it again.",
  failed: "Something was not right. It waits for you: set it right, then start again.",
  migrated: "Every row has its realm, checked. Nothing has to be done; finalize when nobody wants to go back any more.",
  finalized: "Every row has its realm. There is no way back any more, and nothing waits for you.",
  "rolling-back":
    "The pre-realm schema is being brought back. Requests are answered “try again later” meanwhile.",
  "rollback-failed":
    "The way back was broken off; nothing is lost. It waits for you: call it off, or set it right and roll back again.",
  "rolled-back":
    "The database is as it was before realms, every row kept. The service waits for you: start brings the realms back.",
};

export function sentence(state) {
  return SENTENCES[state] ?? "";
}

/** The share that is done. What has not been verified is never shown as complete. */
export function share({ done, total }, state) {
  if (isComplete(state)) {
    return 1;
  }
  return total === 0 ? 0 : Math.min(done / total, 0.99);
}
