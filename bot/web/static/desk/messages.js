import { say } from "./status.js"

const NEAR_END_PX = 80
const ERASED = "Samtalen er slettet fra chatten. Du kan ikke skrive her mere."
const LOST = "Du har ikke samtalen mere. Din tekst kan ikke sendes herfra."

/** Keeps the newest message in sight, each message once, and the page in step with who has the conversation. */
export function watchMessages() {
  const log = document.querySelector(".messages")
  if (!log) return
  scrollToEnd(log)
  let atEnd = true
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX })
  new MutationObserver(() => { if (atEnd) scrollToEnd(log) }).observe(log, { childList: true, subtree: true })
  document.addEventListener("htmx:before:swap", ({ detail }) => dropDoubles(detail.tasks))
  // Whoever takes or hands back the conversation here is on the way to the new page already.
  let leaving = false
  document.querySelector(".conversation").addEventListener("submit", ({ target }) => { leaving ||= !target.hasAttribute("hx-post") })
  log.addEventListener("holder", ({ detail }) => { if (!leaving) follow(log, detail.data) })
  log.addEventListener("writer", ({ detail }) => name(log, detail.data))
  log.addEventListener("over", ({ detail }) => { if (detail.data === "erased") close(ERASED) })
}

function scrollToEnd(log) {
  log.scrollTop = log.scrollHeight
}

// What came by the stream and by asking is the same message; a list that comes whole takes the place of all.
function dropDoubles(tasks) {
  for (const { fragment } of tasks) {
    if (fragment.querySelector("[data-whole]")) continue
    for (const message of fragment.querySelectorAll("[data-sequence]")) {
      if (document.getElementById(message.id)) message.remove()
    }
  }
}

function follow(log, mine) {
  if (log.parentElement.dataset.mine === mine) return
  const begun = [...document.querySelectorAll("#text, #agreed, #note, .note-form textarea")].some((field) => field.value.trim() !== field.defaultValue.trim())
  if (begun) close(LOST)
  // Without what was posted: a page may be the answer to that.
  else location.assign(location.pathname.split("/").slice(0, 4).join("/"))
}

// It was told who writes: their messages of before are theirs as well.
function name(log, writer) {
  for (const shown of log.querySelectorAll(".message-young .message-head strong")) shown.textContent = writer
}

function close(why) {
  say(why)
  const held = ".composer button, .giving button, .state button, .notes button"
  for (const button of document.querySelectorAll(held)) button.disabled = true
}
