"""Figures of one municipality over some days: pictures, tables, and a file for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from bot.casework.figures import Table, tables
from bot.casework.free_times import danish_day
from bot.casework.keeping import limit
from bot.casework.periods import Period, PeriodKind, period_of
from bot.language.danish import spoken_date
from bot.municipality.towns import Municipality
from bot.store.people import DeskSession
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.figure_view import as_csv, section
from bot.web.desk.figure_words import WAYS_TO, period_words
from bot.web.desk.queue import desk_page
from bot.web.plain.times import day_near
from bot.web.problems import Problem, without_trace

KINDS = {"uge": PeriodKind.WEEK, "maaned": PeriodKind.MONTH, "kvartal": PeriodKind.QUARTER}
NO_DAYS = Problem(422, "invalid_days", "Vælg både den første og den sidste dag.")
WRONG_WAY_ROUND = Problem(422, "days_reversed", "Den sidste dag ligger før den første. Byt om på dem.")


@dataclass(frozen=True)
class Counted:
    """The figures of a period, and the day on which they begin: counting did, or what is older is kept no more."""

    tables: Sequence[Table]
    since: date


async def show_figures(request: Request, session: DeskSession) -> Response:
    """GET /desk/figures?periode=uge|maaned|kvartal&dag=… or ?fra=…&til=…: this month without either."""
    today = danish_day(datetime.now(UTC))
    problem, period = None, period_of(PeriodKind.MONTH, today)
    try:
        period = asked_period(request.query_params, today)
    except Problem as wrong:
        problem = without_trace(wrong)
    counted = await _look(request, session, period)
    sections = [section(table) for table in counted.tables]
    return await desk_page(
        request,
        session,
        "figures.html",
        status=problem.status if problem else 200,
        problem=problem,
        town=_town(request, session).name,
        title=period_words(period),
        sections=sections,
        begins=_begins(counted.since) if period.first < counted.since <= period.last else "",
        nothing=_nothing(period, counted.since, today) if all(one.is_empty for one in sections) else "",
        days={name: request.query_params.get(name, str(day)) for name, day in _ends(period).items()},
        ways=list(_ways(period, counted.since, today)),
        asked=_query(period),
    )


async def download_figures(request: Request, session: DeskSession) -> Response:
    """The same days as a file. Raises Problem for days that are none."""
    period = asked_period(request.query_params, danish_day(datetime.now(UTC)))
    counted = await _look(request, session, period)
    town = _town(request, session)
    name = f"hjemad-tal-{period.first}-{period.last}.csv"
    return Response(
        as_csv(counted.tables, period, town.name),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def asked_period(asked: Mapping[str, str], today: date) -> Period:
    """The period of a query. Raises Problem for days that are none, or stand the wrong way round."""
    if "fra" not in asked and "til" not in asked:
        kind = KINDS.get(asked.get("periode", ""), PeriodKind.MONTH)
        return period_of(kind, day_near(asked.get("dag", ""), today) or today)
    first, last = day_near(asked.get("fra", ""), today), day_near(asked.get("til", ""), today)
    if first is None or last is None:
        raise NO_DAYS
    if last < first:
        raise WRONG_WAY_ROUND
    return Period(PeriodKind.SPAN, first, last)


def _query(period: Period) -> str:
    """What an address asks for this period with."""
    name = next((name for name, kind in KINDS.items() if kind is period.kind), None)
    return f"periode={name}&dag={period.first}" if name else f"fra={period.first}&til={period.last}"


def _ends(period: Period) -> Mapping[str, date]:
    return {"fra": period.first, "til": period.last}


def _ways(period: Period, since: date, today: date) -> Iterator[tuple[str, str, bool]]:
    """Other periods by a click: what it asks for, its words, and whether it is the one that is shown."""
    for kind in KINDS.values():
        this = period_of(kind, today)
        yield _query(this), WAYS_TO[kind][0], this == period
    _, before, after = WAYS_TO[period.kind]
    if period.first > since:
        yield _query(period.before), before, False
    if period.last < today:
        yield _query(period.after), after, False


def _nothing(period: Period, since: date, today: date) -> str:
    """Why there is no figure of these days, and what to do."""
    if period.first > today:
        return "De dage er ikke kommet endnu. Vælg andre dage."
    if period.last < since:
        return f"{_begins(since)} Vælg dage efter det."
    return "Der er ikke nok til at vise tal for de dage. Vælg flere dage, for eksempel et kvartal."


def _begins(since: date) -> str:
    return f"Vi har tal fra {spoken_date(since)} {since.year}."


async def _look(request: Request, session: DeskSession, period: Period) -> Counted:
    kept = limit(_town(request, session).keeping.figures, datetime.now(UTC))
    return await run_sync(_counted, request.app.state.store, session.user.municipality, period, danish_day(kept))


def _counted(store: Store, municipality: str, period: Period, kept_since: date) -> Counted:
    with store.read(Town(municipality)) as work:
        fives = work.figures.fives(municipality, period.first, period.last)
        began = work.figures.since(municipality)
    return Counted(tables(fives), max(kept_since, began or kept_since))


def _town(request: Request, session: DeskSession) -> Municipality:
    town: Municipality = request.app.state.municipalities[session.user.municipality]
    return town
