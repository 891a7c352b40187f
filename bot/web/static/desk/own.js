import { sayBriefly } from "./status.js"
import { setNews } from "./title.js"

/** Keeps in the page's title how much is new in the reader's own conversations, and says when there is more in others. */
export function watchOwn() {
  const shown = document.querySelector("#own-new")
  const counts = () => shown.textContent.split(" ").map(Number)
  let [, last] = counts()

  const update = () => {
    const [all, elsewhere] = counts()
    setNews(all)
    // What is new on this page the log of messages tells.
    if (elsewhere > last) sayBriefly("Der er nyt i dine samtaler.")
    last = elsewhere
  }
  new MutationObserver(update).observe(shown, { childList: true, characterData: true, subtree: true })
  setNews(counts()[0])
}
