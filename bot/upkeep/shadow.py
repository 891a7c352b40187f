"""A model reads along with what people write now, answers nobody, and is held against the one in service."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.municipality.towns import Municipality
from bot.review.finding import Talk
from bot.review.signals import Reading
from bot.store.store import Store
from bot.store.whose import Town
from bot.upkeep.misread import Reader, talks_to_learn_from

ANSWERED_WITHIN = timedelta(minutes=5)
"""A message is the robot's to read when it is answered, and may be written that long before it is looked at."""
ASKS = "asks"
"""What a model does that is not sure what is meant."""


@dataclass(frozen=True)
class Differs:
    """A message, masked as it is stored, that the two would answer otherwise."""

    text: str
    now: str
    then: str


@dataclass
class Shadow:
    """Reads what came since `since`, in the conversations that may be learnt from and in no other.

    Nothing of it is kept: it ends with the command, and `since` goes along with the looks. `read` counts messages,
    `pairs` what was answered otherwise.
    """

    store: Store
    towns: Mapping[str, Municipality]
    service: Reader
    candidate: Reader
    since: datetime
    read: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _seen: dict[tuple[str, int], datetime] = field(default_factory=dict)

    def look(self) -> list[Differs]:
        """What came since the last look and would be answered otherwise. That it was looked at is in the audit log."""
        differs: list[Differs] = []
        began = datetime.now(UTC)
        for slug, talks in talks_to_learn_from(self.store, self.towns, self.since).items():
            if texts := list(self._new(talks)):
                self._note(slug)
                differs += self._compare(texts)
        self._begin_at(max(self.since, began - ANSWERED_WITHIN))
        return differs

    def follow(self, seconds: float, pause: float) -> Iterator[Differs]:
        """Looks again and again, for so long."""
        until = time.monotonic() + seconds
        while True:
            yield from self.look()
            if time.monotonic() >= until:
                return
            time.sleep(min(pause, max(0.0, until - time.monotonic())))

    def _new(self, talks: list[Talk]) -> Iterator[str]:
        for talk in talks:
            for step in talk.steps:
                key = talk.conversation.id, step.sequence
                if step.reads and step.at >= self.since and key not in self._seen:
                    self._seen[key] = step.at
                    yield step.text

    def _begin_at(self, since: datetime) -> None:
        """Looks at nothing older any more, and so need not remember it."""
        self.since = since
        self._seen = {key: at for key, at in self._seen.items() if at >= since}

    def _compare(self, texts: list[str]) -> Iterator[Differs]:
        different = sorted(set(texts))
        now, then = self.service(different), self.candidate(different)
        for text in texts:
            self.read += 1
            pair = _answered(now[text].reading), _answered(then[text].reading)
            if pair[0] != pair[1]:
                self.pairs[pair] += 1
                yield Differs(text, *pair)

    def _note(self, municipality: str) -> None:
        with self.store.write(Town(municipality)) as work:
            work.people.note_by_operator(municipality, "read_found", municipality)


def _answered(reading: Reading) -> str:
    return reading.intent if reading.sure and reading.intent else ASKS
