import { Api } from "./chat/api.js";
import { OurPages } from "./chat/our_pages.js";
import { QuickExit } from "./chat/quick_exit.js";
import { BESIDE, forget, KEY } from "./chat/session.js";

const exit = document.getElementById("exit");
const voice = document.getElementById("announcer");

const quickExit = new QuickExit(exit, { say: (text) => (voice.textContent = text), leave });
const pages = new OurPages({ exit: () => quickExit.exit(), kept: keepBeside });

if (window.opener) {
  dropCopy();
  document.addEventListener("click", openAside, true);
}
pages.tell("here");

function leave() {
  // What is only forgotten here could still be opened by whoever has copied it from the device.
  kept().forEach(endSession);
  forget();
  pages.tell("exit");
  window.opener = null;
  location.replace(exit.href);
}

/** Every talk of this tab, of the chat beside it and of this device, of whatever municipality. */
function kept() {
  try {
    const sessions = [sessionStorage.getItem(KEY), sessionStorage.getItem(BESIDE), localStorage.getItem(KEY)];
    return [...new Set(sessions)].map((each) => JSON.parse(each)).filter((session) => session?.id && session.token);
  } catch {
    return [];
  }
}

function endSession(session) {
  const api = new Api();
  api.actFor(session);
  api.leave().catch(() => {});
}

/** So the chat is ended also when its own tab is gone: phones throw away what nobody looks at. */
function keepBeside(session) {
  try {
    sessionStorage.setItem(BESIDE, JSON.stringify(session));
  } catch {
    // Its own tab must do.
  }
}

/** A tab that the chat opened may begin with a copy of its storage, by which the chat could be read on here. */
function dropCopy() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then there is no copy either.
  }
}

/** A page of somebody else in this tab would have the chat as its opener. */
function openAside({ target }) {
  const link = target.closest("a[href^=http]");
  if (link && link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
}
