// A page without a browser: as much of it as the console's modules use, and no more. Importing it, before a module, puts it in place.
import { setImmediate } from "node:timers";

process.env.TZ = "UTC";

let locale = "en-US";

/** Whatever the machine speaks, what is formatted for "the browser's locale" is formatted for this one. */
export function speak(other) {
  locale = other;
}

for (const name of ["NumberFormat", "DateTimeFormat", "RelativeTimeFormat"]) {
  Intl[name] = class extends Intl[name] {
    constructor(wanted, options) {
      super(wanted ?? locale, options);
    }
  };
}

/** Not an array, as in a browser: a module that takes it for one must fail here, too. */
class NodeList {
  constructor(nodes) {
    Object.assign(this, nodes);
    Object.defineProperty(this, "nodes", { value: nodes });
  }

  get length() {
    return this.nodes.length;
  }

  item(i) {
    return this.nodes[i] ?? null;
  }

  forEach(act) {
    this.nodes.forEach(act);
  }

  [Symbol.iterator]() {
    return this.nodes[Symbol.iterator]();
  }
}

class FakeEvent {
  defaultPrevented = false;

  constructor(type, more = {}) {
    Object.assign(this, { type, bubbles: true }, more);
  }

  preventDefault() {
    this.defaultPrevented = true;
  }
}

class Target {
  #listeners = [];

  addEventListener(type, listener) {
    this.#listeners.push([type, listener]);
  }

  removeEventListener(type, listener) {
    this.#listeners = this.#listeners.filter(([one, other]) => one !== type || other !== listener);
  }

  /** Here, and at all that it lies in. */
  dispatch(type, more) {
    const event = new FakeEvent(type, { target: this, ...more });
    for (let at = this; at; at = event.bubbles ? at.parent : null) {
      at.hear(event);
    }
    return event;
  }

  hear(event) {
    this.#listeners.filter(([type]) => type === event.type).forEach(([, listener]) => listener.call(this, event));
  }
}

class Text {
  parent = null;

  constructor(data) {
    this.textContent = data;
  }

  remove() {
    this.parent?.removeChild(this);
  }
}

const FOCUSABLE = ["a", "button", "input", "select", "summary", "textarea"];

class Element extends Target {
  parent = null;
  childNodes = [];
  open = false;
  #attributes = new Map();
  #value = null;

  constructor(tag, namespace = null) {
    super();
    Object.assign(this, { localName: tag, namespaceURI: namespace, validity: { badInput: false }, checked: false });
    this.dataset = new Proxy(this, { get: data, set: setData });
  }

  get tagName() {
    return this.localName.toUpperCase();
  }

  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name) {
    return this.#attributes.has(name);
  }

  setAttribute(name, value) {
    this.#attributes.set(name, String(value));
    this.written = (this.written ?? 0) + 1;
  }

  removeAttribute(name) {
    this.#attributes.delete(name);
  }

  toggleAttribute(name, there) {
    if (there) {
      this.setAttribute(name, "");
    } else {
      this.removeAttribute(name);
    }
  }

  get value() {
    if (this.localName === "select") {
      return this.#value ?? this.querySelector("option")?.getAttribute("value") ?? "";
    }
    return this.#value ?? "";
  }

  set value(value) {
    const text = String(value);
    const options = all(this, "option").map((option) => option.getAttribute("value"));
    this.#value = this.localName === "select" && !options.includes(text) ? "" : text;
  }

  append(...nodes) {
    nodes.forEach((node) => this.take(node));
  }

  take(node) {
    const child = node instanceof Element || node instanceof Text ? node : new Text(String(node));
    child.remove();
    child.parent = this;
    this.childNodes.push(child);
  }

  replaceChildren(...nodes) {
    [...this.childNodes].forEach((child) => child.remove());
    this.append(...nodes);
  }

  removeChild(child) {
    if (child === document.activeElement || (child instanceof Element && child.contains(document.activeElement))) {
      document.activeElement = document.body;
    }
    this.childNodes = this.childNodes.filter((one) => one !== child);
    child.parent = null;
  }

  remove() {
    this.parent?.removeChild(this);
  }

  replaceWith(other) {
    const { parent } = this;
    parent.append(other);
    parent.childNodes.splice(parent.childNodes.indexOf(this), 0, parent.childNodes.pop());
    this.remove();
  }

  get parentElement() {
    return this.parent;
  }

  get children() {
    return new NodeList(this.childNodes.filter((child) => child instanceof Element));
  }

  get firstElementChild() {
    return this.children.item(0);
  }

  get lastElementChild() {
    return this.children.item(this.children.length - 1);
  }

  get textContent() {
    return this.childNodes.map((child) => child.textContent).join("");
  }

  set textContent(text) {
    this.replaceChildren(...(text === "" ? [] : [text]));
    this.written = (this.written ?? 0) + 1;
  }

  contains(other) {
    for (let at = other; at; at = at.parent) {
      if (at === this) {
        return true;
      }
    }
    return false;
  }

  get isConnected() {
    return document.documentElement.contains(this);
  }

  querySelectorAll(selector) {
    const below = [...this.children].flatMap((child) => [child, ...child.querySelectorAll("*")]);
    return new NodeList(below.filter((element) => fits(element, selector)));
  }

  querySelector(selector) {
    return this.querySelectorAll(selector).item(0);
  }

  closest(selector) {
    for (let at = this; at; at = at.parent) {
      if (fits(at, selector)) {
        return at;
      }
    }
    return null;
  }

  focus(options) {
    const takesIt = FOCUSABLE.includes(this.localName) || this.hasAttribute("tabindex");
    if (takesIt && this.isConnected && !this.disabled && !this.closest("[hidden]")) {
      document.activeElement = this;
      this.focused = options;
    }
  }

  click() {
    if (this.disabled) {
      return;
    }
    this.dispatch("click");
    if (this.getAttribute("type") === "submit") {
      this.form?.dispatch("submit");
    }
    if (this.localName === "a") {
      followed.push(this);
    }
  }

  get form() {
    return document.getElementById(this.getAttribute("form")) ?? this.closest("form");
  }

  scrollIntoView(options) {
    this.scrolled = options;
  }

  showModal() {
    this.setAttribute("open", "");
  }

  /** The browser says so only after whoever called it is done. */
  close() {
    if (this.hasAttribute("open")) {
      this.removeAttribute("open");
      setImmediate(() => this.dispatch("close", { bubbles: false }));
    }
  }
}

