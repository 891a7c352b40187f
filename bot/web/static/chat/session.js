export const KEY = "hjemad.conversation";
/** What a page beside the chat ends it by. Nothing is opened by it. */
export const BESIDE = "hjemad.beside";

/**
 * The conversation's id and secret, kept until the tab is closed; on the device for who chose that.
 * A browser that forbids storage loses that.
 *
 * @typedef {{id: string, token: string, municipality: string}} Session
 */

/** @returns {Session | null} */
export function recall(municipality) {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY));
    return session?.id && session.token && session.municipality === municipality ? session : null;
  } catch {
    return null;
  }
}

/** @param {Session} session */
export function remember({ id, token, municipality }, onDevice = isOnDevice()) {
  try {
    const kept = JSON.stringify({ id, token, municipality });
    sessionStorage.setItem(KEY, kept);
    if (onDevice) localStorage.setItem(KEY, kept);
    else localStorage.removeItem(KEY);
  } catch {
    // Kept in memory only.
  }
}

/** Whether the chat is kept when the tab is closed. */
export function isOnDevice() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
    sessionStorage.removeItem(BESIDE);
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
