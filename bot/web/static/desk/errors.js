import { say } from "./status.js"

const NOT_SENT = "Det kunne ikke sendes. Tjek forbindelsen, og prøv igen."
const WENT_WRONG = "Noget gik galt. Prøv igen om lidt."
const GONE = "conversation_not_found"
const SIGNED_OUT = "Du er ikke logget ind mere."

/** Tells in words what went wrong with a request; what was written stays where it is. */
export function watchErrors() {
  document.addEventListener("htmx:response:error", ({ detail }) => tell(detail.ctx))
  document.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx?.request.method === "POST") say(NOT_SENT)
  })
  document.addEventListener("over", ({ detail }) => { if (detail.data === "signed-out") tellSignedOut() })
}

function tell({ response, text }) {
  const problem = parsed(text)
  const log = document.querySelector(".messages")
  if (response.status === 401) tellSignedOut()
  // Erased before the page began to listen: then no stream is left to say so.
  else if (problem.code === GONE && log) log.dispatchEvent(new CustomEvent("over", { detail: { data: "erased" } }))
  else say(problem.title ?? WENT_WRONG)
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

function tellSignedOut() {
  const here = new URLSearchParams({ next: location.pathname })
  say(SIGNED_OUT, { href: `/desk/sign-in?${here}`, text: "Log ind igen" })
}
