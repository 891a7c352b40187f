import { say, unsay } from "./status.js"

// The server pings every 15 seconds: after this long without a sign something on the way holds the stream back.
const SILENT_MS = 40_000
const POLL_MS = 5_000
const POLLING = "Forbindelsen hakker. Siden ser selv efter nyt hvert 5. sekund."

/** Looks after one stream: while it is silent, asks for the same by ordinary requests, and says so. */
class Live {
  #element
  #heard = Date.now()
  #polling = false

  constructor(element) {
    this.#element = element
    element.addEventListener("htmx:sse:after:message", () => this.#hear())
    document.addEventListener("visibilitychange", () => { this.#heard = Date.now() })
    const looking = setInterval(() => this.#look(), POLL_MS)
    element.addEventListener("over", () => clearInterval(looking))
  }

  #hear() {
    this.#heard = Date.now()
    if (this.#polling) unsay(POLLING)
    this.#polling = false
  }

  #look() {
    if (document.hidden && !("liveHidden" in this.#element.dataset)) return
    if (Date.now() - this.#heard < SILENT_MS) return
    if (!this.#polling) say(POLLING)
    this.#polling = true
    this.#poll()
  }

  #poll() {
    const { poll, live } = this.#element.dataset
    const last = this.#element.querySelector("[data-sequence]:last-child")?.dataset.sequence ?? ""
    const shared = this.#element.querySelector("[data-shared]")?.dataset.shared
    const shown = shared === undefined ? "" : `&shared=${shared}`
    const swap = this.#element.getAttribute("hx-swap")
    // Not from the element itself: its own request is the stream, and a second one would wait for that to end.
    htmx.ajax("GET", poll + last + shown, { source: document.body, target: live, swap: `${swap} swapEmpty:false` })
  }
}

/** Starts looking after every stream of the page. */
export function watchLive() {
  for (const element of document.querySelectorAll("[data-live]")) new Live(element)
}
