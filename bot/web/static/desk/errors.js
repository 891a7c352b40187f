import { say } from "./status.js"

const NOT_SENT = "Det kunne ikke sendes. Tjek forbindelsen, og prøv igen."
const WENT_WRONG = "Noget gik galt. Prøv igen om lidt."
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
  if (response.status === 401) tellSignedOut()
  else say(title(text))
}

function title(text) {
  try {
    return JSON.parse(text).title ?? WENT_WRONG
  } catch {
    return WENT_WRONG
  }
}

function tellSignedOut() {
  const here = new URLSearchParams({ next: location.pathname })
  say(SIGNED_OUT, { href: `/desk/sign-in?${here}`, text: "Log ind igen" })
}
