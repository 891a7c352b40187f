"""Which Danish municipality a message names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.tokens import Span as Words

from bot.language.folding import fold_in_place
from bot.nlu.danish import danish, words_of
from bot.nlu.spans import Span

_TYPED: tuple[dict[str, str], ...] = ({}, {"å": "aa"}, {"aa": "å"}, {"ø": "oe", "æ": "ae", "å": "aa"}, {"-": " "})


@dataclass(frozen=True)
class EverydayWords:
    """Names that are words too: believed before "kommune", or after one of `after` unless in `only_before_kommune`."""

    names: frozenset[str]
    after: frozenset[str]
    only_before_kommune: frozenset[str]


class MunicipalityFinder:
    """Finds names in any spelling ("koebenhavn", "Århus kommune"); knows which names are everyday words."""

    def __init__(self, names: Iterable[str], aliases: Mapping[str, str], everyday: EverydayWords) -> None:
        self._everyday = everyday
        self._matcher = PhraseMatcher(danish().vocab, attr="LOWER")
        names = list(names)
        for said, name in [*((name, name) for name in names), *aliases.items()]:
            self._matcher.add(name, [words_of(spelling) for spelling in _spellings(said)])

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """Reads `municipalities.txt` (a name a line) and `municipality_names.yml`. Raises OSError or KeyError."""
        names = (folder / "municipalities.txt").read_text(encoding="utf-8").split("\n")
        said = yaml.safe_load((folder / "municipality_names.yml").read_text(encoding="utf-8"))
        words = EverydayWords(*(frozenset(said[key]) for key in ("everyday_words", "after", "only_before_kommune")))
        return cls([name.strip() for name in names if name.strip()], said["aliases"], words)

    def find(self, folded: Doc) -> Iterator[Span]:
        """The municipalities named in a document folded in place, each with its official name."""
        end = 0
        for words in sorted(self._matcher(folded, as_spans=True), key=lambda found: (found.start, -found.end)):
            if words.start >= end and self._is_meant(words, folded):
                end = words.end
                yield Span("municipality", words.start_char, words.end_char, words.label_)

    def _is_meant(self, words: Words, folded: Doc) -> bool:
        name = words.label_
        following = folded[words.end].text if words.end < len(folded) else ""
        if name not in self._everyday.names or following.startswith("kommune") or len(words) == len(folded):
            return True
        before = folded[words.start - 1].text if words.start else ""
        return before in self._everyday.after and name not in self._everyday.only_before_kommune


def _spellings(name: str) -> set[str]:
    spellings = set()
    for replacements in _TYPED:
        typed = name.lower()
        for letters, others in replacements.items():
            typed = typed.replace(letters, others)
        spellings |= {fold_in_place(typed), fold_in_place(typed) + "s"}
    return spellings
