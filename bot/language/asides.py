"""What a message tells besides its wish: what it puts right afterwards, and what else happens at other times."""

import re
from itertools import pairwise

from bot.language.folding import any_of, blotted, compiled
from bot.language.last_word import ASKS
from bot.language.numbers import CARDINALS, MONTHS, NO_UNIT
from bot.language.time_phrases import SOONEST, asks_for_the_first

MOST_CORRECTIONS = 5
"""Each is read anew to the end of the message."""


_CLAUSE_END = compiled(
    r"(?<!\bd)(?<!\bkl)(?<!\bst)(?<!\bca)(?<!\bnr)(?<!\d)[.!?;](?!\d)"
    r"|(?<=[.:]\d\d)\.(?= (?!kl))"
    r"|(?<=\d)\.(?= (?:jeg|vi|kan|det|der|du|så)\b)"
    r"|[,()]|\b(?:så|fordi|men|ellers)\b|\bhvor\b(?= (?:jeg|vi|a|der) (?:har|skal|er)\b)"
    # "Før december" is written so without Danish keys.
    rf"|\bfor\b(?! (?:kl|\d|d\b|den \d|{'|'.join(MONTHS)}|\w+dag *(?:$|[,.!?])))"
)
_ELSEWHERE = any_of(
    # "Hver dag i næste uge" is a wish.
    r"hver(?! (?:eneste )?dag (?:i (?:denne|den her|næste|uge)|efter|undtagen))|arbejder (?:jeg )?hver",
    r"indkaldt|\w*møde[rt]?|psykolog|tandlæge|lægen?",
    r"termin|terminsprøver?|eksamen",
    r"åbner|åbent|siger .*ringe",
    r"udløber|kontrakt\w*|nøgle\w*",
    r"skal (?:jeg )?(?:være (?:ude|på|i|hos|hjemme)|ud|flytte|afleveres?|til|hente|i|på|stå|nå|med|hjem|rejse)|flytter",
    "(?:har|er|så) (?:\\w+ ){0,3}travlt",
    r"i ?skole|på arbejde|(?:står|sidder) (?:jeg )?(?:på|i)",
    r"har (?:jeg |vi )?(?:først )?(?:(?!ingen\b|ikke?\b)\w+ )?"
    r"(?:\w*vagt(?:er)?|time|skole|timer|modul|praktik|studietid)",
    "har (?:jeg |vi )?(?:først )?(?:fysik|matematik|dansk|engelsk|idræt)",
    "(?:kommer|går) (?:\\w+ )?hjem|hjemme fra|henter|afleverer|tager (?:min )?medicin",
    "(?:får|har) (?:jeg )?fri|slutter|starter|begynder",
    "er (?:jeg )?(?:først )?(?:inde|hjemme|færdig|fri)|er (?:jeg|vi) (?:på|hos|skredet|rejst|taget|ude|væk)",
    r"\w+(?:kursus|gruppe|vagt|træning|prøve|aflevering|ekskursion)(?:en|er)?|deadline|træner|nathold",
    "ophører|opsagt|smed|smidt|fylder|fødselsdag|boet",
    "går (?:toget|bussen|færgen)|kører",
    "have to|got to|must|finish|shift|exam|by the",
)
# "Til på søndag" tells for how long.
_STAYS = compiled(
    r"\b(?:sove[rt]?|bor?|ligger?|bliver?) [^.,!?;]{0,40}\b(?:ind)?til (?:(?:på )?\w+dag\b|(?:d\.? ?|den )\d+\.?|#+)"
)
_OFFERS = any_of("(?:har|er|holder) (?:jeg )?(?:\\w+ )?(?:fri|tid|ledig|hjemme)", r"free|som helst|lige ?meget|ring\w*")
_WORDS_OF_A_REASON = 4
_WORD = re.compile(r"[^\W\d_]+")
_CORRECTION = any_of(
    r"(?:eller )?(?:nej|næ|nah|ej|glem det|hov|ups|undskyld|sorry|rettelse)"
    r"(?:[ ,.]*(?:vent|altså|jeg)?[ ,]*(?:mente|mener))?",
    "(?:jeg )?(?:mente|mener)",
    "eller (?:vent|rettere|hellere)|vent",
    # "Kl 17 eller 17.30 er nok bedre"
    r"(?:eller|el)(?= [^,!?]{1,25} (?:er|passer|ville være) (?:\w+ )?bedre\b)",
)
_MOVED = compiled(
    r"\b(?:flyt|ryk|skub|skift|ændr|udskyd)\w*\b(?:(?!\bkan\b)[^.,!?;]){0,25}?"
    r"(?P<old>\bfra (?:[^.,!?;]|(?<=\d)\.|(?<=\bkl)\.|(?<=\bd)\.){1,30}?) (?P<to>til) "
)
_MONTH = "|".join(MONTHS)
_HOUR = rf"(?:\d{{1,2}}(?:[.:]\d\d)?|{'|'.join(CARDINALS)})"
_FROM_AN_HOUR = compiled(rf"(?:.*\b(?:kl\.?|klokken) ?|fra (?:ca\.? )?){_HOUR}")
_TO_AN_HOUR = compiled(rf"{_HOUR}(?![\w/]|\.? ?(?:{_MONTH}|\d)){NO_UNIT}")


def without_asides(folded: str) -> str:
    """The folded text with every clause blotted out that tells when something else happens."""
    ends = [0, *(match.start() for match in _CLAUSE_END.finditer(folded)), len(folded)]
    for start, end in pairwise(ends):
        if _ELSEWHERE.search(folded[start:end]):
            folded = blotted(folded, start, end)
    for stay in _STAYS.finditer(folded):
        folded = blotted(folded, *stay.span())
    soonest = asks_for_the_first(folded)
    return _without_reasons(folded, sorted({*ends, *soonest.span()})) if soonest else folded


def _without_reasons(folded: str, ends: list[int]) -> str:
    """Without why it is to be as soon as possible: "asap, min mor vil have os ud på fredag" leaves the day open."""
    for start, end in pairwise(ends):
        clause = folded[start:end]
        is_long = len(_WORD.findall(clause)) >= _WORDS_OF_A_REASON
        if is_long and not any(said.search(clause) for said in (_OFFERS, ASKS, SOONEST)):
            folded = blotted(folded, start, end)
    return folded


def without_what_is_moved(folded: str) -> str:
    """Without the time that a talk is moved from: "flyt den fra torsdag til fredag" wishes for Friday.

    A bare hour moved to another keeps the sign of one: of "fra 10 til 11" the eleventh hour is left.
    """
    moved = _MOVED.search(folded)
    if moved is None:
        return folded
    if _FROM_AN_HOUR.fullmatch(moved["old"]) and _TO_AN_HOUR.match(folded, moved.end()):
        folded = folded[: moved.start("to")] + "kl." + folded[moved.end("to") :]
    return blotted(folded, *moved.span("old"))


def corrections(folded: str) -> list[int]:
    """Where something begins that puts right what stands before it: "kl 10 nej 11"; the last first."""
    return [match.end() for match in _CORRECTION.finditer(folded)][: -MOST_CORRECTIONS - 1 : -1]
