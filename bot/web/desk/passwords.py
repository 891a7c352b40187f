"""Whether a name and a password belong together, told in the same time whatever is wrong."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Town, of_user_named

# Far above any real password: nobody makes the hash work on a whole book.
LONGEST_PASSWORD = 1024

_hasher = PasswordHasher()


def user_with(store: Store, name: str, password: str) -> DeskUser | None:
    """The desk user of this name and password, who was not removed; None without a hint what is wrong."""
    if len(password) > LONGEST_PASSWORD:
        return None
    of_nobody = _hash_of_nobody()
    with store.read(of_user_named(name)) as work:
        user = work.people.user(name)
    if user and user.removed_at:
        user = None
    if not _fits(user.password_hash if user else of_nobody, password) or user is None:
        return None
    if _hasher.check_needs_rehash(user.password_hash):
        with store.write(Town(user.municipality)) as work:
            work.people.set_password(user.name, _hasher.hash(password))
    return user


@cache
def _hash_of_nobody() -> str:
    """Checked when no user has the name, so that an unknown name takes as long as a known one."""
    return _hasher.hash(secrets.token_urlsafe())


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
