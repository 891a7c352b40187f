"""What may have been misread, and what maintainers say of it, over one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from bot.casework.conversations import Conversation
from bot.casework.misread import Decision, Found, FoundMessage, Given, Opinion, Reason, Verdict
from bot.store.order_tables import orders
from bot.store.orders import forget_taught
from bot.store.review_tables import found_messages, found_opinions
from bot.store.tables import messages

_F, _O = found_messages.c, found_opinions.c
_OF_FOUND = ("sequence", "day", "read_as", "confidence", "level", "group")
_OF_MESSAGE = ("settled_at", "said_danger", "undo_by", "given_at", "given_as")


class FoundRows:
    """The found messages and the opinions on them. Whoever changes a conversation's has its lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, conversation: Conversation, found: Iterable[Found]) -> None:
        """Puts these in the place of what was found there before.

        What somebody has an opinion on stays as it is, and so does what was moved to a group or opened again.
        """
        own = _F.conversation == conversation.id
        judged = select(_O.found).join(found_messages, _F.id == _O.found).where(own)
        self._connection.execute(delete(found_messages).where(own, ~_F.stays, _F.id.not_in(judged)))
        stands = set(self._connection.scalars(select(_F.sequence).where(own)))
        place = {"conversation": conversation.id, "municipality": conversation.municipality}
        rows = [place | _values(one) for one in found if one.sequence not in stands]
        if rows:
            self._connection.execute(insert(found_messages), rows)

    def forget(self, conversation: str) -> None:
        """Takes all of a conversation away, with what was said of it and written of it as a story."""
        forget_taught(self._connection, conversation)
        self._connection.execute(delete(orders).where(orders.c.conversation == conversation))
        self._connection.execute(delete(found_messages).where(_F.conversation == conversation))

    def conversations(self, municipality: str) -> set[str]:
        """Those in which something was found."""
        rows = select(_F.conversation).where(_F.municipality == municipality).distinct()
        return set(self._connection.scalars(rows))

    def of(self, conversation: str) -> list[FoundMessage]:
        """What was found in one conversation, in its order."""
        return sorted(self._found(_F.conversation == conversation), key=lambda one: one.found.sequence)

    def place_of(self, number: int) -> tuple[str, str] | None:
        """The conversation and the municipality of a found message; None where there is no such number any more."""
        row = self._connection.execute(select(_F.conversation, _F.municipality).where(_F.id == number)).first()
        return (row.conversation, row.municipality) if row else None

    def groups(self, municipality: str) -> set[str]:
        """The names of all groups, decided or not."""
        return set(self._connection.scalars(select(_F.group).where(_F.municipality == municipality).distinct()))

    def unsettled(self, municipality: str) -> list[FoundMessage]:
        """What is still to be decided."""
        return self._found((_F.municipality == municipality) & _F.settled_at.is_(None))

    def settled(self, municipality: str) -> list[FoundMessage]:
        """What is decided."""
        return self._found((_F.municipality == municipality) & _F.settled_at.is_not(None))

    def group(self, municipality: str, group: str) -> list[FoundMessage]:
        """The messages of a group; none where there is no such group, or it is another municipality's."""
        return self._found((_F.municipality == municipality) & (_F.group == group))

    def lock_group(self, municipality: str, group: str) -> list[FoundMessage]:
        """As `group`, and none of it is changed or taken away by others until the work is done."""
        own = (_F.municipality == municipality) & (_F.group == group)
        self._connection.execute(select(_F.id).where(own).order_by(_F.id).with_for_update())
        return self._found(own)

    def say(self, found: Sequence[FoundMessage], user: int, decision: Decision, at: datetime) -> None:
        """Keeps what this user decided on these, in the place of what they said of them before."""
        numbers = [one.id for one in found]
        self._connection.execute(delete(found_opinions).where(_O.found.in_(numbers), _O.desk_user == user))
        said = {"desk_user": user, "verdict": decision.verdict, "labels": list(decision.labels), "at": at}
        places = self._connection.execute(select(_F.id, _F.municipality).where(_F.id.in_(numbers)))
        rows = [{"found": number, "municipality": town} | said for number, town in places]
        if rows:
            self._connection.execute(insert(found_opinions), rows)
        if decision.is_danger:
            self._change(found, said_danger=True)

    def settle(self, found: Sequence[FoundMessage], at: datetime) -> None:
        """The newest opinion on these, which is of that moment, holds."""
        self._change(found, settled_at=at)

    def reopen(self, found: Sequence[FoundMessage], decision: Decision) -> None:
        """What was decided on these holds no more: they are to be decided again, and nobody's opinion is that one."""
        who = {one.by for message in found for one in message.opinions if one.decision == decision}
        numbers = [one.id for one in found]
        self._connection.execute(delete(found_opinions).where(_O.found.in_(numbers), _O.desk_user.in_(who)))
        self._change(found, settled_at=None, undo_by=None, stays=True)

    def doubt(self, found: Sequence[FoundMessage], user: int | None) -> None:
        """Keeps that this user would undo what is decided on these; nobody would where it is None."""
        self._change(found, undo_by=user)

    def give_out(self, municipality: str, verdicts: Collection[Verdict], at: datetime) -> None:
        """Notes of all that is decided so there, and that nobody would undo, that it is given out to be learnt from."""
        holds = (_O.found == _F.id) & (_O.at == _F.settled_at)
        new = (_F.municipality == municipality) & _F.undo_by.is_(None) & _O.verdict.in_(list(verdicts)) & holds
        rows = self._connection.execute(select(_F.id, _O.labels).where(new, ~_given_as_decided()))
        by_labels: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, labels in rows:
            by_labels[tuple(labels)].append(number)
        for given_as, numbers in by_labels.items():
            given = {"given_at": at, "given_as": list(given_as)}
            self._connection.execute(update(found_messages).where(_F.id.in_(numbers)).values(**given))

    def move(self, found: Sequence[FoundMessage], group: str) -> None:
        """Makes a group of these, which they stay in."""
        self._change(found, group=group, stays=True)

    def _change(self, found: Sequence[FoundMessage], **values: Any) -> None:
        numbers = [one.id for one in found]
        self._connection.execute(update(found_messages).where(_F.id.in_(numbers)).values(**values))

    def _found(self, which: ColumnElement[bool]) -> list[FoundMessage]:
        joined = found_messages.join(
            messages, (messages.c.conversation == _F.conversation) & (messages.c.sequence == _F.sequence)
        )
        columns = (_F.id, _F.reasons, messages.c.text, *(_F[name] for name in (*_OF_FOUND, *_OF_MESSAGE)))
        rows = self._connection.execute(select(*columns).select_from(joined).where(which).order_by(_F.id)).mappings()
        opinions = self._opinions(which)
        return [_message(row, opinions.get(row["id"], ())) for row in rows]

    def _opinions(self, which: ColumnElement[bool]) -> Mapping[int, Collection[Opinion]]:
        rows = self._connection.execute(
            select(_O.found, _O.desk_user, _O.verdict, _O.labels, _O.at)
            .join(found_messages, _F.id == _O.found)
            .where(which)
            .order_by(_O.at, _O.desk_user)
        )
        found: dict[int, list[Opinion]] = defaultdict(list)
        for number, user, verdict, labels, at in rows:
            found[number].append(Opinion(user, Decision(Verdict(verdict), tuple(labels)), at))
        return found


def _given_as_decided() -> ColumnElement[bool]:
    """It was given out since it was decided."""
    return _F.given_at.is_not(None) & (_F.given_at >= _F.settled_at)


def _values(found: Found) -> dict[str, Any]:
    return vars(found) | {"reasons": list(found.reasons)}


def _message(row: RowMapping, opinions: Collection[Opinion]) -> FoundMessage:
    # A reason of another version is no reason any more.
    reasons = tuple(Reason(one) for one in row["reasons"] if one in set(Reason))
    found = Found(reasons=reasons, **{name: row[name] for name in _OF_FOUND})
    said = tuple(opinions)
    return FoundMessage(
        id=row["id"],
        found=found,
        text=row["text"],
        opinions=said,
        settled=said[-1].decision if row["settled_at"] and said else None,
        said_danger=row["said_danger"],
        undo_by=row["undo_by"],
        given=Given(row["given_at"], tuple(row["given_as"])) if row["given_at"] else None,
    )
