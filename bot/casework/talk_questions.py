"""What "ja" and "nej" stand for after words that offer another time: the payloads that buttons would send."""

import json

YES, NO = "yes", "no"
"""The keys of the two, beside what asks."""
ASKS = "asks_of_a_talk"
"""The key of both together, beside a message that comes right after such words."""
MOVE, BOOK = "/booking_reschedule", "/booking_request"


def no_other(booking: str) -> str:
    """The payload that wants no other time instead of that talk, which was called off or missed."""
    return f"/booking_no_other{json.dumps({'booking_id': booking})}"


def after_called_off(booking: str) -> dict[str, str]:
    """Both, where that talk was called off."""
    return {YES: MOVE, NO: no_other(booking)}


def after_missed(booking: str) -> dict[str, str]:
    """Both, where somebody did not come to that talk."""
    return {YES: BOOK, NO: no_other(booking)}
