"""Those who work at the desk: users, their sessions, and what they did."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from bot.casework.free_times import danish_day
from bot.casework.rights import Access, Role
from bot.store.sign_in_tables import half_sign_ins, recovery_codes, second_factors
from bot.store.tables import audit, desk_roles, desk_sessions, desk_users, municipalities
from bot.store.vault import Vault


@dataclass(frozen=True)
class DeskUser:
    """Somebody who works at the desk of one municipality, or did: `removed_at` is when their access was taken.

    `title` is what young people are told that they are, `access` what they may do, `team` whose conversations they
    see first.
    """

    id: int
    municipality: str
    name: str
    shown_name: str
    password_hash: str
    title: str
    access: Access
    removed_at: datetime | None = None
    team: str | None = None


@dataclass(frozen=True)
class DeskSession:
    """A sign-in that has not run out. `id` tells it from others and opens nothing.

    `seen_at` is its last sign of life.
    """

    user: DeskUser
    csrf: str
    id: str
    used_at: datetime
    seen_at: datetime | None = None


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what, and when."""

    user: int | None
    action: str
    subject: str | None
    at: datetime


class PeopleRows:
    """Users, sessions and the audit log, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add_municipality(self, slug: str) -> None:
        """Its figures are counted from today on."""
        today = danish_day(datetime.now(UTC))
        self._connection.execute(insert(municipalities).values(slug=slug, counted_since=today))

    def lock(self, municipality: str) -> None:
        """Makes others who change what it has one list of wait: its ready answers, and who comes by its own sign-in.

        Who writes what belongs to it does not wait, but who takes a conversation from its queue does, for as long.
        """
        own = municipalities.c.slug == municipality
        self._connection.execute(select(municipalities.c.slug).where(own).with_for_update(key_share=True))

    def municipalities(self) -> Sequence[str]:
        return self._connection.scalars(select(municipalities.c.slug)).all()

    def add_user(self, municipality: str, name: str, shown_name: str, password_hash: str, title: str) -> DeskUser:
        """Somebody new, who may do nothing until they have a role."""
        row = self._connection.execute(
            insert(desk_users)
            .values(
                municipality=municipality, name=name, shown_name=shown_name, password_hash=password_hash, title=title
            )
            .returning(desk_users)
        )
        return self._user(row.mappings().one())

    def set_roles(self, user: DeskUser, roles: Collection[Role], agent: int | None = None) -> None:
        """These from now on and no others, also for whoever is signed in; `agent` is whom a boligagent is."""
        self._connection.execute(delete(desk_roles).where(desk_roles.c.desk_user == user.id))
        own = {Role.BOLIGAGENT: agent}
        lines = [
            {"desk_user": user.id, "role": role, "municipality": user.municipality, "agent": own.get(role)}
            for role in sorted(roles)
        ]
        if lines:
            self._connection.execute(insert(desk_roles), lines)

    def set_password(self, name: str, password_hash: str) -> None:
        self._connection.execute(
            update(desk_users).where(desk_users.c.name == name).values(password_hash=password_hash)
        )

    def remove_user(self, user: DeskUser, now: datetime) -> None:
        """Takes their access, and their sessions and all that they could sign in by with it."""
        self._connection.execute(
            update(desk_users).where(desk_users.c.id == user.id).values(removed_at=now, password_hash="")
        )
        for table in (desk_sessions, half_sign_ins, second_factors, recovery_codes):
            self._connection.execute(delete(table).where(table.c.desk_user == user.id))

    def set_title(self, user: DeskUser, title: str) -> None:
        self._connection.execute(update(desk_users).where(desk_users.c.id == user.id).values(title=title))

    def set_team(self, user: DeskUser, team: str | None) -> None:
        self._connection.execute(update(desk_users).where(desk_users.c.id == user.id).values(team=team))

    def user(self, name: str) -> DeskUser | None:
        """Also of somebody who was removed: no name is given twice."""
        row = self._connection.execute(select(desk_users).where(desk_users.c.name == name)).mappings().first()
        return self._user(row) if row else None

    def users(self, municipality: str) -> list[DeskUser]:
        """All who work at its desk or have, by name."""
        rows = self._connection.execute(
            select(desk_users).where(desk_users.c.municipality == municipality).order_by(desk_users.c.name)
        )
        return [self._user(row) for row in rows.mappings().all()]

    def start_session(self, user: DeskUser, token: str, csrf: str, expires_at: datetime, device: str = "") -> None:
        """`device` is its kind in words."""
        now = datetime.now(UTC)
        self._connection.execute(delete(desk_sessions).where(desk_sessions.c.expires_at < now))
        self._connection.execute(
            insert(desk_sessions).values(
                digest=self._vault.digest(token),
                desk_user=user.id,
                municipality=user.municipality,
                csrf=csrf,
                expires_at=expires_at,
                id=str(uuid4()),
                began_at=now,
                used_at=now,
                device=device,
                seen_at=now,
            )
        )

    def session(self, token: str) -> DeskSession | None:
        """The session of this cookie, unless it has run out, was ended or is of somebody who was removed."""
        row = (
            self._connection.execute(
                select(
                    desk_users,
                    desk_sessions.c.csrf,
                    desk_sessions.c.id.label("session"),
                    desk_sessions.c.used_at,
                    desk_sessions.c.seen_at,
                )
                .join(desk_sessions, desk_sessions.c.desk_user == desk_users.c.id)
                .where(desk_sessions.c.digest == self._vault.digest(token))
                .where(desk_sessions.c.expires_at > datetime.now(UTC))
                # Whoever was removed between the password and the session has one that opens nothing.
                .where(desk_users.c.removed_at.is_(None))
            )
            .mappings()
            .first()
        )
        if row is None:
            return None
        values = dict(row)
        csrf, number, used_at, seen_at = (values.pop(name) for name in ("csrf", "session", "used_at", "seen_at"))
        return DeskSession(self._user(values), csrf, number, used_at, seen_at)

    def end_session(self, token: str) -> None:
        self._connection.execute(delete(desk_sessions).where(desk_sessions.c.digest == self._vault.digest(token)))

    def note(self, user: DeskUser, action: str, subject: str | None = None) -> None:
        """Adds to the audit log; nothing in it is ever changed."""
        self._connection.execute(
            insert(audit).values(
                municipality=user.municipality,
                desk_user=user.id,
                action=action,
                subject=subject,
                at=datetime.now(UTC),
            )
        )

    def note_by_operator(self, municipality: str, action: str, subject: str) -> None:
        """As `note`, of what was done by a command, or by the product itself, where nobody is signed in."""
        self._connection.execute(
            insert(audit).values(
                municipality=municipality, desk_user=None, action=action, subject=subject, at=datetime.now(UTC)
            )
        )

    def noted_since(self, user: DeskUser, subject: str, moment: datetime) -> set[str]:
        """What this user has done to this subject since then."""
        own = (audit.c.desk_user == user.id, audit.c.subject == subject, audit.c.at >= moment)
        return set(self._connection.scalars(select(audit.c.action).where(*own)))

    def noted(self, municipality: str) -> list[AuditEntry]:
        """The audit log of a municipality, oldest first."""
        rows = self._connection.execute(
            select(audit.c.desk_user, audit.c.action, audit.c.subject, audit.c.at)
            .where(audit.c.municipality == municipality)
            .order_by(audit.c.id)
        )
        return [AuditEntry(*row) for row in rows]

    def _user(self, row: Mapping[Any, Any]) -> DeskUser:
        lines = self._connection.execute(
            select(desk_roles.c.role, desk_roles.c.agent).where(desk_roles.c.desk_user == row["id"])
        )
        held: dict[str, int | None] = {line.role: line.agent for line in lines}
        # A role that this code does not know gives nothing.
        known = frozenset(role for role in Role if role in held)
        return DeskUser(**row, access=Access(known, held.get(Role.BOLIGAGENT)))
