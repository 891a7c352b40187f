"""What a pattern is made of, and where it stands in a message. How one is written: data/safety/README.md.

A message is read as bits: bit i of a state says "before word i". A step moves all bits of a state at once, so that
matching takes time in proportion to the pattern and can never backtrack, whatever the message is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Protocol

GAP = 4
MOST_FILLERS = 3
NEAR = 10
LONGEST_MATCH = 40
MOST_MATCHES = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as patterns see it: for each entry of the vocabulary the bits of the words that may be it.

    `size` is the number of words, `walls` the words that no gap steps over, `fillers` those that every step may skip,
    `ends` the marks that end a sentence.
    """

    size: int
    places: dict[str, int]
    walls: int
    fillers: int
    ends: int
    moves: dict[tuple[int, int], int] = field(default_factory=dict)
    present: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "present", frozenset(self.places))

    @property
    def everywhere(self) -> int:
        """The state that may begin before any word."""
        return (1 << (self.size + 1)) - 1

    def has(self, needs: "Needs") -> bool:
        """Whether the message holds an entry of each set."""
        # A loop: every message asks this of every pattern, and a generator would cost as much as all the rest.
        present = self.present
        for needed in needs:  # noqa: SIM110
            if needed.isdisjoint(present):
                return False
        return True

    def past_fillers(self, state: int) -> int:
        """The state, and what it reaches by skipping up to MOST_FILLERS fillers."""
        for _ in range(MOST_FILLERS if self.fillers else 0):
            state |= (state & self.fillers) << 1
        return state

    def without(self, covered: int) -> "Reading":
        """The same reading, blind to the words whose bits are `covered`."""
        places = {entry: bits & ~covered for entry, bits in self.places.items() if bits & ~covered}
        return Reading(self.size, places, self.walls | covered, self.fillers & ~covered, self.ends)

    def near(self, state: int) -> int:
        """The places up to NEAR words from `state`, on either side, in the same sentence."""
        forward = backward = state
        for _ in range(NEAR):
            forward |= (forward & ~self.ends) << 1
            backward |= (backward >> 1) & ~self.ends
        return (forward | backward) & self.everywhere


Needs = tuple[frozenset[str], ...]


class Step(Protocol):
    """A part of a pattern."""

    def advance(self, state: int, reading: Reading) -> int:
        """The places that can be reached from `state` by reading this part."""

    def needs(self) -> Needs:
        """Sets of entries; a message without one of each cannot hold this part. None when it can do without words."""

    def entries(self) -> Iterator[str]:
        """Every entry of the vocabulary that this part names."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word, any of the entries."""

    words: frozenset[str]

    def advance(self, state: int, reading: Reading) -> int:
        bits = 0
        for word in self.words & reading.present:
            bits |= reading.places[word]
        return (reading.past_fillers(state) & bits) << 1 if bits else 0

    def needs(self) -> Needs:
        return (self.words,)

    def entries(self) -> Iterator[str]:
        yield from self.words


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts that follow each other."""

    steps: tuple[Step, ...]

    def advance(self, state: int, reading: Reading) -> int:
        for step in self.steps:
            if not state:
                return 0
            state = step.advance(state, reading)
        return state

    def needs(self) -> Needs:
        return tuple(needed for step in self.steps for needed in step.needs())

    def entries(self) -> Iterator[str]:
        for step in self.steps:
            yield from step.entries()


@dataclass(frozen=True, slots=True)
class Either:
    """One of several parts. Lists are shared between patterns, so a move is remembered for the message."""

    options: tuple[Step, ...]

    def advance(self, state: int, reading: Reading) -> int:
        move = (id(self), state)
        if move not in reading.moves:
            reached = 0
            for option in self.options:
                reached |= option.advance(state, reading)
            reading.moves[move] = reached
        return reading.moves[move]

    def needs(self) -> Needs:
        needed = [min(option.needs(), key=len, default=frozenset[str]()) for option in self.options]
        return (frozenset[str]().union(*needed),) if all(needed) else ()

    def entries(self) -> Iterator[str]:
        for option in self.options:
            yield from option.entries()


@dataclass(frozen=True, slots=True)
class Perhaps:
    """A part that may be left out."""

    step: Step

    def advance(self, state: int, reading: Reading) -> int:
        return state | self.step.advance(state, reading)

    def needs(self) -> Needs:
        return ()

    def entries(self) -> Iterator[str]:
        yield from self.step.entries()


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to GAP words of any kind, none of them a wall."""

    def advance(self, state: int, reading: Reading) -> int:
        passable = ~reading.walls & (reading.everywhere >> 1)
        for _ in range(GAP):
            state |= (reading.past_fillers(state) & passable) << 1
        return state

    def needs(self) -> Needs:
        return ()

    def entries(self) -> Iterator[str]:
        return iter(())


