import { make } from "./dom.js";
import { wordsIn } from "./words.js";

const KEPT = 10_000; // milliseconds a sentence stays, long enough for every screen reader to have taken it

/** The one voice of the page: what is said here is read aloud once, politely. */
export class Announcer {
  #region;

  /** @param {HTMLElement} region with aria-live="polite" */
  constructor(region) {
    this.#region = region;
  }

  say(text, lang = "da") {
    const sentence = make("p", { lang }, text);
    this.#region.append(sentence);
    setTimeout(() => sentence.remove(), KEPT);
  }

  /** @param {object} message a finished message of somebody else */
  sayMessage({ sender, text, data, buttons = [] }) {
    const who = { bot: "Robot", caseworker: "Menneske", system: "Besked" }[sender];
    const choices = buttons.length ? ` ${wordsIn(data?.language).choose}: ${buttons.map(({ title }) => title).join(", ")}.` : "";
    this.say(`${who}: ${text}${choices}`, wordsIn(data?.language).lang);
  }
}
