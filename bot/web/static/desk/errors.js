import { say } from "./status.js"

const NOT_SENT = "Det kunne ikke sendes. Tjek forbindelsen, og prøv igen."
const WENT_WRONG = "Noget gik galt. Prøv igen om lidt."
const GONE = "conversation_not_found"
const NOT_SIGNED_IN = 401
const NOT_ALLOWED = 403

/** Tells in words what went wrong with a request; what was written stays where it is. */
export function watchErrors() {
  document.addEventListener("htmx:response:error", ({ detail }) => tell(detail.ctx))
  document.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx?.request.method === "POST") say(NOT_SENT)
  })
}

function tell({ request, response, text }) {
  const problem = parsed(text)
  const log = document.querySelector(".messages")
  // Said by the connection's own line, which stays.
  if (response.status === NOT_SIGNED_IN) return
  if (response.status === NOT_ALLOWED && request.method === "GET") return
  // Erased before the page began to listen: then no stream is left to say so.
  if (problem.code === GONE && log) log.dispatchEvent(new CustomEvent("over", { detail: { data: "erased" } }))
  else say(problem.title ?? WENT_WRONG)
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
