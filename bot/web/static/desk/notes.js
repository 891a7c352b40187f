import { sayBriefly } from "./status.js"

const SENT = 300

/** Keeps the keyboard at the note that was written, and tells of notes that colleagues write meanwhile. */
export function watchNotes() {
  const notes = document.querySelector("#notes")
  const list = document.querySelector("#note-list")
  if (!list) return
  let corrected = null
  let own = false
  notes.addEventListener("htmx:after:request", ({ target, detail }) => {
    if (detail.ctx.response.status >= SENT) return
    const note = target.closest(".note")
    if (note) corrected = note.id
    else empty(target)
    own = true
    sayBriefly(note ? "Noten er rettet." : "Noten er gemt.")
    // The list may have changed before the answer came.
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
    const fresh = changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.classList?.contains("note")))
    if (fresh && !own) sayBriefly("Der er en ny note.")
    if (fresh) own = false
    stay()
  }).observe(list, { childList: true, subtree: true })
}

function empty(form) {
  form.reset()
  form.querySelector("textarea").focus()
}
