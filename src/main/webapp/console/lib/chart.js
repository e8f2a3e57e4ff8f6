import { el, setAttribute, setText, svg } from "./dom.js";
import { brief, number, time } from "./format.js";

const WIDTH = 600;
const HEIGHT = 150;

/** A line over time. The drawing stretches, the words around it don't. */
export function lineChart({ id, what }) {
  const area = svg("path", { class: "area" });
  const line = svg("path", { class: "line" });
  const drawing = svg(
    "svg",
    { id, role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none" },
    grid(),
    area,
    line,
  );
  const [top, middle, from, to] = Array.from({ length: 4 }, () => el("span"));
  const empty = el("p", { class: "chart-empty quiet" });
  const element = el(
    "div",
    { class: "chart" },
    el("div", { class: "chart-y", "aria-hidden": "true" }, top, middle, el("span", {}, "0")),
    el("div", { class: "chart-plot" }, drawing, empty),
    el("div", { class: "chart-x", "aria-hidden": "true" }, from, to),
  );

  /** @param points [{at, value}], oldest first; @param hint what is said as long as there are none */
  function update(points, hint) {
    const drawn = points.length > 1 && points.some((point) => point.value > 0);
    element.toggleAttribute("data-empty", !drawn);
    setText(empty, drawn ? "" : hint);
    setAttribute(drawing, "aria-label", drawn ? summary(what, points) : `${what}: ${hint}`);
    if (!drawn) {
      [top, middle, from, to].forEach((label) => setText(label, ""));
      [area, line].forEach((path) => setAttribute(path, "d", null));
      return;
    }
    const most = roundUp(Math.max(...points.map((point) => point.value)));
    const d = path(points, most);
    setAttribute(line, "d", `M${d}`);
    setAttribute(area, "d", `M0,${HEIGHT}L${d}L${WIDTH},${HEIGHT}Z`);
    setText(top, brief(most));
    setText(middle, brief(most / 2));
    setText(from, time(points[0].at));
    setText(to, time(points.at(-1).at));
  }
  return { element, update };
}

function grid() {
  return [1, HEIGHT / 2, HEIGHT - 1].map((y) => svg("line", { class: "grid", x1: 0, x2: WIDTH, y1: y, y2: y }));
}

function path(points, most) {
  const first = points[0].at;
  const span = Math.max(1, points.at(-1).at - first);
  return points
    .map(({ at, value }) => `${((at - first) / span) * WIDTH},${HEIGHT - (value / most) * (HEIGHT - 4)}`)
    .join("L");
}

/** The next number that begins with 1, 2 or 5. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((limit) => limit >= value);
}

function summary(what, points) {
  const values = points.map((point) => point.value);
  return `${what}, from ${time(points[0].at)} to ${time(points.at(-1).at)}: between ${number(Math.min(...values))} and ${number(
    Math.max(...values),
  )}, at last ${number(values.at(-1))}`;
}
