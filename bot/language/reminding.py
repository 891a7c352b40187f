"""Whether words ask for a message before a talk: "kan i minde mig om det", "send mig en sms dagen før"."""

from bot.language.folding import any_of, compiled, fold_in_place
from bot.language.politeness import without_politeness

_ABOUT_THE_TALK = (
    r"(?:tid|tiden|min tid|aftale|aftalen|min aftale|møde|mødet|snak|snakken|samtalen|booking|bookingen"
    r"|talk|appointment|time|meeting)"
)
_ME = r"(?:mig|os|me|us)"
# "Minde mig om, hvad jeg skal have med" asks for something else, and "det minder mig om min far" for nothing.
_OF_IT = (
    r"(?: (?:lige|så|også))*(?=\W*(?:tak|please|inden|før|forinden|thanks)?\W*$|[.,!?]"
    rf"| (?:om|på|about|of)? ?(?:det|den|dem|it|that|{_ABOUT_THE_TALK})\b(?! jeg))"
)
# Who "har fået en påmindelse" has got one from a landlord.
_MESSAGE = "(?:påmindelser?|reminders?)"
_GET = "få|får|send|sende|sender|have|giv|give|sæt|sætte|get|set|want|need"
_REMIND = rf"(?:på)?mind(?:e|er (?:du|i))?(?: (?:du|i|så|lige))* {_ME}|husk(?:e)? {_ME}(?= på)|remind {_ME}"
_NOT_ASKED = compiled(r"\b(?:ikke|ikk|ik|ingen|uden|aldrig|not|no|don'?t)\b(?:(?!\bså\b)[^.?!,]){0,40}$")
_OF_A_TALK = any_of(
    rf"(?:{_GET})(?: {_ME}| jeg| vi)?(?: (?:en|nogen|også|lige|gerne|godt|have|a|an))* {_MESSAGE}",
    rf"(?:(?:må|kan|kunne|vil|could|can) (?:jeg|vi|i|du|you|we) [^.?!,]{{0,20}}|^\W*(?:en )?){_MESSAGE}",
    rf"(?:{_REMIND})(?: (?:lige|også))?(?: (?:om|på|about|of))(?: (?:min|mit|den|det|the|my))? {_ABOUT_THE_TALK}",
    rf"(?:{_REMIND})[^.?!]{{0,20}} (?:dagen før|dagen inden|day before)",
    r"(?:send|sende|sender|skriv|skrive|skriver|få|får|giv|give|ring|get|text)\b[^.?!]{0,25}"
    r"\b(?:sms|besked|mail|e-?mail|text|message)\b[^.?!]{0,30}\b(?:før|forinden|inden|i forvejen|before)",
)
_OF_WHAT_WAS_TOLD = compiled(rf"\b(?:{_REMIND}){_OF_IT}")


def asks_to_be_reminded(text: str, *, of_what_was_told: bool) -> bool:
    """Whether they ask for that. `of_what_was_told`: a talk was just told of, so that "det" is that talk."""
    folded = without_politeness(fold_in_place(text))
    patterns = (_OF_A_TALK, _OF_WHAT_WAS_TOLD) if of_what_was_told else (_OF_A_TALK,)
    found = (pattern.search(folded) for pattern in patterns)
    return any(one is not None and not _NOT_ASKED.search(folded[: one.start()]) for one in found)
