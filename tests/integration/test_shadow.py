"""A model that reads along: where there is a yes and nowhere else, each message once, and nothing of it is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.municipality.towns import load_municipalities
from bot.review.signals import Read, Reading
from bot.store.store import Store
from bot.store.tables import audit, metadata
from bot.upkeep.shadow import Differs, Shadow
from tests.support.commands import Run
from tests.support.desk import YoungPerson
from tests.support.review import asks, lets_learn, read

Reader = Callable[[Sequence[str]], Mapping[str, Read]]


def reader(**intents: str) -> Reader:
    """Reads texts as these intents, surely, and is unsure of all others."""

    def read_all(texts: Sequence[str]) -> Mapping[str, Read]:
        return {
            text: Read(Reading(intents.get(text, "housing_find_home"), 0.9, sure=text in intents), read(text).vector)
            for text in texts
        }

    return read_all


def shadow(store: Store, service: Reader, candidate: Reader) -> Shadow:
    return Shadow(store, load_municipalities(), service, candidate, datetime.now(UTC))


def rows(store: Store) -> dict[str, int]:
    with store.read() as work:
        count = {table.name: select(func.count()).select_from(table) for table in metadata.sorted_tables}
        return {name: work._connection.scalar(query) or 0 for name, query in count.items()}


def test_it_reads_what_comes_where_there_is_a_yes_and_each_message_once(store: Store) -> None:
    young, silent = lets_learn(asks(YoungPerson(store), "gæld")), asks(YoungPerson(store), "hej")
    along = shadow(store, reader(gæld="money_debt", måne="chat_small_talk"), reader(gæld="chat_greet"))
    assert along.look() == [], "what was written before is none of its business"
    asks(young, "gæld", "måne", "sol")
    asks(silent, "gæld")
    assert along.look() == [Differs("gæld", "money_debt", "chat_greet"), Differs("måne", "chat_small_talk", "asks")]
    assert along.look() == []
    asks(young, "gæld")
    assert along.look() == [Differs("gæld", "money_debt", "chat_greet")]
    assert (along.read, along.pairs[("money_debt", "chat_greet")]) == (4, 2)


def test_who_takes_their_yes_back_is_read_no_more(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    along = shadow(store, reader(gæld="money_debt"), reader())
    lets_learn(young, given=False)
    asks(young, "gæld")
    assert along.look() == []
    assert along.read == 0


def test_nothing_of_it_is_kept_but_that_it_was_looked_at(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    along = shadow(store, reader(gæld="money_debt"), reader())
    asks(young, "gæld")
    before = rows(store)
    assert along.look()
    after = rows(store)
    assert after.pop("audit") == before.pop("audit") + 1
    assert after == before
    with store.read() as work:
        assert work._connection.scalar(select(audit.c.action).order_by(audit.c.id.desc()).limit(1)) == "read_found"


def test_it_looks_again_until_its_time_is_over(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    along = shadow(store, reader(gæld="money_debt"), reader())
    following: Iterator[Differs] = along.follow(0.3, 0.05)
    asks(young, "gæld")
    assert [one.text for one in following] == ["gæld"]


def test_the_command_tells_where_they_differ(
    run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    monkeypatch.setenv("HJEMAD_DATABASE_URL", database_url)
    monkeypatch.setattr("bot.training.commands.archive_of", lambda name: Path(name or "service"))
    readers = {"service": reader(gæld="money_debt"), "candidate": reader()}
    monkeypatch.setattr("bot.upkeep.misread.reads_with", lambda archive, _: readers[archive.name])
    look = Shadow.look

    def somebody_writes_first(along: Shadow) -> list[Differs]:
        asks(young, "gæld")
        return look(along)

    monkeypatch.setattr(Shadow, "look", somebody_writes_first)
    done = run("review", "shadow", "candidate", "--minutes", "0")
    assert done.exit_code == 0, done.output
    assert "gæld" in done.output
    assert "in service: money_debt, this model: asks" in done.output
    assert "1 messages read; 1 would be answered otherwise." in done.output
