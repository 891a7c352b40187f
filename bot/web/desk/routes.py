"""The addresses of the desk, below `/desk`. All but the sign-in stand behind the one door of `guard`."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.store.people import DeskSession
from bot.web.desk.agents import close_feed, open_feed, set_day, set_week, show_agent, show_agents
from bot.web.desk.answering import give_up, set_new_time, show_new_time
from bot.web.desk.bookings import bookings_as_json, note_outcome, show_bookings
from bot.web.desk.by_hand import book_by_hand, show_by_hand
from bot.web.desk.conversation import (
    calm,
    claim,
    release,
    say,
    show_conversation,
    show_news,
    show_reasons,
    stream_conversation,
    take_over,
)
from bot.web.desk.guard import Endpoint, signed_in
from bot.web.desk.leaving import add_agent, hand_over, remove
from bot.web.desk.queue import queue_as_json, show_needing, show_queue, show_queue_list, stream_queue
from bot.web.desk.sign_in import show_sign_in, sign_in, sign_out
from bot.web.desk.week import show_week
from bot.web.problems import NOT_FOUND


async def nothing_here(_request: Request, _session: DeskSession) -> Response:
    """Any other address, so that a person reads a page and no stranger learns what there is."""
    raise NOT_FOUND


def _get(path: str, endpoint: Endpoint) -> Route:
    return Route(path, signed_in(endpoint), methods=["GET"], name=endpoint.__name__)


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, signed_in(endpoint), methods=["POST"], name=endpoint.__name__)


open_routes: list[BaseRoute] = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
]
guarded_routes: list[BaseRoute] = [
    _get("/", show_queue),
    _get("/queue", show_queue_list),
    _get("/queue.json", queue_as_json),
    _get("/needing", show_needing),
    _get("/events", stream_queue),
    _get("/bookings", show_bookings),
    _get("/bookings.json", bookings_as_json),
    _get("/bookings/new", show_by_hand),
    _post("/bookings/new", book_by_hand),
    _get("/bookings/{id}/move", show_new_time),
    _post("/bookings/{id}/move", set_new_time),
    _post("/bookings/{id}/cancel", give_up),
    _post("/bookings/{id}/outcome", note_outcome),
    _get("/week", show_week),
    _get("/agents", show_agents),
    _get("/agents/{id}", show_agent),
    _post("/agents", add_agent),
    _post("/agents/{id}/hand-over", hand_over),
    _post("/agents/{id}/remove", remove),
    _post("/agents/{id}/week", set_week),
    _post("/agents/{id}/day", set_day),
    _post("/agents/{id}/feed", open_feed),
    _post("/agents/{id}/feed/close", close_feed),
    _get("/conversations/{id}", show_conversation),
    _get("/conversations/{id}/events", stream_conversation),
    _get("/conversations/{id}/news", show_news),
    _get("/conversations/{id}/reasons", show_reasons),
    _post("/conversations/{id}/claim", claim),
    _post("/conversations/{id}/messages", say),
    _post("/conversations/{id}/release", release),
    _post("/conversations/{id}/take-over", take_over),
    _post("/conversations/{id}/calm", calm),
    _post("/sign-out", sign_out),
    _get("/{path:path}", nothing_here),
]
desk_routes: list[BaseRoute] = [*open_routes, *guarded_routes]
