const COUNTS = /^(?:\((?<waiting>\d+)\) )?(?<news>\d+ nye?: )?/

const served = document.title.match(COUNTS).groups
const base = document.title.replace(COUNTS, "")
let waiting = served.waiting ? `(${served.waiting}) ` : ""
let news = served.news ?? ""

/** How many waited when the page was made. */
export const waitingAtFirst = Number(served.waiting ?? 0)

/** How many wait stands first in the title of the page, where anybody does. */
export function setWaiting(count) {
  waiting = count ? `(${count}) ` : ""
  show()
}

/** What is new in one's own conversations stands after it. */
export function setNews(count) {
  news = count ? `${count} ${count === 1 ? "ny" : "nye"}: ` : ""
  show()
}

function show() {
  document.title = waiting + news + base
}
