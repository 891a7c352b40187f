"""The commands of a review: from a night's look to lines that can be taught, in a maintainer's name."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.casework.conversations import Draft, Sender
from bot.casework.misread import Verdict
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.review.lots import use_of
from bot.review.reviewing import decide
from bot.settings import ROOT, load_settings
from bot.store.store import Store
from bot.stories.turns import read_steps
from bot.teaching.domain_names import read_names
from bot.training.models.errors import ModelError
from bot.upkeep.staff import remove_user
from tests.support.commands import Run
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.model import model_in_service
from tests.support.review import asks, groups_in, lets_learn, read, unsettled
from tests.support.running import PASSWORD
from tests.support.the_tests import THE_TESTS


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
    assert "Nothing is to be decided." in run("review", "list", "eksempel").stdout


@pytest.mark.usefixtures("quick")
def test_danger_is_decided_first_by_a_command_and_second_at_the_desk(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "vil dø"))
    group = found(run, store)["vil dø"]
    first = run("review", "decide", group, "confirm", "--by", "vera").stdout
    assert "a second maintainer must decide the same at the desk" in " ".join(first.split())
    assert "a second maintainer" in run("review", "decide", group, "correct", "money_debt", "--by", "vera").stdout
    assert run("review", "decide", group, "confirm", "--by", "vera").exit_code == 0, "the first may think better of it"
    told = run("review", "list", "eksempel").stdout
    assert "danger: two must agree" in told
    assert "one has decided; the second does at the desk" in told
    assert "confirm" not in told, "whoever is second does not know what the first said"
    for what in (["confirm"], ["correct", "money_debt"]):
        assert "the second does at the desk" in fails(run, "decide", group, *what, "--by", "victor")
    assert lines(run) == []
    with store.read(THE_TESTS) as work:
        victor = work.people.user("victor")
        assert [entry.action for entry in work.people.noted("eksempel") if "group" in entry.action] == [
            "decide_group_by_command"
        ] * 3
    assert victor
    assert decide(store, victor, group, Verdict.CONFIRM, []), "signed in at the desk"
    assert [one["intent"] for one in lines(run)] == ["crisis_suicide"]


@pytest.mark.usefixtures("quick")
def test_nobody_waits_for_what_is_printed_and_all_that_is_read_is_noted(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    young = lets_learn(asks(YoungPerson(store), "bolig nu"))
    assert found(run, store)
    for command, printing in (("list", "print_groups"), ("decided", "taught_lines")):
        before = looks(store)

        def prints(*given: object, **more: object) -> list[dict[str, object]]:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(asks, young, "bolig igen").result(timeout=5)
            return []

        monkeypatch.setattr(f"bot.upkeep.review_report.{printing}", prints)
        done = run("review", command, *(["eksempel"] if command == "list" else []))
        assert done.exit_code == 0, done.output
        assert looks(store) == before + 1, command


def looks(store: Store) -> int:
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel")].count("read_found")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", [["list", "stavefejl"], ["decided", "--municipality", "stavefejl"]])
def test_a_town_that_there_is_not_is_refused(run: Run, store: Store, command: list[str]) -> None:
    assert "there is no municipality 'stavefejl'; there is eksempel" in fails(run, *command)


@pytest.mark.usefixtures("quick")
def test_some_are_split_off_by_their_numbers(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu", "bolig her"))
    group = found(run, store)["bolig nu"]
    with store.read(THE_TESTS) as work:
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
def test_who_was_removed_decides_and_reads_nothing_any_more(run: Run, store: Store) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu"))
    group = found(run, store)["bolig nu"]
    remove_user(store, load_municipalities(), "vera")
    for command in (["decide", group, "confirm"], ["decide", group, "split", "1"], ["talk", "1"]):
        assert "nobody with the role maintainer" in fails(run, *command, "--by", "vera")
    assert not any(one.opinions for one in unsettled(store))


@pytest.mark.usefixtures("quick")
def test_an_empty_week_says_what_to_do(run: Run, store: Store) -> None:
    assert found(run, store) == {}
    assert "`hjemad review find` looks anew" in run("review", "list", "eksempel").stdout
    assert lines(run) == []


@pytest.mark.usefixtures("quick")
def test_where_a_town_learns_no_more_nothing_is_shown_and_all_forgotten_without_a_model(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lets_learn(asks(YoungPerson(store), "bolig nu", "gæld"))
    groups = found(run, store)
    run("review", "decide", groups["gæld"], "confirm", "--by", "vera")
    towns = load_municipalities()
    silent = {"eksempel": replace(towns["eksempel"], learns=False)}
    monkeypatch.setattr("bot.municipality.towns.load_municipalities", lambda: silent)
    told = "does not learn from messages"
    assert told in fails(run, "list", "eksempel")
    assert told in fails(run, "decided", "--municipality", "eksempel")
    assert told in fails(run, "decide", groups["bolig nu"], "confirm", "--by", "vera")
    assert told in fails(run, "talk", "1", "--by", "vera")
    assert lines(run) == []

    def no_model(_: object) -> Path:
        raise ModelError("there is none")

    monkeypatch.setattr("bot.training.commands.archive_of", no_model)
    assert "there is none" in fails(run, "find")
    assert groups_in(store) == {}
    with store.read(THE_TESTS) as work:
        assert work.found.settled("eksempel") == []


@pytest.mark.usefixtures("quick")
def test_whoever_says_later_that_they_are_too_young_is_forgotten(run: Run, store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "bolig nu"))
    assert found(run, store)
    with store.write(THE_TESTS) as work:
        draft = Draft(Sender.YOUNG, "jeg er 14", data={"under_18": True})
        work.conversations.append(work.conversations.lock(young.id), [draft])
    assert found(run, store) == {}


MEANT = {"intent": {"name": "booking_request"}, "entities": [{"entity": "age_group", "value": "under_18"}]}
DOCUMENT = [
    {"event": "slot", "timestamp": 1.5, "name": "town", "value": "Skovby"},
    {"event": "action", "timestamp": 1.5, "name": "action_listen"},
    {"event": "user", "timestamp": 1700000001.5, "parse_data": MEANT},
    {"event": "action", "timestamp": 1700000002.5, "name": "booking_form", "policy": "RulePolicy", "confidence": 1.0},
    {"event": "active_loop", "timestamp": 1700000002.5, "name": "booking_form"},
    {"event": "slot", "timestamp": 1700000003.5, "name": "booking_moved", "value": "b0b0b0b0-1"},
    {"event": "bot", "timestamp": 1700000004.5, "metadata": {"yes": '/booking_cancel{"booking_id": "b0b0b0b0-1"}'}},
    {"event": "action", "timestamp": 1700000005.5, "name": "action_listen"},
]


@pytest.mark.usefixtures("quick")
def test_around_a_message_are_meanings_and_acts_and_nothing_that_tells_whose(run: Run, store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "bolig nu"))
    found(run, store)
    whole = json.dumps(DOCUMENT)
    with store.write(THE_TESTS) as work:
        work.trackers.put(young.id, whole)
        [message] = work.found.unsettled("eksempel")
    done = run("review", "talk", str(message.id), "--by", "vera")
    assert done.exit_code == 0, done.output
    for secret in ("17000", "timestamp", "b0b0", "Skovby", "under_18", "slot", "value"):
        assert secret not in done.stdout
    names = read_names(ROOT)
    assert read_steps(done.stdout.encode(), names) == read_steps(whole.encode(), names), "a story loses nothing"
    assert not names.influential, "a slot that decides what is done next must be left in what is printed"
    with store.read(THE_TESTS) as work:
        vera = work.people.user("vera")
        last = work.people.noted("eksempel")[-1]
    assert vera
    assert (last.action, last.user) == ("read_found", vera.id)


@pytest.mark.usefixtures("quick")
def test_what_stands_around_a_message_is_for_maintainers_of_its_town(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns = load_municipalities()
    both = towns | {"nabo": replace(towns["eksempel"], slug="nabo")}
    monkeypatch.setattr("bot.municipality.towns.load_municipalities", lambda: both)
    young = lets_learn(asks(YoungPerson(store), "bolig nu"))
    found(run, store)
    add_caseworker(store, "nabo", "carl", [Role.MAINTAINER])
    with store.write(THE_TESTS) as work:
        work.trackers.put(young.id, "[]")
        number = str(work.found.unsettled("eksempel")[0].id)
    assert "nobody with the role maintainer" in fails(run, "talk", number, "--by", "anna")
    assert f"there is no message {number}" in fails(run, "talk", number, "--by", "carl")
    assert "there is no message 999" in fails(run, "talk", "999", "--by", "vera")
    for number in ("0", str(2**40)):
        assert run("review", "talk", number, "--by", "vera").exit_code == 2
