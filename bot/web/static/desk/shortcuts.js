import { say, sayBriefly } from "./status.js"

const CHOSEN = "hjemad-desk-keys"
const OFF = "off"
const NOBODY_WAITS = "Ingen andre venter lige nu."
const NOT_ASKED = "Vi kunne ikke se, hvem der venter. Prøv igen."
const NONE_OF_YOURS = "Du har ingen samtaler lige nu."
const NO_FIELD = "Her er ikke noget svarfelt. Tag samtalen først."
const KEYS = { n: openNext, m: goToOwn, s: goToField }
const WRITTEN_IN = "input, textarea, select, [contenteditable]"

/** Lets single keys do what the mouse can do too, where nobody writes and they are not switched off; tells of them. */
export function watchShortcuts() {
  const dialog = document.querySelector("#shortcuts")
  if (!dialog) return
  const button = document.querySelector("#shortcuts-open")
  const choice = document.querySelector("#shortcuts-on")
  const close = document.querySelector("#shortcuts-close")
  const open = () => {
    dialog.showModal()
    close.focus()
  }
  const acts = { ...KEYS, "?": open }
  button.addEventListener("click", open)
  close.addEventListener("click", () => dialog.close())
  choice.checked = isOn()
  choice.addEventListener("change", () => keep(choice.checked))
  document.addEventListener("keydown", (event) => {
    // Capital letters too: the key that makes them may be locked.
    const key = event.key.toLowerCase()
    const act = Object.hasOwn(acts, key) && acts[key]
    if (!act || !isOn() || isBusy(event)) return
    event.preventDefault()
    act()
  })
  button.hidden = false
}

// A key that is held down, or pressed with others or by an input method, or meant for what has the keyboard.
function isBusy(event) {
  const { target, repeat, isComposing, ctrlKey, metaKey, altKey, defaultPrevented } = event
  if (repeat || isComposing || ctrlKey || metaKey || altKey || defaultPrevented) return true
  return target.closest(WRITTEN_IN) !== null || document.querySelector("dialog[open]") !== null
}

async function openNext() {
  const here = location.pathname.split("/")[3]
  try {
    const answer = await fetch("/desk/queue.json?shown=50", { headers: { Accept: "application/json" } })
    if (!answer.ok) throw new Error(String(answer.status))
    const { conversations } = await answer.json()
    const waiting = conversations.filter(({ holder }) => holder === "waiting").map(({ id }) => id)
    // Whoever reads one that waits wants the one after it, and after the last the first.
    const next = waiting[(waiting.indexOf(here) + 1) % waiting.length]
    if (next === undefined || next === here) sayBriefly(NOBODY_WAITS)
    else location.assign(`/desk/conversations/${encodeURIComponent(next)}`)
  } catch {
    say(NOT_ASKED)
  }
}

function goToOwn() {
  const first = document.querySelector("#own a")
  if (first) first.focus()
  else sayBriefly(NONE_OF_YOURS)
}

function goToField() {
  const field = document.querySelector("#text")
  if (field) field.focus()
  else sayBriefly(NO_FIELD)
}

// Where nothing may be kept they are on, and the choice holds for this page.
let chosen = null

function isOn() {
  try {
    return (chosen ?? localStorage.getItem(CHOSEN)) !== OFF
  } catch {
    return chosen !== OFF
  }
}

function keep(on) {
  chosen = on ? "on" : OFF
  try {
    localStorage.setItem(CHOSEN, chosen)
  } catch {
    /* it holds for this page */
  }
}
