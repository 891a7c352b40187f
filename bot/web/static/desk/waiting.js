import { sayBriefly } from "./status.js"

/** Keeps the number of those who wait in the page's title, and says when there are more. */
export function watchWaiting() {
  const shown = document.querySelector("#waiting-count")
  const title = document.title.replace(/^\(\d+\) /, "")
  let last = Number(shown.textContent)

  new MutationObserver(() => {
    const count = Number(shown.textContent)
    document.title = count ? `(${count}) ${title}` : title
    if (count > last) sayBriefly(count === 1 ? "En ung venter." : `${count} unge venter.`)
    last = count
  }).observe(shown, { childList: true, characterData: true, subtree: true })
}
