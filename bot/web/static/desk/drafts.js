import { putInto } from "./fields.js"
import { sayBriefly } from "./status.js"

const KEPT = "hjemad-desk-draft:"
const PUT_BACK = "Det, du var i gang med at skrive, står i feltet."

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
  if (document.querySelector(".talk[data-holder=bot]")) forget((key) => [`${conversation}/message`, `${conversation}/agreed`].includes(key))
  for (const field of document.querySelectorAll("textarea[data-draft]")) watch(field, mine + field.dataset.draft)
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
  putBack(field, key)
  field.addEventListener("input", () => {
    if (!field.value) drop()
    else if (!gone) keep(key, field.value)
  })
}

function putBack(field, key) {
  const draft = kept(key)
  // What the browser itself has put back is as new.
  if (!draft || field.value) return
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
