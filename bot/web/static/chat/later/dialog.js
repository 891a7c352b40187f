import { byId, make } from "../dom.js";
import { newId } from "../ids.js";

document.head.append(make("link", { rel: "stylesheet", href: "/static/chat/later/dialog.css" }));

/**
 * A dialog of its own, which goes from the page when it is closed. Escape closes it. The way out stands in it as well:
 * that of the page cannot be reached behind it.
 *
 * @param {string} title
 * @param {HTMLElement} opener where the focus goes back to
 * @returns {HTMLDialogElement} not open yet; what else it holds is appended
 */
export function makeDialog(title, opener) {
  const id = newId();
  const out = make("a", { class: "exit", href: byId("exit").href, rel: "noreferrer" }, byId("exit").textContent);
  out.addEventListener("click", (event) => (event.preventDefault(), byId("exit").click()));
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": id }, out, make("h2", { id }, title));
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  return dialog;
}

/** @param {string} title @param {() => void} press */
export function button(title, press, more = "") {
  const made = make("button", { type: "button", class: `button ${more}`.trim() }, title);
  made.addEventListener("click", press);
  return made;
}
