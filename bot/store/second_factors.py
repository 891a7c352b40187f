"""The second factor beside a password: what codes are made from, and codes for an emergency."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.store.people import DeskUser
from bot.store.sign_in_tables import recovery_codes, second_factors
from bot.store.tables import desk_users
from bot.store.vault import Vault

# Three in a million codes are right at any moment: who may guess without end guesses one in the end.
MOST_WRONG_CODES = 100


class AlreadySetUpError(Exception):
    """They have a second factor, perhaps from another tab."""


class SecondFactorRows:
    """Keys and codes, over one transaction. The key is sealed, of a code a keyed digest is kept."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def has(self, user: DeskUser) -> bool:
        own = second_factors.c.desk_user == user.id
        return self._connection.scalar(select(second_factors.c.desk_user).where(own)) is not None

    def of_municipality(self, slug: str) -> set[int]:
        """The numbers of the users who have one."""
        own = second_factors.c.municipality == slug
        return set(self._connection.scalars(select(second_factors.c.desk_user).where(own)))

    def key(self, user: DeskUser) -> str | None:
        """What their codes are made from; None without a second factor. Raises VaultError."""
        sealed = self._connection.scalar(select(second_factors.c.sealed).where(second_factors.c.desk_user == user.id))
        return str(self._vault.decrypt(sealed)["key"]) if sealed is not None else None

    def set_up(self, user: DeskUser, key: str, step: int, codes: Collection[str]) -> None:
        """Keeps a key, of which the code of this step is used, and the codes for an emergency.

        Raises AlreadySetUpError; of two at once for the latter.
        """
        self._connection.execute(select(desk_users.c.id).where(desk_users.c.id == user.id).with_for_update())
        if self.has(user):
            raise AlreadySetUpError
        own = {"desk_user": user.id, "municipality": user.municipality}
        sealed = self._vault.encrypt({"key": key})
        self._connection.execute(insert(second_factors).values(**own, sealed=sealed, last_step=step))
        lines = [own | {"digest": self._digest(user, code)} for code in codes]
        self._connection.execute(insert(recovery_codes), lines)

    def count_try(self, user: DeskUser) -> int | None:
        """How many codes in a row are wrong if the one that is tried now is, too.

        None without a second factor, and once so many were wrong that only a reset helps.
        """
        own = (second_factors.c.desk_user == user.id) & (second_factors.c.wrong_codes < MOST_WRONG_CODES)
        tried = update(second_factors).where(own).values(wrong_codes=second_factors.c.wrong_codes + 1)
        return self._connection.scalar(tried.returning(second_factors.c.wrong_codes))

    def forget_tries(self, user: DeskUser) -> None:
        """Once a code was right."""
        own = second_factors.c.desk_user == user.id
        self._connection.execute(update(second_factors).where(own).values(wrong_codes=0))

    def use_step(self, user: DeskUser, step: int) -> bool:
        """Whether no code of this half minute or a later one was used yet; of two at once for one."""
        newer = update(second_factors).where(second_factors.c.desk_user == user.id, second_factors.c.last_step < step)
        return self._connection.execute(newer.values(last_step=step)).rowcount == 1

    def use_recovery_code(self, user: DeskUser, code: str) -> bool:
        """Whether it was one of theirs, which it is no more."""
        own = (recovery_codes.c.desk_user == user.id) & (recovery_codes.c.digest == self._digest(user, code))
        return self._connection.execute(delete(recovery_codes).where(own)).rowcount == 1

    def recovery_codes_left(self, user: DeskUser) -> int:
        own = recovery_codes.c.desk_user == user.id
        return self._connection.scalar(select(func.count()).select_from(recovery_codes).where(own)) or 0

    def reset(self, user: DeskUser) -> bool:
        """Takes it away, so that they set up another one; False where there was none."""
        self._connection.execute(delete(recovery_codes).where(recovery_codes.c.desk_user == user.id))
        own = second_factors.c.desk_user == user.id
        return self._connection.execute(delete(second_factors).where(own)).rowcount == 1

    def _digest(self, user: DeskUser, code: str) -> str:
        return self._vault.digest(f"recovery code of {user.id}: {code}")
