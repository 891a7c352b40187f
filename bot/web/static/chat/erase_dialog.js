/** Asks before the chat is erased, and says what stays. */
export class EraseDialog {
  #dialog;
  #problem;
  #events;
  #isErased = false;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {{erase: () => Promise<void>, onErased: () => void}} events `erase` rejects with an error in Danish
   */
  constructor(dialog, events) {
    this.#dialog = dialog;
    this.#events = events;
    this.#problem = dialog.querySelector(".problem");
    dialog.querySelector("[data-keep]").addEventListener("click", () => dialog.close());
    const button = dialog.querySelector("[data-erase]");
    button.addEventListener("click", async () => {
      button.disabled = true;
      await this.#erase();
      button.disabled = false;
    });
  }

  /** @param {HTMLElement} opener where the focus goes back to */
  ask(opener) {
    this.#problem.textContent = "";
    this.#dialog.addEventListener("close", () => this.#isErased || opener.focus(), { once: true });
    this.#dialog.showModal();
  }

  async #erase() {
    try {
      await this.#events.erase();
    } catch (error) {
      // The page's voice is silent behind a modal dialog: the focus makes this heard.
      this.#problem.textContent = error.message;
      return this.#problem.focus();
    }
    this.#isErased = true;
    this.#dialog.close();
    this.#events.onErased();
  }
}
