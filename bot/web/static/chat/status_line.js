const PATIENCE = 3_000; // milliseconds; a connection lost for less is nobody's worry
const TOLD = 10_000;
const OFFLINE = "Du er offline. Jeg sender, når du er på igen.";
const DOWN = "Der er ingen forbindelse lige nu. Jeg prøver igen.";

/** Says when nothing comes through. */
export class StatusLine {
  #line;
  #announcer;
  #timer;

  constructor(line, announcer) {
    this.#line = line;
    this.#announcer = announcer;
    window.addEventListener("offline", () => this.#show(OFFLINE));
    window.addEventListener("online", () => this.up());
    if (!navigator.onLine) this.#show(OFFLINE);
  }

  up() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (navigator.onLine) this.#show("");
  }

  down() {
    this.#timer ??= setTimeout(() => navigator.onLine && this.#show(DOWN), PATIENCE);
  }

  /** Something that was asked for could not be had; told until a little later. */
  tell(text) {
    this.#show(text);
    setTimeout(() => this.#line.textContent === text && this.#show(""), TOLD);
  }

  #show(text) {
    if (text === this.#line.textContent) return;
    this.#line.textContent = text;
    this.#line.hidden = !text;
    if (text) this.#announcer.say(text);
  }
}
