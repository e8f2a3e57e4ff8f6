/** The user's theme decides; SYSTEM leaves it to the system, like nobody being signed in. */
export function showTheme(theme) {
  document.documentElement.dataset.theme = (theme ?? "SYSTEM").toLowerCase();
}
