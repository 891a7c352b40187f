import { Beat } from "./beat.js"
import { isConnected } from "./connection.js"
import { say, unsay } from "./status.js"

// The server pings every 15 seconds: after this long without a sign something on the way holds the stream back.
const SILENT_MS = 40_000
const POLL_MS = 5_000
const PATIENCE_MS = 10_000
const POLLING = "Forbindelsen hakker. Siden ser selv efter nyt hvert 5. sekund."

/** Looks after one stream: while it is silent or broken, asks for the same by ordinary requests, and says so. */
class Live {
  #element
  #heard = Date.now()
  #said = false

  constructor(element) {
    this.#element = element
    element.addEventListener("htmx:sse:after:message", () => this.#hear())
    for (const broken of ["htmx:sse:error", "htmx:error"]) element.addEventListener(broken, () => { this.#heard = 0 })
    document.addEventListener("visibilitychange", () => { this.#heard = Date.now() })
    const looking = new Beat(() => this.#look(), POLL_MS)
    element.addEventListener("over", () => looking.stop())
  }

  #hear() {
    this.#heard = Date.now()
    this.#tell(false)
  }

  async #look() {
    if (document.hidden && !("liveHidden" in this.#element.dataset)) return
    if (isConnected() && !this.#isSilent()) return
    await this.#poll()
    // Where there is no connection at all that is said instead; and the stream may have come meanwhile.
    this.#tell(isConnected() && this.#isSilent())
  }

  #isSilent() {
    return Date.now() - this.#heard >= SILENT_MS
  }

  #tell(polling) {
    if (polling && !this.#said) say(POLLING)
    if (!polling && this.#said) unsay(POLLING)
    this.#said = polling
  }

  #poll() {
    const { poll, live } = this.#element.dataset
    const last = this.#element.querySelector("[data-sequence]:last-child")?.dataset.sequence ?? ""
    const shared = this.#element.querySelector("[data-shared]")?.dataset.shared
    const shown = shared === undefined ? "" : `&shared=${shared}`
    const swap = this.#element.getAttribute("hx-swap")
    // Not from the element itself: its own request is the stream, and a second one would wait for that to end.
    const how = { source: document.body, target: live, swap: `${swap} swapEmpty:false`, timeout: PATIENCE_MS }
    return htmx.ajax("GET", poll + last + shown, how)
  }
}

/** Starts looking after every stream of the page. */
export function watchLive() {
  for (const element of document.querySelectorAll("[data-live]")) new Live(element)
}
