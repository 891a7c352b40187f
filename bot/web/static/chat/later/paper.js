import { make } from "../dom.js";

const PRINTS = "prints-plan";

document.head.append(make("link", { rel: "stylesheet", href: "/static/chat/later/plan.css" }));

/** Prints these nodes and nothing of the page around them. */
export function printAlone(lang, ...nodes) {
  const sheet = make("div", { class: "plan-sheet", lang }, ...nodes);
  const clear = () => {
    sheet.remove();
    document.documentElement.classList.remove(PRINTS);
  };
  addEventListener("afterprint", clear, { once: true });
  document.body.append(sheet);
  document.documentElement.classList.add(PRINTS);
  print();
}
