const PATIENCE = 20_000; // milliseconds until a call counts as failed
// By our own codes: a proxy that answers 404 for a moment must not cost anybody their chat.
const GONE = ["wrong_token", "conversation_not_found"];
const LONGEST_WAIT = 25; // seconds the server holds a long poll

/** The server answered that it will not do it. `title` is Danish and meant for people, `code` for programs. */
export class RefusedError extends Error {
  constructor(status, { title, code } = {}) {
    super(title || "Det gik ikke. Prøv igen om lidt.");
    this.status = status;
    this.code = code || "";
  }

  /** The conversation is erased, or the token is not its own: nothing will bring it back. */
  get isGone() {
    return GONE.includes(this.code);
  }
}

export const NOT_REACHED = "Jeg fik ikke fat i serveren. Prøv igen om lidt.";

/** The server was not reached, or did not answer in time. */
export class UnreachableError extends Error {}

/** The chat API on behalf of one conversation. Every method raises RefusedError or UnreachableError, in Danish. */
export class Api {
  #credentials = null;

  /** @param {{id: string, token: string}} credentials */
  actFor(credentials) {
    this.#credentials = credentials;
  }

  /** @returns {Promise<{id: string, token: string, messages: object[]}>} */
  open(municipality, locale = "da") {
    return this.#json("POST", "/api/conversations", { municipality, locale });
  }

  /**
   * @param {{client_id: string, text?: string, payload?: string}} message
   * @returns {Promise<{sequence: number}>} the same for the same `client_id`
   */
  send(message) {
    return this.#json("POST", this.#path("/messages"), message);
  }

  /** @returns {Promise<{messages: object[], holder: string, queue_position: number | null}>} */
  messages(after, { wait = 0, signal } = {}) {
    const patience = PATIENCE + wait * 1000;
    return this.#json("GET", `${this.#path("/messages")}?after=${after}&wait=${wait}`, undefined, { signal, patience });
  }

  /** @returns {Promise<{messages: object[], holder: string, queue_position: number | null}>} waits for news */
  longPoll(after, signal) {
    return this.messages(after, { wait: LONGEST_WAIT, signal });
  }

  /** @returns {Promise<Response>} its body is the event stream; stays open until `signal` ends it */
  stream(after, signal) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    return this.#fetch("GET", this.#path("/stream"), { headers, signal });
  }

  /** @param {{first_name?: string, phone?: string, email?: string}} contact */
  keepContact(contact) {
    return this.#json("PUT", this.#path("/contact"), contact);
  }

  erase(talks) {
    return this.#json("DELETE", this.#path(`?talks=${talks}`));
  }

  /** Any other call on this conversation. */
  ask(method, rest, body) {
    return this.#json(method, this.#path(rest), body);
  }

  /** @returns {Promise<string>} a page of the server */
  page(rest) {
    return this.#patiently("GET", this.#path(rest), (response) => response.text());
  }

  /** Ends the session; goes on while the page is left, so nobody waits for it. */
  leave() {
    return this.#fetch("DELETE", this.#path("/session"), { keepalive: true });
  }

  #path(rest) {
    return `/api/conversations/${encodeURIComponent(this.#credentials.id)}${rest}`;
  }

  #json(method, path, body, how) {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const read = (response) => (response.status === 204 ? null : response.json());
    return this.#patiently(method, path, read, { headers, body: JSON.stringify(body), ...how });
  }

  async #patiently(method, path, read, { signal, patience = PATIENCE, ...request } = {}) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), patience);
    signal?.addEventListener("abort", () => limit.abort(), { signal: limit.signal });
    try {
      return await read(await this.#fetch(method, path, { ...request, signal: limit.signal }));
    } catch (error) {
      throw error instanceof RefusedError ? error : new UnreachableError(NOT_REACHED);
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(method, path, { headers, ...more }) {
    const authorization = this.#credentials ? { Authorization: `Bearer ${this.#credentials.token}` } : {};
    const options = { method, ...more, headers: { ...headers, ...authorization }, cache: "no-store" };
    const response = await fetch(path, { ...options, credentials: "omit" });
    if (response.ok) return response;
    throw new RefusedError(response.status, await response.json().catch(() => ({})));
  }
}
