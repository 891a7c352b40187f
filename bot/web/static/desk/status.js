const BRIEF_MS = 10_000
// The one live region of the page beside the log of messages: two would speak over each other.
const status = document.querySelector("#status")

/** Says a sentence, with a link after it when somebody has to go elsewhere. */
export function say(text, link) {
  status.replaceChildren(text)
  if (!link) return
  const anchor = document.createElement("a")
  anchor.href = link.href
  anchor.textContent = link.text
  status.append(" ", anchor)
}

/** Says a sentence that nobody needs to find later. */
export function sayBriefly(text) {
  say(text)
  setTimeout(() => unsay(text), BRIEF_MS)
}

/** Takes back a sentence, unless another has been said since. */
export function unsay(text) {
  if (status.textContent === text) status.replaceChildren()
}
