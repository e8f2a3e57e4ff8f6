import { getAll, get, send } from "../lib/api.js";

/** The caller's realms, and which is the current one: what the switch in the frame and the page of realms both show. */
class Realms extends EventTarget {
  items = [];
  currentId = null;

  async load(includeInactive = false) {
    const [items, current] = await Promise.all([
      getAll("/realms", includeInactive ? { includeInactive } : {}),
      get("/realms/current"),
    ]);
    this.items = items;
    this.currentId = current.id;
    this.dispatchEvent(new Event("change"));
    return this;
  }

  async switchTo(realmId) {
    await send({ method: "POST", path: "/realms/switch", body: { realmId } });
    this.currentId = realmId;
    this.dispatchEvent(new Event("change"));
  }

  forget() {
    this.items = [];
    this.currentId = null;
    this.dispatchEvent(new Event("change"));
  }

  get active() {
    return this.items.filter((realm) => realm.isActive);
  }
}

export const realms = new Realms();
