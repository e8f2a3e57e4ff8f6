import { open, Problem } from "./api.js";

const LONGEST_SILENCE = 40_000;

/**
 * Reads server-sent events until the server ends the stream. EventSource can't send who is asking, so this reads the answer itself.
 *
 * @param heard {id}: the id of the last event, kept up to date for the next call
 * @param listener called with {name, data}
 * @param whenOpen called when the server has answered
 * @throws Problem when the server is away or silent for too long, and what the listener throws
 */
export async function listen(path, { heard, listener, whenOpen, signal }) {
  if (signal.aborted) {
    return;
  }
  const silence = new AbortController();
  const stop = () => silence.abort();
  signal.addEventListener("abort", stop);
  let watch = setTimeout(stop, LONGEST_SILENCE);
  const broken = (failure) => {
    throw failure instanceof Problem ? failure : Problem.gone();
  };
  try {
    const request = { path, accept: "text/event-stream", signal: silence.signal, lastEventId: heard.id };
    const answer = await open(request).catch(broken);
    whenOpen();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    const read = () => reader.read().catch(broken);
    for (let part = await read(); !part.done; part = await read()) {
      clearTimeout(watch);
      watch = setTimeout(stop, LONGEST_SILENCE);
      const blocks = (rest + part.value.replaceAll("\r", "")).split("\n\n");
      rest = blocks.pop();
      blocks
        .map(parse)
        .filter((event) => event.data)
        .forEach((event) => {
          heard.id = event.id ?? heard.id;
          listener(event);
        });
    }
  } catch (failure) {
    if (!signal.aborted) {
      throw failure;
    }
  } finally {
    clearTimeout(watch);
    signal.removeEventListener("abort", stop);
    // Where the listener failed, the connection is still open.
    stop();
  }
}

/** One event: lines of `field: value`; those that begin with a colon are comments that keep the line open. */
function parse(block) {
  const event = { name: "message", data: "" };
  for (const line of block.split("\n")) {
    const [, field, value] = /^([^:]*): ?(.*)$/s.exec(line) ?? [null, line, ""];
    if (field === "event") {
      event.name = value;
    } else if (field === "id") {
      event.id = value;
    } else if (field === "data") {
      event.data += event.data ? `\n${value}` : value;
    }
  }
  return event;
}
