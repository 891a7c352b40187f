import { emptyOf } from "./fields.js"
import { watchSentOnce } from "./sent_once.js"

const SENT = 300

/** Empties the field when the message has been taken, and only then; tells of its keys once they are heard. */
export function watchComposer() {
  const form = document.querySelector(".composer")
  if (!form) return
  const field = form.querySelector("textarea")
  const button = form.querySelector("[type=submit]")
  let sent = ""
  form.addEventListener("submit", () => { sent = field.value }, { capture: true })
  form.addEventListener("htmx:after:request", ({ target, detail }) => {
    // A button within it may have asked for something else.
    if (target !== form || detail.ctx.response.status >= SENT) return
    emptyOf(form, field, sent)
  })
  watchSentOnce(form, field)
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!button.disabled) form.requestSubmit()
  })
  form.querySelector(".hint").hidden = false
}
