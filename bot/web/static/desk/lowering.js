import { sayBriefly } from "./status.js"

const SENT = 300

/** Says that a danger was lowered, and keeps the keyboard beside what it stands at now: the form goes with its danger. */
export function watchLowering() {
  const state = document.querySelector("#state")
  if (!state) return
  // At the document: the stream may have taken the form away before its answer comes.
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.response.status >= SENT || !ctx.sourceElement.closest(".lower")) return
    sayBriefly("Faren er sat ned.")
    state.focus()
  })
}
