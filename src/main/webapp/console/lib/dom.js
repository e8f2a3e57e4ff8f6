// All markup of the console is made here, so that no text of a user is ever read as HTML.
const SVG = "http://www.w3.org/2000/svg";

/** An element; attributes that are null, undefined or false are left out, functions are listeners (`onclick`). */
export function el(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...present(children));
  return element;
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Touches the page only where something is different: what is read aloud or selected stays as it is. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  const text = value === null || value === undefined ? null : String(value);
  if (text === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== text) {
    element.setAttribute(name, text);
  }
}

/** Redraws, and leaves the focus at the same act on the same item, or near it; where the item is gone, at what comes instead. */
export function keepFocus(container, redraw, instead = () => null) {
  const active = document.activeElement;
  const held = container.contains(active);
  const item = active.closest("[data-id]")?.dataset.id;
  redraw();
  if (held && !container.contains(document.activeElement)) {
    const same = [...container.querySelectorAll("[data-id]")].find((each) => each.dataset.id === item);
    const target =
      same?.querySelector(`[data-act="${active.dataset.act}"]`) ?? same?.querySelector("button, a") ?? instead();
    target?.focus({ preventScroll: true });
  }
}

let lastId = 0;

/** An id that nothing else in the page has. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** @param instead what takes the focus of a button that becomes disabled, which would be lost */
export function setDisabled(button, disabled, instead) {
  const held = document.activeElement === button;
  button.disabled = disabled;
  if (held && disabled) {
    instead.focus();
  }
}

/**
 * Does nothing while what it has begun before is still under way. The button, or the group of buttons, that begins it looks
 * disabled meanwhile but is not: a disabled one would lose the focus.
 */
export function oneAtATime(shown, act) {
  let underWay = false;
  return async (...given) => {
    if (underWay) {
      return;
    }
    underWay = true;
    shown.setAttribute("aria-disabled", "true");
    try {
      await act(...given);
    } finally {
      underWay = false;
      shown.removeAttribute("aria-disabled");
    }
  };
}

/** A button; what a click has begun is not begun again by another click before it is done. */
export function button(label, { act, kind = "", icon: drawn, ...attributes } = {}, onclick) {
  const element = el(
    "button",
    { type: "button", class: `button ${kind}`.trim(), "data-act": act, ...attributes },
    drawn,
    label,
  );
  if (onclick) {
    element.addEventListener("click", oneAtATime(element, onclick));
  }
  return element;
}
