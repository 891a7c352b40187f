"""Misspells texts as young people write Danish: by ear, with thumbs, in a hurry. For training, never for measuring."""

import random
import re

_BY_EAR = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Letters that are not heard.
        (r"nd(?=e|$)", "n"),
        (r"(?<=[aeiouyæøå])ld(?=[ei]|$)", "l"),
        (r"rd(?=[ei]?\w?$)", "r"),
        (r"^hv", "v"),
        (r"^hj", "j"),
        (r"(?<=\w\w)ede(?=[st]?$)", "ed"),
        (r"(?<=[iæ])gt?$", "t"),
        (r"(?<=[aåouø])g(?=e|$)", "w"),
        (r"(?<=[aeiouyæøå])v(?=[dnt])", ""),
        (r"(?<=\w\w)t$", ""),
        (r"(?<=\w\w)r$", ""),
        (r"(?<=\w\w)e$", ""),
        (r"(?<=\w\we)[nt]$", ""),
        # Endings that sound alike.
        (r"(?<=\w)re$", "rer"),
        (r"(?<=\w)rer$", "re"),
        (r"(?<=\w)er$", "re"),
        (r"(?<=\w)ende$", "ene"),
        (r"(?<=\w)else", "lse"),
        (r"(?<=\w)ig", "i"),
        (r"(?<=\w)lig(?=t?$)", "li"),
        # Letters that sound alike.
        (r"eg(?=$|[nl])", "ej"),
        (r"ej", "aj"),
        (r"øj", "åj"),
        (r"æ", "e"),
        (r"e(?=[lnrt])", "æ"),
        (r"å", "o"),
        (r"o(?=[rvgl])", "å"),
        (r"y", "ø"),
        (r"ø", "y"),
        (r"u(?=[nmr])", "o"),
        (r"i(?=[dnt])", "e"),
        (r"d(?=$)", "t"),
        (r"b(?=[est]|$)", "p"),
        (r"g(?=t|$)", "k"),
        (r"k(?=[aou])", "c"),
        (r"c(?=[eiy])", "s"),
        (r"ks", "x"),
        (r"sj", "sh"),
        (r"tion", "sjon"),
        # One consonant or two.
        (r"([bdfgklmnprst])\1", r"\1"),
        (r"(?<=[aeiouyæøå])([fgklmnprst])(?=[aeiouyæøå])", r"\1\1"),
    )
]
_ROWS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm")
_SHORTENED = {
    "det": "d",
    "og": "å",
    "at": "å",
    "ikke": "ik",
    "noget": "nt",
    "jeg": "j",
    "mig": "mi",
    "fordi": "frdi",
    "til": "ti",
    "med": "me",
    "hvad": "hvd",
    "hvordan": "hvodan",
    "bare": "bar",
    "lige": "li",
    "være": "vær",
    "har": "ha",
    "bliver": "bli",
    "gerne": "gern",
    "meget": "møj",
    "hjælp": "hjlp",
    "kan": "k",
}
# How often each happens.
_WORDS_SLIPPED = (0.15, 0.55)
_WORD_SHORTENED = 0.3
_BY_THUMB = 0.5
_GLUED, _SPLIT = 0.4, 0.2
_NO_DANISH_KEYS, _NO_MARKS = 0.35, 0.5

_SHORTEST_BY_EAR, _SHORTEST_BY_THUMB, _SHORTEST_SPLIT, _SHORTEST_PART = 3, 4, 7, 3


def misspelt(text: str, seed: int = 0) -> str:
    """The text with slips in a good third of its words; the same for the same seed. The meaning stays readable."""
    chance = random.Random(f"{seed}/{text}")  # noqa: S311 -- slips, not secrets
    share = chance.uniform(*_WORDS_SLIPPED)
    pieces = [_slipped(piece, chance) if chance.random() < share else piece for piece in re.split(r"(\W+)", text)]
    # A sign alone may be dropped as punctuation is.
    return _typed(_spaced(pieces, chance), chance) or text


def _slipped(word: str, chance: random.Random) -> str:
    if not word.isalpha():
        return word
    lower = word.lower()
    if lower in _SHORTENED and chance.random() < _WORD_SHORTENED:
        return _SHORTENED[lower]
    if len(word) < _SHORTEST_BY_EAR:
        return word
    if len(word) >= _SHORTEST_BY_THUMB and chance.random() < _BY_THUMB:
        return chance.choice(_BY_THUMBS)(word, chance)
    return _by_ear(lower, chance)


def _by_ear(word: str, chance: random.Random) -> str:
    fitting = [(pattern, sound) for pattern, sound in _BY_EAR if pattern.search(word)]
    if not fitting:
        return word
    pattern, sound = chance.choice(fitting)
    place = chance.choice(list(pattern.finditer(word)))
    return word[: place.start()] + place.expand(sound) + word[place.end() :]


def _missed(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _beside(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + _neighbour(word[at], chance) + word[at + 1 :]


def _both(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + _neighbour(word[at], chance) + word[at + 1 :]


_BY_THUMBS = (_missed, _missed, _beside, _both)


def _neighbour(letter: str, chance: random.Random) -> str:
    for number, row in enumerate(_ROWS):
        at = row.find(letter.lower())
        if at >= 0:
            near = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
            near += "".join(_ROWS[other][at : at + 1] for other in (number - 1, number + 1) if 0 <= other < len(_ROWS))
            return chance.choice(near)
    return letter


def _spaced(pieces: list[str], chance: random.Random) -> str:
    spaces = [at for at, piece in enumerate(pieces) if piece == " "]
    if spaces and chance.random() < _GLUED:
        pieces[chance.choice(spaces)] = ""
    long = [at for at, piece in enumerate(pieces) if piece.isalpha() and len(piece) >= _SHORTEST_SPLIT]
    if long and chance.random() < _SPLIT:
        at = chance.choice(long)
        cut = chance.randrange(_SHORTEST_PART, len(pieces[at]) - _SHORTEST_PART + 1)
        pieces[at] = f"{pieces[at][:cut]} {pieces[at][cut:]}"
    return "".join(pieces)


_PLAIN = (
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}),
    str.maketrans("æøåÆØÅ", "aoaAOA"),
)


def _typed(text: str, chance: random.Random) -> str:
    if chance.random() < _NO_DANISH_KEYS:
        text = text.translate(chance.choice(_PLAIN))
    if chance.random() < _NO_MARKS:
        text = re.sub(r"[^\w\s]+", "", text).lower()
    return text
