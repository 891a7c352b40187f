import { Sound } from "./sound.js"

const SEEN = "hjemad-desk-dangers"
const HERE = location.pathname === "/desk/"
// Stands where an id does, for how many more are in danger than are named.
const UNNAMED = "+"

/** Tells by a notice, and by a sound and the screen where they were chosen, when danger comes or rises: never which. */
export function watchDangers() {
  const shown = document.querySelector("#dangers")
  document.querySelector(".alarms").hidden = false
  const sound = new Sound(document.querySelector("#sound"))
  const screen = watchScreen(document.querySelector("#notify"))
  const notice = document.querySelector("#danger-notice")
  let seen = remembered()

  const update = () => {
    const now = levels(shown.textContent)
    const raised = [...now].some(([id, level]) => level > (seen.get(id) ?? unseen(id, level, now)))
    // What it says holds no more.
    if (count(now) !== count(seen)) notice.replaceChildren()
    seen = now
    remember(now)
    if (!raised) return
    const text = count(now) === 1 ? "Én i fare venter på et menneske." : `${count(now)} i fare venter på et menneske.`
    show(notice, text)
    sound.play()
    screen(text)
  }
  new MutationObserver(update).observe(shown, { childList: true, characterData: true, subtree: true })
  update()
}

function levels(text) {
  const words = text.trim().split(/\s+/).filter((word) => word.includes(":"))
  return new Map(words.map((word) => [word.split(":")[0], Number(word.split(":")[1])]))
}

function count(all) {
  return all.has(UNNAMED) ? all.size - 1 + all.get(UNNAMED) : all.size
}

// Whoever is named for the first time is new, unless there are so many that they may only have moved up: then the number tells.
function unseen(id, level, now) {
  return now.has(UNNAMED) && id !== UNNAMED ? level : 0
}

function show(notice, text) {
  const close = document.createElement("button")
  close.type = "button"
  close.textContent = "Luk"
  close.addEventListener("click", () => notice.replaceChildren())
  const parts = HERE ? [text, close] : [text, queueLink(), close]
  // Emptied first: the same words again must be read out again.
  notice.replaceChildren()
  setTimeout(() => notice.replaceChildren(...parts), 0)
}

function queueLink() {
  const link = document.createElement("a")
  link.href = "/desk/"
  link.textContent = "Se køen"
  return link
}

/** Asks for leave to show a notice on the screen only when the button is pressed; returns what shows one. */
function watchScreen(button) {
  if (!("Notification" in window)) return () => {}
  const offer = () => { button.hidden = Notification.permission !== "default" }
  button.addEventListener("click", () => Notification.requestPermission().then(offer))
  offer()
  return (text) => {
    if (document.hidden && Notification.permission === "granted") new Notification("Hjemad", { body: text, tag: SEEN, renotify: true })
  }
}

// From page to page of this window: what was told on one is not told again on the next.
function remembered() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(SEEN) ?? "[]"))
  } catch {
    return new Map()
  }
}

function remember(seen) {
  try {
    sessionStorage.setItem(SEEN, JSON.stringify([...seen]))
  } catch {
    /* it is told once more */
  }
}
