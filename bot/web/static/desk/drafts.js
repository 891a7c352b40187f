import { putInto } from "./fields.js"
import { sayBriefly } from "./status.js"

const KEPT = "hjemad-desk-draft:"
const PUT_BACK = "Det, du var i gang med at skrive, står i feltet."
const FIELDS = "textarea[data-draft]"
const SENT = 300
const OF_WHO_HOLDS = ["message", "agreed"]

/** Keeps what is written and not sent while this tab is open: for who wrote it, until it is sent or they sign out. */
export function watchDrafts() {
  const mine = `${KEPT}${document.body.dataset.user}:`
  // Others use the same computer.
  forget((key) => !key.startsWith(mine))
  document.addEventListener("submit", ({ target, submitter }) => {
    if (target.matches(".who") || submitter?.value === "all") forget(() => true)
  })
  const conversation = mine + location.pathname.split("/")[3]
  if (document.querySelector("[data-problem=conversation_not_found]")) forget((key) => key.startsWith(`${conversation}/`))
  if (document.querySelector(".talk[data-holder=bot]")) forget((key) => OF_WHO_HOLDS.some((what) => key === `${conversation}/${what}`))
  for (const field of document.querySelectorAll(FIELDS)) watch(field, mine + field.dataset.draft)
  watchCorrections(mine, conversation)
}

/** Of notes: their fields come and go with the stream, each time that one was corrected. */
function watchCorrections(mine, conversation) {
  const list = document.querySelector("#note-list")
  if (!list) return
  const fields = () => [...list.querySelectorAll(FIELDS)]
  const keyOf = (field) => mine + field.dataset.draft
  // Of notes that were struck out, or that may not be read any more.
  const there = new Set(fields().map(keyOf))
  forget((key) => key.startsWith(`${conversation}/note-`) && !there.has(key))

  const sent = new Map()
  // Whoever has written on since keeps what they have written.
  const settle = (key) => { if (kept(key) === sent.get(key)) forget((one) => one === key) }
  document.addEventListener("submit", ({ target }) => {
    const field = correctionOf(target)
    if (field) sent.set(keyOf(field), field.value)
  }, { capture: true })
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const field = correctionOf(ctx.sourceElement)
    if (field && ctx.response.status < SENT) settle(keyOf(field))
  })
  const watched = new WeakSet(fields())
  new MutationObserver(() => {
    for (const field of fields().filter((one) => !watched.has(one))) {
      watched.add(field)
      // The stream may be faster than the answer.
      settle(keyOf(field))
      watch(field, keyOf(field))
    }
  }).observe(list, { childList: true, subtree: true })
}

/** The field of a note that this form corrects or strikes out; the stream may have taken both away. */
function correctionOf(form) {
  return form.matches(".note-form[data-note]") ? form.closest("details").querySelector(FIELDS) : null
}

function watch(field, key) {
  let gone = false
  const drop = () => forget((one) => one === key)
  field.form.addEventListener("reset", drop)
  document.querySelector(".messages").addEventListener("over", ({ detail }) => {
    if (detail.data !== "erased") return
    gone = true
    drop()
  })
  putBack(field, key, drop)
  field.addEventListener("input", () => {
    if (field.value === field.defaultValue) drop()
    else if (!gone) keep(key, field.value)
  })
}

function putBack(field, key, drop) {
  const draft = kept(key)
  // What the browser itself has put back is as new.
  if (!draft || field.value !== field.defaultValue) return
  // It was saved just before the page was left.
  if (draft.trim() === field.defaultValue.trim()) return drop()
  const folded = field.closest("details")
  if (folded) folded.open = true
  putInto(field, draft)
  sayBriefly(PUT_BACK)
}

// Where nothing may be kept, what is written stands in the field alone.
function kept(key) {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key, text) {
  try {
    sessionStorage.setItem(key, text)
  } catch {
    /* there is no room */
  }
}

function forget(which) {
  try {
    const drafts = Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT))
    for (const key of drafts.filter(which)) sessionStorage.removeItem(key)
  } catch {
    /* then nothing was kept */
  }
}
