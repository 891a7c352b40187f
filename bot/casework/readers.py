"""Who has read a conversation: sittings by role and time, never by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SITTING = timedelta(minutes=30)
"""Looks of one caseworker that lie no further apart are one sitting."""

CHAT, PLAN, CONTACT = "chat", "plan", "contact"
READ, READ_IN_DANGER, FOLLOW, READ_REASONS = "read", "read_in_danger", "follow", "read_reasons"
READ_PLAN, READ_CONTACT = "read_plan", "read_contact"
READ_BY: Mapping[str, str] = dict.fromkeys((READ, READ_IN_DANGER, FOLLOW, READ_REASONS), CHAT) | {
    READ_PLAN: PLAN,
    READ_CONTACT: CONTACT,
}
"""The actions of the audit log by which somebody has read, and what they have read."""


@dataclass(frozen=True)
class Look:
    """One line of the audit log about a conversation. `user` tells sittings apart and is told to nobody."""

    user: int | None
    role: str
    action: str
    at: datetime


@dataclass(frozen=True)
class Reading:
    """One sitting. `parts`: of chat, plan and contact what was read; `in_danger`: without a yes, because of danger."""

    role: str
    parts: tuple[str, ...]
    in_danger: bool
    first_at: datetime
    last_at: datetime


def readings(looks: Iterable[Look]) -> list[Reading]:
    """The sittings in which something was read, the newest first; the looks are given oldest first."""
    done: list[Reading] = []
    latest: dict[int | None, int] = {}
    for look in looks:
        if look.action not in READ_BY:
            continue
        number = latest.get(look.user)
        if number is not None and look.at - done[number].last_at <= SITTING:
            done[number] = _longer(done[number], look)
        else:
            latest[look.user] = len(done)
            done.append(_begun(look))
    return sorted(done, key=lambda reading: reading.first_at, reverse=True)


def _begun(look: Look) -> Reading:
    return Reading(look.role, (READ_BY[look.action],), look.action == READ_IN_DANGER, look.at, look.at)


def _longer(reading: Reading, look: Look) -> Reading:
    part = READ_BY[look.action]
    return replace(
        reading,
        parts=reading.parts if part in reading.parts else (*reading.parts, part),
        in_danger=reading.in_danger or look.action == READ_IN_DANGER,
        last_at=look.at,
    )
