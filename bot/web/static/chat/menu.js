/** A button that opens a list of choices. Escape, a choice or a tap elsewhere closes it. */
export class Menu {
  #button;
  #list;

  /** @param {HTMLButtonElement} button with aria-controls naming the list */
  constructor(button) {
    this.#button = button;
    this.#list = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => this.#show(!this.isOpen));
    this.#list.addEventListener("click", () => this.#show(false));
    document.addEventListener("click", (event) => this.#closeUnlessIn(event.target));
    this.#list.addEventListener("focusout", (event) => event.relatedTarget && this.#closeUnlessIn(event.relatedTarget));
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  close() {
    this.#show(false);
    this.#button.focus();
  }

  #closeUnlessIn(target) {
    if (this.isOpen && !this.#list.contains(target) && !this.#button.contains(target)) this.#show(false);
  }

  #show(isOpen) {
    this.#list.hidden = !isOpen;
    this.#button.setAttribute("aria-expanded", String(isOpen));
  }
}
