"""Who did what at the desk of a municipality, and when: for its leads. No word of a conversation stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from bot.casework.free_times import danish_day, danish_midnight
from bot.store.audit import AuditLine, Sought
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.audit_view import Names, Row, as_csv, rows
from bot.web.desk.audit_words import BY_COMMAND, DEEDS, OF_CONVERSATIONS
from bot.web.desk.queue import desk_page
from bot.web.desk.words import told_apart
from bot.web.plain.times import day_near
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem, without_trace

SHOWN, MOST_DOWNLOADED = 50, 10_000
# Whoever turns pages and tries other filters within it has looked once.
ONE_LOOK = timedelta(minutes=10)
FILTERS = ("hvem", "hvad", "samtale", "dag")
COMMAND = "drift"
_CONVERSATION = re.compile(r"(?:samtale\s+)?([0-9a-f-]{4,36})", re.IGNORECASE)

WRONG_PERSON = Problem(422, "invalid_person", "Vælg en medarbejder fra listen.")
WRONG_DEED = Problem(422, "invalid_deed", "Vælg noget fra listen under Hvad.")
WRONG_CONVERSATION = Problem(422, "invalid_conversation", "Skriv samtalens nummer, som det står i listen, fx 1A2B.")
WRONG_DAY = Problem(422, "invalid_day", "Vælg en dag.")
WRONG_PLACE = Problem(422, "invalid_place", "Vi kan ikke finde det sted i listen. Begynd med det nyeste.")


@dataclass(frozen=True)
class Looked:
    """A page of the log, the same in words, and the people of the municipality."""

    lines: Sequence[AuditLine]
    rows: Sequence[Row]
    people: Sequence[DeskUser]


async def show_audit(request: Request, session: DeskSession) -> Response:
    """GET /desk/audit?hvem=…&hvad=…&samtale=…&dag=…&foer=…: the newest, or what is older than that line."""
    asked = {name: request.query_params.get(name, "").strip() for name in FILTERS}
    problem, sought, before = None, Sought(), None
    try:
        sought, before = sought_by(asked), place_in(request.query_params.get("foer", ""))
    except Problem as wrong:
        problem = without_trace(wrong)
    # One more than is shown tells whether there are older ones.
    looked = await run_sync(_look, request, session.user, sought, before, SHOWN + 1, "read_audit")
    lines, kept = looked.lines[:SHOWN], {} if problem else {name: said for name, said in asked.items() if said}
    return await desk_page(
        request,
        session,
        "audit.html",
        status=problem.status if problem else 200,
        problem=problem,
        rows=looked.rows[:SHOWN],
        people=looked.people,
        deeds=sorted(DEEDS.items(), key=lambda deed: deed[1].words),
        by_command=(COMMAND, BY_COMMAND),
        asked=asked,
        query=urlencode(kept),
        is_filtered=bool(kept),
        older=urlencode(kept | {"foer": lines[-1].id}) if len(looked.lines) > SHOWN else "",
        is_newest=before is None,
    )


async def download_audit(request: Request, session: DeskSession) -> Response:
    """The same lines for a spreadsheet, the newest `MOST_DOWNLOADED` of them. Raises Problem."""
    sought = sought_by({name: request.query_params.get(name, "").strip() for name in FILTERS})
    looked = await run_sync(_look, request, session.user, sought, None, MOST_DOWNLOADED + 1, "download_audit")
    name = f"hjemad-log-{danish_day(datetime.now(UTC))}.csv"
    return Response(
        await run_sync(as_csv, looked.rows, MOST_DOWNLOADED),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def sought_by(asked: Mapping[str, str]) -> Sought:
    """What the filters of an address ask for. Raises Problem for what cannot be read."""
    if asked["hvad"] and asked["hvad"] not in DEEDS:
        raise WRONG_DEED
    conversation = _conversation(asked["samtale"])
    only = OF_CONVERSATIONS if conversation else frozenset()
    day = _day(asked["dag"])
    return Sought(
        user=_person(asked["hvem"]),
        by_command=asked["hvem"] == COMMAND,
        actions={asked["hvad"]} if asked["hvad"] else only,
        subject=conversation,
        since=danish_midnight(day) if day else None,
        until=danish_midnight(day + timedelta(days=1)) if day else None,
    )


def place_in(said: str) -> int | None:
    """The number of a line; None for the newest. Raises Problem."""
    if said and not NUMBER.fullmatch(said):
        raise WRONG_PLACE
    return int(said) if said else None


def _person(said: str) -> int | None:
    if not said or said == COMMAND:
        return None
    if not NUMBER.fullmatch(said):
        raise WRONG_PERSON
    return int(said)


def _conversation(said: str) -> str:
    found = _CONVERSATION.fullmatch(said)
    if said and not found:
        raise WRONG_CONVERSATION
    return found[1].lower() if found else ""


def _day(said: str) -> date | None:
    day = day_near(said, danish_day(datetime.now(UTC)))
    if said and day is None:
        raise WRONG_DAY
    return day


def _look(request: Request, user: DeskUser, sought: Sought, before: int | None, most: int, deed: str) -> Looked:
    """Is noted once a look, before anything is read; nobody waits at the store while a long list is."""
    store: Store = request.app.state.store
    _note_look(store, user, deed)
    with store.read(Town(user.municipality)) as work:
        lines = work.audit.lines(user.municipality, sought, most, before)
        people = work.people.users(user.municipality)
        agents = {str(agent): name for agent, name in work.agents.names(user.municipality).items()}
    names = Names(told_apart((one.name, one.shown_name) for one in people), agents)
    return Looked(lines, rows(lines, names), people)


def _note_look(store: Store, user: DeskUser, deed: str) -> None:
    with store.write(Town(user.municipality)) as work:
        if not work.audit.did_since(user, deed, datetime.now(UTC) - ONE_LOOK):
            work.people.note(user, deed)
