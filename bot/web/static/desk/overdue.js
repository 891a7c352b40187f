import { sayBriefly, unsay } from "./status.js"

/** Says once that a silence will give the conversation back; how many minutes are left only stands there. */
export function watchOverdue() {
  const warning = document.querySelector("#overdue")
  if (!warning) return
  let said = ""
  const look = () => {
    const stands = warning.textContent
    if (stands && !said) sayBriefly(stands)
    if (!stands) unsay(said)
    said = stands && (said || stands)
  }
  new MutationObserver(look).observe(warning, { childList: true, characterData: true, subtree: true })
  look()
}
