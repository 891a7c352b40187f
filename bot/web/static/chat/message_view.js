import { bookingCard } from "./booking_card.js";
import { clockTime } from "./danish_time.js";
import { make } from "./dom.js";
import { linkedText, phoneNumbers, telephone, webLink } from "./linked_text.js";
import { partsByLanguage, wordsIn } from "./words.js";

const LONGEST_DATE = 24;
const NAMES = { young: "Dig", bot: "Robot", caseworker: "Menneske", system: "Besked" };

/**
 * What a message may do when somebody touches it.
 *
 * @typedef {{press: (button: {title: string, payload: string}) => void, keepContact: (contact: object) => Promise<void>,
 *   retry: (item: object) => void, say: (text: string) => void, arrive: (place: HTMLElement, change: () => void) => void}} Actions
 */

/** @param {Actions} actions @returns {HTMLElement} a message of the server */
export function messageRow(message, actions) {
  const { sender, kind, created_at: at } = message;
  const row = make("div", { class: `message message--${sender}`, "data-kind": kind, "data-sequence": message.sequence });
  row.append(from(NAMES[sender], at), make("div", { class: "bubble" }, ...body(message, actions)));
  const replies = quickReplies(message, actions);
  if (replies) row.append(replies);
  return row;
}

/** @param {Actions} actions @returns {HTMLElement} a message that the server may not have yet */
export function outgoingRow(item, actions) {
  const row = make("div", { class: `message message--young message--${item.state}`, "data-kind": "text" });
  row.append(from(NAMES.young), make("div", { class: "bubble" }, ...plainText(item.shown)));
  if (item.state === "pending") row.append(make("p", { class: "message__state" }, "Sender …"));
  if (item.state === "failed") row.append(failure(item, actions));
  return row;
}

function from(name, at) {
  const line = make("p", { class: "message__from" }, name);
  if (at) line.append(" ", make("time", { datetime: at }, clockTime(at)));
  return line;
}

function failure(item, actions) {
  const text = item.problem ? `Ikke sendt. ${item.problem}` : "Ikke sendt.";
  const state = { class: "message__state problem" };
  return make("div", state, linkedText(text), again(() => actions.retry(item)));
}

function again(press) {
  const button = make("button", { type: "button", class: "link" }, "Prøv igen");
  button.addEventListener("click", press);
  return button;
}

function body(message, actions) {
  const { sender, kind, text, data, sources = [] } = message;
  if (data?.plan?.parts?.length) return [planPlace(message, actions)];
  const nodes = sender === "young" ? plainText(text, data?.language) : spoken(text, data?.language);
  const words = wordsIn(data?.language);
  if (kind === "danger") nodes.push(...callButtons(text, words));
  if (kind === "booking" && data?.starts_at) nodes.push(bookingCard(data, actions.say));
  if (kind === "form") nodes.push(formPlace(message, actions));
  if (sources.length) nodes.push(sourceList(sources, words));
  return nodes;
}

/** The plan as text, until its card has been fetched; most chats have no plan. */
function planPlace({ text, data }, actions) {
  const place = make("div", {}, linkedText(text));
  import("./later/plan_card.js").then(({ planCard }) => place.replaceChildren(planCard(data, actions.say)), () => {});
  return place;
}

/** Empty until the form has been fetched; few chats have one. */
function formPlace(message, actions) {
  const place = make("div", { class: "contact" });
  import("./later/contact_form.js").then(
    ({ contactForm }) => place.isConnected && actions.arrive(place, () => place.replaceWith(contactForm(message, actions))),
    () => place.append(again(() => location.reload())),
  );
  return place;
}

function plainText(text, language) {
  // Nobody knows which language "other" is: then a screen reader must not take it for Danish.
  const lang = { en: "en", other: "" }[language] ?? "da";
  return [make("p", { class: "as-written", lang, dir: "auto" }, text)];
}

function spoken(text, language) {
  if (!language) return [linkedText(text)];
  const part = ({ lang, text: words }) => make("div", { class: "part", lang }, linkedText(words));
  return partsByLanguage(text, language).map(part);
}

function callButtons(text, words) {
  const numbers = phoneNumbers(text);
  if (!numbers.length) return [];
  const call = (number) => make("a", { class: "button call", href: telephone(number) }, `${words.call} ${number}`);
  return [make("div", { class: "calls", lang: words.lang }, ...numbers.map(call))];
}

function sourceList(sources, words) {
  const links = sources.map(({ title, url, checked }) => {
    return make("li", {}, webLink(url, title || url), isReadable(checked) ? ` (${checked})` : "");
  });
  const title = sources.length > 1 ? words.sources : words.source;
  return make("div", { class: "sources" }, make("p", { lang: words.lang }, title), make("ul", {}, ...links));
}

/** A date of many parts says nothing to a young person. */
function isReadable(checked) {
  return checked && checked.length <= LONGEST_DATE;
}

function quickReplies({ kind, data, buttons = [] }, actions) {
  const words = wordsIn(data?.language);
  // The first button of a form is the form's own.
  const offered = kind === "form" ? buttons.slice(1) : buttons;
  if (!offered.length) return null;
  const group = make("div", { class: "replies", role: "group", lang: words.lang, "aria-label": words.choices });
  for (const offer of offered) {
    const button = make("button", { type: "button", class: "button reply" }, offer.title);
    button.addEventListener("click", () => actions.press(offer));
    group.append(button);
  }
  return group;
}
