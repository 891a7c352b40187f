"""Sign-ins of which the password was right and a code is still missing."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from bot.store.people import DeskUser
from bot.store.sign_in_tables import half_sign_ins
from bot.store.tables import desk_users
from bot.store.vault import Vault


@dataclass(frozen=True)
class HalfSignIn:
    """Whose it is, by the name of their sign-in; `key` is what they are setting up, None where they have it already."""

    name: str
    key: str | None


class HalfSignInRows:
    """Over one transaction; the token is kept as a digest, the key sealed."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def begin(self, user: DeskUser, token: str, key: str | None, expires_at: datetime) -> None:
        self._connection.execute(
            insert(half_sign_ins).values(
                digest=self._vault.digest(token),
                desk_user=user.id,
                municipality=user.municipality,
                sealed=self._vault.encrypt({"key": key}) if key else None,
                expires_at=expires_at,
            )
        )

    def find(self, token: str) -> HalfSignIn | None:
        """None when it has run out or was ended, or its owner was removed. Raises VaultError."""
        row = self._connection.execute(
            select(desk_users.c.name, half_sign_ins.c.sealed)
            .join(desk_users, desk_users.c.id == half_sign_ins.c.desk_user)
            .where(half_sign_ins.c.digest == self._vault.digest(token))
            .where(half_sign_ins.c.expires_at > datetime.now(UTC), desk_users.c.removed_at.is_(None))
        ).first()
        if row is None:
            return None
        return HalfSignIn(row.name, self._vault.decrypt(row.sealed)["key"] if row.sealed is not None else None)

    def end(self, token: str) -> bool:
        """Whether there was one to end; of two who end it at once for one."""
        own = half_sign_ins.c.digest == self._vault.digest(token)
        return self._connection.execute(delete(half_sign_ins).where(own)).rowcount == 1
