"""The answers a municipality has ready: caseworkers choose among them, a lead writes them. Each change is noted."""

from collections.abc import Sequence

from anyio.to_thread import run_sync

from bot.casework.ready_answers import (
    MOST,
    BadReadyAnswerError,
    ReadyAnswer,
    ReadyAnswerChangedError,
    TooManyReadyAnswersError,
    Wording,
    Wrong,
    checked,
)
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town


class ReadyAnswers:
    """Those of the municipality of whoever asks. Lives as long as the web process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def all(self, user: DeskUser) -> Sequence[ReadyAnswer]:
        """By title."""
        return await run_sync(self._all, user)

    async def get(self, user: DeskUser, number: int) -> ReadyAnswer:
        """Raises ReadyAnswerNotFoundError."""
        return await run_sync(self._get, user, number)

    async def add(self, user: DeskUser, wording: Wording) -> int:
        """Its number. Raises BadReadyAnswerError, TooManyReadyAnswersError."""
        return await run_sync(self._add, user, wording)

    async def change(self, user: DeskUser, number: int, wording: Wording, seen: int) -> None:
        """`seen` is the revision that is changed.

        Raises ReadyAnswerNotFoundError, ReadyAnswerChangedError, BadReadyAnswerError.
        """
        await run_sync(self._change, user, number, wording, seen)

    async def remove(self, user: DeskUser, number: int) -> None:
        """Raises ReadyAnswerNotFoundError."""
        await run_sync(self._remove, user, number)

    def _all(self, user: DeskUser) -> Sequence[ReadyAnswer]:
        with self._store.read(Town(user.municipality)) as work:
            return work.ready_answers.of(user.municipality)

    def _get(self, user: DeskUser, number: int) -> ReadyAnswer:
        with self._store.read(Town(user.municipality)) as work:
            return work.ready_answers.get(user.municipality, number)

    def _add(self, user: DeskUser, wording: Wording) -> int:
        with self._store.write(Town(user.municipality)) as work:
            work.people.lock(user.municipality)
            if len(work.ready_answers.of(user.municipality)) >= MOST:
                raise TooManyReadyAnswersError
            number = work.ready_answers.add(user.municipality, _own_title(work, user, wording))
            work.people.note(user, "add_ready_answer", str(number))
            return number

    def _change(self, user: DeskUser, number: int, wording: Wording, seen: int) -> None:
        with self._store.write(Town(user.municipality)) as work:
            work.people.lock(user.municipality)
            if work.ready_answers.get(user.municipality, number).revision != seen:
                raise ReadyAnswerChangedError
            work.ready_answers.change(user.municipality, number, _own_title(work, user, wording, number))
            work.people.note(user, "change_ready_answer", str(number))

    def _remove(self, user: DeskUser, number: int) -> None:
        with self._store.write(Town(user.municipality)) as work:
            work.people.lock(user.municipality)
            work.ready_answers.get(user.municipality, number)
            work.ready_answers.remove(user.municipality, number)
            work.people.note(user, "remove_ready_answer", str(number))


def _own_title(work: Work, user: DeskUser, wording: Wording, number: int | None = None) -> Wording:
    """The wording, checked, with a title that none but this one has: by it caseworkers choose."""
    fine = checked(wording)
    others = (one for one in work.ready_answers.of(user.municipality) if one.id != number)
    if fine.title.casefold() in {one.title.casefold() for one in others}:
        raise BadReadyAnswerError(Wrong.TAKEN)
    return fine
