const BRIEF_MS = 10_000
// The one polite live region of the page beside the log of messages: two would speak over each other.
const status = document.querySelector("#status")

/** Says a sentence. */
export function say(text) {
  status.replaceChildren(text)
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
