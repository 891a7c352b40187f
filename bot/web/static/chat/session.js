const KEY = "hjemad.conversation";

/**
 * The conversation's id and secret, kept until the tab is closed.
 * A browser that forbids storage in frames only loses that.
 *
 * @typedef {{id: string, token: string, municipality: string}} Session
 */

/** @returns {Session | null} */
export function recall(municipality) {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY));
    return session?.id && session.token && session.municipality === municipality ? session : null;
  } catch {
    return null;
  }
}

/** @param {Session} session */
export function remember({ id, token, municipality }) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ id, token, municipality }));
  } catch {
    // Kept in memory only.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
