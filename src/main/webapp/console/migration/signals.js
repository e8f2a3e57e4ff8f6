import { number } from "../lib/format.js";

// What the limits are called, and their units; a throttle names its signal by the limit that it meets.
export const LIMITS = [
  { name: "targetMilliseconds", label: "Target time", unit: "ms", required: true },
  { name: "floorRows", label: "Fewest rows", unit: "", required: true },
  { name: "ceilingRows", label: "Most rows", unit: "", required: true },
  { name: "parallelism", label: "Transactions at once", unit: "", required: true },
  { name: "replicaLagSeconds", label: "Replica lag", unit: "s" },
  { name: "lockWaits", label: "Sessions waiting for locks", unit: "" },
  { name: "activeSessions", label: "Active sessions", unit: "" },
  { name: "transactionMilliseconds", label: "Own transactions", unit: "ms" },
  { name: "walMegabytesPerSecond", label: "Log written", unit: "MB/s" },
  { name: "archiveQueueFiles", label: "Log files to be archived", unit: "" },
  { name: "tableMaintenance", label: "Vacuums and index builds", unit: "" },
  { name: "snapshotAgeSeconds", label: "Oldest snapshot", unit: "s" },
];

const BY_NAME = Object.fromEntries(LIMITS.map((limit) => [limit.name, limit]));

export function signalName(signal) {
  return BY_NAME[signal]?.label ?? signal;
}

export function inUnit(signal, value) {
  const unit = BY_NAME[signal]?.unit;
  return unit ? `${number(value)} ${unit}` : number(value);
}
