import { getAll, get, send } from "../lib/api.js";

/** The caller's realms, and which is the current one: what the switch in the frame and the page of realms both show. */
class Realms extends EventTarget {
  items = [];
  currentId = null;
  #asked = 0;
  #switched = Promise.resolve();

  /** An answer that came after another question, or after whose realms they were had gone, is not taken. */
  async load(includeInactive = false) {
    const asked = ++this.#asked;
    const [items, current] = await Promise.all([
      getAll("/realms", includeInactive ? { includeInactive } : {}),
      get("/realms/current"),
    ]);
    if (asked === this.#asked) {
      this.items = items;
      this.currentId = current.id;
      this.dispatchEvent(new Event("change"));
    }
    return this;
  }

  /** One after the other, so that the realm that was chosen last is the current one here and in the server. */
  switchTo(realmId) {
    const switched = this.#switched.then(async () => {
      await send({ method: "POST", path: "/realms/switch", body: { realmId } });
      this.currentId = realmId;
      this.dispatchEvent(new Event("change"));
    });
    this.#switched = switched.catch(() => {});
    return switched;
  }

  forget() {
    this.#asked += 1;
    this.items = [];
    this.currentId = null;
    this.dispatchEvent(new Event("change"));
  }

  get active() {
    return this.items.filter((realm) => realm.isActive);
  }
}

export const realms = new Realms();
