import { Beat } from "./beat.js"

const POLL_MS = 10_000
const PATIENCE_MS = 10_000

/** Asks who needs a human, on the pages that hear no stream of the queue. */
export function watchNeeding() {
  const address = document.querySelector(".alarms").dataset.poll
  if (!address) return
  const ask = () => htmx.ajax("GET", address, { source: document.querySelector(".alarms"), swap: "none", timeout: PATIENCE_MS })
  new Beat(ask, POLL_MS)
  // What was marked as new on this very page is seen by now, and what was waited for may be said.
  document.addEventListener("looked", () => { if (document.querySelector("#own [aria-current] .tag")) ask() })
}
