"""What a message tells besides its wish: what it puts right afterwards, and what else happens at other times."""

import re
from itertools import pairwise

from bot.language.folding import blotted, danish_pattern

MOST_CORRECTIONS = 5
"""Each is read anew to the end of the message."""


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(rf"\b(?:{'|'.join(words)})\b"))


_CLAUSE_END = re.compile(
    danish_pattern(
        r"(?<!\bd)(?<!\bkl)(?<!\d)[.!?;](?!\d)"
        r"|(?<=\d)\.(?= (?:jeg|vi|kan|det|der|du|så)\b)"
        r"|,|\b(?:så|for|fordi|men|ellers)\b"
    )
)
_ELSEWHERE = _any_of(
    "hver",
    r"indkaldt|\w*møde[rt]?|psykolog|tandlæge|lægen?",
    r"termin|terminsprøver?|eksamen",
    r"åbner|åbent|siger .*ringe",
    r"udløber|kontrakt\w*|nøgle\w*",
    r"skal (?:jeg )?(?:være ude|ud|flytte|afleveres?|til|hente|i|på)|flytter",
    r"i ?skole|på arbejde",
    r"har (?:jeg |vi )?(?:først )?(?:(?:\d+|to|tre) )?(?:\w*vagt(?:er)?|time|skole|timer|modul)",
    "har (?:jeg |vi )?(?:først )?(?:fysik|matematik|dansk|engelsk|idræt)",
    "(?:kommer|går) (?:\\w+ )?hjem|hjemme fra|henter|afleverer|tager (?:min )?medicin",
    "(?:får|har) (?:jeg )?fri|slutter|starter|begynder",
    "er (?:jeg )?(?:først )?(?:inde|hjemme|færdig|fri)",
    "smed|smidt|fylder|fødselsdag|boet",
    "går (?:toget|bussen|færgen)|kører",
    "have to|got to|must|finish|shift|exam|by the",
)
_CORRECTION = _any_of(
    r"(?:eller )?(?:nej|næ|nah|ej|glem det|hov|ups|undskyld|sorry|rettelse)"
    r"(?:[ ,.]*(?:vent|altså|jeg)?[ ,]*(?:mente|mener))?",
    "(?:jeg )?(?:mente|mener)",
    "eller (?:vent|rettere|hellere)|vent",
)


def without_asides(folded: str) -> str:
    """The folded text with every clause blotted out that tells when something else happens."""
    ends = [0, *(match.start() for match in _CLAUSE_END.finditer(folded)), len(folded)]
    for start, end in pairwise(ends):
        if _ELSEWHERE.search(folded[start:end]):
            folded = blotted(folded, start, end)
    return folded


def corrections(folded: str) -> list[int]:
    """Where something begins that puts right what stands before it: "kl 10 nej 11"; the last first."""
    return [match.end() for match in _CORRECTION.finditer(folded)][: -MOST_CORRECTIONS - 1 : -1]
