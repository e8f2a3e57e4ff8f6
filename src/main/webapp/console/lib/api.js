import * as session from "./session.js";

/** What went wrong, as the API says it (RFC 9457); `server-gone` where nobody answered. */
export class Problem extends Error {
  constructor({ status = 0, code, title, detail, errors = [], retryAfter = null }) {
    super(detail || title || `The server answers with the status ${status} and no reason.`);
    Object.assign(this, { status, code, title, errors, retryAfter });
  }

  static gone() {
    return new Problem({
      code: "server-gone",
      title: "The server can't be reached",
      detail: "Nobody answers. It may be starting again, or the network is away.",
    });
  }

  static async of(answer) {
    const body = await answer.json().catch(() => ({}));
    const retryAfter = Number(answer.headers.get("Retry-After")) || null;
    return new Problem({
      code: `http-${answer.status}`,
      title: answer.statusText,
      ...body,
      status: answer.status,
      retryAfter,
    });
  }
}

/** Where the API is: beside the console's folder, whatever path a proxy has put before both. */
export function address(path) {
  return new URL(`../api${path}`, location.href).href;
}

let onSignedOut = () => {};

/** @param listener called when the server does not know the token any more */
export function whenSignedOut(listener) {
  onSignedOut = listener;
}

/** The headers of a request, as they are sent and as curl is told them. */
export function headers({ body, lines, passphrase, realmName, etag, key, accept, lastEventId }) {
  return {
    ...(accept && { Accept: accept }),
    ...(body !== undefined && { "Content-Type": "application/json" }),
    ...(lines !== undefined && { "Content-Type": "application/jsonl" }),
    ...(passphrase && { "Realms-Passphrase": passphrase }),
    ...(realmName && { "Realms-Name": encodeURIComponent(realmName) }),
    ...(etag && { "If-Match": etag }),
    ...(key && { "Idempotency-Key": key }),
    ...(lastEventId && { "Last-Event-ID": lastEventId }),
  };
}

/** Sends {method, path, body, lines, passphrase, realmName, etag, key, accept, lastEventId, signal, token}, of which lines are a file, and gives the answer as it is, or throws a Problem. */
export async function open(request) {
  const sent = request.token ?? session.token();
  const answer = await fetch(address(request.path), {
    method: request.method ?? "GET",
    headers: { ...headers(request), ...(sent && { Authorization: `Bearer ${sent}` }) },
    body: request.lines ?? (request.body === undefined ? undefined : JSON.stringify(request.body)),
    signal: request.signal,
    cache: "no-store",
  }).catch((failure) => {
    throw failure.name === "AbortError" ? failure : Problem.gone();
  });
  if (!answer.ok) {
    const problem = await Problem.of(answer);
    if (problem.status === 401 && sent === session.token()) {
      onSignedOut(problem);
    }
    throw problem;
  }
  return answer;
}

/** @returns {data, etag} */
export async function send(request) {
  const answer = await open(request);
  const text = await answer.text().catch(() => {
    throw Problem.gone();
  });
  return { data: text ? parse(text, answer.status) : null, etag: answer.headers.get("ETag") };
}

function parse(text, status) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem({
      status,
      code: "not-json",
      detail: "The answer can't be read. Something between here and the server may have answered in its place.",
    });
  }
}

export async function get(path, parameters = {}) {
  return (await send({ path: path + query(parameters) })).data;
}

export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

/** Every page of a list, as long as it is not absurdly long. */
export async function getAll(path, parameters = {}, most = 1000) {
  const items = [];
  let cursor = null;
  do {
    const page = await get(path, { ...parameters, limit: 200, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && items.length < most);
  return items;
}

/** For Idempotency-Key; crypto.randomUUID is missing on plain http. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
