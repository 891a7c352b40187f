import { emptyOf } from "./fields.js"
import { sayBriefly } from "./status.js"

const SENT = 300

/** Keeps the keyboard at the note that was written, and tells of notes that colleagues write meanwhile. */
export function watchNotes() {
  const list = document.querySelector("#note-list")
  if (!list) return
  let corrected = null
  let sent = ""
  document.addEventListener("submit", ({ target }) => {
    if (target.matches(".note-form:not([data-note])")) sent = target.querySelector("textarea").value
  }, { capture: true })
  // At the document: the stream may have taken the form away before its answer comes.
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const form = ctx.sourceElement
    if (ctx.response.status >= SENT || !form.matches(".note-form")) return
    corrected = form.dataset.note ?? null
    if (!corrected) emptyOf(form, form.querySelector("textarea"), sent)
    sayBriefly(corrected ? "Noten er rettet." : "Noten er gemt.")
    stay()
  })
  const stay = () => {
    const note = corrected && document.getElementById(corrected)
    // The form is still there, with the keyboard in it.
    if (!note || note.contains(document.activeElement)) return
    // Whoever went on elsewhere stays there.
    if (document.activeElement === document.body) note.focus()
    corrected = null
  }
  new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => [...addedNodes].some(isOfColleague))) sayBriefly("Der er en ny note.")
    stay()
  }).observe(list, { childList: true, subtree: true })
}

// One's own can be corrected.
function isOfColleague(node) {
  return node.matches?.(".note") && !node.querySelector("details")
}
