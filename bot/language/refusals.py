"""What takes back a day or an hour: "ikke torsdag", "hverken mandag eller tirsdag", "kl 14 er for sent"."""

from bot.language.folding import compiled

REFUSED = "~"
"""Stands for every character of what was refused where it has been blotted out."""

# In some dialects "it" is "not"; of "can we take it Wednesday" it is none.
_BEFORE_IT = ("ka", "kan", "a", "skal", "ska", "vil", "er", "dur", "duer", "passer", "men", "og")
_IT = "(?:" + "|".join(rf"(?<=\b{word} )" for word in _BEFORE_IT) + "|^)itj?"
NOT = rf"\b(?<!hvorfor )(?:ikk?e?|itt|{_IT}|ek|ett|not)\b"
_FILLER = (
    r"(?: (?:lige|så|for|en|et|alt|både|enten|med|bare|komme|mødes|ses|have|ha|tage|mere|engang|nå|være der"
    r"|om|på|i|the|den|d\.?|mellem|ml\.?|fra|omkring|ved|kl\.?|klokken))*"
)
_BEFORE = compiled(
    rf"(?:{NOT}|\b(?:glem|hverken|undtagen|undgå|forhindret|optaget|på nær|fraset|bortset fra|i ?stedet for"
    r"|fuck|drop|skip)"
    rf"|\bdet ikk?e? (?:er|bliver)|\b(?<!ikke andet )end|{REFUSED}){_FILLER} ?$"
)
# "Der har vi ikke timer" is free.
_NOTHING_TO_DO = (
    r"(?!(?: \w+)? ikk?e? (?:noget |nogen )?(?:timer|skole|arbejde|vagt|undervisning|planer|træning|noget|andet)\b)"
)
_AFTER = compiled(
    rf"[ ,]*(?:der )?(?:kan (?:jeg|vi)|har (?:jeg|vi){_NOTHING_TO_DO}|(?:jeg|vi) kan|kan|duer|dur|går|passer|er|bliver)"
    r"(?: (?:det|mig|bare|desværre|altså|der|lidt|alt|nok|også))*"
    r",? (?:ikk?e?\b|itj?\b|ek\b|for (?P<too>sen|tidlig)t?\b)"
    r"|[ ,]*(?:er|bliver) (?:(?:\w+ )?(?:fyldt|optaget|udelukket|umulig|fuldt? booket|lukket land)\b|no ?go\b"
    r"|(?:lort|noget lort|skidt|dårligt?|nederen)(?= *(?:$|[.,!?]|så|men|for)))"
    r"|[ ,]*kan (?:i|du|vi) (?:\w+ )?glemme\b"
    r"| ikk?e? (?:så )?(?:godt?|muligt?|fri|ledig|smart)\b(?! (?:før|inden) (?:kl|\d|halv|kvart))"
    r"| (?:nej|nix)\b(?= *(?:$|[.,!?]|men))"
)


# "Onsdag er jeg i retten, så ikke der."
_NOT_THERE = compiled(
    rf"(?:(?! men )[^.!?#~]){{0,40}}? (?:{NOT} (?:der|dér|den dag)\b"
    rf"|der (?:går|dur|duer|passer|kan) (?:det|jeg|vi)(?: \w+)? ?{NOT})"
)

# "Tirsdag skal jeg på arbejde" takes Tuesday back; "tirsdag arbejder jeg til 14" does not.
_BUSY = compiled(
    r"[ ,]*(?:der )?(?:"
    r"(?:arbejder|træner|spiller|sover|svømmer|rejser|flytter) (?:jeg|vi)"
    r"(?! (?:kun |først |ikke? )*(?:til|fra|før|efter|om|ikke?)\b)"
    r"|(?:(?:skal|er) (?:jeg|vi)|(?:jeg|vi) (?:skal|er)) (?:(?:jo|også|desværre|altså) )?"
    r"(?:på (?:arbejde|job|vagt|ferie)|i (?:skole|praktik|retten)|optaget|forhindret|væk|bortrejst|ude at rejse)\b"
    r"|har (?:jeg|vi) (?:(?:jo|også|desværre|altså) )?(?:vagt|skole|eksamen|arbejde|praktik)\b"
    r")(?! (?:til|fra|før|efter|indtil)\b)"
)


def is_refused(folded: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` of a folded text are taken back by those around them."""
    return bool(_BEFORE.search(folded[:start]) or is_refused_after(folded, end))


def is_refused_after(folded: str, end: int) -> bool:
    """Whether the words up to `end` are taken back by those behind them alone: "kl 14 kan jeg ikke".

    So they are by what keeps one busy then: "mandag er jeg i skole".
    """
    return any(pattern.match(folded, end) for pattern in (_AFTER, _BUSY, _NOT_THERE))


def too_late_or_early(folded: str, end: int) -> str | None:
    """Tells "sen" or "tidlig" when what ends here "er for sent" or "er for tidligt"."""
    refused = _AFTER.match(folded, end)
    return refused.group("too") if refused else None
