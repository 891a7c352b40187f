import { clockTime, spokenTime } from "./danish_time.js";
import { make } from "./dom.js";

const WAYS = { office: "På kontoret", phone: "På telefon", chat: "I chatten" };
// A young person's own talk needs no word about whose it is.
const WHOSE = { with_helper: "Den unge og dig", worry: "Dig, om din bekymring" };
const TO = "\u2060–\u2060"; // a dash at which no line ends
const COPIED_SHOWN = 4_000; // milliseconds

/**
 * A booking as a card with its code.
 *
 * @param {{code?: string, starts_at: string, ends_at: string, way: string, place?: string, status: string, about?: string}} booking
 * @param {(text: string) => void} say announces what the button did
 */
export function bookingCard(booking, say) {
  const isCancelled = booking.status === "cancelled";
  const card = make("div", { class: `booking${isCancelled ? " booking--cancelled" : ""}` });
  card.append(make("h2", {}, isCancelled ? "Tiden er aflyst" : titleOf(booking)), facts(booking));
  if (booking.code && !isCancelled) card.append(...codePart(booking, say));
  return card;
}

function titleOf({ about }) {
  return about === "with_helper" ? "Jeres tid" : "Din tid";
}

function facts({ starts_at: start, ends_at: end, way, place, about }) {
  const rows = [
    ["Hvornår", `${spokenTime(start)}${TO}${clockTime(end)}`],
    ["Hvor", place || WAYS[way]],
    ["Hvem", WHOSE[about]],
  ];
  const list = make("dl");
  for (const [term, value] of rows.filter(([, value]) => value)) {
    list.append(make("div", {}, make("dt", {}, term), make("dd", {}, value)));
  }
  return list;
}

function codePart({ code, about }, say) {
  const shown = make("p", { class: "booking__code" }, code);
  const copy = make("button", { type: "button", class: "button" }, "Kopiér ordene");
  copy.addEventListener("click", () => copyCode(code, shown, copy, say));
  return [
    make("p", { class: "booking__label" }, about === "with_helper" ? "Den unges tre ord" : "Dine tre ord"),
    shown,
    copy,
    make("p", {}, "Skriv ordene ned. Med dem kan du se, flytte eller aflyse tiden, også fra en anden telefon."),
    make("a", { class: "button", href: "/booking", target: "_blank", rel: "noopener" }, "Se min booking"),
  ];
}

async function copyCode(code, shown, button, say) {
  try {
    await navigator.clipboard.writeText(code);
    button.textContent = "Kopieret";
    say("Ordene er kopieret.");
    setTimeout(() => (button.textContent = "Kopiér ordene"), COPIED_SHOWN);
  } catch {
    // A frame may be forbidden to touch the clipboard: then the code is marked, ready to be copied by hand.
    getSelection().selectAllChildren(shown);
    say("Ordene er markeret. Kopiér dem selv.");
  }
}
