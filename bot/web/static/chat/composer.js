import { wordsIn } from "./words.js";

const LONGEST = 4000; // characters the server takes
const WARN_FROM = 3500;

/** The field one writes in. Enter sends, Shift+Enter makes a new line. */
export class Composer {
  #form;
  #field;
  #hint;
  #send;

  /**
   * @param {HTMLFormElement} form with a textarea, a submit button and `.composer__hint`
   * @param {(text: string) => void} send
   */
  constructor(form, send) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#hint = form.querySelector(".composer__hint");
    this.#send = send;
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    this.#field.addEventListener("input", () => this.#update());
  }

  focus() {
    this.#field.focus();
  }

  /** @param {string} [language] of the conversation */
  speak(language) {
    const { lang, placeholder } = wordsIn(language);
    Object.assign(this.#field, { placeholder, lang });
  }

  /** @param {boolean} isOpen false where nothing can be sent any more */
  open(isOpen) {
    this.#field.disabled = !isOpen;
    this.#form.querySelector("button").disabled = !isOpen;
  }

  #sendOnEnter(event) {
    // While a word is being composed, Enter belongs to the keyboard and not to us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text || lengthOf(text) > LONGEST) return this.focus();
    this.#field.value = "";
    this.#update();
    this.#send(text);
  }

  #update() {
    const left = LONGEST - lengthOf(this.#field.value.trim());
    const isTooLong = left < 0;
    this.#hint.textContent = isTooLong
      ? `Beskeden er ${-left} tegn for lang. Du kan dele den i to.`
      : left < LONGEST - WARN_FROM
        ? `Der er plads til ${left} tegn mere.`
        : "";
    this.#field.toggleAttribute("aria-invalid", isTooLong);
    if (isTooLong) this.#field.setAttribute("aria-invalid", "true");
    this.#grow();
  }

  #grow() {
    this.#field.style.height = "auto";
    const borders = this.#field.offsetHeight - this.#field.clientHeight;
    this.#field.style.height = `${this.#field.scrollHeight + borders}px`;
  }
}

/** Counted as the server counts: an emoji is one character or a few, never two halves. */
function lengthOf(text) {
  return [...text].length;
}
