/**
 * Turns the text of an event stream into events, however it was cut into pieces on its way.
 * Comments (pings) and fields we do not use are passed over.
 */
export class SseParser {
  #onEvent;
  #rest = "";
  #event = { type: "message", data: [], id: "" };

  /** @param {(event: {type: string, data: string, id: string}) => void} onEvent */
  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  /** @param {string} text */
  feed(text) {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop();
    lines.forEach((line) => this.#read(line));
  }

  #read(line) {
    if (line === "") return this.#dispatch();
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (name === "event") this.#event.type = value;
    if (name === "data") this.#event.data.push(value);
    if (name === "id") this.#event.id = value;
  }

  #dispatch() {
    const { type, data, id } = this.#event;
    this.#event = { type: "message", data: [], id: "" };
    if (data.length) this.#onEvent({ type, data: data.join("\n"), id });
  }
}
