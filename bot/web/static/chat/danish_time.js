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

const IN_ENGLISH = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const ENGLISH_CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });

/** @returns {string} "onsdag den 4. november kl. 14.30"; "Wednesday 4 November, 14:30" where a language is named */
export function spokenTime(iso, language) {
  if (language) return `${IN_ENGLISH.format(new Date(iso)).replace(",", "")}, ${clockTime(iso, language)}`;
  const part = Object.fromEntries(MOMENT.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part.weekday} den ${part.day}. ${part.month} kl.${NO_BREAK}${part.hour}.${part.minute}`;
}

/** @param {string} iso @returns {string} "14.30", in English "14:30" */
export function clockTime(iso, language) {
  return (language ? ENGLISH_CLOCK : CLOCK).format(new Date(iso));
}
