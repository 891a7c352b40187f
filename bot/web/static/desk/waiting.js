import { sayBriefly } from "./status.js"

const COUNT = /^\((\d+)\) /

/** Keeps the number of those who wait in the page's title, and says when there are more. */
export function watchWaiting() {
  const shown = document.querySelector("#waiting-count")
  const title = document.title.replace(COUNT, "")
  let last = Number(document.title.match(COUNT)?.[1] ?? 0)

  const update = () => {
    const count = Number(shown.textContent)
    document.title = count ? `(${count}) ${title}` : title
    if (count > last) sayBriefly(count === 1 ? "Én venter på et menneske." : `${count} venter på et menneske.`)
    last = count
  }
  new MutationObserver(update).observe(shown, { childList: true, characterData: true, subtree: true })
  // The stream may have brought somebody before this script ran.
  update()
}
