import { addTo } from "./fields.js"
import { say } from "./status.js"

const CHOOSE = "Vælg et fast svar først."
const NO_ROOM = "Der er ikke plads til svaret i feltet. Gør din tekst kortere."

/** Puts the chosen answer into the field, after what stands there: to be edited, and sent by hand. */
export function watchReadyAnswers() {
  const button = document.querySelector("#put-in")
  if (!button) return
  const field = document.querySelector("#text")
  const choice = document.querySelector("#ready-answer")
  button.addEventListener("click", () => {
    if (!choice.value) say(CHOOSE)
    else if (!addTo(field, choice.value)) say(NO_ROOM)
  })
  button.closest(".ready").hidden = false
}
