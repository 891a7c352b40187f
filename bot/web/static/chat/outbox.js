import { RefusedError } from "./api.js";
import { newId } from "./ids.js";

/** Sends what is written, in order. A message keeps its id, so that none is stored twice. */
export class Outbox {
  #api;
  #conversation;
  #events;
  #isBusy = false;

  /** @param {{onSent: () => void, onGone: () => void}} events */
  constructor(api, conversation, events) {
    this.#api = api;
    this.#conversation = conversation;
    this.#events = events;
  }

  write(text) {
    this.#conversation.add({ clientId: newId(), text, shown: text });
    this.#flush();
  }

  /** @param {{title: string, payload: string}} button */
  press({ title, payload }) {
    this.#conversation.add({ clientId: newId(), payload, shown: title });
    this.#flush();
  }

  retry(item) {
    this.#conversation.retry(item);
    this.#flush();
  }

  /** The way is open again: everything that was not refused goes out by itself. */
  resume() {
    const { unsent } = this.#conversation;
    unsent.filter((item) => item.state === "failed" && !item.isRefused).forEach((item) => this.#conversation.retry(item));
    this.#flush();
  }

  async #flush() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let item = this.#next(); item && navigator.onLine; item = this.#next()) await this.#send(item);
    } finally {
      this.#isBusy = false;
    }
  }

  #next() {
    return this.#conversation.unsent.find((item) => item.state === "pending");
  }

  async #send(item) {
    const { clientId, text, payload } = item;
    try {
      const { sequence } = await this.#api.send({ client_id: clientId, text, payload });
      this.#conversation.confirm(item, sequence);
      this.#events.onSent();
    } catch (error) {
      this.#failed(item, error);
    }
  }

  #failed(item, error) {
    if (item.state === "sent") return; // it came back by the stream although its answer was lost
    const isRefused = error instanceof RefusedError;
    if (!isRefused && !navigator.onLine) return; // stays pending until the way is open again
    this.#conversation.fail(item, isRefused ? error.message : "", isRefused);
    if (isRefused && error.isGone) this.#events.onGone();
  }
}
