"""What keeps municipalities apart: each kind of statement is confined, or refused with an error that tells no value."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    delete,
    event,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import sqlite

from bot.casework.conversations import ConversationNotFoundError
from bot.store.apart_errors import ApartError
from bot.store.store import Store, Work
from bot.store.tables import agents, conversations, desk_users, figure_rests, metadata, municipalities
from bot.store.townless import BY_CONVERSATION, OF_NO_TOWN, has_no_column, town_column
from bot.store.whose import (
    Found,
    Town,
    of_booking_code,
    of_calendar,
    of_conversation,
    of_half_sign_in,
    of_sign_in,
    of_user_named,
)
from tests.support.rows_of_towns import HERE, KEY, STATES, THERE, TOWNS, Rows, fill
from tests.support.the_tests import THE_TESTS

OTHER = conversations.alias("other")
USER_OF = select(desk_users.c.id).where(desk_users.c.id == conversations.c.held_by)

# Each would tell of all three towns by itself.
SAYS_ALL = {
    "select": select(conversations.c.municipality),
    "alias": select(OTHER.c.municipality),
    "columns of two": select(conversations.c.municipality, agents.c.municipality),
    "join": select(agents.c.municipality).join(desk_users, desk_users.c.id == agents.c.id),
    "outer join": select(agents.c.name, desk_users.c.name).outerjoin(desk_users, desk_users.c.id != agents.c.id),
    "join of a join": select(OTHER.c.id).join(agents, agents.c.id > 0).outerjoin(desk_users, desk_users.c.id != 0),
    "subquery": select(select(conversations.c.municipality).subquery().c.municipality),
    "with": select(select(conversations.c.municipality).cte("c").c.municipality),
    "scalar": select(select(func.group_concat(conversations.c.municipality)).scalar_subquery()),
    "in": select(agents.c.municipality).where(agents.c.id.in_(select(conversations.c.held_by))),
    "exists": select(agents.c.municipality).where(exists(USER_OF.where(conversations.c.id != ""))),
    "union": union_all(select(conversations.c.municipality), select(agents.c.municipality)),
    "grouped": select(conversations.c.municipality, func.count()).group_by(conversations.c.municipality),
    "municipalities": select(municipalities.c.slug),
    "all of all": select(conversations, agents, OTHER),
}
STRAY = Table("stray", MetaData(), Column("id", Integer, primary_key=True))
REFUSED = {
    "text": text("SELECT municipality FROM conversations"),
    "text in a condition": select(agents.c.id).where(text("1 = 1")),
    "text for a column": select(literal_column("(SELECT id FROM conversations)")),
    "text in a select": text("SELECT id FROM conversations").columns(conversations.c.id),
    "a table that tells nothing": select(STRAY.c.id),
    "the same in a subquery": select(agents.c.id).where(agents.c.id.in_(select(STRAY.c.id))),
    "a full join": select(agents.c.id).join(desk_users, desk_users.c.id == agents.c.id, full=True),
    "an update from another table": update(agents).where(agents.c.id == desk_users.c.id).values(name="x"),
    "a delete by another table": delete(agents).where(agents.c.id == desk_users.c.id),
    "a row of another town": insert(agents).values(name="x", municipality=THERE.slug),
    "rows, one of another town": insert(agents).values(
        [{"name": "x", "municipality": HERE.slug}, {"name": "x", "municipality": THERE.slug}]
    ),
    "a row of nobody": insert(agents).values(name="x"),
    "a row whose town is computed": insert(agents).values(name="x", municipality=func.lower("QXA")),
    "rows out of a select": insert(agents).from_select(
        ["name", "municipality"], select(agents.c.name, agents.c.municipality)
    ),
    "a town": insert(municipalities).values(slug="qxd", passed_over=0),
    "to another town": update(agents).values(municipality=THERE.slug),
    "to a computed town": update(agents).values(municipality=func.lower("QXB")),
    "over another's row": sqlite.insert(figure_rests)
    .values(municipality=HERE.slug, figure="topic", part="x", rest=1)
    .on_conflict_do_update(set_={"municipality": THERE.slug}, index_elements=["municipality", "figure", "part"]),
    "rows added on the side": select(
        insert(agents).values(name="x", municipality=THERE.slug).returning(agents.c.id).cte("added").c.id
    ),
    "rows changed on the side": select(
        update(agents).values(municipality=THERE.slug).returning(agents.c.id).cte("changed").c.id
    ),
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('three') / 'hjemad.sqlite'}", KEY)
    store.migrate()
    fill(store, TOWNS, STATES["held"])
    yield store
    store.close()


@pytest.mark.parametrize("statement", SAYS_ALL.values(), ids=SAYS_ALL)
def test_what_is_asked_is_answered_for_one_town(three: Store, statement: Select[tuple[object, ...]]) -> None:
    def said(work: Work) -> str:
        return repr(work._connection.execute(statement).all())

    with three.read(THE_TESTS) as work:
        assert THERE.slug in said(work)
    for town in TOWNS:
        with three.read(Town(town.slug)) as work:
            told = said(work)
        assert [one.slug in told for one in TOWNS] == [one is town for one in TOWNS]


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_one_towns_is_refused_without_a_value(three: Store, statement: Select[tuple[object]]) -> None:
    with pytest.raises(ApartError) as refused, three.write(Town(HERE.slug)) as work:
        work._connection.execute(statement)
    assert not any(value in str(refused.value) for value in (THERE.slug, HERE.slug, "1 = 1"))


def test_rows_and_changes_that_come_as_parameters_are_looked_at_too(three: Store) -> None:
    rows = [{"name": "x", "municipality": town.slug} for town in (HERE, THERE)]
    change = update(agents).where(agents.c.id == bindparam("agent"))
    for statement, given in ((insert(agents), rows), (change, {"agent": HERE.number, "municipality": THERE.slug})):
        with pytest.raises(ApartError), three.write(Town(HERE.slug)) as work:
            work._connection.execute(statement, given)


def test_text_past_the_statements_is_refused(three: Store) -> None:
    with pytest.raises(ApartError), three.read(Town(HERE.slug)) as work:
        work._connection.exec_driver_sql("SELECT id FROM conversations")


def test_a_change_reaches_no_row_of_another_town(three: Store) -> None:
    before = _names(three)
    with three.write(Town(HERE.slug)) as work:
        assert work._connection.execute(update(agents).values(name="changed")).rowcount == 1
        assert work._connection.execute(delete(agents).where(agents.c.id == THERE.number)).rowcount == 0
    after = _names(three)
    assert after == before | {HERE.slug: "changed"}


def test_a_statement_is_compiled_once_for_all_towns(three: Store) -> None:
    """Whose it is, is bound each time: what is compiled for one town serves the next, and never with its rows."""
    kept = three._database.confinement._compiled
    with three.read(Town(HERE.slug)) as work:
        work.agents.names(HERE.slug)
    several = len(kept)
    for town in (*TOWNS, *reversed(TOWNS)):
        with three.read(Town(town.slug)) as work:
            assert {*work.agents.names(town.slug)} == {town.number}
    assert len(kept) == several


def test_transactions_within_each_other_stay_their_own(three: Store) -> None:
    asks = select(conversations.c.municipality)
    with three.read(Town(HERE.slug)) as outer, three.read(Town(THERE.slug)) as inner, three.read(THE_TESTS) as wide:
        for _ in range(2):
            assert outer._connection.scalars(asks).all() == [HERE.slug]
            assert len(wide._connection.scalars(asks).all()) == len(TOWNS)
            assert inner._connection.scalars(asks).all() == [THERE.slug]


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.slug)
def test_whoever_shows_a_secret_is_in_its_town_and_in_no_other(three: Store, town: Rows) -> None:
    shown = (of_conversation, of_sign_in, of_half_sign_in, of_user_named, of_calendar)
    for found in (*(way(town.mark) for way in shown), of_booking_code(town.code)):
        for _ in range(2):
            with three.read(found) as work:
                assert work.people.municipalities() == [town.slug]


@pytest.mark.parametrize(
    "way", [of_conversation, of_sign_in, of_half_sign_in, of_user_named, of_calendar, of_booking_code]
)
def test_whoever_shows_nothing_is_nowhere(three: Store, way: Callable[[str], Found]) -> None:
    for nothing in ("", "nobody's", "en to tre"):
        with three.read(way(nothing)) as work:
            assert work.people.municipalities() == []
            with pytest.raises(ConversationNotFoundError):
                work.conversations.get(HERE.mark)


def test_it_costs_no_statement_more(tmp_path: Path) -> None:
    """A conversation is looked up once in a process; each transaction after that says just what it did."""
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", KEY)
    store.migrate()
    fill(store, TOWNS, STATES["held"])
    sent: list[str] = []
    event.listen(store._database.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    counted = []
    for whose in (of_conversation(HERE.mark), of_conversation(HERE.mark), Town(HERE.slug), THE_TESTS):
        sent.clear()
        with store.read(whose) as work:
            work.conversations.get(HERE.mark)
        counted.append(len(sent))
    assert counted == [counted[-1] + 1, *[counted[-1]] * 3]
    store.close()


def test_every_table_says_whose_its_rows_are_or_it_is_said_why_not() -> None:
    without = {table.name for table in metadata.sorted_tables if "municipality" not in table.c}
    assert without == {municipalities.name, *OF_NO_TOWN, *BY_CONVERSATION}
    for table in metadata.sorted_tables:
        assert has_no_column(table) or not table.c[town_column(table)].nullable


def _names(store: Store) -> dict[str, str]:
    with store.read(THE_TESTS) as work:
        return dict(work._connection.execute(select(agents.c.municipality, agents.c.name)).all())  # type: ignore[arg-type]
