"""What somebody with the right password still has to show, and whether they show it."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from bot.municipality.demo import DEMO_USER
from bot.municipality.towns import Municipality
from bot.store.half_sign_ins import HalfSignIn
from bot.store.people import DeskUser
from bot.store.second_factors import MOST_WRONG_CODES, AlreadySetUpError
from bot.store.store import Store, Work
from bot.store.vault import VaultError
from bot.store.whose import Town, of_half_sign_in
from bot.web.desk.one_time_codes import RECOVERY_DIGITS, new_key, new_recovery_codes, step_of, typed
from bot.web.problems import Problem

HALF_SECONDS = 600
# In a row: more than anybody mistypes, and the last that may be tried.
NOTED_WRONG = (10, MOST_WRONG_CODES)
WRONG_CODE = Problem(401, "wrong_code", "Koden passer ikke. Vent på den næste kode, og prøv igen.")
OVER = Problem(401, "sign_in_over", "Det tog for lang tid, eller du er færdig i en anden fane. Log ind igen.")
UNREADABLE = Problem(
    409,
    "second_factor_unreadable",
    "Vi kan ikke tjekke din kode mere. Bed din leder om at nulstille dit totrinslogin.",
)
GUESSED = Problem(
    409,
    "second_factor_guessed",
    "Der er skrevet for mange forkerte koder. Bed din leder om at nulstille dit totrinslogin.",
)
SET_UP_ELSEWHERE = Problem(409, "second_factor_set_up", "Du har lige sat totrinslogin op et andet sted. Log ind igen.")


class Missing(Enum):
    """What stands between the right password and the desk."""

    NOTHING = auto()
    CODE = auto()
    SETTING_UP = auto()


def missing(store: Store, towns: Mapping[str, Municipality], user: DeskUser) -> Missing:
    """Who has a second factor shows it. Who has none sets it up, where the municipality demands one."""
    if user.name == DEMO_USER:
        return Missing.NOTHING
    with store.read(Town(user.municipality)) as work:
        if work.second_factors.has(user):
            return Missing.CODE
    town = towns.get(user.municipality)
    return Missing.SETTING_UP if town is None or town.second_factor else Missing.NOTHING


def begin(store: Store, user: DeskUser, what: Missing) -> str:
    """Keeps for some minutes that the password was right; the token that tells so."""
    token = secrets.token_urlsafe(32)
    key = new_key() if what is Missing.SETTING_UP else None
    with store.write(Town(user.municipality)) as work:
        work.half_sign_ins.begin(user, token, key, datetime.now(UTC) + timedelta(seconds=HALF_SECONDS))
    return token


def find_half(store: Store, token: str | None) -> tuple[DeskUser, HalfSignIn]:
    """Whose sign-in it is of which a step is missing. Raises Problem when there is none."""
    with store.read(of_half_sign_in(token or "")) as work:
        try:
            half = work.half_sign_ins.find(token) if token else None
        except VaultError:
            half = None
        user = work.people.user(half.name) if half else None
    if half is None or user is None:
        raise OVER
    return user, half


def end_half(store: Store, token: str) -> None:
    """Once the missing step was taken."""
    with store.write(of_half_sign_in(token)) as work:
        work.half_sign_ins.end(token)


def shows(store: Store, user: DeskUser, given: str, now: datetime) -> bool:
    """Whether it is their code, which works once and no more. Many wrong ones in a row are noted in the audit log.

    Raises Problem where the key cannot be read, and where too many were wrong.
    """
    with store.write(Town(user.municipality)) as work:
        tries = work.second_factors.count_try(user)
        if tries is None and work.second_factors.has(user):
            raise GUESSED
        if _is_right(work, user, typed(given), now):
            work.second_factors.forget_tries(user)
            return True
        if tries in NOTED_WRONG:
            work.people.note(user, "wrong_code")
        return False


def _is_right(work: Work, user: DeskUser, code: str, now: datetime) -> bool:
    if len(code) == RECOVERY_DIGITS:
        if used := work.second_factors.use_recovery_code(user, code):
            work.people.note(user, "use_recovery_code")
        return used
    try:
        key = work.second_factors.key(user)
    except VaultError:
        raise UNREADABLE from None
    step = step_of(key, code, now) if key else None
    return step is not None and work.second_factors.use_step(user, step)


def set_up(store: Store, token: str, user: DeskUser, key: str, given: str) -> list[str] | None:
    """Keeps the key and ends the half sign-in; the codes for an emergency, told this once. None for a wrong code.

    Raises Problem when it was set up elsewhere meanwhile, or the half sign-in is over.
    """
    step = step_of(key, typed(given), datetime.now(UTC))
    if step is None:
        return None
    codes = new_recovery_codes()
    with store.write(Town(user.municipality)) as work:
        if not work.half_sign_ins.end(token):
            raise OVER
        try:
            work.second_factors.set_up(user, key, step, codes)
        except AlreadySetUpError:
            raise SET_UP_ELSEWHERE from None
        work.people.note(user, "set_up_second_factor")
    return codes
