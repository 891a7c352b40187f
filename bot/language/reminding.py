"""Whether words ask for a message before a talk: "kan i minde mig om det", "send mig en sms dagen før"."""

from bot.language.folding import any_of, compiled, fold_in_place

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
_REMIND = rf"(?:på)?mind(?:e|er (?:du|i))?(?: (?:du|i|så|lige))* {_ME}|husk(?:e)? {_ME}(?= på)|remind {_ME}"
_NOT_ASKED = compiled(r"\b(?:ikke|ikk|ik|ingen|uden|aldrig|not|no|don'?t)\b[^.?!]{0,40}$")
_POLITE = any_of(r"(?:kan|kunne|vil|må|could|can) (?:du|i|man|jeg|vi|you|we) (?:ikke|ikk|ik|not)")
_OF_A_TALK = any_of(
    r"(?:en |nogen |min )?(?:påmindelse|påmindelser|reminder|reminders)",
    rf"(?:{_REMIND})(?: (?:lige|også))?(?: (?:om|på|about|of))(?: (?:min|mit|den|det|the|my))? {_ABOUT_THE_TALK}",
    rf"(?:{_REMIND})[^.?!]{{0,20}} (?:dagen før|dagen inden|day before)",
    r"(?:send|sende|sender|skriv|skrive|skriver|få|får|giv|give|ring|get|text)\b[^.?!]{0,25}"
    r"\b(?:sms|besked|mail|e-?mail|text|message)\b[^.?!]{0,30}\b(?:før|forinden|inden|i forvejen|before)",
)
_OF_WHAT_WAS_TOLD = compiled(rf"\b(?:{_REMIND}){_OF_IT}")


def asks_to_be_reminded(text: str, *, of_what_was_told: bool) -> bool:
    """Whether they ask for that. `of_what_was_told`: a talk was just told of, so that "det" is that talk."""
    folded = fold_in_place(text)
    patterns = (_OF_A_TALK, _OF_WHAT_WAS_TOLD) if of_what_was_told else (_OF_A_TALK,)
    found = (pattern.search(folded) for pattern in patterns)
    return any(
        one is not None and not _NOT_ASKED.search(_POLITE.sub("", folded[: one.start()]).rpartition(".")[2])
        for one in found
    )
