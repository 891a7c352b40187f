import { wordsIn } from "./words.js";

/** The line that always says who answers. */
export class HolderLine {
  #line;
  #announcer;

  constructor(line, announcer) {
    this.#line = line;
    this.#announcer = announcer;
  }

  /**
   * A human's coming and going is told by a message as well; only the place in the queue is announced from here.
   *
   * @param {"bot" | "waiting" | "human"} holder
   * @param {number | null} place in the queue, from 1
   * @param {string} [language] of the conversation
   */
  show(holder, place, language) {
    const { lang, robot, human, waiting } = wordsIn(language);
    this.#line.lang = lang;
    this.#line.dataset.holder = holder;
    this.#line.textContent = holder === "human" ? human : [robot, ...(holder === "waiting" ? [waiting(place)] : [])].join(" ");
    if (holder === "waiting") this.#announcer.say(waiting(place), lang);
  }
}
