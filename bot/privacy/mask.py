"""Takes out what identifies somebody before a message is stored, logged or understood."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.privacy.addresses import find_addresses
from bot.privacy.booking_codes import find_codes
from bot.privacy.details import Detail, Found
from bot.privacy.emails import find_emails
from bot.privacy.names import find_names
from bot.privacy.numbers import find_accounts, find_cards, find_cpr
from bot.privacy.phones import find_phones
from bot.privacy.spoken import find_spoken

# Where two of them find the same figures or words, the one named first is taken.
_FINDERS: tuple[Callable[[str], Iterable[Found]], ...] = (
    find_emails,
    find_cpr,
    find_accounts,
    find_cards,
    find_phones,
    find_spoken,
    find_addresses,
    find_names,
    find_codes,
)
CODE_PLACEHOLDER = Detail.CODE.placeholder
NEEDED_BY_NOBODY = frozenset({Detail.CPR, Detail.CARD, Detail.ACCOUNT})
"""What nobody needs in a chat, whoever writes it."""


@dataclass(frozen=True)
class Masked:
    """The text with placeholders, and what was taken out, for a form that asked for just that."""

    text: str
    phone: str | None = None
    email: str | None = None
    code: str | None = None
    hidden: frozenset[Detail] = frozenset()


def mask(text: str, only: Collection[Detail] = frozenset(Detail), kept: Collection[tuple[int, int]] = ()) -> Masked:
    """Replaces what identifies somebody, or these kinds of it; the rest is left as it was written.

    `kept` are the places of names that are left: those of who works here. What reaches beyond such a name, an address
    or another's surname, is hidden. Masking twice changes nothing more.
    """
    names = {word for start, end in kept for word in (text[start:end], *text[start:end].split())}
    found = again = [one for one in _found_in(text, only) if not _is_within(one, kept)]
    masked, hidden = text, set[Detail]()
    # What was hidden may have stood in the way of something else; each round leaves fewer words of theirs.
    while again:
        masked = _replaced(masked, again)
        hidden |= {one.detail for one in again}
        again = [one for one in _found_in(masked, only) if masked[one.start : one.end] not in names]
    phone, email, code = (_first(text, found, detail) for detail in (Detail.PHONE, Detail.EMAIL, Detail.CODE))
    return Masked(masked, phone, email, code, frozenset(hidden))


def _is_within(one: Found, kept: Collection[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in kept)


def _found_in(text: str, only: Collection[Detail]) -> list[Found]:
    """What is hidden, in the order of the text, no two overlapping. What is left may still be what it is read as."""
    taken = bytearray(len(text))
    chosen = []
    for one in _all(text):
        if one.end > one.start and not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            chosen.append(one)
    return sorted((one for one in chosen if one.detail in only), key=lambda one: one.start)


def _all(text: str) -> Iterator[Found]:
    for finder in _FINDERS:
        yield from finder(text)


def _replaced(text: str, found: Iterable[Found]) -> str:
    kept, end = [], 0
    for one in found:
        kept += [text[end : one.start], one.detail.placeholder]
        end = one.end
    return "".join([*kept, text[end:]])


def _first(text: str, found: Iterable[Found], detail: Detail) -> str | None:
    return next((one.said or text[one.start : one.end].strip() for one in found if one.detail is detail), None)
