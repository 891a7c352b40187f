/**
 * What is known about the conversation; it thinks and does not touch the page.
 *
 * Events: `message` (detail: {message, clientId}) for each new message of the server, `outgoing` (detail: the item)
 * whenever one of our own changes, `holder`, `waiting` and `signs` when those properties change.
 *
 * @typedef {{clientId: string, text?: string, payload?: string, shown: string, sequence: number | null,
 *   state: "pending" | "sent" | "failed", problem: string, isRefused: boolean}} Outgoing
 */
export class Conversation extends EventTarget {
  #messages = new Map();
  #talks = new Map();
  #outgoing = new Map();
  #lastAnswer = 0;
  #lastOwn = 0;
  #isWaiting = false;
  /** @type {"bot" | "waiting" | "human"} */
  holder = "bot";
  /** @type {number | null} */
  queuePosition = null;
  /** The highest number the server gave us; what `after` and `Last-Event-ID` count from. */
  lastReceived = 0;

  /** Takes a message of the server; one that came before by another way is dropped. */
  receive(message) {
    this.lastReceived = Math.max(this.lastReceived, message.sequence);
    if (this.#messages.has(message.sequence)) return;
    this.#messages.set(message.sequence, message);
    if (message.kind === "booking") this.#talks.set(message.data.booking, message.data);
    if (isAnswer(message)) this.#lastAnswer = Math.max(this.#lastAnswer, message.sequence);
    const clientId = message.sender === "young" ? this.#adopt(message) : undefined;
    this.#tell("message", { message, clientId });
    this.#reckonWaiting();
  }

  /** Takes over who answers now, and the signs of a human. */
  follow({ holder, queue_position: queuePosition = null, signs }) {
    this.signs = signs;
    this.#tell("signs");
    if (holder === this.holder && queuePosition === this.queuePosition) return;
    Object.assign(this, { holder, queuePosition });
    this.#tell("holder");
    this.#reckonWaiting();
  }

  /** @returns {Outgoing} a message of our own, shown before the server has it */
  add({ clientId, text, payload, shown }) {
    const item = { clientId, text, payload, shown, sequence: null, state: "pending", problem: "", isRefused: false };
    this.#outgoing.set(clientId, item);
    this.#change(item, {});
    return item;
  }

  /** The server has it under this number. */
  confirm(item, sequence) {
    this.#lastOwn = Math.max(this.#lastOwn, sequence);
    this.#change(item, { state: "sent", sequence, problem: "" });
  }

  /** @param {boolean} isRefused the server said no; sending the same again by itself would not help */
  fail(item, problem, isRefused) {
    this.#change(item, { state: "failed", problem, isRefused });
  }

  retry(item) {
    this.#change(item, { state: "pending", problem: "", isRefused: false });
  }

  /** @returns {Outgoing[]} those the server does not have, oldest first */
  get unsent() {
    return [...this.#outgoing.values()].filter((item) => item.state !== "sent");
  }

  /** Whether an answer is on its way. A human takes the time a human takes, so no sign then. */
  get isWaiting() {
    return this.holder !== "human" && this.#lastOwn > this.#lastAnswer;
  }

  /** The talks booked here. */
  get talks() {
    return [...this.#talks.values()];
  }

  /** Our own message comes back from the server, sometimes before the answer to our POST. */
  #adopt({ sequence, client_id: clientId }) {
    this.#lastOwn = Math.max(this.#lastOwn, sequence);
    const item = this.#outgoing.get(clientId);
    if (item && item.state !== "sent") this.confirm(item, sequence);
    return item?.clientId;
  }

  #change(item, values) {
    Object.assign(item, values);
    this.#tell("outgoing", item);
    this.#reckonWaiting();
  }

  #reckonWaiting() {
    if (this.isWaiting === this.#isWaiting) return;
    this.#isWaiting = this.isWaiting;
    this.#tell("waiting");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** After a human's time some messages have no final answer; what they or the system wrote counts as one. */
function isAnswer({ final, sender }) {
  return final || sender === "caseworker" || sender === "system";
}
