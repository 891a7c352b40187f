"""The page on which a maintainer makes a story or a rule of a conversation in which something was misread."""

from dataclasses import dataclass
from functools import partial

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from bot.review.acts import TalkGoneError, acts_around
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.stories.errors import StoryError
from bot.stories.names import shipped_names
from bot.stories.skeleton import skeleton
from bot.stories.turns import Steps, read_steps
from bot.stories.writing import Kind
from bot.web.desk.conversation import id_of
from bot.web.desk.queue import desk_page
from bot.web.desk.story_view import steps_view
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem

GONE = Problem(
    404, "talk_gone", "Samtalen er her ikke mere. Den kan være slettet, eller robotten må ikke lære af den mere."
)
TOO_SHORT = Problem(409, "talk_too_short", "Der er ikke nok i samtalen til en historie. Vælg en anden besked.")
KINDS = {"historie": Kind.STORY, "regel": Kind.RULE}


@dataclass(frozen=True)
class Talk:
    """The conversation around a found message: its steps, and what a story or a rule of it begins with."""

    number: int
    steps: Steps
    skeletons: dict[Kind, str]


async def show_story(request: Request, session: DeskSession) -> Response:
    """GET /desk/stories/{id}?slags=…: the conversation, and beside it what a story or a rule of it begins with."""
    talk = await talk_of(request, session)
    kind = KINDS.get(request.query_params.get("slags", ""), Kind.STORY)
    return await desk_page(
        request,
        session,
        "story.html",
        number=talk.number,
        steps=steps_view(talk.steps.steps, shipped_names()),
        kind=kind,
        text=talk.skeletons[kind],
    )


async def talk_of(request: Request, session: DeskSession) -> Talk:
    """The conversation around the found message that the address names; that it was read is noted. Raises Problem."""
    name = id_of(request)
    if not NUMBER.fullmatch(name) or not request.app.state.municipalities[session.user.municipality].learns:
        raise GONE
    return await run_sync(partial(_talk, request.app.state.store, session.user, int(name)))


def _talk(store: Store, user: DeskUser, number: int) -> Talk:
    names = shipped_names()
    try:
        with store.write() as work:
            acts = acts_around(work, user, number)
        steps = read_steps(acts.encode(), names)
        return Talk(number, steps, {kind: skeleton(steps, kind, None, names) for kind in Kind})
    except TalkGoneError:
        raise GONE from None
    except StoryError:
        raise TOO_SHORT from None
