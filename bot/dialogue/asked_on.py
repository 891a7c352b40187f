"""A bare question after an answer ("hvordan gør jeg det?") is about what was just talked about."""

import re

ASKED_ON = "asked_on"
MORE, NO_MORE = "more", "no_more"
LONGEST = 9

_START = r"(?:(?:ok|okay|ja|jo|nå|og|men|så|tak|fedt|fint|øh|hmm)[ ,.!]+)*"
_THAT = r"(?:det|den|dem|de|der)"
_ME = r"(?:jeg|man|vi)"
_END = r"(?:[ ,]+(?:så|egentlig|helt|præcis|præcist|lige|nu|så lige|i praksis|for mig|om det|om den|tak|henne))*[ ?.!]*"
_QUESTIONS = (
    rf"hvordan(?: (?:gør|søger|ansøger|får|finder|kommer|melder|ordner) {_ME}(?: mig)?(?: {_THAT}| i gang| videre)?)?",
    rf"hvordan (?:virker|fungerer|foregår) {_THAT}",
    rf"hvor meget(?: (?:er|koster|drejer) {_THAT}(?: sig om)?| får {_ME}| kan {_ME} få)?",
    rf"hvad (?:koster|kræver|indebærer|dækker) {_THAT}",
    rf"hvor (?:finder|søger|gør|får|går|henvender|ringer|skriver) {_ME}(?: mig(?: til)?)?(?: {_THAT})?(?: hen)?",
    rf"hvor ligger {_THAT}",
    rf"hvor (?:lang tid|længe) (?:tager|varer|går|venter) (?:{_THAT}|{_ME})",
    rf"hvornår (?:får {_ME} {_THAT}|kan {_ME} få {_THAT})",
    rf"hvem (?:kan )?(?:hjælpe|hjælper|giver|betaler|bestemmer) (?:mig )?(?:med )?{_THAT}",
    rf"kan {_ME} (?:også |godt |overhovedet )*(?:få|søge|bruge|gøre) {_THAT}",
    rf"(?:gælder|passer) {_THAT} også (?:for )?(?:mig|os)",
    rf"har {_ME} (?:også )?ret til {_THAT}",
    rf"(?:er|koster) {_THAT} (?:gratis|dyrt|noget|svært|frivilligt)",
    rf"kan {_ME} få en (?:anden|ny)",
    r"er der (?:lang )?ventetid(?: på det)?",
    r"(?:kan du )?(?:fortæl(?:le)?|sige?|forklare?|uddybe?)(?: mig)?(?: det)?(?: lidt)?(?: noget)? (?:mere|nærmere)",
    r"(?:kan du )?uddybe?(?: det)?",
    r"(?:lidt )?mere(?: info| viden)?",
    r"hvad (?:så|nu så|skal jeg så gøre|gør jeg så)",
)
_ASKS_ON = re.compile(rf"\W*{_START}(?:{'|'.join(_QUESTIONS)}){_END}", re.IGNORECASE)
_WHAT_ABOUT = re.compile(
    rf"\W*{_START}(?:hvad med|og hvad med|hvad så med|gælder det også|og hvis|hvad hvis|også) .+", re.IGNORECASE
)


def asks_on(text: str) -> bool:
    """Whether the words name nothing themselves and only ask on about what was said before them."""
    return len(text.split()) <= LONGEST and bool(_ASKS_ON.fullmatch(text))


_ABOUT_THAT = re.compile(r"\b(?:det|den|dem)\b", re.IGNORECASE)
_IF = re.compile(rf"\W*{_START}(?:hvis|hvad hvis|hvad nu hvis)\b", re.IGNORECASE)


def says_that(text: str) -> bool:
    """Whether the words may mean by "det" what was said before them; only worth asking where they say nothing alone."""
    return len(text.split()) <= LONGEST + 3 and bool(_ABOUT_THAT.search(text) or _IF.match(text))


def asks_what_about(text: str) -> bool:
    """Whether the words ask about something beside it ("hvad med hunden?"), which only what came before explains."""
    return len(text.split()) <= LONGEST and bool(_WHAT_ABOUT.fullmatch(text))
