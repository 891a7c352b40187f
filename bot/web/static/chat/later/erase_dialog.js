import { make } from "../dom.js";
import { button, makeDialog } from "./dialog.js";

const SAID = [
  "Alt, hvad der står i chatten, bliver slettet, også din plan. Det kan ikke laves om.",
  "Har du booket en tid, bliver tiden stående. Skriv de tre ord ned først. Med dem kan du se eller aflyse den under Min booking.",
  "Har en medarbejder skrevet noget ned i din sag, bliver det stående der.",
];

const ERASED = { keep: "Din chat er slettet.", cancel: "Din chat er slettet, og din tid er aflyst." };

/**
 * Asks before the chat is erased, and says what stays. Whoever has a talk to come can have it cancelled as well.
 *
 * @param {{opener: HTMLElement, api: import("../api.js").Api, talks: object[], onErased: (said: string) => void}} events
 *   `opener` gets the focus back unless the chat is erased
 */
export function open({ opener, api, talks, onErased }) {
  const dialog = makeDialog("Vil du slette din chat?", opener);
  const problem = make("p", { class: "problem", tabindex: "-1" });
  const box = make("input", { type: "checkbox" });
  const choice = talks.some(isToCome) ? [make("label", { class: "switch" }, box, "Aflys også tiden")] : [];
  const sure = button("Slet min chat", async () => {
    const choosing = box.checked ? "cancel" : "keep";
    box.disabled = sure.disabled = true;
    try {
      await api.erase(choosing);
      // Whoever has closed it meanwhile is told all the same.
      if (!dialog.open) return onErased(ERASED[choosing]);
      dialog.addEventListener("close", () => onErased(ERASED[choosing]), { once: true });
      dialog.close();
    } catch (error) {
      // The page's voice is silent behind a modal dialog: the focus makes this heard.
      problem.textContent = error.message;
      problem.focus();
      box.disabled = sure.disabled = false;
    }
  }, "button--main");
  const texts = SAID.map((text) => make("p", {}, text));
  dialog.append(...texts, ...choice, problem, button("Behold chatten", () => dialog.close()), sure);
  dialog.showModal();
}

/** One that was called off can be cancelled after its time, too. */
function isToCome({ status, starts_at: start }) {
  return status === "called_off" || (status === "active" && new Date(start) > new Date());
}
