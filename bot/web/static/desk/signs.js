import { isOver } from "./connection.js"

const EVERY_MS = 3_000
// Longer than the time between two signs, so that a stream that breaks off leaves none standing.
const SHOWN_MS = 8_000

/** Shows that the young person types and what they have seen, silently; and tells them that the caseworker types. */
export function watchSigns() {
  const signs = document.querySelector("#signs")
  if (!signs) return
  const list = document.querySelector("#message-list")
  const mark = Object.assign(document.createElement("p"), { className: "message-more", textContent: "Set", ariaLive: "off" })
  let fading
  const hide = () => signs.querySelector(".typing")?.remove()
  const fade = () => {
    clearTimeout(fading)
    fading = setTimeout(hide, SHOWN_MS)
  }
  const place = () => {
    const seen = Number(signs.querySelector("[data-seen]")?.dataset.seen ?? 0)
    const own = [...list.querySelectorAll(".message-caseworker")].filter(({ dataset }) => Number(dataset.sequence) <= seen).pop()
    if (!own) mark.remove()
    else if (mark.parentElement !== own) own.append(mark)
  }
  new MutationObserver(() => (fade(), place())).observe(signs, { childList: true })
  new MutationObserver((changes) => {
    // What they wrote takes the place of the sign that they do.
    if (changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.matches?.(".message-young")))) hide()
    place()
  }).observe(list, { childList: true })
  fade()
  place()
  tellTyping(document.querySelector(".composer"))
}

function tellTyping(form) {
  if (!form) return
  const { text, csrf } = form.elements
  let told = 0
  text.addEventListener("input", ({ isTrusted }) => {
    // What is put back or put in is typed by nobody.
    if (!isTrusted || isOver() || !text.value.trim() || Date.now() - told < EVERY_MS) return
    told = Date.now()
    const body = new URLSearchParams({ after: document.querySelector("#message-list").lastElementChild?.dataset.sequence ?? 0 })
    const how = { method: "POST", headers: { "X-CSRF-Token": csrf.value }, body }
    // Whoever is not told so this time is told with the next sign, or by the message.
    fetch(form.action.replace(/messages$/, "typing"), how).catch(() => {})
  })
  form.addEventListener("reset", () => { told = 0 })
}
