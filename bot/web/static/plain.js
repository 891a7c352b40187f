import { Api } from "./chat/api.js";
import { QuickExit } from "./chat/quick_exit.js";
import { forget, KEY } from "./chat/session.js";

const exit = document.getElementById("exit");
const voice = document.getElementById("announcer");

new QuickExit(exit, { say: (text) => (voice.textContent = text), leave });

function leave() {
  // What is only forgotten here could still be opened by whoever has copied it from the device.
  kept().forEach(endSession);
  forget();
  location.replace(exit.href);
}

/** Every talk of this tab and of this device, of whatever municipality. */
function kept() {
  try {
    const sessions = [sessionStorage.getItem(KEY), localStorage.getItem(KEY)];
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
