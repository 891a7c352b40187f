import { make } from "./dom.js";

const KEPT = 10_000; // milliseconds a sentence stays, long enough for every screen reader to have taken it

/** The one voice of the page: what is said here is read aloud once, politely, and nowhere else. */
export class Announcer {
  #region;

  /** @param {HTMLElement} region with aria-live="polite" */
  constructor(region) {
    this.#region = region;
  }

  say(text) {
    const sentence = make("p", {}, text);
    this.#region.append(sentence);
    setTimeout(() => sentence.remove(), KEPT);
  }

  /** @param {object} message a finished message of somebody else */
  sayMessage({ sender, text, buttons = [] }) {
    const who = { bot: "Robot", caseworker: "Menneske", system: "Besked" }[sender];
    const choices = buttons.length ? ` Du kan vælge: ${buttons.map(({ title }) => title).join(", ")}.` : "";
    this.say(`${who}: ${text}${choices}`);
  }
}
