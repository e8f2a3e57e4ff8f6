// Rows per second over time. What this page has seen itself is exact to a second; of what was before it came, the tables tell the mean.

const SMOOTHED_OVER = 3000;

/** @returns [{at, value}], oldest first */
export function rates(view, samples) {
  const seen = fromSamples(samples);
  const firstSeen = seen[0]?.at ?? Infinity;
  return [...fromTables(view.tables, view).filter((point) => point.at < firstSeen), ...seen];
}

function fromSamples(samples) {
  const points = [];
  let from = 0;
  for (let i = 1; i < samples.length; i++) {
    while (from + 1 < i && samples[i].at - samples[from + 1].at >= SMOOTHED_OVER) {
      from += 1;
    }
    const seconds = (samples[i].at - samples[from].at) / 1000;
    points.push({
      at: samples[i].at,
      value: Math.max(0, samples[i].done - samples[from].done) / Math.max(seconds, 0.001),
    });
  }
  return points;
}

/** Rows that an earlier run had moved make a table seem faster than it was: what they are in all is taken off; where they are most, nothing is said. */
function fromTables(tables, { rowsPerSecond, elapsedSeconds }) {
  const ended = tables.filter((table) => table.startedAt && table.endedAt && table.total > 0);
  const done = ended.reduce((sum, table) => sum + table.done, 0);
  const share = Math.min(1, ((rowsPerSecond ?? 0) * (elapsedSeconds + 0.5)) / Math.max(1, done));
  if (share < 0.5) {
    return [];
  }
  return ended.flatMap((table) => {
    const start = Date.parse(table.startedAt);
    const end = Math.max(Date.parse(table.endedAt), start + 1);
    const value = ((table.done * share) / (end - start)) * 1000;
    return [
      { at: start, value },
      { at: end, value },
    ];
  });
}
