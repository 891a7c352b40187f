const AT_END = 2; // pixels; browsers round
const NEAR_END = 48; // pixels; who has scrolled further up is reading, and is left alone
const ONE_TURN = 1_000; // milliseconds; messages that arrive together are read from the first of them
const ROOM = 8; // pixels left free above that first message

/** Scrolls along with what is new, but never past the beginning of what has not been read. */
export class Follower {
  #scroller;
  #below;
  #anchor = null;
  #arrivedAt = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLButtonElement} below the button that says there is more further down
   */
  constructor(scroller, below) {
    this.#scroller = scroller;
    this.#below = below;
    below.addEventListener("click", () => this.toEnd());
    scroller.addEventListener("scroll", () => this.#isNearEnd && (below.hidden = true), { passive: true });
  }

  /** Runs a change of the page that does not bring anything to read, like the typing sign. */
  along(change) {
    const wasAtEnd = this.#left <= AT_END;
    change();
    if (wasAtEnd) this.#scrollTo(this.#end);
  }

  /** Puts `row` on the page by `change` and brings its beginning into view. */
  toRead(row, change) {
    const isSameTurn = performance.now() - this.#arrivedAt < ONE_TURN && this.#anchor?.isConnected;
    const follows = isSameTurn || this.#isNearEnd;
    change();
    this.#arrivedAt = performance.now();
    if (!isSameTurn) this.#anchor = row;
    if (follows) this.#scrollTo(Math.min(this.#end, this.#topOf(this.#anchor) - ROOM));
    this.#below.hidden = this.#isNearEnd;
  }

  toEnd() {
    this.#anchor = null;
    this.#scrollTo(this.#end);
    this.#below.hidden = true;
  }

  #scrollTo(top) {
    this.#scroller.scrollTop = Math.max(this.#scroller.scrollTop, top);
  }

  #topOf(row) {
    const { top } = this.#scroller.getBoundingClientRect();
    return this.#scroller.scrollTop + row.getBoundingClientRect().top - top;
  }

  get #end() {
    return this.#scroller.scrollHeight - this.#scroller.clientHeight;
  }

  get #left() {
    return this.#end - this.#scroller.scrollTop;
  }

  get #isNearEnd() {
    return this.#left < NEAR_END;
  }
}
