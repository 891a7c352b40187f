"""How a young person wants to meet: at the office, by phone, in the chat or somewhere else."""

from collections.abc import Iterator
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.language.folding import compiled, fold_in_place
from bot.nlu.danish import danish
from bot.nlu.spans import Span

_WORDS = {
    "phone": "telefon telefonen telefonisk telefonmøde telefonsamtale telefontid ringe ring ringer ringes opkald tlf "
    "mobil by phone call",
    "office": "kontoret kontor fysisk fremmøde ansigt personligt mødes komme kommer irl in",
    "chat": "chat chatten chatte chatter skrive skriver sms beskeder online",
}  # fmt: skip
# These say a way only together with the second word: "komme" alone is any coming.
_ONLY_WITH = {
    "komme": ("ned", "ind", "forbi", "op", "ud", "hen"),
    "kommer": ("ned", "ind", "forbi", "op", "ud", "hen"),
    "ansigt": ("til",),
    "by": ("phone", "telephone"),
    "call": ("me",),
    "phone": ("call", "please", "is", "instead"),
    "in": ("person",),
    "mødes": ("på", "ved", "fysisk", "med", "i", "hos", "personligt", "irl"),
}
# Only where one meets: "et andet sted at bo" is no place for a talk. "_" stands for one word more, or none.
_PLACES = (
    "biblioteket bibliotek café cafe caféen cafeen stationen banegården parken skolen gymnasiet klubben "
    "fritidsklubben værestedet centret kirken mcdonalds mcd library station park school"
)
_OUT = (
    "mødes|ses|møde|tales _ _ _ andet|anden sted|steds",
    "mødes|ses ude|udenfor",
    "mødes|ses på|i|ved|nede _ _ PLACES",
    "mødes|ses hjemme|hjem hos|til mig|os",
    "mødes|ses hos mig|os",
    "komme|kommer|kom _ _ hjem|ud til mig|os",
    "komme|kommer|kom _ ud og møde|mødes",
    "et andet sted end kontoret|kommunen|rådhuset|ungehuset",
    "meet _ _ somewhere else",
    "meet outside",
    "meet at|in|by the|a|my PLACES",
    "come to my place|home",
)
# "Ringe på" is the doorbell, unless what is rung is a telephone.
_RINGING = {"ringe", "ring", "ringer", "ringes"}
_WHO = {"man", "jeg", "vi", "i", "de", "du"}
_ON = {"på", "paa", "pa"}
_TELEPHONES = {
    "telefon",
    "telefonen",
    "mobil",
    "mobilen",
    "tlf",
    "nummer",
    "nr",
    "mit",
    "dette",
    "det",
    "[",
    "mobilnummer",
}
_OVER_THE_PHONE = ("over|on the phone", "over telefonen|telefon|tlf")
# The title of the button, typed: only as all that is said, for "et andet sted at bo" is no place for a talk.
_ELSEWHERE = compiled(
    r"\W*(?:(?:nej|ja|ok|okay|så|hellere|helst|gerne|tak|på|vi|kan|mødes|somewhere)[ ,.]*)*"
    r"(?:et andet sted|somewhere else)(?:[ ,]*(?:tak|please|i stedet|hvis man kan|hvis det går))*\W*"
)
# Right before or soon behind a telephone they say that there is none to ring.
_WITHOUT = {"ingen", "mistet", "uden", "no"}
_GONE = {"stykker", "dod", "vak", "stjalet", "smadret", "tabt", "mistet", "broken", "dead"}
_REACH_OF_GONE = 4
_NOT = {"ikke", "ik", "ikk", "hverken", "undgå", "undga", "aldrig"}
_REACH_OF_NOT = 3
"""Words between "ikke" and the way it refuses: "vil ikke bare ringe"."""


class WayFinder:
    """Finds the way of a talk, with spaCy's matcher; what is refused ("ikke ringe") is not found."""

    def __init__(self) -> None:
        self._matcher = Matcher(danish().vocab)
        for way, words in _WORDS.items():
            self._matcher.add(way, [pattern for word in words.split() for pattern in _patterns(word)])
        self._matcher.add("phone", [_phrase(words) for words in _OVER_THE_PHONE])
        self._matcher.add("out", [_phrase(words) for words in _OUT])

    def find(self, folded: Doc) -> Iterator[Span]:
        """The first way named in a document folded in place, if any."""
        if _ELSEWHERE.fullmatch(folded.text):
            yield Span("way", 0, len(folded.text), "out")
            return
        # The longest from the same word on: "mødes på biblioteket" says more than "mødes på".
        for words in sorted(self._matcher(folded, as_spans=True), key=lambda found: (found.start, -found.end)):
            before = {token.text for token in folded[max(0, words.start - _REACH_OF_NOT) : words.start]}
            if not (before & _NOT or _is_doorbell(folded, words.start) or _has_none(folded, words.start, words.end)):
                yield Span("way", words.start_char, words.end_char, words.label_)
                return


def _has_none(folded: Doc, start: int, end: int) -> bool:
    """Whether the telephone that is named cannot be rung: "min telefon er i stykker"."""
    if folded[start].text not in _TELEPHONES:
        return False
    before = {token.text for token in folded[max(0, start - 1) : start]}
    return bool(before & _WITHOUT or {token.text for token in folded[end : end + _REACH_OF_GONE]} & _GONE)


def _is_doorbell(folded: Doc, place: int) -> bool:
    if folded[place].text not in _RINGING:
        return False
    after = [token.text for token in folded[place + 1 : place + 4] if token.text not in _WHO]
    if not after or after[0] not in _ON:
        return False
    return not any(word in _TELEPHONES or word[0] in "[+" or word[0].isdigit() for word in after[1:2])


def _patterns(word: str) -> list[list[dict[str, str]]]:
    typed = {fold_in_place(word), fold_in_place(word.replace("ø", "oe"))}
    followers = [fold_in_place(other) for other in _ONLY_WITH.get(word, ())]
    if not followers:
        return [[{"LOWER": spelling}] for spelling in typed]
    return [[{"LOWER": spelling}, {"LOWER": follower}] for spelling in typed for follower in followers]


def _phrase(words: str) -> list[dict[str, Any]]:
    named = words.replace("PLACES", "|".join(_PLACES.split())).split()
    return [{"IS_ALPHA": True, "OP": "?"} if word == "_" else {"LOWER": {"IN": _typed(word)}} for word in named]


def _typed(alternatives: str) -> list[str]:
    words = alternatives.split("|")
    return sorted({fold_in_place(word) for word in words} | {fold_in_place(word.replace("ø", "oe")) for word in words})
