"""What goes around a booking: a reminder before it, what is asked for with it, its place in a phone's calendar."""

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import Booking, BookingStatus
from bot.casework.reminders import TooLateToRemindError
from bot.conversation.calendars import talk_as_calendar
from bot.conversation.talks import Talks
from bot.web.addresses import read_address
from bot.web.along_form import WRONG_LANGUAGE, LanguageError, read_along
from bot.web.plain.booking_view import view_of
from bot.web.plain.own_booking import show_booking, with_words
from bot.web.problems import PROBLEMS

NO_ADDRESS = "Det kan vi ikke sende til. Kig på det igen."
REMINDED = "Du får en besked før tiden."
NOT_REMINDED = "Du får ingen besked."
NOTED = "Boligagenten får det at vide."
NOT_NOTED = "Der står ikke noget særligt til boligagenten."
CALENDAR = "text/calendar; charset=utf-8"
# The name tells as little as what is in it.
FILE = 'attachment; filename="aftale.ics"'


@with_words
async def remind(request: Request, booking: Booking, given: Mapping[str, str]) -> Response:
    """POST /booking/besked: asks for a reminder to `til`, or with `stop` for none."""
    talks: Talks = request.app.state.talks
    if "stop" in given:
        return await show_booking(request, await talks.stop_reminding(booking.code), NOT_REMINDED)
    to = given.get("til", "")
    address = read_address(to, request.app.state.post.channels)
    if address is None:
        return await show_booking(request, booking, errors={"til": NO_ADDRESS}, given={"to": to})
    try:
        return await show_booking(request, await talks.remind(booking.code, address), REMINDED)
    except TooLateToRemindError as error:
        # Of a talk that will not be held the page says that.
        held = booking.status is BookingStatus.ACTIVE
        return await show_booking(request, booking, PROBLEMS[type(error)].title if held else "")


@with_words
async def ask_along(request: Request, booking: Booking, given: Mapping[str, str]) -> Response:
    """POST /booking/oensker: sets what goes along with the talk, all of it anew."""
    if not view_of(booking).open:
        return await show_booking(request, booking)
    try:
        along = read_along(given)
    except LanguageError as error:
        typed = {"along": error.along, "language": given["sprog"]}
        return await show_booking(request, booking, errors={"sprog": WRONG_LANGUAGE}, given=typed)
    talks: Talks = request.app.state.talks
    return await show_booking(request, await talks.ask_along(booking.code, along), NOTED if along else NOT_NOTED)


@with_words
async def calendar(request: Request, booking: Booking, _given: Mapping[str, str]) -> Response:
    """POST /booking/kalender: the talk as a file for a calendar, in which stands nothing but when it is or was."""
    if not view_of(booking).in_calendars:
        return await show_booking(request, booking)
    content = talk_as_calendar(booking, datetime.now(UTC))
    return Response(content, media_type=CALENDAR, headers={"Content-Disposition": FILE})
