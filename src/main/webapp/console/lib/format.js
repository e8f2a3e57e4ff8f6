// Everything people read goes through here, so that numbers and times follow the browser's locale.
const integer = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const percentage = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const shortDateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const units = ["day", "hour", "minute", "second"].map((unit) => [
  unit,
  new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "short" }),
]);
const SECONDS = { day: 86400, hour: 3600, minute: 60, second: 1 };
/** How many of a unit, rounded, are one of the next. */
const LIMITS = Object.entries({ second: 60, minute: 60, hour: 24, day: Infinity });

export const NOTHING = "–";

const unlessNull = (format) => (value) => (value === null || value === undefined ? NOTHING : format(value));

export const number = unlessNull((value) => integer.format(value));
export const brief = unlessNull((value) => compact.format(value));
export const fraction = unlessNull((value) => decimal.format(value));
export const percent = unlessNull((value) => percentage.format(value));
export const instant = unlessNull((value) => dateTime.format(new Date(value)));
export const moment = unlessNull((value) => shortDateTime.format(new Date(value)));
export const day = unlessNull((value) => date.format(new Date(value)));
export const time = unlessNull((value) => clock.format(new Date(value)));

/** The two largest units that say something: 1 hr 12 min, 8 sec. */
export const duration = unlessNull((seconds) => {
  let left = Math.max(0, Math.round(seconds));
  const parts = [];
  for (const [unit, format] of units) {
    const count = Math.floor(left / SECONDS[unit]);
    left -= count * SECONDS[unit];
    if (count > 0 || (unit === "second" && parts.length === 0)) {
      parts.push(format.format(count));
    }
  }
  return parts.slice(0, 2).join(" ");
});

/** How long ago; the exact time belongs beside it or into its title. */
export const ago = unlessNull((value) => {
  const seconds = (new Date(value) - Date.now()) / 1000;
  const count = (unit) => Math.round(seconds / SECONDS[unit]);
  const [unit] = LIMITS.find(([name, limit]) => Math.abs(count(name)) < limit);
  return relative.format(count(unit), unit);
});

/** WAITING_FOR_REMOTE_WORKER → Waiting for remote worker; cross-user-server → Cross user server. */
export function words(code) {
  const text = String(code)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]/g, " ")
    .toLowerCase();
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\bapi\b/i, "API");
}

/** The end of an id tells more apart than its beginning, and ids are shown by it. */
export function shortId(id) {
  return id ? `…${id.slice(-8)}` : NOTHING;
}

export function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}
