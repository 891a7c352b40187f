"""A young person's own plan: five parts in their own words, and what a human and they have agreed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.casework.conversations import Message, Sender

LONGEST_TEXT = 600
"""Characters of one part: a card stays readable on a phone, and nothing is ever cut."""


class Part(StrEnum):
    """The parts of a plan, in the order in which they are asked for. Nobody is asked for what was agreed."""

    HOME = "home"
    SUPPORT = "support"
    NETWORK = "network"
    OWN = "own"
    ASK = "ask"
    AGREED = "agreed"


ASKED = tuple(part for part in Part if part is not Part.AGREED)

TITLES: Mapping[Part, str] = {
    Part.HOME: "Det er vigtigt for mig i et hjem",
    Part.SUPPORT: "Det vil jeg gerne have hjælp til",
    Part.NETWORK: "Dem vil jeg gerne have omkring mig",
    Part.OWN: "Det kan jeg selv tage fat på",
    Part.ASK: "Det vil jeg spørges om først",
    Part.AGREED: "Det har jeg aftalt",
}


class NotTheirWordsError(Exception):
    """Such a part of a plan holds only what the young person wrote: this message is somebody else's, or a button."""


class TextTooLongError(Exception):
    """More than LONGEST_TEXT characters; the plan stands as it was."""


@dataclass(frozen=True)
class Plan:
    """What was said, part by part and word for word; "" for a part passed over, none for one not come to."""

    texts: Mapping[Part, str] = field(default_factory=dict)

    @property
    def said(self) -> list[tuple[Part, str]]:
        """The parts that hold words, in order."""
        return [(part, text) for part in Part if (text := self.texts.get(part))]

    @property
    def next_part(self) -> Part | None:
        """The first part not come to yet."""
        return next((part for part in ASKED if part not in self.texts), None)

    @property
    def is_own(self) -> bool:
        """Whether the young person has written any of it."""
        return any(part in ASKED for part, _ in self.said)


def say(plan: Plan, part: Part, message: Message) -> Plan:
    """The plan with this message as the words of a part. Raises NotTheirWordsError, TextTooLongError."""
    if message.sender is not Sender.YOUNG or message.payload is not None:
        raise NotTheirWordsError
    text = message.text.strip()
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError
    return replace(plan, texts={**plan.texts, part: text})


def agree(plan: Plan, words: str) -> Plan:
    """The plan with what a caseworker and the young person have agreed on, after what they agreed on before.

    Where there is no room for both the new stands alone.
    """
    both = f"{plan.texts.get(Part.AGREED, '')}\n{words}".strip()
    return replace(plan, texts={**plan.texts, Part.AGREED: both if len(both) <= LONGEST_TEXT else words})


def pass_over(plan: Plan, part: Part) -> Plan:
    """The plan with this part behind it; words that stood there stay."""
    return replace(plan, texts={part: "", **plan.texts})


def take_out(plan: Plan, part: Part) -> Plan:
    """The plan without the words of this part."""
    return replace(plan, texts={**plan.texts, part: ""})


def part_before(part: Part) -> Part | None:
    """The part that is asked for before this one."""
    return ASKED[ASKED.index(part) - 1] if part in ASKED[1:] else None
