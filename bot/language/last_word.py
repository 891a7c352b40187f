"""Which part of a message says the wish, where others tell what else happens: "jeg har fri kl 14, så torsdag kl 15"."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.folding import any_of, compiled
from bot.language.numbers import COUNTED, MONTHS

MOST_PARTS = 8
"""Each is read by itself."""
CONCLUDES = 2
"""From this surety on a part says what follows from the others."""


# "Så hurtigt som muligt" concludes nothing.
_NOT_SO = (
    r"(?! (?:hurtigt?|snart|tidligt?|sent?|længe|mange|meget|vidt|lidt|godt|vil(?! (?:\d|kl))|skal jeg (?:til|på|i)"
    r"|har|er|sover|arbejder)\b)"
)
# Nor does "hvis ikke, så fredag".
_SO = (
    rf"(?<!ikke )(?<!ik )(?:så|saa){_NOT_SO}(?! *(?:$|[.,!?]))|derfor"
    r"|so(?! (?:soon|early|late|that|much|i (?:have|am))\b)"
)
# "Altså i dag kl 14" says once more what is meant.
_NAMELY = r"altså(?= [^.,!?]{0,30}\d| (?:på |om )?(?:man|tirs|ons|tors|fre|lør|søn)dag)"
# Where "hvis jeg skal komme selv, skal det være mellem to og fem" says what is wished for.
_MUST = r"skal det (?:så |helst |bare )?(?:være|ligge)"
# "Helst mandag ellers torsdag" names two.
_BUT = r"men|but|hellere|(?<!dag )ellers|rather"
_MONTH = "|".join(MONTHS)
_SHORT = "kl|d|ca|nr|evt|man|tir|tirs|ons|tor|tors|fre|lor|son|dec|nov|jan"
_GOES_ON = f"{COUNTED}|og|eller|til|el"
# Not the dot of "kl. 10", "man. kl 10", "den 8. december", "4. modul" and "10.30".
_END = (
    "".join(rf"(?<!\b{word})" for word in _SHORT.split("|"))
    + rf"(?:(?<!\d)[.!?;](?!\d)|(?<=\d)[!?;](?!\d)|(?<=\d)\. ?(?=$|[a-zæøå])(?! ?(?:{_MONTH}|(?:{_GOES_ON})\b)))"
)
_ASIDE = r"hvis|fordi|for (?=jeg|vi|der|min|han|hun)|because|if|når (?=jeg|bussen|toget|vi|min)"
_TURN = compiled(
    rf"(?P<end>{_END})|(?P<namely>\b{_NAMELY})|(?P<so>\b(?:{_SO})\b)|(?P<must>\b{_MUST}\b)|(?P<but>\b(?:{_BUT})\b)|(?P<aside>\b(?:{_ASIDE})\b)"
)
ASKS = any_of(
    "kan (?:vi|jeg|i|du|man|det)|(?:jeg|vi) kan (?!ikk?e?)|må (?:jeg|vi)|ville? (?:gerne|passe|være|jeg)",
    "passer?|helst|hellere|gerne",
    "please|pls|can (?:we|i|you)|could (?:we|i|you)|would|works?|is (?:good|fine|ok|perfect)",
    r"er (?:jeg|vi) (?:klar|fri|ledig|hjemme)|har (?:jeg|vi) (?:fri|ikke noget)",
    "fint|fin|perfekt|godt|bedst|bedre|fedt",
    "skal (?:det|mødet|vi) (?:være|ses|mødes|gøre)|book\\w*|flyt\\w*|tag(?:er)? jeg",
)
"""What says that a time is wished for."""

_ENDS_WITH_SO = compiled(r" (?:så|altså)(?= *(?:$|[.!?]))")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text, and how surely it is the wish itself: above 0 it says so. An aside begins as one."""

    start: int
    end: int
    surety: int
    aside: bool


def parts(folded: str) -> list[Part]:
    """The parts of a folded text in order; one, of no surety, where nothing divides it or it has too many."""
    found = [Part(start, end, _surety(folded, start, end, turn), turn == "aside") for start, end, turn in _cut(folded)]
    told = [part for part in found if any(map(str.isalnum, folded[part.start : part.end]))]
    return told if len(told) <= MOST_PARTS else [Part(0, len(folded), 0, aside=False)]


def _cut(folded: str) -> Iterator[tuple[int, int, str | None]]:
    """Where each part begins and ends, and what kind of turn it begins with."""
    start, turn = 0, None
    for match in _TURN.finditer(folded):
        if match.lastgroup == "must" and turn != "aside":
            continue
        yield start, match.start(), turn
        start, turn = match.end() if match.lastgroup == "end" else match.start(), match.lastgroup
    yield start, len(folded), turn


def _surety(folded: str, start: int, end: int, turn: str | None) -> int:
    text = folded[start:end]
    if turn == "aside":
        return 0
    asks = bool(ASKS.search(text)) or text.rstrip().endswith("?")
    concludes = turn in ("so", "must") or _ENDS_WITH_SO.search(folded, start, end + 1)
    return asks + 2 * bool(concludes) + 4 * (turn == "namely") + (turn == "but")
