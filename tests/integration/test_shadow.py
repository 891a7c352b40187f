"""A model that reads along: where there is a yes and nowhere else, each message once, and nothing of it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.casework.conversations import Conversation, Draft, Message, Sender
from bot.municipality.towns import load_municipalities
from bot.review.finding import Talk, talk_of
from bot.review.signals import Read, Reading
from bot.store.database import StoreUnreachableError
from bot.store.learning import LearningRows
from bot.store.store import Store
from bot.store.tables import audit, metadata
from bot.upkeep.misread import talks_to_learn_from
from bot.upkeep.shadow import Differs, Shadow
from tests.support.commands import Run
from tests.support.desk import YoungPerson
from tests.support.review import asks, lets_learn, read
from tests.support.the_tests import THE_TESTS

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
    with store.read(THE_TESTS) as work:
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
    with store.read(THE_TESTS) as work:
        assert work._connection.scalar(select(audit.c.action).order_by(audit.c.id.desc()).limit(1)) == "read_found"


class Clock:
    """A clock that goes on while somebody sleeps, and then somebody writes."""

    def __init__(self, young: YoungPerson) -> None:
        self.now = 0.0
        self._young = young

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        asks(self._young, f"gæld {self.now:.0f}")


def test_it_looks_again_until_its_time_is_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    known = {f"gæld {second}": "money_debt" for second in range(10)}
    along = shadow(store, reader(**known), reader())
    monkeypatch.setattr("bot.upkeep.shadow.time", Clock(young))
    assert along.look() == []
    assert [one.text for one in along.follow(5, 2)] == ["gæld 2", "gæld 4", "gæld 5"]
    assert along.look() == []


def test_it_loads_only_conversations_in_which_somebody_wrote_and_forgets_what_it_has_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lets_learn(asks(YoungPerson(store), "hej"))
    young = lets_learn(asks(YoungPerson(store), "hej"))
    along = shadow(store, reader(), reader())
    loaded: list[str] = []

    def loads(conversation: Conversation, messages: Sequence[Message]) -> Talk:
        loaded.append(conversation.id)
        return talk_of(conversation, messages)

    monkeypatch.setattr("bot.upkeep.misread.talk_of", loads)
    asks(young, "gæld")
    along.look()
    assert loaded == [young.id]
    assert len(along._seen) == 1
    monkeypatch.setattr("bot.upkeep.shadow.ANSWERED_WITHIN", timedelta(0))
    along.look()
    assert along._seen == {}


def test_a_message_that_was_not_answered_yet_is_read_at_the_next_look(store: Store) -> None:
    young = lets_learn(YoungPerson(store))
    along = shadow(store, reader(gæld="money_debt"), reader())
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, "gæld")])
    assert along.look() == []
    with store.write(THE_TESTS) as work:
        draft = Draft(Sender.BOT, "Et svar.", final=True, reply_to=stored.sequence)
        work.conversations.append(work.conversations.lock(young.id), [draft])
    assert [one.text for one in along.look()] == ["gæld"]


def test_each_conversation_is_of_its_own_town_and_of_no_other(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.people.add_municipality("nabo")
    here, there = lets_learn(asks(YoungPerson(store), "hej")), lets_learn(asks(YoungPerson(store, "nabo"), "hej"))
    own = load_municipalities()["eksempel"]
    for learns, expected in ((True, [there.id]), (False, [])):
        towns = {"eksempel": own, "nabo": replace(own, slug="nabo", learns=learns)}
        found = talks_to_learn_from(store, towns)
        assert {slug: [talk.conversation.id for talk in talks] for slug, talks in found.items()} == {
            "eksempel": [here.id],
            "nabo": expected,
        }


def test_what_a_human_writes_makes_nothing_new_of_what_they_answer(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    since = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(young.id), [Draft(Sender.CASEWORKER, "Er du der?")])
    assert talks_to_learn_from(store, load_municipalities(), since)["eksempel"] == []


def test_a_conversation_that_is_erased_meanwhile_is_passed_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    young = lets_learn(asks(YoungPerson(store), "hej"))
    allowing = LearningRows.allowing

    def with_one_erased(*given: object) -> list[str]:
        return ["erased", *allowing(*given)]  # type: ignore[arg-type]

    monkeypatch.setattr(LearningRows, "allowing", with_one_erased)
    talks = talks_to_learn_from(store, load_municipalities())
    assert [talk.conversation.id for talk in talks["eksempel"]] == [young.id]


def test_what_was_seen_is_told_also_when_the_store_goes_away(
    run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setenv("HJEMAD_DATABASE_URL", database_url)
    monkeypatch.setattr("bot.training.commands.archive_of", lambda name: Path(name or "service"))
    monkeypatch.setattr("bot.upkeep.misread.reads_with", lambda *_: reader())

    def goes_away(along: Shadow) -> list[Differs]:
        along.read = 7
        raise StoreUnreachableError("gone")

    monkeypatch.setattr(Shadow, "look", goes_away)
    done = run("review", "shadow", "candidate", "--minutes", "1")
    assert done.exit_code == 1
    assert "7 messages read; 0 would be answered otherwise." in done.output


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
