"""The pages that need neither scripts nor the dialogue server: for the night when everything else is broken."""

from starlette.routing import BaseRoute, Route

from bot.web.plain import about, around, book, own_booking
from bot.web.plain.move import move
from bot.web.plain.tonight import tonight

plain_page_routes: list[BaseRoute] = [
    Route("/i-nat", tonight),
    Route("/book", book.choose),
    Route("/book", book.book, methods=["POST"]),
    Route("/booking", own_booking.ask),
    Route("/booking", own_booking.show, methods=["POST"]),
    Route("/booking/flyt", own_booking.ask),
    Route("/booking/flyt", move, methods=["POST"]),
    Route("/booking/aflys", own_booking.ask),
    Route("/booking/aflys", own_booking.cancel, methods=["POST"]),
    Route("/booking/oensker", own_booking.ask),
    Route("/booking/oensker", around.ask_along, methods=["POST"]),
    Route("/booking/besked", own_booking.ask),
    Route("/booking/besked", around.remind, methods=["POST"]),
    Route("/booking/kalender", own_booking.ask),
    Route("/booking/kalender", around.calendar, methods=["POST"]),
    Route("/privatliv", about.privacy),
    Route("/tilgaengelighed", about.accessibility),
]
