"""The addresses of the desk, below `/desk`, and the right that each needs.

All but the sign-in stand behind the one door of `guard`.
"""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.casework.rights import Right
from bot.store.people import DeskSession
from bot.web.desk.agents import close_feed, open_feed, set_day, set_week, show_agent, show_agents
from bot.web.desk.answering import give_up, set_new_time, show_new_time
from bot.web.desk.audit import download_audit, show_audit
from bot.web.desk.bookings import bookings_as_json, note_outcome, show_bookings
from bot.web.desk.by_hand import book_by_hand, show_by_hand
from bot.web.desk.conversation import (
    calm,
    claim,
    close,
    release,
    say,
    show_conversation,
    show_news,
    show_reasons,
    stream_conversation,
    take_over,
)
from bot.web.desk.figures import download_figures, show_figures
from bot.web.desk.guard import Endpoint, signed_in
from bot.web.desk.handing import give, take_note
from bot.web.desk.journal import show_journal, take_journal
from bot.web.desk.leaving import add_agent, hand_over, remove
from bot.web.desk.misread import decide_group, show_group, show_groups, split_group
from bot.web.desk.misread_undo import let_group_stand, undo_group
from bot.web.desk.models import (
    order_look,
    order_promote,
    order_rollback,
    order_teach,
    order_train,
    show_model_report,
    show_models,
    show_models_news,
)
from bot.web.desk.notes import add_note, correct_note, strike_note
from bot.web.desk.oidc.routes import from_provider, to_provider
from bot.web.desk.queue import queue_as_json, show_needing, show_queue_list, stream_queue
from bot.web.desk.ready_answers import (
    add_ready_answer,
    change_ready_answer,
    remove_ready_answer,
    show_ready_answer,
    show_ready_answers,
)
from bot.web.desk.reports import note_report, show_report
from bot.web.desk.resetting import reset_second_factor
from bot.web.desk.sign_in import show_sign_in, sign_in, sign_out
from bot.web.desk.sign_in_steps import give_code, set_up_codes, show_code, show_set_up
from bot.web.desk.sign_ins import end_sign_in, end_sign_ins, show_people, show_sign_ins
from bot.web.desk.signs import looks, types
from bot.web.desk.start import show_start
from bot.web.desk.stories import show_story, show_story_news
from bot.web.desk.story_deeds import add_story, check_story
from bot.web.desk.suggestion import suggest
from bot.web.desk.week import show_week
from bot.web.problems import NOT_FOUND


async def nothing_here(_request: Request, _session: DeskSession) -> Response:
    """Any other address, so that a person reads a page and no stranger learns what there is."""
    raise NOT_FOUND


class GuardedRoute(Route):
    """A route that opens for whoever is signed in and has its right."""

    def __init__(self, method: str, path: str, endpoint: Endpoint, right: Right, *, by_itself: bool = False) -> None:
        door = signed_in(endpoint, right, by_itself=by_itself)
        super().__init__(path, door, methods=[method], name=endpoint.__name__)
        self.right = right


def only_guarded(routes: Iterable[BaseRoute]) -> list[GuardedRoute]:
    """The same. Raises TypeError for a route that names no right, so that nobody serves one."""
    found = []
    for route in routes:
        if not isinstance(route, GuardedRoute):
            raise TypeError(f"no right is named for {route!r}: who may use it?")
        found.append(route)
    return found


def _get(path: str, endpoint: Endpoint, right: Right) -> GuardedRoute:
    return GuardedRoute("GET", path, endpoint, right)


def _news(path: str, endpoint: Endpoint, right: Right) -> GuardedRoute:
    """What a page that stands open asks again and again."""
    return GuardedRoute("GET", path, endpoint, right, by_itself=True)


def _post(path: str, endpoint: Endpoint, right: Right) -> GuardedRoute:
    return GuardedRoute("POST", path, endpoint, right)


def _sign(path: str, endpoint: Endpoint, right: Right) -> GuardedRoute:
    """What a page tells by itself while somebody works at it: no deed, and no use of the session."""
    return GuardedRoute("POST", path, endpoint, right, by_itself=True)


