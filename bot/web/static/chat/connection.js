import { RefusedError } from "./api.js";
import { readStream } from "./stream.js";

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const POLLING = 120_000; // how long to poll before the stream is tried again; all in milliseconds

/**
 * Keeps a conversation up to date: by the stream, or by long polls where a stream does not get through.
 * Rests while nobody looks at the page, because phones kill streams in the background anyway.
 */
export class Connection {
  #api;
  #conversation;
  #events;
  #running = null;
  #pollUntil = 0;
  #pause = FIRST_PAUSE;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./conversation.js").Conversation} conversation
   * @param {{onGone: () => void, onUp: () => void, onDown: () => void}} events
   */
  constructor(api, conversation, events) {
    this.#api = api;
    this.#conversation = conversation;
    this.#events = events;
  }

  start() {
    document.addEventListener("visibilitychange", this.#followVisibility);
    window.addEventListener("online", this.#restart);
    this.#followVisibility();
  }

  stop() {
    document.removeEventListener("visibilitychange", this.#followVisibility);
    window.removeEventListener("online", this.#restart);
    this.#rest();
  }

  #followVisibility = () => (document.visibilityState === "hidden" ? this.#rest() : this.#wake());

  #restart = () => {
    this.#rest();
    this.#followVisibility();
  };

  #rest() {
    this.#running?.abort();
    this.#running = null;
  }

  #wake() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#pause = FIRST_PAUSE;
    this.#run(this.#running.signal);
  }

  async #run(signal) {
    while (!signal.aborted) {
      try {
        await this.#catchUp(signal);
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof RefusedError && error.isGone) return this.#leave();
        this.#events.onDown();
      }
      await this.#takeBreath(signal);
    }
  }

  async #catchUp(signal) {
    this.#take(await this.#api.messages(this.#conversation.lastReceived, { signal }));
    this.#events.onUp();
  }

  async #follow(signal) {
    if (Date.now() < this.#pollUntil) return this.#poll(signal);
    try {
      const open = (ending) => this.#api.stream(this.#conversation.lastReceived, ending);
      await readStream(open, (event) => this.#hear(event), signal);
    } catch (error) {
      // Whatever is wrong with the stream, polling may still get through.
      this.#pollUntil = Date.now() + POLLING;
      throw error;
    }
  }

  async #poll(signal) {
    while (Date.now() < this.#pollUntil && !signal.aborted) {
      this.#take(await this.#api.longPoll(this.#conversation.lastReceived, signal));
      this.#pause = FIRST_PAUSE;
    }
  }

  #hear({ type, data }) {
    this.#pause = FIRST_PAUSE;
    if (type === "message") this.#conversation.receive(JSON.parse(data));
    if (type === "state" || type === "signs") this.#conversation.follow(JSON.parse(data));
  }

  #take({ messages, ...state }) {
    messages.forEach((message) => this.#conversation.receive(message));
    this.#conversation.follow(state);
  }

  #leave() {
    this.stop();
    this.#events.onGone();
  }

  /** Waits longer each time, and never exactly as long as everybody else who lost the server at the same moment. */
  #takeBreath(signal) {
    const pause = this.#pause * (0.75 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
