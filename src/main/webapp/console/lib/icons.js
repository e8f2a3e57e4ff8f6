import { svg } from "./dom.js";

// Paths on a grid of 24, drawn with a stroke of the text's colour.
const PATHS = {
  migration: "M4 7h9m-3-3 3 3-3 3M20 17h-9m3-3-3 3 3 3",
  batch: "M12 3 3 7.5 12 12l9-4.5zM3 12l9 4.5 9-4.5M3 16.5 12 21l9-4.5",
  realms: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12 4 7.5",
  users:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .8 3.2 2.5 3.5 5.1",
  settings:
    "M4 7h9m4 0h3M4 17h3m4 0h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  current: "M12 3a9 9 0 1 0 9 9",
  open: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  hand: "M8 12V5.5a1.5 1.5 0 0 1 3 0V11m0-1V4.5a1.5 1.5 0 0 1 3 0V11m0-4.5a1.5 1.5 0 0 1 3 0V15c0 3.5-2.200 6-5.5 6-2.800 0-4.200-1.400-5.5-3.800L4.200 14c-.6-1.200.9-2.300 1.900-1.300L8 14.5",
  warning: "M12 4 2.800 19.5h18.400zM12 10v4.5m0 2.5v.1",
  cross: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  download: "M12 4v11m-4-4 4 4 4-4M4 19.5h16",
  plus: "M12 5v14M5 12h14",
  back: "M19 12H5m6-6-6 6 6 6",
  gone: "M3 3l18 18M8.5 6.5a13 13 0 0 1 13 3.5M2.5 10a13 13 0 0 1 4-2.5M6 13.5a8 8 0 0 1 5-2.400m4.5.9a8 8 0 0 1 2.5 1.5M12 18.5v.1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  empty: "M4 13l2.5-8h11L20 13v6H4zM4 13h5l1.5 2.5h3L15 13h5",
};

/** Decoration: what it says is always also said in words. */
export function icon(name) {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}
