"""A human lowers a danger, a step or all of them, and says why; what came meanwhile is read first."""

import pytest
from starlette.testclient import TestClient

from bot.casework.consent import Shared
from bot.casework.conversations import Danger
from bot.store.desk_tables import danger_lowerings
from bot.store.store import Store
from tests.support.desk import CALM, PAGE, YoungPerson, news
from tests.support.the_tests import THE_TESTS

WORDS = "hun har talt med sin mor"


@pytest.fixture
def acute(young: YoungPerson) -> YoungPerson:
    return young.writes("jeg er bange", Danger(3, ("violence",)))


@pytest.fixture
def path(anna: TestClient, acute: YoungPerson) -> str:
    """Of the conversation that Anna has."""
    path = f"/desk/conversations/{acute.id}"
    anna.post(f"{path}/claim").raise_for_status()
    return path


def danger(store: Store, young: YoungPerson) -> Danger:
    with store.read(THE_TESTS) as work:
        return work.conversations.get(young.id).danger


def lowered(client: TestClient, path: str, **asked: str) -> tuple[int, str]:
    answer = client.post(f"{path}/calm", json=asked)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize(("level", "left"), [("2", Danger(2, ("violence",))), ("1", Danger(1, ("violence",)))])
def test_a_step_down_keeps_what_kind_of_danger_it_is(
    anna: TestClient, path: str, store: Store, acute: YoungPerson, level: str, left: Danger
) -> None:
    answer = anna.post(f"{path}/calm", json={"level": level, "why": "help_coming"}).json()
    assert answer["danger"] == {"level": left.level, "kinds": ["violence"]}
    assert danger(store, acute) == left


def test_it_stands_in_the_conversation_with_who_when_and_why(anna: TestClient, path: str, acute: YoungPerson) -> None:
    assert lowered(anna, path, level="2", why="other", words=WORDS) == (200, "")
    assert lowered(anna, path, level="0", why="talked") == (200, "")
    for shown in (anna.get(path, headers=PAGE).text, news(anna, acute)):
        assert "»Akut fare« blev til »Fare« kl. " in shown
        assert f"(Anna). Andet: {WORDS}" in shown
        assert "»Fare« blev til »Faren er ovre« kl. " in shown


def test_its_words_are_sealed_and_cpr_numbers_hidden(
    anna: TestClient, path: str, store: Store, acute: YoungPerson
) -> None:
    lowered(anna, path, level="1", why="talked", words=f"{WORDS} 010203-1234")
    with store.read(THE_TESTS) as work:
        [row] = work._connection.execute(danger_lowerings.select()).mappings()
        [kept] = work.lowerings.of(acute.id)
    assert WORDS not in repr(dict(row))
    assert (WORDS in kept.words, "1234" in kept.words) == (True, False)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"level": "0"},
        {"why": "talked"},
        {"level": "0", "why": "tired"},
        {"level": "3", "why": "talked"},
        {"level": "-1", "why": "talked"},
        {"level": "x", "why": "talked"},
        {"level": "0", "why": "other"},
        {"level": "0", "why": "other", "words": "  "},
        {"level": "0", "why": "talked", "words": "x" * 201},
    ],
)
def test_without_a_level_and_a_reason_it_stays(
    anna: TestClient, path: str, store: Store, acute: YoungPerson, asked: dict[str, str]
) -> None:
    assert lowered(anna, path, **asked) == (422, "bad_lowering")
    assert danger(store, acute).level == 3


def test_a_second_click_changes_and_notes_nothing(anna: TestClient, path: str, store: Store) -> None:
    for _ in range(2):
        assert lowered(anna, path, **CALM) == (200, "")
    with store.read(THE_TESTS) as work:
        assert len(work._connection.execute(danger_lowerings.select()).all()) == 1
        assert [one.action for one in work.people.noted("eksempel")].count("calm") == 1


