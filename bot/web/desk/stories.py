"""The page on which a maintainer makes a story or a rule of a conversation in which something was misread."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.casework.orders import Order
from bot.review.acts import TalkGoneError, acts_around
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.stories.errors import StoryError
from bot.stories.names import shipped_names
from bot.stories.skeleton import skeleton
from bot.stories.turns import Steps, read_steps
from bot.stories.writing import Kind
from bot.web.desk.conversation import id_of
from bot.web.desk.queue import desk_page
from bot.web.desk.rendering import piece
from bot.web.desk.story_orders import GONE, LONGEST, asked_order
from bot.web.desk.story_view import outcome_view, steps_view
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem

TOO_SHORT = Problem(409, "talk_too_short", "Der er ikke nok i samtalen til en historie. Vælg en anden besked.")
KINDS = {"historie": Kind.STORY, "regel": Kind.RULE}


@dataclass(frozen=True)
class Talk:
    """The conversation around a found message: its steps, and what a story or a rule of it begins with."""

    number: int
    conversation: str
    steps: Steps
    skeletons: Mapping[Kind, str]


async def show_story(request: Request, session: DeskSession) -> Response:
    """GET /desk/stories/{id}?slags=…&opgave=…: the conversation, and beside it what is written of it.

    At first that is what a story or a rule begins with; with a number, what was ordered for that text, and what came
    of it.
    """
    talk = await talk_of(request, session)
    order = await asked_order(request, talk.conversation)
    return await story_page(request, session, talk, order)


async def story_page(
    request: Request,
    session: DeskSession,
    talk: Talk,
    order: Order | None = None,
    text: str | None = None,
    error: Problem | None = None,
) -> Response:
    """The page with this text, or with that of the order, or else with the skeleton."""
    kind = KINDS.get(request.query_params.get("slags", ""), Kind.STORY)
    begun = order.given["text"] if order else talk.skeletons[kind]
    return await desk_page(
        request,
        session,
        "story.html",
        status=error.status if error else 200,
        number=talk.number,
        steps=steps_view(talk.steps.steps, shipped_names()),
        kind=None if order or text is not None else kind,
        text=begun if text is None else text,
        longest=LONGEST,
        outcome=outcome_view(order) if order else None,
        errors={"tekst": error.title} if error else {},
    )


async def show_story_news(request: Request, session: DeskSession) -> Response:
    """GET /desk/stories/{id}/news?opgave=…&til=…: what came of the order; 204 where it stands as the page shows it."""
    talk = await talk_of(request, session, noted=False)
    order = await asked_order(request, talk.conversation)
    if order is None:
        return Response(status_code=204)
    outcome = outcome_view(order)
    if outcome.mark == request.query_params.get("til"):
        return Response(status_code=204)
    return HTMLResponse(piece("story_outcome.html", number=talk.number, outcome=outcome))


async def talk_of(request: Request, session: DeskSession, *, noted: bool = True) -> Talk:
    """The conversation around the found message that the address names. Raises Problem.

    That it was read is `noted`, unless a page that shows it asks again by itself.
    """
    name = id_of(request)
    if not NUMBER.fullmatch(name) or not request.app.state.municipalities[session.user.municipality].learns:
        raise GONE
    return await run_sync(partial(_talk, request.app.state.store, session.user, int(name), noted=noted))


def _talk(store: Store, user: DeskUser, number: int, *, noted: bool) -> Talk:
    names = shipped_names()
    try:
        with store.write(Town(user.municipality)) if noted else store.read(Town(user.municipality)) as work:
            around = acts_around(work, user, number, noted=noted)
        steps = read_steps(around.acts.encode(), names)
        return Talk(number, around.conversation, steps, {kind: skeleton(steps, kind, None, names) for kind in Kind})
    except TalkGoneError:
        raise GONE from None
    except StoryError:
        raise TOO_SHORT from None
