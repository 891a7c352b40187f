const PATIENCE = 400; // milliseconds the page around us has to answer
const isFramed = window.parent !== window;

/** The page around the frame. What it is sent says nothing about the chat, so any origin may hear. */
export const hostPage = {
  isFramed,

  close() {
    window.parent.postMessage("hjemad:close", "*");
  },

  /** Something came that somebody who closed the chat may want to see. */
  tellNews() {
    if (isFramed) window.parent.postMessage("hjemad:news", "*");
  },

  /** Three presses of Shift beside the frame. Only pages that may show it are its parent, whatever their origin. */
  onExit(exit) {
    window.addEventListener("message", ({ source, data }) => {
      if (isFramed && source === window.parent && data === "hjemad:exit") exit();
    });
  },

  /** Puts a neutral page in place of the whole page, not of the frame alone. */
  leave(neutralPage) {
    if (!isFramed) return location.replace(neutralPage);
    window.parent.postMessage("hjemad:exit", "*");
    setTimeout(() => location.replace(neutralPage), PATIENCE);
  },
};
