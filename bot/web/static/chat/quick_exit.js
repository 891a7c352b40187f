const PRESSES = 3;
const TIME = 5_000; // milliseconds between two presses of Shift

/**
 * The way out, in one tap or three presses of Shift: the page goes blank at once, then a neutral one takes its place.
 *
 * As GOV.UK's "Exit this page". Browser history before this page remains.
 */
export class QuickExit {
  #events;
  #count = 0;
  #timer;
  #wasShiftHeld = false;

  /**
   * @param {HTMLElement} button
   * @param {{leave: () => void, say: (text: string) => void}} events `leave` puts another page in this one's place
   */
  constructor(button, events) {
    this.#events = events;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.exit();
    });
    document.addEventListener("keyup", (event) => this.#countPress(event), true);
    window.addEventListener("pageshow", (event) => event.persisted && this.#isBlank && location.reload());
  }

  /** Whoever has begun to leave does not begin again. */
  exit() {
    if (this.#isBlank) return;
    document.documentElement.hidden = true;
    document.title = "";
    this.#events.leave();
  }

  get #isBlank() {
    return document.documentElement.hidden;
  }

  #countPress(event) {
    // Shift together with a letter gives two keyups; only Shift alone counts.
    const isAlone = event.key === "Shift" && !this.#wasShiftHeld;
    this.#wasShiftHeld = event.shiftKey;
    if (!isAlone) return this.#reset();
    this.#count += 1;
    clearTimeout(this.#timer);
    if (this.#count >= PRESSES) return this.exit();
    this.#timer = setTimeout(() => this.#reset("Du bliver på siden."), TIME);
    const left = PRESSES - this.#count;
    this.#events.say(`Tryk på Shift ${left} ${left === 1 ? "gang" : "gange"} til for at forlade siden.`);
  }

  #reset(said) {
    if (said && this.#count) this.#events.say(said);
    this.#count = 0;
    clearTimeout(this.#timer);
  }
}
