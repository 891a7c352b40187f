"""A decision that is taken back: by one where one decided, by two where two had to agree (ADR 0034)."""

from datetime import datetime

from bot.casework.misread import DecidedMeanwhileError, NotDecidedError, Opinion, SecondAtDeskError, needs_second
from bot.review.reviewing import Group, locked_group
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Town


def undo(store: Store, user: DeskUser, name: str, *, seen: datetime | None = None, by_command: bool = False) -> bool:
    """Takes back what is decided on a group; whether it is to be decided again by that.

    What two had to agree on holds until a second says so as well, which by a command nobody can; until then it is given
    out no more. `seen` is when that was decided which is taken back, where it must be that and nothing newer. Raises
    GroupNotFoundError, NotDecidedError, DecidedMeanwhileError, SecondAtDeskError.
    """
    with store.write(Town(user.municipality)) as work:
        found = locked_group(work, user, name)
        last = _last(found, seen)
        if needs_second(found.messages, last.decision) and found.undo_by in (None, user.id):
            if found.undo_by is None:
                work.found.doubt(found.messages, user.id)
                work.people.note(user, "ask_undo_by_command" if by_command else "ask_undo", name)
            return False
        if by_command and found.undo_by is not None:
            raise SecondAtDeskError
        work.found.reopen(found.messages, last.decision)
        work.people.note(user, "undo_group_by_command" if by_command else "undo_group", name)
        return True


def let_stand(store: Store, user: DeskUser, name: str) -> None:
    """What two agreed on holds after all, though one would have undone it.

    Raises GroupNotFoundError, NotDecidedError.
    """
    with store.write(Town(user.municipality)) as work:
        found = locked_group(work, user, name)
        _last(found)
        if found.undo_by is not None:
            work.found.doubt(found.messages, None)
            work.people.note(user, "let_group_stand", name)


def _last(found: Group, seen: datetime | None = None) -> Opinion:
    """The opinion by which the group is decided."""
    if found.settled is None:
        raise NotDecidedError
    last = found.messages[0].opinions[-1]
    if seen is not None and seen != last.at:
        raise DecidedMeanwhileError(last.by, last.decision)
    return last
