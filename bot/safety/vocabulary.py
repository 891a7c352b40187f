import re
from collections.abc import Callable, Collection, Iterable, Iterator

from bot.language.normalise import fold

BIG_NUMBER = "10+"

_SMALLEST_BIG_NUMBER = 10
_MOST_DIGITS = 6
_SHORTEST_MISSPELT = 6
_SHORTEST_READ_BOLDLY = 4
_SHORTEST_GLUED = 2
_LONGEST_WORD = 40
_SHORTEST_SKELETON = 3
_VOWELS = re.compile("[aeiouyæøå]")
_DOUBLED = re.compile(r"(.)\1")
_BARE = (str.maketrans("æøå", "aoa"), str.maketrans("æøå", "eoa"))


class Vocabulary:
    """The words that patterns know, and which of them a word of a message may be.

    An entry is a word ("selvmord"), a beginning ("selvmord*"), an ending ("*piller") or BIG_NUMBER, all as
    `bot.language.normalise.fold` writes them. `real_words` are never taken for another word misspelt.
    """

    def __init__(self, entries: Iterable[str], real_words: Collection[str] = ()) -> None:
        known = sorted(set(entries))
        self._words = frozenset(entry for entry in known if "*" not in entry)
        self._beginnings = {part: e for e in known if e.endswith("*") for part in _spellings(e[:-1])}
        self._endings = {part: e for e in known if e.startswith("*") for part in _spellings(e[1:])}
        self._real_words = frozenset(real_words)
        self._variants = self._index(_spellings)
        self._skeletons = self._index(_skeleton)
        self._shortened = self._index(_one_letter_less)

    def find(self, word: str) -> frozenset[str]:
        """The entries that `word` may be: itself, else without æøå or doubling, else one slip of the fingers from them.

        A word that is left is read without the vowels: "hdr" is "hader".
        """
        if word.isdecimal():
            return self._number(word)
        if len(word) > _LONGEST_WORD:
            return frozenset()
        found = (self._words & {word}).union(self._variants.get(word, ()), self._parts(word))
        if not found and word not in self._real_words:
            found = frozenset(self._variants.get(_DOUBLED.sub(r"\1", word), ())) or self._misspelt(word)
            found = found or frozenset(self._skeletons.get(word, ()))
        return found

    def find_loosely(self, word: str) -> frozenset[str]:
        """The entries that `word` may be, or else may be by one slip in a shorter word than `find` dares to read."""
        return self.find(word) or self._boldly(word)

    def is_read_boldly(self, word: str) -> bool:
        """Whether only find_loosely finds it."""
        return not self.find(word) and bool(self._boldly(word))

    def unglued(self, word: str) -> tuple[str, ...]:
        """The word, or the two known ones that it is made of where a space is missing, the first as long as can be."""
        if word.isdecimal() or len(word) > _LONGEST_WORD or word in self._real_words or self.find(word):
            return (word,)
        for at in range(len(word) - _SHORTEST_GLUED, _SHORTEST_GLUED - 1, -1):
            if self._is_known(word[:at]) and self._is_known(word[at:]):
                return word[:at], word[at:]
        return (word,)

    def _is_known(self, word: str) -> bool:
        return word in self._words or word in self._variants

    def _boldly(self, word: str) -> frozenset[str]:
        if not _SHORTEST_READ_BOLDLY <= len(word) <= _LONGEST_WORD or word in self._real_words:
            return frozenset()
        shortest = _SHORTEST_READ_BOLDLY - 1
        return frozenset(
            entry
            for entry in self._near(word)
            if any(is_one_slip(word, meant, shortest) for meant in _spellings(entry))
        )

    def _number(self, word: str) -> frozenset[str]:
        big = len(word) <= _MOST_DIGITS and int(word) >= _SMALLEST_BIG_NUMBER
        return frozenset({word, BIG_NUMBER} if big else {word}) & self._words

    def _parts(self, word: str) -> Iterator[str]:
        for place in range(1, len(word) + 1):
            if entry := self._beginnings.get(word[:place]):
                yield entry
            if entry := self._endings.get(word[-place:]):
                yield entry

    def _misspelt(self, word: str) -> frozenset[str]:
        if len(word) < _SHORTEST_MISSPELT:
            return frozenset()
        return frozenset(entry for entry in self._near(word) if is_one_slip(word, entry))

    def _near(self, word: str) -> set[str]:
        """The entries that may be one slip away: those that share with it what is left without some letter."""
        return {entry for part in (word, *_less_a_letter(word)) for entry in self._shortened.get(part, ())}

    def _index(self, spell: Callable[[str], Iterable[str]]) -> dict[str, set[str]]:
        index: dict[str, set[str]] = {}
        for word in self._words:
            for spelling in spell(word):
                if spelling not in self._real_words:
                    index.setdefault(spelling, set()).add(word)
        return index


def is_one_slip(word: str, meant: str, shortest: int = _SHORTEST_MISSPELT - 1) -> bool:
    """Whether `word` is `meant` with one letter missing, added, wrong or swapped: not the first, not in short words."""
    if word[:1] != meant[:1] or min(len(word), len(meant)) < shortest:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), min(len(word), len(meant)))
    rest, wanted = word[start:], meant[start:]
    if len(rest) != len(wanted):
        return rest[1:] == wanted or rest == wanted[1:]
    return rest[1:] == wanted[1:] or (rest[1::-1] == wanted[:2] and rest[2:] == wanted[2:])


def _spellings(word: str) -> set[str]:
    # "slaet" is "slået" without its ring, but folding reads its "ae" as "æ".
    bare = {word, *(fold(word.translate(table)) for table in _BARE)}
    return bare | {_DOUBLED.sub(r"\1", spelling) for spelling in bare}


def _skeleton(word: str) -> set[str]:
    bare = _VOWELS.sub("", word)
    # Of a word with one vowel, or one at its start, too little is left to tell it by.
    return {bare} if _SHORTEST_SKELETON <= len(bare) < len(word) - 1 and bare[0] == word[0] else set()


def _less_a_letter(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))}


def _one_letter_less(word: str) -> set[str]:
    return {part for spelling in _spellings(word) for part in (spelling, *_less_a_letter(spelling))}
