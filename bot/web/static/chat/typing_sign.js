const LONGEST = 30_000; // milliseconds; by then something is wrong, and a sign that never ends would be a lie

/** Shows that an answer is on its way. */
export class TypingSign {
  #sign;
  #change;
  #timer;

  /** @param {(change: () => void) => void} change runs a change of the page so that the list follows it */
  constructor(sign, change) {
    this.#sign = sign;
    this.#change = change;
  }

  show(isWaiting) {
    clearTimeout(this.#timer);
    this.#change(() => (this.#sign.hidden = !isWaiting));
    if (isWaiting) this.#timer = setTimeout(() => this.show(false), LONGEST);
  }
}
