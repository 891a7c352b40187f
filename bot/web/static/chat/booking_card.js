import { clockTime, spokenTime } from "./danish_time.js";
import { make } from "./dom.js";
import { wordsIn } from "./words.js";

const TO = "\u2060–\u2060"; // a dash at which no line ends
const COPIED_SHOWN = 4_000; // milliseconds

/**
 * A booking as a card with its code.
 *
 * @param {object} booking the message's data
 * @param {(text: string) => void} say announces what the button did
 */
export function bookingCard(booking, say) {
  const isOff = booking.status === "cancelled" || booking.status === "called_off";
  const { lang, booking: words } = wordsIn(booking.language);
  const card = make("div", { class: `booking${isOff ? " booking--cancelled" : ""}`, lang });
  card.append(make("h2", {}, titleOf(booking, words)), facts(booking, words));
  if (booking.way === "chat" && !isOff) card.append(make("p", {}, words.begins));
  if (booking.code && !isOff) card.append(...codePart(booking, words, say));
  return card;
}

function titleOf({ about, status }, words) {
  if (status === "cancelled") return words.cancelled;
  if (status === "called_off") return words.calledOff;
  return about === "with_helper" ? words.theirTitle : words.title;
}

function facts({ starts_at: start, ends_at: end, way, place, about, language }, words) {
  // An address is the same in every language; "we call you" is not.
  const where = language && way !== "office" ? words.ways[way] : place || words.ways[way];
  const rows = [
    [words.when, `${spokenTime(start, language)}${TO}${clockTime(end, language)}`],
    [words.where, where],
    [words.who, words.whose[about]],
  ];
  const list = make("dl");
  for (const [term, value] of rows.filter(([, value]) => value)) {
    list.append(make("div", {}, make("dt", {}, term), make("dd", {}, value)));
  }
  return list;
}

function codePart({ code, about }, words, say) {
  const shown = make("p", { class: "booking__code", lang: "da" }, code);
  const copy = make("button", { type: "button", class: "button" }, words.copy);
  copy.addEventListener("click", () => copyText(code, { shown, copy, words, say }));
  return [
    make("p", { class: "booking__label" }, about === "with_helper" ? words.theirCode : words.code),
    shown,
    copy,
    make("p", {}, words.keep),
    leading("/booking", code, words.open),
    leading("/booking/kalender", code, words.calendar),
    make("p", { class: "booking__hint" }, words.calendarSays),
  ];
}

/** A button that opens a page of the booking; the words travel in a form, never in an address. */
function leading(action, code, title) {
  return make(
    "form",
    { method: "post", action, target: "_blank", rel: "noopener" },
    make("input", { type: "hidden", name: "ord", value: code }),
    make("button", { class: "button" }, title),
  );
}

/** Copies a text, or marks what is `shown` of it. */
export async function copyText(text, { shown, copy: button, words, say }) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = words.copied;
    say(words.isCopied);
    setTimeout(() => (button.textContent = words.copy), COPIED_SHOWN);
  } catch {
    // A frame may be forbidden to touch the clipboard: then the code is marked, ready to be copied by hand.
    getSelection().selectAllChildren(shown);
    say(words.isMarked);
  }
}
