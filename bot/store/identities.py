"""Who is who: the users of those who come by the municipality's own sign-in."""

from sqlalchemy import Connection, insert, select, update

from bot.store.people import DeskUser
from bot.store.sign_in_tables import desk_identities
from bot.store.tables import desk_users
from bot.store.vault import Vault


class IdentityRows:
    """Over one transaction. Of an issuer and its subject a keyed digest is kept, and nothing that tells who it is."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def names(self, issuer: str, subject: str) -> list[str]:
        """What their users are called, one a municipality; also those of somebody who was removed."""
        return list(
            self._connection.scalars(
                select(desk_users.c.name)
                .join(desk_identities, desk_identities.c.desk_user == desk_users.c.id)
                .where(desk_identities.c.digest == self._digest(issuer, subject))
                .order_by(desk_users.c.id)
            )
        )

    def add(self, user: DeskUser, issuer: str, subject: str) -> None:
        own = {"digest": self._digest(issuer, subject), "municipality": user.municipality}
        self._connection.execute(insert(desk_identities).values(**own, desk_user=user.id))

    def has(self, user: DeskUser) -> bool:
        """Whether they come by the municipality's own sign-in."""
        own = desk_identities.c.desk_user == user.id
        return self._connection.scalar(select(desk_identities.c.digest).where(own)) is not None

    def keep_agent(self, user: DeskUser, agent: int) -> None:
        """Which boligagent they are, also while they have no role."""
        own = desk_identities.c.desk_user == user.id
        self._connection.execute(update(desk_identities).where(own).values(agent=agent))

    def agent(self, user: DeskUser) -> int | None:
        """The number of the boligagent that they were the last time they were one."""
        return self._connection.scalar(select(desk_identities.c.agent).where(desk_identities.c.desk_user == user.id))

    def _digest(self, issuer: str, subject: str) -> str:
        return self._vault.digest(f"identity {issuer}\n{subject}")
