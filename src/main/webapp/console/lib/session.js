// The token lives as long as the tab: in session storage, never in local storage, never in an address that stays in the history.
const TOKEN = "realms.token";

let user = null;

export function token() {
  return sessionStorage.getItem(TOKEN);
}

export function begin(value) {
  sessionStorage.setItem(TOKEN, value);
}

export function end() {
  sessionStorage.removeItem(TOKEN);
  user = null;
}

/** `mvn -Prun` prints an address with a code that signs in once: #code=… It leaves the address at once. @returns it, or null */
export function takeCodeFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("code");
  if (given !== null) {
    history.replaceState(null, "", location.pathname);
  }
  return given || null;
}

export function me() {
  return user;
}

export function isMe(view) {
  user = view;
}

export function isAdmin() {
  return user?.role === "ADMIN";
}

/** A VIEWER looks and changes nothing. */
export function mayWrite() {
  return user !== null && user.role !== "VIEWER";
}
