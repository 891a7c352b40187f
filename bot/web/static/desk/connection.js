// The page's own alert: it must stay while the status line says something else.
const line = document.querySelector("#connection")
const LOST = "Der er ingen forbindelse lige nu. Køen er måske ikke rigtig, og nogen kan vente, uden at du ser det. Siden prøver selv igen."
const SIGNED_OUT = "Du er ikke logget ind mere. Siden viser ikke, hvem der venter."
const BROKEN = 500
const NOT_SIGNED_IN = 401

let lost = false
let over = false

/** Says for as long as it lasts that the page hears nothing new, or that it never will until somebody signs in. */
export function watchConnection() {
  addEventListener("offline", lose)
  document.addEventListener("htmx:after:request", ({ detail }) => judge(detail.ctx.response.status))
  document.addEventListener("htmx:error", ({ detail }) => { if (asksForNews(detail.ctx)) lose() })
  document.addEventListener("over", ({ detail }) => { if (detail.data === "signed-out") signOut() })
  // What the stream brings is as good as an answer.
  document.addEventListener("htmx:sse:after:message", find)
  // It may have been lost before anybody listened.
  if (!navigator.onLine) lose()
}

/** Whether the last request was answered, as far as the page knows. */
export function isConnected() {
  return !lost && !over
}

/** Whether nothing will come any more: the page is no longer signed in. */
export function isOver() {
  return over
}

function judge(status) {
  if (status === NOT_SIGNED_IN) signOut()
  else if (status >= BROKEN) lose()
  else find()
}

// What cannot be sent is told of where it was written; that the stream broke off is not yet that nothing comes.
function asksForNews(context) {
  return context?.request.method === "GET" && !context.sourceElement.hasAttribute("hx-sse:connect")
}

function lose() {
  if (lost || over) return
  lost = true
  line.textContent = LOST
}

// An answer that was on its way when the network went does not bring it back.
function find() {
  if (!lost || over || !navigator.onLine) return
  lost = false
  line.replaceChildren()
}

function signOut() {
  if (over) return
  over = true
  const link = document.createElement("a")
  link.href = `/desk/sign-in?${new URLSearchParams({ next: location.pathname })}`
  link.textContent = "Log ind igen"
  line.replaceChildren(`${SIGNED_OUT} `, link)
}