open_routes: list[BaseRoute] = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-in/code", show_code, methods=["GET"]),
    Route("/sign-in/code", give_code, methods=["POST"]),
    Route("/sign-in/set-up", show_set_up, methods=["GET"]),
    Route("/sign-in/set-up", set_up_codes, methods=["POST"]),
    Route("/sign-in/oidc", to_provider, methods=["GET"]),
    Route("/sign-in/oidc/back", from_provider, methods=["GET"]),
]
guarded_routes = only_guarded(
    [
        _get("/", show_start, Right.COME_IN),
        _news("/queue", show_queue_list, Right.QUEUE),
        _get("/queue.json", queue_as_json, Right.QUEUE),
        _news("/needing", show_needing, Right.QUEUE),
        _news("/events", stream_queue, Right.QUEUE),
        _get("/bookings", show_bookings, Right.TALKS),
        _get("/bookings.json", bookings_as_json, Right.TALKS),
        _get("/bookings/new", show_by_hand, Right.BOOK),
        _post("/bookings/new", book_by_hand, Right.BOOK),
        _get("/bookings/{id}/move", show_new_time, Right.BOOK),
        _post("/bookings/{id}/move", set_new_time, Right.BOOK),
        _post("/bookings/{id}/cancel", give_up, Right.BOOK),
        _post("/bookings/{id}/outcome", note_outcome, Right.BOOK),
        _get("/week", show_week, Right.TALKS),
        _get("/figures", show_figures, Right.FIGURES),
        _get("/figures.csv", download_figures, Right.FIGURES),
        _get("/retraining", show_groups, Right.RETRAINING),
        _get("/retraining/{id}", show_group, Right.RETRAINING),
        _post("/retraining/{id}", decide_group, Right.RETRAINING),
        _post("/retraining/{id}/split", split_group, Right.RETRAINING),
        _get("/models", show_models, Right.RETRAINING),
        _news("/models/news", show_models_news, Right.RETRAINING),
        _get("/models/reports/{id}", show_model_report, Right.RETRAINING),
        _post("/models/look", order_look, Right.RETRAINING),
        _post("/models/teach", order_teach, Right.RETRAINING),
        _post("/models/train", order_train, Right.RETRAINING),
        _post("/models/promote", order_promote, Right.RETRAINING),
        _post("/models/rollback", order_rollback, Right.RETRAINING),
        _get("/stories/{id}", show_story, Right.RETRAINING),
        _news("/stories/{id}/news", show_story_news, Right.RETRAINING),
        _post("/stories/{id}/check", check_story, Right.RETRAINING),
        _post("/stories/{id}/add", add_story, Right.RETRAINING),
        _post("/retraining/{id}/undo", undo_group, Right.RETRAINING),
        _post("/retraining/{id}/stand", let_group_stand, Right.RETRAINING),
        _get("/audit", show_audit, Right.AUDIT),
        _get("/audit.csv", download_audit, Right.AUDIT),
        _get("/ready-answers", show_ready_answers, Right.READY_ANSWERS),
        _post("/ready-answers", add_ready_answer, Right.READY_ANSWERS),
        _get("/ready-answers/{id}", show_ready_answer, Right.READY_ANSWERS),
        _post("/ready-answers/{id}", change_ready_answer, Right.READY_ANSWERS),
        _post("/ready-answers/{id}/remove", remove_ready_answer, Right.READY_ANSWERS),
        _get("/agents", show_agents, Right.DAYS),
        _get("/agents/{id}", show_agent, Right.DAYS),
        _post("/agents", add_agent, Right.AGENTS),
        _post("/agents/{id}/hand-over", hand_over, Right.AGENTS),
        _post("/agents/{id}/remove", remove, Right.AGENTS),
        _post("/agents/{id}/week", set_week, Right.WEEKS),
        _post("/agents/{id}/day", set_day, Right.DAYS),
        _post("/agents/{id}/feed", open_feed, Right.WEEKS),
        _post("/agents/{id}/feed/close", close_feed, Right.WEEKS),
        _get("/conversations/{id}", show_conversation, Right.READ),
        _news("/conversations/{id}/events", stream_conversation, Right.READ),
        _news("/conversations/{id}/news", show_news, Right.READ),
        _get("/conversations/{id}/reasons", show_reasons, Right.READ),
        _get("/conversations/{id}/suggestion", suggest, Right.ANSWER),
        _post("/conversations/{id}/claim", claim, Right.ANSWER),
        _post("/conversations/{id}/messages", say, Right.ANSWER),
        _sign("/conversations/{id}/typing", types, Right.ANSWER),
        _sign("/conversations/{id}/looked", looks, Right.ANSWER),
        _post("/conversations/{id}/release", release, Right.ANSWER),
        _post("/conversations/{id}/take-over", take_over, Right.ANSWER),
        _post("/conversations/{id}/give", give, Right.ANSWER),
        _post("/conversations/{id}/note", take_note, Right.ANSWER),
        _post("/conversations/{id}/close", close, Right.ANSWER),
        _post("/conversations/{id}/calm", calm, Right.CALM),
        _post("/conversations/{id}/notes", add_note, Right.ANSWER),
        _get("/conversations/{id}/journal", show_journal, Right.ANSWER),
        _post("/conversations/{id}/journal", take_journal, Right.ANSWER),
        _get("/conversations/{id}/report", show_report, Right.ANSWER),
        _post("/conversations/{id}/report", note_report, Right.ANSWER),
        _post("/notes/{id}", correct_note, Right.ANSWER),
        _post("/notes/{id}/strike", strike_note, Right.ANSWER),
        _post("/sign-out", sign_out, Right.COME_IN),
        _get("/sign-ins", show_sign_ins, Right.COME_IN),
        _post("/sign-ins/end", end_sign_ins, Right.COME_IN),
        _post("/sign-ins/{id}/end", end_sign_in, Right.COME_IN),
        _get("/people", show_people, Right.PEOPLE),
        _post("/people/{id}/second-factor/reset", reset_second_factor, Right.PEOPLE),
        _get("/{path:path}", nothing_here, Right.COME_IN),
    ]
)
desk_routes: list[BaseRoute] = [*open_routes, *guarded_routes]
