"""The commands of a review: from a night's look to lines that can be taught, in a maintainer's name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.casework.conversations import Draft, Sender
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.review.lots import use_of
from bot.settings import load_settings
from bot.store.store import Store
from tests.support.commands import Run
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.model import model_in_service
from tests.support.review import asks, groups_in, lets_learn, read
from tests.support.running import PASSWORD


@pytest.fixture
def store(run: Run) -> Iterator[Store]:
    """The commands' own."""
    settings = load_settings()
    opened = Store(settings.store_url, settings.key())
    opened.migrate()
    seed_demo(opened, load_municipalities()["eksempel"], PASSWORD)
    for name in ("vera", "victor"):
        add_caseworker(opened, "eksempel", name, [Role.MAINTAINER])
    add_caseworker(opened, "eksempel", "anna", [Role.CASEWORKER])
    yield opened
    opened.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that takes no time to load."""
    monkeypatch.setattr("bot.upkeep.misread.reads_with", lambda *_: lambda texts: {text: read(text) for text in texts})
    monkeypatch.setattr("bot.training.commands.archive_of", lambda _: Path("none"))
    monkeypatch.setattr("bot.review.finding.in_sample", lambda *_: False)


def found(run: Run, store: Store) -> dict[str, str]:
    """The group of each text, after a night."""
    done = run("review", "find")
    assert done.exit_code == 0, done.output
    return {text: group for group, texts in groups_in(store).items() for text in texts}


def fails(run: Run, *command: str) -> str:
    done = run("review", *command)
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    return " ".join(done.output.split())


def lines(run: Run, *more: str) -> list[dict[str, object]]:
    done = run("review", "decided", *more)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_model_in_service_finds_what_it_is_unsure_of(run: Run, store: Store) -> None:
    model_in_service()
    odd = "blå hest cykler mandag på tallerken"
    young = lets_learn(asks(YoungPerson(store), odd, "hvad er et indskud?"))
    silent = asks(YoungPerson(store), "grøn ko flyver")
    groups = found(run, store)
    assert odd in groups
    assert "grøn ko flyver" not in groups, "nobody said yes"
    told = run("review", "list", "eksempel").stdout
    assert odd in told
    assert not any(secret in told for secret in (young.id, silent.id, young.token))


@pytest.mark.usefixtures("quick")
def test_what_is_decided_is_printed_to_be_taught(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu", "gæld", "måne", "sofie bor her"))
    groups = found(run, store)
    assert run("review", "decide", groups["sofie bor her"], "leave-out", "--by", "vera").exit_code == 0
    decided = [
        (groups["bolig nu"], "confirm"),
        (groups["gæld"][:8], "correct", "money_benefits"),
        (groups["måne"], "new", "housing_moon"),
    ]
    for group, *what in decided:
        done = run("review", "decide", group, *what, "--by", "vera")
        assert (done.exit_code, done.stdout.strip()) == (0, "It is decided."), done.output
    assert lines(run) == [
        {"text": "bolig nu", "intent": "housing_find_home", "set": use_of("bolig nu").value},
        {"text": "gæld", "intent": "money_benefits", "set": use_of("gæld").value},
    ]
    assert [(one["text"], one["verdict"], one["intents"]) for one in lines(run, "--rest")] == [
        ("måne", "new", ["housing_moon"])
    ]
    assert lines(run, "--municipality", "nabo") == []
    assert "Nothing is to be decided." in run("review", "list", "eksempel").stdout


@pytest.mark.usefixtures("quick")
def test_danger_wants_a_second_maintainer(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "vil dø"))
    group = found(run, store)["vil dø"]
    first = run("review", "decide", group, "confirm", "--by", "vera").stdout
    assert "a second maintainer must decide the same" in first
    told = run("review", "list", "eksempel").stdout
    assert "danger: two must agree" in told
    assert "decided once: confirm crisis_suicide" in told
    assert lines(run) == []
    assert "It is decided." in run("review", "decide", group, "confirm", "--by", "victor").stdout
    assert [one["intent"] for one in lines(run)] == ["crisis_suicide"]


@pytest.mark.usefixtures("quick")
def test_some_are_split_off_by_their_numbers(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu", "bolig her"))
    group = found(run, store)["bolig nu"]
    with store.read() as work:
        number = next(str(one.id) for one in work.found.unsettled("eksempel") if one.text == "bolig her")
    assert "They are the group " in run("review", "decide", group, "split", number, "--by", "vera").stdout
    assert sorted(map(len, groups_in(store).values())) == [1, 1]
    assert "not all of them" in fails(run, "decide", group, "split", "1", "--by", "vera")


@pytest.mark.usefixtures("quick")
def test_what_is_wrong_is_told_in_a_line(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu"))
    group = found(run, store)["bolig nu"]
    assert "nobody with the role maintainer" in fails(run, "decide", group, "confirm", "--by", "anna")
    assert "nobody with the role maintainer" in fails(run, "decide", group, "confirm", "--by", "nobody")
    assert "no meaning 'housing_castle'" in fails(run, "decide", group, "correct", "housing_castle", "--by", "vera")
    assert "a meaning is missing" in fails(run, "decide", group, "several", "money_debt", "--by", "vera")
    assert "is none of confirm" in fails(run, "decide", group, "perhaps", "--by", "vera")
    assert "the beginning of no group" in fails(run, "decide", "x", "confirm", "--by", "vera")
    assert "the beginning of no group" in fails(run, "decide", "x" * 36, "confirm", "--by", "vera")
    assert "by the numbers" in fails(run, "decide", group, "split", "alle", "--by", "vera")
    run("review", "decide", group, "confirm", "--by", "victor")
    told = fails(run, "decide", group, "correct", "money_debt", "--by", "vera")
    assert "Victor has decided it meanwhile: confirm housing_find_home" in told


@pytest.mark.usefixtures("quick")
def test_an_empty_week_says_what_to_do(run: Run, store: Store) -> None:
    assert found(run, store) == {}
    assert "`hjemad review find` looks anew" in run("review", "list", "eksempel").stdout
    assert lines(run) == []


@pytest.mark.usefixtures("quick")
def test_where_a_town_learns_no_more_what_was_found_is_forgotten(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu"))
    assert found(run, store)
    towns = load_municipalities()
    silent = {"eksempel": replace(towns["eksempel"], learns=False)}
    monkeypatch.setattr("bot.municipality.towns.load_municipalities", lambda: silent)
    assert found(run, store) == {}


@pytest.mark.usefixtures("quick")
def test_whoever_says_later_that_they_are_too_young_is_forgotten(run: Run, store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "bolig nu"))
    assert found(run, store)
    with store.write() as work:
        draft = Draft(Sender.YOUNG, "jeg er 14", data={"under_18": True})
        work.conversations.append(work.conversations.lock(young.id), [draft])
    assert found(run, store) == {}
