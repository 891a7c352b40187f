import { sayBriefly, say } from "./status.js"

const COPIED = "Teksten er kopieret."
const NOT_COPIED = "Teksten kunne ikke kopieres. Den er markeret: brug Ctrl + C."

/** Copies what is taken along to the journal; where the browser forbids it, the text is marked to be copied by hand. */
export function watchCopying() {
  const button = document.querySelector("#copy")
  if (!button) return
  const text = document.querySelector("#journal-text")
  button.addEventListener("click", () => {
    // Not there at all on a page that is not served securely.
    Promise.resolve(navigator.clipboard?.writeText(text.value) ?? Promise.reject()).then(() => sayBriefly(COPIED), () => {
      text.select()
      say(NOT_COPIED)
    })
  })
  button.hidden = false
}
