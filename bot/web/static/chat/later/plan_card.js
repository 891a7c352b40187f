import { make } from "../dom.js";
import { newId } from "../ids.js";

const TITLE = "Min plan";
const SHARED = "Boligagenten kan læse planen.";
const PRIVATE = "Boligagenten kan ikke se planen. Den bliver først vist, hvis du siger ja.";
const DEVICE = "Er det ikke din egen telefon, så gem den ikke her.";
const COPIED_SHOWN = 4_000; // milliseconds
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
  const copy = make("button", { type: "button", class: "button" }, "Kopiér teksten");
  print.addEventListener("click", () => printPlan(plan));
  copy.addEventListener("click", () => copyPlan(plan, copy, say));
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

async function copyPlan(plan, button, say) {
  const text = [TITLE, ...plan.parts.map(({ title, text: words }) => `${title}:\n${words}`)].join("\n\n");
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Kopieret";
    say("Din plan er kopieret.");
    setTimeout(() => (button.textContent = "Kopiér teksten"), COPIED_SHOWN);
  } catch {
    // A frame may be forbidden to touch the clipboard: then the plan is marked, ready to be copied by hand.
    getSelection().selectAllChildren(button.closest(".plan"));
    say("Planen er markeret. Kopiér den selv.");
  }
}
