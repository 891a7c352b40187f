"""Which of the decided messages are new, and what is wrong with any of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlu.typed_commands import is_typed_command
from bot.privacy.mask import mask
from bot.teaching.decided import Decided, Use
from bot.teaching.known import Known, Standing
from bot.training.data import plain

# What YAML holds no matter how it is written, and what no editor shows.
_UNPRINTABLE = re.compile("[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# Rasa's training data writes "[Aarhus](town)" for an entity; two placeholders side by side look the same.
_AN_ENTITY_TO_RASA = re.compile(r"\][({\[]")


@dataclass(frozen=True)
class Checked:
    """Messages to be added, lines that tell which are there already, and the faults of the rest."""

    new: tuple[Decided, ...]
    skipped: tuple[str, ...]
    faults: tuple[str, ...]


def check_decided(decided: Sequence[Decided], known: Known) -> Checked:
    """Holds each message against what is known and against the others. Their order makes no difference."""
    faults, skipped, new = list[tuple[int, str]](), list[tuple[int, str]](), dict[str, Decided]()
    for one in sorted(decided, key=lambda one: (one.text, one.line)):
        if fault := next(_faults(one, known, new.get(plain(one.text))), None):
            faults.append((one.line, fault))
        elif there := _there(known.of(one.text), new.get(plain(one.text))):
            skipped.append((one.line, there))
        else:
            new[plain(one.text)] = one
    return Checked(tuple(new.values()), _told(skipped), _told(faults))


def _told(lines: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(f"line {number}: {told}" for number, told in sorted(lines))


def _there(standing: Standing | None, before: Decided | None) -> str | None:
    if standing:
        return f"already in {standing.example.place}"
    return f"says what line {before.line} says" if before else None


def _faults(one: Decided, known: Known, before: Decided | None) -> Iterator[str]:
    if hidden := mask(one.text).hidden:
        # The words themselves are not repeated: a terminal has a history.
        kinds = ", ".join(sorted(detail.placeholder for detail in hidden))
        yield f"holds what identifies somebody ({kinds}); mask it first"
    if _UNPRINTABLE.search(one.text):
        yield "holds a character that cannot be shown"
    if _AN_ENTITY_TO_RASA.search(one.text):
        yield f"{one.text!r}: Rasa reads a bracket right after ']' as an entity; put a space between them"
    if is_typed_command(one.text, known.intents):
        yield f"{one.text!r} is a typed command and says nothing"
    if one.intent not in known.intents:
        yield f"the intent {one.intent} does not exist; see bot/domain"
    if standing := known.of(one.text):
        yield from _against(one, standing)
    if before:
        yield from _against_line(one, before)


def _against(one: Decided, standing: Standing) -> Iterator[str]:
    place = standing.example.place if standing.example.line else str(standing.example.file)
    if standing.use is None:
        yield f"{one.text!r} is in {place}, which nothing is learnt from or measured by"
    elif standing.use is not one.use:
        kept = "is held out for testing and must not be trained on" if one.use is Use.TRAIN else "is trained on"
        yield f"{one.text!r} {kept}: {place}"
    elif standing.example.intent != one.intent:
        yield f"{one.text!r} stands under {standing.example.intent} in {place}, not under {one.intent}"


def _against_line(one: Decided, before: Decided) -> Iterator[str]:
    if (one.intent, one.use) != (before.intent, before.use):
        other = f"{before.intent} for {before.use} in line {before.line}"
        yield f"{one.text!r} is {one.intent} for {one.use} here and {other}"
