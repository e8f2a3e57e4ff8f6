import { get, Problem, send } from "../lib/api.js";
import { listen } from "../lib/stream.js";
import { withoutOtherWay } from "./journey.js";

const PATH = "/admin/migration";
const POLL = 2000;
const LOOK = 2000;
const STREAM_AGAIN = 15_000;
const MOST_SAMPLES = 600;

/**
 * What is known of the migration, kept current: by the server's stream of events, by polling while that does not come through, and
 * `link` says which of them it is, or since when neither does. Pages listen; with nobody listening nothing is asked.
 */
class Watch extends EventTarget {
  view = null;
  link = { state: "connecting", since: Date.now() };
  /** Rows moved in all, by time: what the chart is drawn from. It outlives pages, not the tab. */
  samples = [];
  step = null;
  lookedBefore = null;
  acts = [];
  /** How far a finalization is: it is no state of the migration, but ends the way back. */
  finalization = null;
  #heard = { id: null };
  #listeners = 0;
  #stop = null;
  #newest = 0;

  /** @returns what ends the listening */
  on(listener) {
    this.addEventListener("change", listener);
    this.#listeners += 1;
    if (this.#listeners === 1) {
      this.#stop = new AbortController();
      this.#run(this.#stop.signal);
      this.#lookCloser(this.#stop.signal);
    }
    return () => {
      this.removeEventListener("change", listener);
      this.#listeners -= 1;
      if (this.#listeners === 0) {
        this.#stop.abort();
      }
    };
  }

  /** Asks at once: before the first page is drawn, and after an act. */
  async refresh() {
    this.take((await send({ path: PATH })).data);
    return this.view;
  }

  /** What the state's acts are sent with, so that nobody acts on what is no longer so. */
  get etag() {
    return `"${this.view.version}"`;
  }

  take(told) {
    const view = withoutOtherWay(told);
    // An answer may be overtaken by an event that was sent after it.
    if (view.version < this.#newest) {
      return;
    }
    if (view.state === "running" && this.view?.acts.includes("start")) {
      this.samples = [];
    }
    if (view.state !== "migrated") {
      this.finalization = null;
    }
    this.#newest = view.version;
    this.view = view;
    this.#sample(view);
    this.#tell();
  }

  async #run(signal) {
    while (!signal.aborted) {
      try {
        await listen(`${PATH}/events`, {
          heard: this.#heard,
          signal,
          whenOpen: () => this.#is("live"),
          listener: (event) => this.#hear(event),
        });
      } catch (problem) {
        if (!(problem instanceof Problem)) {
          console.error(problem);
        }
        await this.#poll(signal, Date.now() + STREAM_AGAIN);
      }
    }
  }

  #hear({ name, data }) {
    if (name === "state") {
      this.take(JSON.parse(data));
    } else if (name === "act") {
      const act = JSON.parse(data);
      this.acts = [act, ...this.acts];
      if (act.act === "preflight") {
        this.lookedBefore = act.outcome;
      }
      this.#tell();
    }
  }

  /** While the stream is away; a server that was gone and is back is asked for the stream at once. */
  async #poll(signal, until) {
    while (!signal.aborted && Date.now() < until) {
      const problem = await this.refresh().then(
        () => null,
        (failure) => failure,
      );
      if (signal.aborted || (problem === null && this.link.state === "lost")) {
        return;
      }
      this.#is(problem ? "lost" : "polling", problem);
      await pause(POLL, signal);
    }
  }

  /** What the view does not tell. */
  async #lookCloser(signal) {
    while (!signal.aborted) {
      if (this.view?.state === "verifying") {
        await this.#lookForStep().catch(() => {});
      } else if (this.view?.state === "migrated" && (this.finalization === null || this.isFinalizing)) {
        await this.lookForFinalization().catch(() => {});
      }
      await pause(LOOK, signal);
    }
  }

  /** Verification and contract are one state of the migration; the batch job's steps tell them apart. */
  async #lookForStep() {
    const executions = await get(`${PATH}/executions`);
    this.step = executions.items[0]?.steps.find((step) => step.batchStatus === "STARTED")?.name ?? null;
    this.#tell();
  }

  async lookForFinalization() {
    const told = await get(`${PATH}/finalize`);
    // The state may have gone on meanwhile, and with it the finalization.
    if (this.view?.state === "migrated") {
      this.finalization = told;
      this.#tell();
    }
  }

  get isFinalizing() {
    return this.finalization?.lastRun?.state === "running";
  }

  /** Whether somebody has looked before the start; asked once, then heard. */
  async recall() {
    if (this.lookedBefore === null) {
      const { items } = await get(`${PATH}/events`, { limit: 50 });
      this.lookedBefore ??= items.find((act) => act.act === "preflight")?.outcome ?? "";
    }
  }

  #sample({ users, rows, state }) {
    const done = users.done + rows.done;
    const last = this.samples.at(-1);
    if (state === "running" || (last && last.done !== done)) {
      this.samples = [...this.samples, { at: Date.now(), done }].slice(-MOST_SAMPLES);
    }
  }

  #is(state, problem = null) {
    if (state !== this.link.state) {
      // What comes back may be another server, or a database that was restored.
      this.#newest = state === "lost" ? 0 : this.#newest;
      this.link = { state, since: Date.now(), reason: problem instanceof Problem ? problem.message : null };
      this.#tell();
    }
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

export const watch = new Watch();
