import { copyText } from "../booking_card.js";
import { make } from "../dom.js";
import { newId } from "../ids.js";
import { printAlone } from "./paper.js";

const DANISH = {
  lang: "da",
  title: "Min plan",
  shared: "Boligagenten kan læse planen.",
  private: "Boligagenten kan ikke se planen. Den bliver først vist, hvis du siger ja.",
  device: "Er det ikke din egen telefon, så gem den ikke her.",
  print: "Print eller gem",
  copy: "Kopiér teksten",
  copied: "Kopieret",
  isCopied: "Din plan er kopieret.",
  isMarked: "Planen er markeret. Kopiér den selv.",
};
const ENGLISH = {
  lang: "en",
  title: "My plan",
  shared: "The housing agent can read the plan.",
  private: "The housing agent cannot see the plan. It is shown only if you say yes.",
  device: "If this is not your own phone, do not save it here.",
  print: "Print or save",
  copy: "Copy the text",
  copied: "Copied",
  isCopied: "Your plan is copied.",
  isMarked: "The plan is marked. Copy it yourself.",
};

/**
 * @typedef {{parts: {key: string, title: string, text: string}[], shared: boolean}} Plan
 */

/**
 * The young person's own plan as a card: a heading and their own words for each part.
 *
 * @param {{plan: Plan, language?: string}} data the message's; its headings are in English in every other language
 * @param {(text: string) => void} say announces what a button did
 */
export function planCard({ plan, language }, say) {
  const id = newId();
  const words = language ? ENGLISH : DANISH;
  const print = make("button", { type: "button", class: "button" }, words.print);
  const copy = make("button", { type: "button", class: "button" }, words.copy);
  print.addEventListener("click", () => printPlan(plan, words));
  copy.addEventListener("click", () => {
    copyText(asText(plan, words), { shown: copy.closest(".plan"), copy, words, say });
  });
  return make(
    "section",
    { class: "plan", lang: words.lang, "aria-labelledby": id },
    make("h2", { id }, words.title),
    ...parts(plan, words),
    make("p", { class: "plan__state" }, plan.shared ? words.shared : words.private),
    make("div", { class: "plan__keep" }, print, copy),
    make("p", { class: "plan__state" }, words.device),
  );
}

function parts(plan, { lang }) {
  // Beside English headings nobody knows which language the young person wrote in.
  const theirs = { class: "as-written", dir: "auto", lang: lang === "da" ? lang : "" };
  return plan.parts.map(({ title, text }) => {
    return make("div", { class: "plan__part" }, make("h3", {}, title), make("p", theirs, text));
  });
}

/** Prints the plan and nothing of the chat around it. */
function printPlan(plan, words) {
  printAlone(words.lang, make("h1", {}, words.title), ...parts(plan, words));
}

function asText({ parts: said }, { title: heading }) {
  return [heading, ...said.map(({ title, text }) => `${title}:\n${text}`)].join("\n\n");
}
