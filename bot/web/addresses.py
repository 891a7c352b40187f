"""A phone number or an e-mail address that somebody types, as what a message can be sent to."""

from collections.abc import Collection

from bot.casework.reminders import Address, Channel
from bot.web.bodies import DANISH_DIGITS, danish_or_foreign_phone, email_address

DANISH = "+45"


def read_address(given: str, channels: Collection[Channel]) -> Address | None:
    """Where to send it; None for what is neither a number nor an address, or that none of the channels reaches."""
    channel, read = (Channel.MAIL, email_address) if "@" in given else (Channel.SMS, _full_number)
    if channel not in channels:
        return None
    try:
        return Address(channel, read(given))
    except ValueError:
        return None


def _full_number(given: str) -> str:
    number = danish_or_foreign_phone(given)
    if len(number) == DANISH_DIGITS:
        return DANISH + number
    return f"+{number.removeprefix('00')}" if number.startswith("00") else number
