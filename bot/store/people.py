"""Those who work at the desk: users, their sessions, and what they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.tables import audit, desk_sessions, desk_users, municipalities
from bot.store.vault import Vault


@dataclass(frozen=True)
class DeskUser:
    """Somebody who works at the desk of one municipality, or did: `removed_at` is when their access was taken."""

    id: int
    municipality: str
    name: str
    shown_name: str
    password_hash: str
    role: str
    removed_at: datetime | None = None


@dataclass(frozen=True)
class DeskSession:
    """A sign-in that has not run out."""

    user: DeskUser
    csrf: str


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
        self._connection.execute(insert(municipalities).values(slug=slug))

    def municipalities(self) -> Sequence[str]:
        return self._connection.scalars(select(municipalities.c.slug)).all()

    def add_user(self, municipality: str, name: str, shown_name: str, password_hash: str, role: str) -> None:
        self._connection.execute(
            insert(desk_users).values(
                municipality=municipality, name=name, shown_name=shown_name, password_hash=password_hash, role=role
            )
        )

    def set_password(self, name: str, password_hash: str) -> None:
        self._connection.execute(
            update(desk_users).where(desk_users.c.name == name).values(password_hash=password_hash)
        )

    def remove_user(self, user: DeskUser, now: datetime) -> None:
        """Takes their access, and their sessions and the hash of their password with it."""
        self._connection.execute(
            update(desk_users).where(desk_users.c.id == user.id).values(removed_at=now, password_hash="")
        )
        self._connection.execute(delete(desk_sessions).where(desk_sessions.c.desk_user == user.id))

    def user(self, name: str) -> DeskUser | None:
        """Also of somebody who was removed: no name is given twice."""
        row = self._connection.execute(select(desk_users).where(desk_users.c.name == name)).mappings().first()
        return DeskUser(**row) if row else None

    def start_session(self, user: DeskUser, token: str, csrf: str, expires_at: datetime) -> None:
        self._connection.execute(delete(desk_sessions).where(desk_sessions.c.expires_at < datetime.now(UTC)))
        self._connection.execute(
            insert(desk_sessions).values(
                digest=self._vault.digest(token),
                desk_user=user.id,
                municipality=user.municipality,
                csrf=csrf,
                expires_at=expires_at,
            )
        )

    def session(self, token: str) -> DeskSession | None:
        """The session of this cookie, unless it has run out, was ended or is of somebody who was removed."""
        row = (
            self._connection.execute(
                select(desk_users, desk_sessions.c.csrf)
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
        csrf = values.pop("csrf")
        return DeskSession(DeskUser(**values), csrf)

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
        """As `note`, of what was done by a command, where nobody is signed in."""
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
