const DANISH = {
  lang: "da",
  call: "Ring",
  choices: "Svar, du kan vælge",
  choose: "Du kan vælge",
  placeholder: "Skriv her",
  source: "Kilde",
  sources: "Kilder",
  notInTheChat: "Det står ikke i chatten. Det bliver gemt låst.",
  kept: "Tak, det er gemt.",
  robot: "Robot: Du skriver med en robot.",
  human: "Du skriver nu med et menneske.",
  waiting: (place) => `Du venter på et menneske${place ? ` (plads ${place})` : ""}.`,
  booking: {
    title: "Din tid",
    cancelled: "Tiden er aflyst",
    calledOff: "Tiden kan ikke holdes",
    when: "Hvornår",
    where: "Hvor",
    who: "Hvem",
    // A young person's own talk needs no word about whose it is.
    whose: { with_helper: "Den unge og dig", worry: "Dig, om din bekymring" },
    theirTitle: "Jeres tid",
    code: "Dine tre ord",
    theirCode: "Den unges tre ord",
    copy: "Kopiér ordene",
    copied: "Kopieret",
    isCopied: "Ordene er kopieret.",
    isMarked: "Ordene er markeret. Kopiér dem selv.",
    keep: "Skriv ordene ned. Med dem kan du se, flytte eller aflyse tiden, også fra en anden telefon.",
    begins: "Åbn chatten, når det er tid. Skriver ingen, så bed om et menneske.",
    open: "Se min booking",
    calendar: "Læg i min kalender",
    calendarSays: "I kalenderen står der kun \"Aftale\".",
    ways: { office: "På kontoret", phone: "På telefon", chat: "I chatten" },
  },
};

const ENGLISH = {
  lang: "en",
  call: "Call",
  choices: "Answers you can choose",
  choose: "You can choose",
  placeholder: "Write here",
  source: "Source (in Danish)",
  sources: "Sources (in Danish)",
  notInTheChat: "It does not stand in the chat. It is kept locked.",
  kept: "Thank you, it is saved.",
  robot: "Robot: You are writing with a robot.",
  human: "You are writing with a human now.",
  waiting: (place) => `You are waiting for a human${place ? ` (place ${place})` : ""}.`,
  booking: {
    title: "Your talk",
    cancelled: "The talk is cancelled",
    calledOff: "The talk cannot be held",
    when: "When",
    where: "Where",
    who: "Who",
    whose: { with_helper: "The young person and you", worry: "You, about your worry" },
    theirTitle: "Your talk together",
    code: "Your three words",
    theirCode: "The young person's three words",
    copy: "Copy the words",
    copied: "Copied",
    isCopied: "The words are copied.",
    isMarked: "The words are marked. Copy them yourself.",
    keep: "Write the words down. With them you can see, move or cancel the talk, from another phone too.",
    begins: "Open the chat when it is time. If nobody writes, ask for a human.",
    open: "See my booking (in Danish)",
    calendar: "Put it in my calendar",
    calendarSays: "The calendar only says \"Aftale\" (appointment).",
    ways: { office: "At the office", phone: "By phone: we call you", chat: "Here in the chat", out: "The place you chose" },
  },
};

/**
 * The page's own words beside a message in this language: "en", or "other" for English followed by Danish.
 */
export function wordsIn(language) {
  return language ? ENGLISH : DANISH;
}

/**
 * A text as its parts of one language each, so that a screen reader changes its voice with them.
 */
export function partsByLanguage(text, language) {
  if (language !== "other") return [{ lang: wordsIn(language).lang, text }];
  const [english, ...danish] = text.split("\n\n");
  return [
    { lang: "en", text: english },
    { lang: "da", text: danish.join("\n\n") },
  ].filter((part) => part.text);
}
