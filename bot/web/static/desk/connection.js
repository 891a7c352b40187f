// The page's own alert: it must stay while the status line says something else.
const line = document.querySelector("#connection")
const LOST = "Der er ingen forbindelse lige nu. Køen er måske ikke rigtig, og nogen kan vente, uden at du ser det. Siden prøver selv igen."
const SIGNED_OUT = "Du er ikke logget ind mere. Det, du kan se i chatten, er gemt. Siden viser ikke, hvem der venter."
const OTHER_RIGHTS = "Din adgang er ændret. Siden her får ikke mere at vide."
const BROKEN = 500
const NOT_SIGNED_IN = 401
const NOT_ALLOWED = 403

let lost = false
let over = false

/** Says for as long as it lasts that the page hears nothing new, or that it never will and what to do about it. */
export function watchConnection() {
  addEventListener("offline", lose)
  document.addEventListener("htmx:after:request", ({ detail }) => judge(detail.ctx))
  document.addEventListener("htmx:error", ({ detail }) => { if (asksForNews(detail.ctx)) lose() })
  document.addEventListener("over", ({ detail }) => {
    if (detail.data === "signed-out") signOut()
    if (detail.data === "other-rights") shutOut()
  })
  // Else a stream that broke off before would try for ever.
  document.addEventListener("htmx:sse:before:connection", (event) => { if (over) event.preventDefault() })
  // What the stream brings is as good as an answer.
  document.addEventListener("htmx:sse:after:message", find)
  // It may have been lost before anybody listened.
  if (!navigator.onLine) lose()
}

/** Whether the last request was answered, as far as the page knows. */
export function isConnected() {
  return !lost && !over
}

/** Whether nothing will come any more: the page is no longer signed in, or may not show what it shows. */
export function isOver() {
  return over
}

function judge({ request, response: { status } }) {
  if (status === NOT_SIGNED_IN) signOut()
  else if (status === NOT_ALLOWED && request.method === "GET") shutOut()
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
  end(SIGNED_OUT, "Log ind igen", `/desk/sign-in?${new URLSearchParams({ next: location.pathname })}`)
}

function shutOut() {
  end(OTHER_RIGHTS, "Hent siden igen", location.pathname + location.search)
}

function end(why, way, address) {
  if (over) return
  over = true
  const link = document.createElement("a")
  link.href = address
  link.textContent = way
  line.replaceChildren(`${why} `, link)
}
