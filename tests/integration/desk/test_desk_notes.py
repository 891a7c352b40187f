"""Notes: what caseworkers write to each other, each their own, and nobody who may not read the conversation."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from bot.casework.consent import Shared
from bot.casework.conversations import Danger
from bot.casework.notes import LONGEST_NOTE
from bot.conversation.disclosure import is_open
from bot.store.desk_tables import notes
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, news
from tests.support.the_tests import THE_TESTS
from tests.support.told import acts

WORDS = "har en søster i Vejle, ring først"


@pytest.fixture
def path(young: YoungPerson) -> str:
    return f"/desk/conversations/{young.id}"


def writes(client: TestClient, path: str, text: str = WORDS) -> None:
    answer = client.post(f"{path}/notes", json={"text": text})
    assert answer.status_code == 200, answer.text


def page(client: TestClient, path: str) -> str:
    return client.get(path, headers=PAGE).text


def number_of(store: Store, young: YoungPerson) -> int:
    with store.read(THE_TESTS) as work:
        return work.notes.of(young.id)[-1].id


def texts(store: Store, young: YoungPerson) -> list[str | None]:
    with store.read(THE_TESTS) as work:
        return [one.text for one in work.notes.of(young.id)]


def test_a_note_is_there_for_colleagues_with_author_and_time(
    anna: TestClient, bo: TestClient, path: str, young: YoungPerson
) -> None:
    writes(anna, path)
    for shown in (page(bo, path), news(bo, young)):
        assert WORDS in shown
        assert "<strong>Anna</strong> <span>kl. " in shown
    assert ">Ret<" in page(anna, path)
    assert ">Ret<" not in page(bo, path), "it is not his"


def test_a_second_click_adds_no_second_note(
    anna: TestClient, bo: TestClient, path: str, young: YoungPerson, store: Store
) -> None:
    for _ in range(2):
        writes(anna, path)
    assert texts(store, young) == [WORDS]
    assert acts(store, young).count("note") == 1
    writes(bo, path)
    assert texts(store, young) == [WORDS] * 2, "his own words, though they are the same"
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(notes).values(written_at=datetime.now(UTC) - timedelta(minutes=2)))
    writes(anna, path)
    assert texts(store, young) == [WORDS] * 3, "said again later on purpose"


def test_its_words_are_sealed_in_the_store(anna: TestClient, path: str, store: Store) -> None:
    writes(anna, path)
    with store.read(THE_TESTS) as work:
        [row] = work._connection.execute(notes.select()).mappings()
    assert WORDS not in repr(dict(row))
    assert row["municipality"] == "eksempel"


def test_its_author_corrects_it_and_strikes_it_out_and_both_are_noted(
    anna: TestClient, path: str, young: YoungPerson, store: Store
) -> None:
    writes(anna, path)
    number = number_of(store, young)
    anna.post(f"/desk/notes/{number}", json={"text": "ring bare", "revision": "0"}).raise_for_status()
    corrected = page(anna, path)
    assert ("ring bare" in corrected, WORDS in corrected, "rettet kl. " in corrected) == (True, False, True)
    anna.post(f"/desk/notes/{number}/strike", json={"revision": "1"}).raise_for_status()
    struck = page(anna, path)
    assert ("ring bare" in struck, "Noten er streget ud." in struck) == (False, True)
    assert [act for act in acts(store, young) if "note" in act] == ["note", "correct_note", "strike_note"]
    with store.read(THE_TESTS) as work:
        [row] = work._connection.execute(notes.select()).mappings()
    assert row["sealed"] is None


def test_a_colleague_changes_nothing_in_it(
    anna: TestClient, bo: TestClient, path: str, young: YoungPerson, store: Store
) -> None:
    writes(anna, path)
    number = number_of(store, young)
    for way in ("", "/strike"):
        answer = bo.post(f"/desk/notes/{number}{way}", json={"text": "nej", "revision": "0"})
        assert (answer.status_code, answer.json()["code"]) == (409, "not_author")
    assert WORDS in page(anna, path)


def test_what_was_corrected_in_another_tab_is_not_written_over(
    anna: TestClient, path: str, young: YoungPerson, store: Store
) -> None:
    writes(anna, path)
    number = number_of(store, young)
    anna.post(f"/desk/notes/{number}", json={"text": "den nye", "revision": "0"}).raise_for_status()
    for revision in ("0", "", "2", "-1", "x"):
        answer = anna.post(f"/desk/notes/{number}", json={"text": "den gamle", "revision": revision})
        assert (answer.status_code, answer.json()["code"]) == (409, "note_changed")
    anna.post(f"/desk/notes/{number}/strike", json={"revision": "1"}).raise_for_status()
    assert anna.post(f"/desk/notes/{number}/strike", json={"revision": "2"}).json()["code"] == "note_changed"
    assert "den gamle" not in page(anna, path)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_NOTE + 1)])
def test_no_words_or_too_many_are_said_to_be_so(anna: TestClient, path: str, text: str, store: Store) -> None:
    answer = anna.post(f"{path}/notes", json={"text": text})
    assert (answer.status_code, answer.json()["title"]) == (422, "Skriv en note på højst 2000 tegn.")
    with store.read(THE_TESTS) as work:
        assert work._connection.execute(notes.select()).all() == []


def test_a_cpr_number_is_hidden_and_a_phone_number_is_not(anna: TestClient, path: str) -> None:
    writes(anna, path, "cpr 010203-1234, telefon 12345678")
    shown = page(anna, path)
    assert ("010203-1234" in shown, "telefon 12345678" in shown) == (False, True)


def test_where_nothing_may_be_read_no_note_is_read_or_written(anna: TestClient, store: Store) -> None:
    closed = YoungPerson(store).writes("til robotten")
    number = closed.is_noted("anna", WORDS)
    path = f"/desk/conversations/{closed.id}"
    assert WORDS not in page(anna, path) + news(anna, closed)
    assert anna.post(f"{path}/notes", json={"text": "hej"}).json()["code"] == "note_not_allowed"
    assert anna.post(f"/desk/notes/{number}", json={"text": "hej", "revision": "0"}).status_code == 404


def test_notes_close_with_what_was_shared(anna: TestClient, store: Store) -> None:
    shared = YoungPerson(store).writes("til robotten").shares(Shared.TRANSCRIPT)
    path = f"/desk/conversations/{shared.id}"
    writes(anna, path)
    assert WORDS in page(anna, path)
    shared.takes_back(Shared.TRANSCRIPT)
    assert WORDS not in page(anna, path)


def test_danger_opens_notes_as_it_opens_the_chat(store: Store) -> None:
    young = YoungPerson(store).writes("til robotten")
    with store.read(THE_TESTS) as work:
        before = is_open(work, work.conversations.get(young.id))
    young.writes("jeg er bange", Danger(2, ("violence",)))
    with store.read(THE_TESTS) as work:
        assert (before, is_open(work, work.conversations.get(young.id))) == (False, True)


def test_another_town_sees_and_changes_no_note(
    anna: TestClient, carl: TestClient, path: str, young: YoungPerson, store: Store
) -> None:
    writes(anna, path)
    number = number_of(store, young)
    nobodys = carl.post("/desk/notes/999999", json={"text": "hej", "revision": "0"})
    theirs = carl.post(f"/desk/notes/{number}", json={"text": "hej", "revision": "0"})
    assert (theirs.status_code, theirs.json()) == (404, nobodys.json())
    assert carl.post(f"{path}/notes", json={"text": "hej"}).json()["code"] == "conversation_not_found"


def test_an_erased_conversation_takes_its_notes_and_says_so(
    anna: TestClient, path: str, young: YoungPerson, store: Store
) -> None:
    writes(anna, path)
    number = number_of(store, young)
    young.erases()
    assert anna.post(f"{path}/notes", json={"text": "hej"}).json()["code"] == "conversation_not_found"
    assert anna.post(f"/desk/notes/{number}/strike", json={"revision": "0"}).json()["code"] == "note_not_found"
    with store.read(THE_TESTS) as work:
        assert work._connection.execute(notes.select()).all() == []


def test_a_form_without_script_comes_back_to_the_notes(anna: TestClient, path: str) -> None:
    answer = anna.post(f"{path}/notes", data={"text": WORDS}, headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}#notes")


def test_no_note_is_a_message(anna: TestClient, path: str, young: YoungPerson, store: Store) -> None:
    writes(anna, path)
    with store.read(THE_TESTS) as work:
        assert WORDS not in repr(work.conversations.after(young.id, 0))


async def test_a_note_written_meanwhile_reaches_who_watches(app, anna, young, store) -> None:
    notices = app.state.notices
    changes = notices.changes(young.id, poll=30)
    await anext(changes)
    with store.read(THE_TESTS) as work:
        user = work.people.user("anna")
    await app.state.desk_notes.add(user, young.id, WORDS)
    async with asyncio.timeout(5):
        await anext(changes)
