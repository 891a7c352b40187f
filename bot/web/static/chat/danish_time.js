const NO_BREAK = "\u00a0";
const ZONE = "Europe/Copenhagen";
const MOMENT = new Intl.DateTimeFormat("da-DK", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});
const CLOCK = new Intl.DateTimeFormat("da-DK", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });

/** @param {string} iso @returns {string} "onsdag den 4. november kl. 14.30", kept together after "kl." */
export function spokenTime(iso) {
  const part = Object.fromEntries(MOMENT.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part.weekday} den ${part.day}. ${part.month} kl.${NO_BREAK}${part.hour}.${part.minute}`;
}

/** @param {string} iso @returns {string} "14.30" */
export function clockTime(iso) {
  return CLOCK.format(new Date(iso));
}