for (const name of ["id", "name"]) {
  Object.defineProperty(Element.prototype, name, {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      this.setAttribute(name, value);
    },
  });
}

/** What is hidden or disabled loses the focus, as in Chromium. */
for (const name of ["hidden", "disabled"]) {
  Object.defineProperty(Element.prototype, name, {
    get() {
      return this.hasAttribute(name);
    },
    set(value) {
      this.toggleAttribute(name, value);
      if (value && this.contains(document.activeElement)) {
        document.activeElement = document.body;
      }
    },
  });
}

const classes = (element) => (element.getAttribute("class") ?? "").split(" ");

const dashed = (name) => `data-${String(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function data(element, name) {
  return element.getAttribute(dashed(name)) ?? undefined;
}

function setData(element, name, value) {
  element.setAttribute(dashed(name), value);
  return true;
}

/** Lists, descendants, and of what stands at one element: a tag, #id, .class, [attribute] and [attribute=value]. */
function fits(element, selector) {
  return selector.split(",").some((one) => fitsPath(element, one.trim().split(/\s+/)));
}

function fitsPath(element, path) {
  const above = path.slice(0, -1);
  if (!element || !fitsPart(element, path.at(-1))) {
    return false;
  }
  for (let at = element.parent; above.length > 0; at = at.parent) {
    if (!at) {
      return false;
    }
    if (fitsPath(at, above)) {
      return true;
    }
  }
  return true;
}

function fitsPart(element, part) {
  const parts = part.match(/\[[^\]]*]|[#.]?[\w*-]+/g);
  if (parts.join("") !== part) {
    throw new Error(`Not a selector that is known here: ${part}`);
  }
  return parts.every((one) => {
    if (one.startsWith("[")) {
      const [, name, , value] = /^\[([\w-]+)(="?([^"\]]*)"?)?]$/.exec(one);
      return value === undefined ? element.hasAttribute(name) : element.getAttribute(name) === value;
    }
    if (one.startsWith("#")) {
      return element.id === one.slice(1);
    }
    return one.startsWith(".") ? classes(element).includes(one.slice(1)) : one === "*" || one === element.localName;
  });
}

class Document extends Element {
  title = "";
  copied = [];

  constructor() {
    super("#document");
    this.documentElement = new Element("html");
    this.body = new Element("body");
    this.documentElement.append(this.body);
    this.activeElement = this.body;
    this.parent = null;
    this.childNodes = [this.documentElement];
  }

  createElement(tag) {
    return new Element(tag);
  }

  createElementNS(namespace, tag) {
    return new Element(tag, namespace);
  }

  getElementById(id) {
    return all(this, "*").find((element) => element.id === id && id !== "") ?? null;
  }

  createRange() {
    return { selectNodeContents: (element) => (this.selected = element) };
  }

  execCommand(command) {
    this.copied.push([command, this.selected]);
    return !clipboard.refuses;
  }
}

class Location {
  origin = "https://realms.example";
  assigned = null;
  /** How often one could go back. */
  steps = 0;
  #hash = "";

  constructor() {
    this.at("/console/");
  }

  at(address) {
    const { pathname, search, hash } = new URL(address, this.origin);
    Object.assign(this, { pathname, search });
    this.#hash = hash;
  }

  get hash() {
    return this.#hash;
  }

  set hash(hash) {
    const before = this.#hash;
    this.#hash = hash;
    if (hash !== before) {
      this.steps += 1;
      setImmediate(() => page.dispatch("hashchange"));
    }
  }

  assign(address) {
    this.assigned = address;
  }

  get href() {
    return this.origin + this.pathname + this.search + this.hash;
  }
}

class Storage {
  #items = new Map();

  getItem(name) {
    return this.#items.get(name) ?? null;
  }

  setItem(name, value) {
    this.#items.set(name, String(value));
  }

  removeItem(name) {
    this.#items.delete(name);
  }
}

/** The links that were clicked on. */
export const followed = [];

/** What is sent, in the order it is sent, a path where it goes to the own host: {address, method, headers, body, signal}. */
export const sent = [];

/** Whether the clipboard takes what is written into it. */
export const clipboard = { text: null, refuses: false };

let page = null;
let answers = [];
let ranges = [];

function put(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** A new page with nothing in it, and nobody signed in. */
export function freshPage() {
  page = new Target();
  put("document", new Document());
  put("location", new Location());
  put("sessionStorage", new Storage());
  put("history", { replaceState: (state, title, address) => location.at(new URL(address, location.href).href) });
  put("scrollTo", (...to) => (document.documentElement.scrolled = to));
  put("getSelection", () => ({ removeAllRanges: () => (ranges = []), addRange: (range) => ranges.push(range) }));
  put("addEventListener", (type, listener) => page.addEventListener(type, listener));
  put("navigator", { clipboard: { writeText } });
  put("fetch", answer);
  put("setTimeout", (act, milliseconds) => clock.start(act, milliseconds));
  put("clearTimeout", (timer) => clock.stop(timer));
  clock.reset();
  Object.assign(clipboard, { text: null, refuses: false });
  sent.length = 0;
  followed.length = 0;
  answers = [];
  ranges = [];
  const notice = document.createElement("div");
  notice.id = "notice";
  document.body.append(notice);
}

async function writeText(text) {
  if (clipboard.refuses) {
    throw new Error("not allowed");
  }
  clipboard.text = text;
}

export function selections() {
  return ranges.length;
}

/** What the next requests are answered with, one each: Responses, Errors, or functions of the request that give or promise one. */
export function answerWith(...next) {
  answers.push(...next);
}

/** What every request is answered with from now on: what a function of it gives or promises. */
export function answerAll(act) {
  answers = Array(1000).fill(act);
}

async function answer(address, { method = "GET", headers = {}, body, signal, cache } = {}) {
  const sentTo = address.replace(location.origin, "");
  const request = { address: sentTo, method, headers, body, signal, cache };
  sent.push(request);
  if (answers.length === 0) {
    throw new Error(`Nobody said what ${address} is answered with`);
  }
  const next = answers.shift();
  const given = typeof next === "function" ? await next(request) : next;
  if (given instanceof Error) {
    throw given;
  }
  return given;
}

export function json(data, { status = 200, headers = {} } = {}) {
  return new Response(JSON.stringify(data), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** What fits a selector, as an array. */
export function all(element, selector) {
  return [...element.querySelectorAll(selector)];
}

export function texts(element, selector) {
  return all(element, selector).map((one) => one.textContent);
}

/** A promise that is kept or broken from outside. */
export function later() {
  const one = {};
  one.promise = new Promise((resolve, reject) => Object.assign(one, { resolve, reject }));
  return one;
}

/** Until all that could be done without waiting is done. */
export async function settle() {
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Time that passes only when it is told to. */
class Clock {
  #now = 0;
  #timers = new Map();
  #last = 0;

  reset() {
    this.#timers.clear();
  }

  start(act, milliseconds = 0) {
    this.#timers.set(++this.#last, { act, at: this.#now + milliseconds });
    return this.#last;
  }

  stop(timer) {
    this.#timers.delete(timer);
  }

  get waiting() {
    return this.#timers.size;
  }

  async pass(milliseconds) {
    await settle();
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [timer, { act, at }] = next;
      this.#now = at;
      this.#timers.delete(timer);
      act();
      await settle();
    }
    this.#now = end;
  }

  #next(end) {
    return [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

export const clock = new Clock();

/** The text, with every kind of space as a plain one: which kind it is differs between versions of the locale's data. */
export function plain(text) {
  return text.replaceAll(/\s+/g, " ");
}

freshPage();
