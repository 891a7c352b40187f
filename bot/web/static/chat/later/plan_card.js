import { copyText } from "../booking_card.js";
import { make } from "../dom.js";
import { newId } from "../ids.js";

const TITLE = "Min plan";
const SHARED = "Boligagenten kan læse planen.";
const PRIVATE = "Boligagenten kan ikke se planen. Den bliver først vist, hvis du siger ja.";
const DEVICE = "Er det ikke din egen telefon, så gem den ikke her.";
const COPYING = {
  copy: "Kopiér teksten",
  copied: "Kopieret",
  isCopied: "Din plan er kopieret.",
  isMarked: "Planen er markeret. Kopiér den selv.",
};
const PRINTS = "prints-plan";

document.head.append(make("link", { rel: "stylesheet", href: "/static/chat/later/plan.css" }));

/**
 * @typedef {{parts: {key: string, title: string, text: string}[], shared: boolean}} Plan
 */

/**
 * The young person's own plan as a card: a heading and their own words for each part.
 *
 * @param {Plan} plan
 * @param {(text: string) => void} say announces what a button did
 */
export function planCard(plan, say) {
  const id = newId();
  const print = make("button", { type: "button", class: "button" }, "Print eller gem");
  const copy = make("button", { type: "button", class: "button" }, COPYING.copy);
  print.addEventListener("click", () => printPlan(plan));
  copy.addEventListener("click", () => copyText(asText(plan), { shown: copy.closest(".plan"), copy, words: COPYING, say }));
  return make(
    "section",
    { class: "plan", "aria-labelledby": id },
    make("h2", { id }, TITLE),
    ...parts(plan),
    make("p", { class: "plan__state" }, plan.shared ? SHARED : PRIVATE),
    make("div", { class: "plan__keep" }, print, copy),
    make("p", { class: "plan__state" }, DEVICE),
  );
}

function parts(plan) {
  return plan.parts.map(({ title, text }) => {
    return make("div", { class: "plan__part" }, make("h3", {}, title), make("p", { class: "as-written" }, text));
  });
}

/** Prints the plan and nothing of the chat around it. */
function printPlan(plan) {
  const sheet = make("div", { class: "plan-sheet" }, make("h1", {}, TITLE), ...parts(plan));
  const clear = () => {
    sheet.remove();
    document.documentElement.classList.remove(PRINTS);
  };
  addEventListener("afterprint", clear, { once: true });
  document.body.append(sheet);
  document.documentElement.classList.add(PRINTS);
  print();
}

function asText({ parts: said }) {
  return [TITLE, ...said.map(({ title, text }) => `${title}:\n${text}`)].join("\n\n");
}
