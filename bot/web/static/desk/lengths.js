import { say, unsay } from "./status.js"

const PAUSE_MS = 400

/** Lets a field take more than it has room for, says by how much, and lets nothing be sent until it fits. */
export function watchLengths() {
  let said = ""
  let waiting = null
  const tell = (field) => {
    unsay(said)
    said = field.validity.customError ? field.validationMessage : ""
    if (said) say(said)
  }
  // At the document: notes come and go with their forms.
  document.addEventListener("input", ({ target: field }) => {
    if (!field.dataset.longest) return
    judge(field)
    // Told when the hands rest, not at each key.
    clearTimeout(waiting)
    waiting = setTimeout(() => tell(field), PAUSE_MS)
  })
  document.addEventListener("invalid", ({ target: field }) => {
    if (field.dataset.longest && field.validity.customError) tell(field)
  }, { capture: true })
}

function judge(field) {
  // As the server counts: an emoji is one, and what is around the words is none.
  const over = [...field.value.trim()].length - Number(field.dataset.longest)
  field.setCustomValidity(over > 0 ? `Du har skrevet ${over} tegn for meget. ${field.id === "agreed" ? "Gør det kortere" : "Del det op"}.` : "")
  if (over > 0) field.setAttribute("aria-invalid", "true")
  else field.removeAttribute("aria-invalid")
}
