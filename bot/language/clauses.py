"""The parts of a long message that can stand alone, each of them perhaps a need of its own."""

import re
from collections.abc import Iterator

FEWEST_WORDS = 3
MOST_CLAUSES = 6

_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\S)|(?<=\d)\.(?= [a-zæøå]))+[.!?]*")
_JOINT = re.compile(
    r"\s*(?:[,;]\s*(?:og|men|plus)?|\b(?:og|men|plus))\b(?:\s+(?:så|også|desuden|ellers))*\s*", re.IGNORECASE
)
# These go on with what was said: "når jeg er 18", "som ikke vil", "hans mor" alone.
_DEPENDS = re.compile(
    r"(?:når|hvis|fordi|for|at|der|som|da|så|siden|selvom|mens|indtil|end|eller|især|fx|hvor meget jeg)\b",
    re.IGNORECASE,
)
# A comma alone divides only before what begins a sentence.
_BEGINS = re.compile(
    r"(?:jeg|vi|han|hun|de|det|min|mit|mine|hvordan|hvad|hvor|hvornår|hvem|hvilken?|kan|må|skal|har|er|får|ved|mangler"
    r"|skylder|og|men|plus)\b",
    re.IGNORECASE,
)


def clauses(text: str) -> tuple[str, ...]:
    """The parts in order, at most `MOST_CLAUSES`, a question with its mark; the text itself where it is only one."""
    found = [clause for sentence in _SENTENCE.findall(text) for clause in _of_sentence(sentence.strip())]
    return tuple(_joined(found))[:MOST_CLAUSES]


def _of_sentence(sentence: str) -> Iterator[str]:
    start = 0
    for joint in _JOINT.finditer(sentence):
        after = sentence[joint.end() :]
        if _divides(sentence[start : joint.start()], joint[0], after):
            yield sentence[start : joint.start()]
            start = joint.end()
    yield sentence[start:]


def _divides(before: str, joint: str, after: str) -> bool:
    if len(before.split()) < FEWEST_WORDS or len(after.split()) < FEWEST_WORDS or _DEPENDS.match(after):
        return False
    return joint.strip() not in {",", ";"} or bool(_BEGINS.match(after))


def _joined(found: list[str]) -> Iterator[str]:
    """What is too short to mean anything ("Hej.", "tak") goes with its neighbour."""
    held = ""
    for clause in (clause.strip() for clause in found if any(map(str.isalnum, clause))):
        held = f"{held} {clause}".strip()
        if len(held.split()) >= FEWEST_WORDS:
            yield held
            held = ""
    if held:
        yield held
