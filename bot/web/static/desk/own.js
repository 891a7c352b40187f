import { sayBriefly } from "./status.js"
import { setNews } from "./title.js"

/**
 * Keeps in the page's title how much is new in the reader's own conversations, and says when there is more in others, or
 * when one of them is about to go back into the queue.
 */
export function watchOwn() {
  const shown = document.querySelector("#own-new")
  const counts = () => shown.textContent.split(" ").map(Number)
  // A page that was drawn without them, as one of an error, hears first how many there are.
  let [, last, going] = shown.textContent.trim() ? counts() : [0, Infinity, 0]

  const update = () => {
    const [all, elsewhere, goingElsewhere] = counts()
    setNews(all)
    // What is new on this page the log of messages tells.
    if (goingElsewhere > going) sayBriefly("En af dine samtaler går snart tilbage i køen.")
    else if (elsewhere > last) sayBriefly("Der er nyt i dine samtaler.")
    last = elsewhere
    going = goingElsewhere
  }
  new MutationObserver(update).observe(shown, { childList: true, characterData: true, subtree: true })
  if (shown.textContent.trim()) setNews(counts()[0])
}
