import { QuickExit } from "./chat/quick_exit.js";
import { forget } from "./chat/session.js";

const exit = document.getElementById("exit");
const voice = document.getElementById("announcer");

new QuickExit(exit, {
  say: (text) => (voice.textContent = text),
  leave: () => (forget(), location.replace(exit.href)),
});
