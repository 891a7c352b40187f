/** Asks before the chat is erased, and says what stays. */
export class EraseDialog {
  #dialog;
  #problem;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => Promise<void>} erase rejects with an error whose message is Danish
   */
  constructor(dialog, erase) {
    this.#dialog = dialog;
    this.#problem = dialog.querySelector(".problem");
    dialog.querySelector("[data-keep]").addEventListener("click", () => dialog.close());
    const button = dialog.querySelector("[data-erase]");
    button.addEventListener("click", async () => {
      button.disabled = true;
      await this.#try(erase);
      button.disabled = false;
    });
  }

  /** @param {HTMLElement} opener where the focus goes back to */
  ask(opener) {
    this.#problem.textContent = "";
    this.#dialog.addEventListener("close", () => opener.focus(), { once: true });
    this.#dialog.showModal();
  }

  async #try(erase) {
    try {
      await erase();
      this.#dialog.close();
    } catch (error) {
      this.#problem.textContent = error.message;
    }
  }
}