def test_nothing_is_raised_by_lowering(anna: TestClient, path: str, store: Store, acute: YoungPerson) -> None:
    lowered(anna, path, level="1", why="talked")
    assert lowered(anna, path, level="2", why="talked") == (409, "not_lower")
    assert danger(store, acute).level == 1


def test_what_was_written_since_the_form_was_made_is_read_first(
    anna: TestClient, path: str, store: Store, acute: YoungPerson
) -> None:
    with store.read(THE_TESTS) as work:
        seen = str(work.conversations.after(acute.id, 0)[-1].sequence - 1)
    page = anna.get(path, headers=PAGE).text
    acute.writes("han står udenfor nu", Danger(3, ("violence",)))
    assert f'name="seen" value="{int(seen)}"' in page
    assert lowered(anna, path, **CALM, seen=seen) == (409, "danger_rose")
    assert danger(store, acute).level == 3


def test_a_lesser_danger_of_another_kind_is_read_first_too(
    anna: TestClient, path: str, store: Store, acute: YoungPerson
) -> None:
    seen = _seen_in(anna, path)
    acute.writes("han slår mig også", Danger(2, ("violence",)))
    assert lowered(anna, path, **CALM, seen=seen) == (409, "danger_rose")
    assert lowered(anna, path, **CALM, seen=_seen_in(anna, path)) == (200, "")


def test_so_is_one_that_follows_a_check_in_that_nobody_may_read(anna: TestClient, store: Store) -> None:
    young = YoungPerson(store).writes("det går ikke så godt", Danger(1, ("suicide",))).waits()
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim").raise_for_status()
    seen = _seen_in(anna, path)
    young.writes("han står udenfor nu", Danger(3, ("violence",)))
    assert lowered(anna, f"{path}", **CALM, seen=seen) == (409, "danger_rose")
    assert danger(store, young).level == 3


def _seen_in(client: TestClient, path: str) -> str:
    """What the form on the page tells that was seen."""
    return client.get(path, headers=PAGE).text.split('name="seen" value="')[1].split('"')[0]


def test_only_who_has_the_conversation_lowers_it_and_another_town_finds_none(
    anna: TestClient, bo: TestClient, carl: TestClient, path: str
) -> None:
    assert lowered(bo, path, **CALM) == (409, "not_holder")
    assert lowered(carl, path) == (404, "conversation_not_found")


def test_a_human_s_word_closes_what_only_danger_opened(anna: TestClient, bo: TestClient, store: Store) -> None:
    young = YoungPerson(store).writes("til robotten alene").writes("jeg er bange", Danger(3, ("violence",))).waits()
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim")
    for level, open_ in (("2", True), ("1", False)):
        lowered(anna, path, level=level, why="talked")
        assert ("til robotten alene" in anna.get(path, headers=PAGE).text) == open_


def test_a_closed_conversation_does_not_tell_what_was_lowered(anna: TestClient, path: str, store: Store) -> None:
    closed = YoungPerson(store).writes("til robotten", Danger(2, ("violence",)))
    with store.write(THE_TESTS) as work:
        user, found = work.people.user("anna"), work.conversations.get(closed.id)
        assert user
        work.queue.enqueue(closed.id, found.created_at)
    where = f"/desk/conversations/{closed.id}"
    anna.post(f"{where}/claim")
    lowered(anna, where, level="0", why="other", words=WORDS)
    anna.post(f"{where}/release")
    assert WORDS in anna.get(where, headers=PAGE).text, "it was written to a human"
    quiet = YoungPerson(store).writes("til robotten").shares(Shared.TRANSCRIPT)
    with store.write(THE_TESTS) as work:
        work._connection.execute(danger_lowerings.update().values(conversation=quiet.id))
    assert WORDS in anna.get(f"/desk/conversations/{quiet.id}", headers=PAGE).text
    quiet.takes_back(Shared.TRANSCRIPT)
    assert WORDS not in anna.get(f"/desk/conversations/{quiet.id}", headers=PAGE).text
