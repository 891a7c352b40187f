import { addTo } from "./fields.js"
import { say, unsay } from "./status.js"

const REFUSED = 300
const READY = "Robottens udkast står i feltet. Læs det, og ret det, før du sender."
const NO_ROOM = "Der er ikke plads til udkastet i feltet. Gør din tekst kortere."
const MEANWHILE = "Robotten har et udkast. Tryk igen, når du vil se det."
const NOT_ASKED = "Vi kunne ikke få fat i robotten. Tjek forbindelsen, og prøv igen."
const THINKS = "Robotten leder efter et svar."

/** Puts the robot's draft of an answer into the field, after what stands there: to be edited, and sent by hand. */
export function watchSuggestion() {
  const button = document.querySelector("#suggest")
  if (!button) return
  const field = document.querySelector("#text")
  let told = ""
  let asked = ""
  // Once it is sent there is nothing to read through any more.
  field.form.addEventListener("reset", () => unsay(told))
  button.addEventListener("htmx:before:request", () => {
    asked = field.value
    say(THINKS)
  })
  button.addEventListener("htmx:after:request", ({ detail }) => {
    unsay(THINKS)
    if (detail.ctx.response.status >= REFUSED) return
    // Behind what is being typed it could be sent unread.
    if (field.value !== asked) return say(MEANWHILE)
    const { text, sources } = JSON.parse(detail.ctx.text)
    told = addTo(field, text) ? [READY, ...restsOn(sources)].join(" ") : NO_ROOM
    say(told)
  })
  button.addEventListener("htmx:error", () => say(NOT_ASKED))
  button.hidden = false
}

function restsOn(sources) {
  return sources.length ? [`Det bygger på: ${sources.map(({ title }) => title).join(", ")}.`] : []
}
