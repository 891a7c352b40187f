"""What of a conversation a caseworker takes along to the journal: each message ticked, and nothing that was not."""

from dataclasses import dataclass

TAKEN = "journal"
"""The deed of the audit log; behind a colon stands how many messages were taken."""


class NothingChosenError(Exception):
    """Nothing was ticked."""


class ChosenGoneError(Exception):
    """Something that was ticked may not be read any more, or is gone."""


@dataclass(frozen=True)
class Chosen:
    """Numbers of messages and of notes. `every`: all messages that may be read, whichever are ticked."""

    messages: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()
    plan: bool = False
    every: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.messages or self.notes or self.plan or self.every)
