"""Finds what may have been misread in the conversations of one municipality, and keeps it in groups.

A model has read the texts before, elsewhere: nothing here imports one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.casework.conversations import Conversation, ConversationNotFoundError, Holder, Message
from bot.casework.free_times import danish_day
from bot.casework.learning import given_since
from bot.casework.misread import Found, Reason
from bot.review.costs import cost
from bot.review.grouping import Item, grouped
from bot.review.lots import in_sample
from bot.review.signals import Read, reasons
from bot.review.steps import Step, steps_of
from bot.store.store import Store, Work
from bot.store.whose import Town

AT_ONCE = 50
"""Conversations that are locked together: whoever writes in one of them waits for so many."""


@dataclass(frozen=True)
class Talk:
    """A conversation that may be learnt from, and what its young person did in it."""

    conversation: Conversation
    steps: Sequence[Step]

    def texts(self, since: datetime) -> Iterator[str]:
        """What is to be read: where anything was written since then all of it, for what came next tells of what was."""
        if self.steps and self.steps[-1].at >= since:
            yield from (step.text for step in self.steps if step.reads)


@dataclass(frozen=True)
class _Noticed:
    talk: Talk
    step: Step
    reasons: tuple[Reason, ...]
    read: Read

    @property
    def key(self) -> str:
        return f"{self.talk.conversation.id}:{self.step.sequence:09}"

    def found(self, group: str) -> Found:
        reading = self.read.reading
        return Found(
            sequence=self.step.sequence,
            day=danish_day(self.step.at),
            reasons=self.reasons,
            read_as=reading.intent,
            confidence=reading.confidence,
            level=self.step.level,
            group=group,
        )


def talk_of(conversation: Conversation, messages: Sequence[Message]) -> Talk:
    """The conversation as it stands, of all its messages."""
    return Talk(conversation, steps_of(messages))


def find(
    talks: Sequence[Talk], texts: Mapping[str, Read], since: datetime, now: datetime
) -> Mapping[str, Sequence[Found]]:
    """What was found in what was written since then, by conversation. `texts` has what is to be read of the talks."""
    noticed = [one for talk in talks for one in _noticed(talk, texts, since, now)]
    items = [Item(one.key, one.read.reading.intent, cost(one.reasons), one.read.vector) for one in noticed]
    groups = {item.key: group for those in grouped(items) for group in [str(uuid4())] for item in those}
    found: dict[str, list[Found]] = defaultdict(list)
    for one in noticed:
        found[one.talk.conversation.id].append(one.found(groups[one.key]))
    return {talk.conversation.id: found[talk.conversation.id] for talk in talks}


def keep(store: Store, municipality: str, found: Mapping[str, Sequence[Found]]) -> None:
    """Keeps this in the place of what was found before. A conversation that is not named may not be learnt from."""
    with store.read(Town(municipality)) as work:
        everywhere = sorted({*work.found.conversations(municipality), *found})
    _in_lots(store, municipality, everywhere, lambda work, locked: _put(work, municipality, locked, found))


def forget_but(store: Store, municipality: str, kept: Collection[str]) -> None:
    """Forgets all that was found and decided there, but in these conversations."""
    with store.read(Town(municipality)) as work:
        others = sorted(work.found.conversations(municipality) - set(kept))
    _in_lots(store, municipality, others, _forget)


def _in_lots(
    store: Store, municipality: str, numbers: Sequence[str], change: Callable[[Work, Sequence[Conversation]], None]
) -> None:
    """Changes something about these conversations, so many at a time, which are locked meanwhile."""
    for start in range(0, len(numbers), AT_ONCE):
        with store.write(Town(municipality)) as work:
            change(work, [one for number in numbers[start : start + AT_ONCE] if (one := _lock(work, number))])


def _forget(work: Work, locked: Sequence[Conversation]) -> None:
    for conversation in locked:
        work.found.forget(conversation.id)


def _put(work: Work, municipality: str, locked: Sequence[Conversation], found: Mapping[str, Sequence[Found]]) -> None:
    # After the conversations, as everybody does who changes both: nobody decides meanwhile.
    work.people.lock(municipality)
    for conversation in locked:
        own = found.get(conversation.id)
        # Once more: the yes may have been taken back while a model read.
        if own is None or given_since(work.learning.history(conversation.id)) is None:
            work.found.forget(conversation.id)
        else:
            work.found.put(conversation, own)


def _lock(work: Work, number: str) -> Conversation | None:
    """None for one that was erased meanwhile."""
    try:
        return work.conversations.lock(number)
    except ConversationNotFoundError:
        return None


def _noticed(talk: Talk, texts: Mapping[str, Read], since: datetime, now: datetime) -> Iterator[_Noticed]:
    if not talk.steps or talk.steps[-1].at < since:
        return
    with_the_bot = talk.conversation.holder is Holder.BOT
    by_step = reasons(talk.steps, texts, now, with_the_bot=with_the_bot)
    for step in talk.steps:
        own = set(by_step.get(step.sequence, ()))
        if step.reads and in_sample(talk.conversation.id, step.sequence):
            own.add(Reason.SAMPLE)
        if own and step.at >= since:
            yield _Noticed(talk, step, tuple(one for one in Reason if one in own), texts[step.text])
