/**
 * Our pages in this browser: whoever leaves one of them leaves all.
 *
 * A channel reaches those that share a storage. The chat in a frame on another site has one of its own: it is reached by the
 * pages that it opened, as their opener, and reaches those of them that it has heard.
 */
export class OurPages {
  #channel = openChannel();
  #windows = new Set(window.opener ? [window.opener] : []);

  /**
   * @param {{exit: () => void, here?: () => void, kept?: (session: import("./session.js").Session) => void}} events
   *   another page is left, another has come, a chat tells what it has kept
   */
  constructor(events) {
    const hear = ({ data }) => events[data?.word]?.(data.session);
    this.#channel?.addEventListener("message", hear);
    window.addEventListener("message", (event) => {
      if (event.origin !== location.origin) return;
      this.#windows.add(event.source);
      hear(event);
    });
    if (isOnAnotherSite()) document.addEventListener("click", stayOpener, true);
  }

  /** @param {"exit" | "here" | "kept"} word */
  tell(word, session) {
    this.#channel?.postMessage({ word, session });
    this.#windows.forEach((each) => each.postMessage({ word, session }, location.origin));
  }
}

function openChannel() {
  try {
    return new BroadcastChannel("hjemad");
  } catch {
    return null; // forbidden here, or an old browser
  }
}

function isOnAnotherSite() {
  try {
    return !window.parent.document;
  } catch {
    return true;
  }
}

/** Pages of ours only: no other may hold on to the chat. */
function stayOpener({ target }) {
  const link = target.closest("[target=_blank]");
  if ((link?.href ?? link?.action)?.startsWith(`${location.origin}/`)) link.setAttribute("rel", "opener");
}
