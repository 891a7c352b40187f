import { messageRow, outgoingRow } from "./message_view.js";

/** The messages in the order of their numbers; those the server does not have yet stand last. */
export class MessageList {
  #log;
  #follower;
  #actions;
  /** @type {Map<string | number, {node: HTMLElement, order: number}>} by number, or by client id while it has none */
  #rows = new Map();
  #written = 0;

  /**
   * @param {HTMLElement} log
   * @param {import("./follower.js").Follower} follower
   * @param {Omit<import("./message_view.js").Actions, "arrive">} actions
   */
  constructor(log, follower, actions) {
    this.#log = log;
    this.#follower = follower;
    this.#actions = { ...actions, arrive: (place, change) => follower.toRead(place.closest(".message"), change) };
  }

  /** @param {string} [clientId] of our own message that this one is, come back from the server */
  show(message, clientId) {
    const node = messageRow(message, this.#actions);
    const place = () => {
      this.#remove(clientId);
      this.#place(message.sequence, node, message.sequence);
    };
    if (message.sender === "young") this.#follower.along(place);
    else this.#follower.toRead(node, place);
  }

  /** @param {import("./conversation.js").Outgoing} item */
  showOutgoing(item) {
    if (this.#rows.has(item.sequence)) return this.#remove(item.clientId);
    const isNew = !this.#rows.has(item.clientId);
    if (isNew) this.#written += 1;
    // Past every number a conversation reaches, in the order in which they were written.
    const order = item.sequence ?? Number.MAX_SAFE_INTEGER / 2 + this.#written;
    this.#follower.along(() => {
      this.#remove(item.clientId);
      this.#place(item.clientId, outgoingRow(item, this.#actions), order);
    });
    if (isNew) this.#follower.toEnd();
  }

  clear() {
    this.#rows.clear();
    this.#log.replaceChildren();
  }

  #place(key, node, order) {
    const later = [...this.#rows.values()].filter((row) => row.order > order);
    later.sort((one, other) => one.order - other.order);
    this.#log.insertBefore(node, later[0]?.node || null);
    this.#rows.set(key, { node, order });
    this.#retireOffers();
  }

  #remove(key) {
    this.#rows.get(key)?.node.remove();
    this.#rows.delete(key);
  }

  /** Only what was offered since the young person last wrote can still be chosen. */
  #retireOffers() {
    const own = [...this.#log.querySelectorAll(".message--young")].pop();
    for (const offer of this.#log.querySelectorAll(".replies, .contact")) {
      const isOld = own && offer.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (isOld) offer.remove();
    }
  }
}
