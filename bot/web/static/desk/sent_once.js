import { newId } from "../chat/ids.js"

/** Gives a message one id for as long as it is the same, so that it is stored once however often it is sent. */
export function watchSentOnce(form, field) {
  const id = form.elements.client_id
  let tried = null
  form.addEventListener("submit", () => {
    if (tried !== null && field.value !== tried) id.value = newId()
    tried = field.value
  }, { capture: true })
  // Whoever writes the same words again once they were sent means them.
  form.addEventListener("reset", () => {
    id.value = newId()
    tried = null
  })
}
