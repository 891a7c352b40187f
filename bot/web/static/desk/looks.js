import { isOver } from "./connection.js"

const LOOKED = "looked"

/** Tells how far the holder has read: what stands on a page that is looked at, and nothing of one in the background. */
export function watchLooks() {
  const form = document.querySelector(".composer")
  if (!form) return
  const list = document.querySelector("#message-list")
  const how = { method: "POST", headers: { "X-CSRF-Token": form.elements.csrf.value } }
  let told = 0
  const look = async () => {
    const seen = Number(list.querySelector("[data-sequence]:last-child")?.dataset.sequence ?? 0)
    if (document.visibilityState !== "visible" || isOver() || seen <= told) return
    told = seen
    try {
      const body = new URLSearchParams({ seen })
      const { ok } = await fetch(form.action.replace(/messages$/, LOOKED), { ...how, body })
      if (ok) return document.dispatchEvent(new Event(LOOKED))
    } catch {
      // As where a server refuses it that is full or gone.
    }
    // With the next message, or the next time that somebody looks.
    told = 0
  }
  new MutationObserver(look).observe(list, { childList: true })
  document.addEventListener("visibilitychange", look)
  look()
}