class Pattern(Protocol):
    """Something to find in a message."""

    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Where it stands, as (first word, word after the last). A text that repeats itself yields MOST_MATCHES."""

    def entries(self) -> Iterator[str]:
        """Every entry of the vocabulary that it names."""


@dataclass(frozen=True)
class InOrder:
    """Words in their order, with what must not stand right before and right after them."""

    step: Step
    not_before: Step | None = None
    not_after: Step | None = None

    @cached_property
    def needs(self) -> Needs:
        """As Step.needs, the least likely set first."""
        return tuple(sorted(self.step.needs(), key=len))

    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        if not reading.has(self.needs):
            return
        barred = self.not_before.advance(reading.everywhere, reading) if self.not_before else 0
        starts = reading.everywhere & ~reading.past_fillers(barred)
        for end in islice(_bits(self.step.advance(starts, reading)), MOST_MATCHES):
            if not (self.not_after and self.not_after.advance(1 << end, reading)):
                yield _start(self.step, starts, end, reading), end

    def entries(self) -> Iterator[str]:
        for step in (self.step, self.not_before, self.not_after):
            if step:
                yield from step.entries()


@dataclass(frozen=True)
class Together:
    """Words near each other in any order, and words that must not be near them."""

    steps: tuple[Step, ...]
    absent: tuple[Step, ...] = ()

    @cached_property
    def needs(self) -> Needs:
        """As Step.needs, the least likely set first."""
        return tuple(sorted(Chain(self.steps).needs(), key=len))

    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        if not reading.has(self.needs):
            return
        everywhere = reading.everywhere
        found = [step.advance(everywhere, reading) for step in self.steps]
        common = everywhere if all(found) else 0
        for ends in found:
            common &= reading.near(ends) if common else 0
        for step in self.absent:
            common &= ~reading.near(step.advance(everywhere, reading))
        # Neighbouring places tell of the same words; the first of each run stands for all.
        for place in islice(_bits(common & ~(common << 1)), MOST_MATCHES):
            yield self._around(place, found, reading)

    def entries(self) -> Iterator[str]:
        for step in (*self.steps, *self.absent):
            yield from step.entries()

    def _around(self, place: int, found: list[int], reading: Reading) -> tuple[int, int]:
        around = reading.near(1 << place)
        nearest = [min(_bits(ends & around), key=lambda end: abs(end - place)) for ends in found]
        starts = [_start(step, reading.everywhere, end, reading) for step, end in zip(self.steps, nearest, strict=True)]
        return min(starts), max(nearest)


def _start(step: Step, starts: int, end: int, reading: Reading) -> int:
    for start in range(end - 1, max(end - LONGEST_MATCH, 0), -1):
        if starts >> start & 1 and step.advance(1 << start, reading) >> end & 1:
            return start
    return max(end - LONGEST_MATCH, 0)


def _bits(state: int) -> Iterator[int]:
    while state:
        yield (state & -state).bit_length() - 1
        state &= state - 1
