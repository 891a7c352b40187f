import { sayBriefly } from "./status.js"
import { setWaiting, waitingAtFirst } from "./title.js"

/** Keeps the number of those who wait in the page's title, and says when there are more. */
export function watchWaiting() {
  const shown = document.querySelector("#waiting-count")
  let last = waitingAtFirst

  const update = () => {
    const count = Number(shown.textContent)
    setWaiting(count)
    if (count > last) sayBriefly(count === 1 ? "Én venter på et menneske." : `${count} venter på et menneske.`)
    last = count
  }
  new MutationObserver(update).observe(shown, { childList: true, characterData: true, subtree: true })
  // The stream may have brought somebody before this script ran.
  update()
}
