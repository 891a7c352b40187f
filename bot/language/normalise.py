import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SENTENCE_END = "."

_SENTENCE_MARKS = ".!?"
# Numbers; words, with what chat puts inside them ("don't", "selvm*rd"); marks that end a sentence. "..." ends none.
_PIECE = re.compile(r"\d+|[^\W\d_][^\W_]*(?:['’`´*]+[^\W_]+)*|(?<!\.)\.(?=\s|$)|[!?]+")
_INNER_MARKS = re.compile(r"['’`´*]")
_SPELLED_OUT = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-][^\W\d_]){3,}(?![^\W_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VOWEL_RUN = re.compile(r"([aeiouyæøå])\1{2,}")
_CONSONANT_RUN = re.compile(r"([bcdfghjklmnpqrstvwxz])\1{2,}")
_CONSONANT_RUN_AT_END = re.compile(r"([bcdfghjklmnpqrstvwxz])\1{2,}$")
_DIGIT_IN_WORD = re.compile(r"(?<=[^\W\d_])[01345](?=[^\W\d_])")
_DIGITS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s"}
_DANISH = str.maketrans({"ä": "æ", "ö": "ø"})
_DIGRAPHS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))

_CHAT_SPELLING = {
    variant: spelling.split()
    for spelling, variants in {
        "jeg": "jg jgg jej jeh jag jæg jæj jeq jwg",
        "ikke": "ik ikk ike ikek ikkr ikje ikle itj icke",
        "mig": "mej mæ mih migg",
        "dig": "dej dæ",
        "sig": "sej sæ",
        "skulle": "sku skul skule",
        "kan": "ka",
        "kunne": "ku kune",
        "ville": "vile",
        "vil": "vill wil",
        "gider": "gidder gidr",
        "give": "gi",
        "orker": "orkr okrer",
        "væk": "vk vek vekk",
        "også": "osse oss ogs",
        "noget": "noed nogt ngt",
        "nogen": "nogn ngn noen",
        "eller": "elr ell eler",
        "fordi": "fdi ford fordig",
        "hvordan": "hvorn hvdan vordan",
        "hvad": "hva hvd vad",
        "hvor": "hvr",
        "det": "dt ded",
        "skal": "ska skl skla",
        "bliver": "blir blever",
        "tager": "tar",
        "tage": "ta",
        "have": "ha",
        "siger": "sier sir",
        "hjemme": "hjm hjeme",
        "dø": "døe d0",
        "slår": "slåer slor",
        "lige nu": "rn ligenu",
        "i nat": "inat",
        "i aften": "iaften",
        "i dag": "idag",
        "i morgen": "imorgen imorn",
        "i går": "igår",
        "i gang": "igang",
        "i stykker": "istykker",
        "uden for": "udenfor",
        "inden for": "indenfor",
        "want to": "wanna wana",
        "going to": "gonna gona",
    }.items()
    for variant in variants.split()
}
# "jer" is "you" as often as it is "jeg": only a verb after it tells.
_VERB_AFTER_JEG = re.compile(
    r"vil|ville|har|havde|kan|er|var|skal|gider|orker|magter|tror|føler|hader|tager|tog|sover|får"
)
# "do" is "dø" without its letter, or English: only a Danish word before it tells.
_WORD_BEFORE_DIE = re.compile(
    r"at|vil|ville|skal|kan|kunne|må|ma|gerne|bare|hellere|jeg|jg|han|hun|ikke|ik|snart|burde"
)
# Longer words before those they begin with. "hunden", "minde" and the like must stay whole: no "den", no "de".
_GLUED_WORD = re.compile(
    r"jeg|vil|ikke|ihjel|i|gider|kan|har|have|han|hun|hjem|er|mig|min|mere|dig|skal|skulle|slår|slog|sove|være|dø|leve|"
    r"nat|nu|dag|på|til|bare|lyst|at"
)
_LONGEST_GLUED = 24
_LONGEST_SIGN = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one spelling, and as it was written ("" when the piece before it held both, as "inat" does)."""

    text: str
    written: str


def normalise(text: str) -> str:
    """The text in one spelling: lower case, æøå for ae/oe/aa, chat spelling written out, single spaces.

    Emoji and punctuation go, but for `SENTENCE_END`, which stands alone where a sentence ends.
    """
    return " ".join(word.text for word in words(text))


def words(text: str) -> tuple[Word, ...]:
    """The words of the text in one spelling, in order; see normalise. Any text is fine."""
    pieces = _PIECE.findall(_tidy(text))
    folded = [fold(piece) for piece in pieces]
    return tuple(
        word
        for piece, before, plain, after in zip(pieces, ["", *folded], folded, [*folded[1:], ""], strict=False)
        for word in _spelled(piece, _meant(before, plain, after))
    )


def mend(text: str, meant: Callable[[str], str]) -> str:
    """The text with every word, folded, as `meant` has it; capitals, marks and what chat spells its own way stay."""

    def written(piece: re.Match[str]) -> str:
        folded = fold(piece[0])
        if not folded.isalpha() or folded in _CHAT_SPELLING or _unglued(folded) or (word := meant(folded)) == folded:
            return piece[0]
        return word[0].upper() + word[1:] if piece[0][0].isupper() else word

    tidy = _tidy(text)
    mended = _PIECE.sub(written, tidy)
    return text if mended == tidy else mended


def fold(word: str) -> str:
    """One word in lower case with æøå, without accents, inner marks and runs of letters ("DØØØØ" is "dø")."""
    plain = word.casefold()
    if not plain.isascii():
        plain = "".join(map(_without_accent, plain.translate(_DANISH)))
    plain = _DIGIT_IN_WORD.sub(lambda digit: _DIGITS[digit[0]], _INNER_MARKS.sub("", plain))
    plain = _VOWEL_RUN.sub(r"\1", _CONSONANT_RUN_AT_END.sub(r"\1", plain))
    plain = _CONSONANT_RUN.sub(r"\1\1", plain)
    for digraph, letter in _DIGRAPHS:
        plain = plain.replace(digraph, letter)
    return plain


def _tidy(text: str) -> str:
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    unmarked = composed if composed.isascii() else "".join(map(_plain_character, composed))
    return _SPELLED_OUT.sub(lambda spelled: re.sub(r"[ .\-]", "", spelled[0]), unmarked)


def _plain_character(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    # One sign that stands for a whole phrase would make a short text very long, and holds no Danish.
    return plain if len(plain) <= _LONGEST_SIGN else character


def _without_accent(letter: str) -> str:
    if letter == "å" or letter.isascii():
        return letter
    return unicodedata.normalize("NFD", letter)[0]


def _meant(before: str, word: str, after: str) -> str:
    if word == "jer" and _VERB_AFTER_JEG.fullmatch(after):
        return "jeg"
    if word == "do" and _WORD_BEFORE_DIE.fullmatch(before):
        return "dø"
    return word


def _spelled(written: str, folded: str) -> Iterator[Word]:
    if written[0] in _SENTENCE_MARKS:
        yield Word(SENTENCE_END, "")
        return
    texts = _CHAT_SPELLING.get(folded) or _unglued(folded) or [folded]
    for place, text in enumerate(texts):
        yield Word(text, "" if place else written)


def _unglued(word: str) -> list[str]:
    parts = _GLUED_WORD.findall(word) if len(word) <= _LONGEST_GLUED else []
    return parts if len(parts) > 1 and "".join(parts) == word else []
