"""The desk's queue: who comes first, and who has whom."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from bot.casework.bookings import Booking
from bot.casework.codes import new_code
from bot.casework.conversations import Danger, Kind, Writer
from bot.casework.free_times import Way
from bot.casework.rights import Role
from bot.casework.waiting import TURN, TURN_BESIDE_ACUTE
from bot.conversation import desk_queue
from bot.language.danish import clock
from bot.store.rows import conversation_from
from tests.support.desk import PAGE, YoungPerson
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS


def test_the_queue_shows_danger_first_and_then_who_waits_longest(anna, store):
    young = [YoungPerson(store).writes("hej").waits(minutes=minutes) for minutes in (5, 50)]
    acute = YoungPerson(store).writes("…", Danger(3, ("suicide",))).waits(minutes=1)
    YoungPerson(store).writes("taler med robotten")
    found = anna.get("/desk/queue.json").json()["conversations"]
    assert [one["id"] for one in found] == [acute.id, young[1].id, young[0].id]
    assert found[0]["danger"] == {"level": 3, "kinds": ["suicide"]}
    assert datetime.fromisoformat(found[1]["waiting_since"]) < datetime.now(UTC)
    page = anna.get("/desk/", headers=PAGE).text
    assert "<title>(3) Samtaler – Hjemad</title>" in page
    assert "Akut fare: selvmordstanker" in page
    assert page.index(acute.id) < page.index(young[1].id) < page.index(young[0].id)


@pytest.mark.parametrize(
    ("tongue", "words"), [("da", None), ("en", "Skriver på engelsk"), ("other", "Skriver på et andet sprog")]
)
def test_the_queue_says_a_language_that_is_not_danish_before_anybody_claims(anna, bo, store, tongue, words):
    one = YoungPerson(store).writes("hej").in_language(tongue).waits()
    for client, done in ((anna, "claim"), (anna, None), (bo, None)):
        page = client.get("/desk/queue").text
        assert ("Skriver på" in page) == bool(words)
        assert (words or "Samtale") in page
        if done:
            anna.post(f"/desk/conversations/{one.id}/claim")
    assert anna.get("/desk/queue.json").json()["conversations"][0]["language"] == tongue


def test_the_locale_of_a_page_is_told_as_a_language(anna, store):
    """A page may open the chat in Norwegian, which is answered in Danish, or in any other language."""
    ways = (("nb", "da"), ("en-GB", "en"), ("so", "other"))
    opened = {YoungPerson(store).in_language(locale).waits().id: tongue for locale, tongue in ways}
    found = anna.get("/desk/queue.json").json()["conversations"]
    assert {one["id"]: one["language"] for one in found} == opened


def test_the_queue_says_that_a_helper_writes_and_nothing_else_of_a_young_person(anna, store):
    helper, corrected, unknown = (YoungPerson(store).writes("hej").waits(minutes) for minutes in (3, 2, 1))
    helper.is_a(Writer.HELPER)
    corrected.is_a(Writer.HELPER).is_a(Writer.YOUNG)
    found = {one["id"]: one["writer"] for one in anna.get("/desk/queue.json").json()["conversations"]}
    assert found == {helper.id: "helper", corrected.id: "young", unknown.id: "young"}
    page = anna.get("/desk/", headers=PAGE).text
    assert page.count("Hjælper") == 1
    assert page.index(helper.id) < page.index("Hjælper") < page.index(corrected.id)


def test_an_empty_queue_says_what_will_happen(anna):
    assert anna.get("/desk/queue.json").json() == {"conversations": []}
    page = anna.get("/desk/", headers=PAGE).text
    assert "<title>Samtaler – Hjemad</title>" in page
    assert "Ingen venter lige nu." in page


def test_the_queue_tells_mine_from_my_colleagues(anna, bo, store):
    mine, theirs = (YoungPerson(store).writes("hej").waits() for _ in range(2))
    anna.post(f"/desk/conversations/{mine.id}/claim")
    bo.post(f"/desk/conversations/{theirs.id}/claim")
    page = anna.get("/desk/queue").text
    heading = page.index
    assert heading("Dine samtaler") < heading(mine.id) < heading("Hos kolleger") < heading(theirs.id)


def needing(client: TestClient) -> str:
    """How many need a human, as pages without a stream of the queue are told."""
    return re.search(r"#waiting-count[^>]*>(\d+)<", client.get("/desk/needing").text)[1]


def test_danger_told_to_whom_one_holds_counts_until_it_is_answered(anna, bo, young):
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim")
    young.writes("jeg har taget mange piller", Danger(3, ("suicide",))).hears("Ring 112 nu.", Kind.DANGER)
    assert (needing(anna), needing(bo)) == ("1", "0")
    assert "Venter på dit svar" in anna.get("/desk/queue").text
    anna.post(f"{path}/messages", json={"text": "Jeg er her. Har du ringet 112?"})
    assert needing(anna) == "0"


def crowd(store, size: int, minutes: int = 0) -> list[YoungPerson]:
    """Those who wait, the first of them longest."""
    return [YoungPerson(store).writes("hej").waits(minutes + size - place) for place in range(size)]


def row(page: str, young: YoungPerson) -> str:
    """What the list says of somebody, without its tags."""
    item = page.split(f'<li id="row-{young.id}"')[1].split("</li>", maxsplit=1)[0]
    return " ".join(re.sub("<[^>]*>", " ", item).split())


def order(page: str) -> list[str]:
    """The ids in the list, from the top."""
    return re.findall(r'<li id="row-([^"]*)"', page)


def test_who_has_waited_longest_comes_in_turn_while_danger_comes_faster_than_it_is_taken(anna, store):
    calm = YoungPerson(store).writes("hej").waits(minutes=45)
    taken = []
    for number in range(TURN):
        for _ in range(2):
            YoungPerson(store).writes("…", Danger(2, ("violence",))).waits()
        page = anna.get("/desk/queue").text
        assert order(page).index(calm.id) == [2, 2, 1, 0][number]
        # At first two in danger are all who stand before them.
        assert ("Rykket frem: har ventet længst" in row(page, calm)) == (number > 0)
        taken.append(order(page)[0])
        assert anna.post(f"/desk/conversations/{taken[-1]}/claim").status_code == 200
    assert taken.index(calm.id) == TURN - 1


def test_acute_danger_stands_before_who_has_waited_longest_until_nine_others_were_taken(anna, store):
    calm = YoungPerson(store).writes("hej").waits(minutes=45)
    for number in range(TURN_BESIDE_ACUTE):
        for _ in range(2):
            YoungPerson(store).writes("…", Danger(3, ("suicide",))).waits()
        first = anna.get("/desk/queue.json").json()["conversations"][0]
        assert (first["danger"]["level"], first["id"] == calm.id) == ((0, True) if number == 9 else (3, False))
        anna.post(f"/desk/conversations/{first['id']}/claim")


def test_the_queue_says_why_somebody_is_urgent_beside_danger(anna, store):
    alone = YoungPerson(store).writes("hej").waits(minutes=90)
    assert "Har ventet længe Har ventet siden" in row(anna.get("/desk/queue").text, alone)
    long, new, writing = (YoungPerson(store).writes("hej").waits(minutes) for minutes in (31, 29, 1))
    writing.writes("er her nogen?").writes("hallo")
    page = anna.get("/desk/queue").text
    assert "Har ventet længst" in row(page, alone)
    assert "Har ventet længe" in row(page, long)
    assert "længe" not in row(page, new)
    assert "svar" not in row(page, new)
    assert "3 beskeder venter på svar" in row(page, writing)


def test_what_is_written_to_whom_one_holds_waits_for_an_answer_until_it_comes(anna, bo, young):
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim")
    anna.post(f"{path}/messages", json={"text": "Hej. Jeg hedder Anna."})
    assert "svar" not in row(anna.get("/desk/queue").text, young)
    young.writes("hej")
    assert "1 besked venter på svar" in row(anna.get("/desk/queue").text, young)
    young.writes("er du der?").hears("robotten er stille")
    assert "2 beskeder venter på svar" in row(bo.get("/desk/queue").text, young)
    anna.post(f"{path}/messages", json={"text": "Ja."})
    assert "svar" not in row(anna.get("/desk/queue").text, young)


def test_the_queue_says_who_has_a_talk_today(anna, store):
    today, tomorrow = (YoungPerson(store).writes("hej").waits() for _ in range(2))
    now = datetime.now(UTC)
    for one, starts_at in ((today, now), (tomorrow, now + timedelta(days=1))):
        with store.write(THE_TESTS) as work:
            ends_at = starts_at + timedelta(minutes=30)
            work.bookings.add(
                Booking(one.id, "eksempel", 1, starts_at, ends_at, Way.PHONE, "", new_code(), conversation=one.id)
            )
    page = anna.get("/desk/queue").text
    assert f"Aftale i dag kl. {clock(now)}" in row(page, today)
    assert "Aftale" not in row(page, tomorrow)


def test_a_lead_too_lands_on_the_first_that_is_new(app, store):
    waiting = crowd(store, 60)
    page = person(app, [Role.LEAD]).get("/desk/?shown=100", headers=PAGE).text
    assert f'<span id="open-{waiting[50].id}">' in page


def test_a_long_queue_is_shown_in_pieces_and_counted_whole(anna, store):
    waiting = crowd(store, 103)
    page = anna.get("/desk/", headers=PAGE).text
    assert order(page) == [one.id for one in waiting[:50]]
    assert "<title>(103) Samtaler – Hjemad</title>" in page
    assert "Du ser de første 50 af 103." in page
    more = re.search(r'id="more-waiting" href="([^"]*)"', page)[1]
    assert more == f"/desk/?shown=100#open-{waiting[50].id}"
    page = anna.get(more, headers=PAGE).text
    assert order(page) == [one.id for one in waiting[:100]]
    assert ('"/desk/events?shown=100"' in page, 'data-poll="/desk/queue?shown=100"' in page) == (True, True)
    assert order(anna.get("/desk/queue?shown=150").text) == [one.id for one in waiting]
    assert "Du ser de første" not in anna.get("/desk/queue?shown=150").text
    found = anna.get("/desk/queue.json").json()["conversations"]
    assert [one["id"] for one in found] == [one.id for one in waiting]


@pytest.mark.parametrize("shown", ["", "0", "-1", "x", "٣", "1e9", "9" * 30])
def test_a_number_to_show_that_is_none_shows_the_first(anna, store, shown):
    crowd(store, 51)
    assert len(order(anna.get("/desk/queue", params={"shown": shown}).text)) == 50


def test_a_page_is_never_longer_than_it_can_be_drawn(anna, store, monkeypatch):
    monkeypatch.setattr("bot.web.desk.queue.MOST_SHOWN", 60)
    waiting = crowd(store, 62)
    assert "?shown=60#" in anna.get("/desk/queue").text
    page = anna.get("/desk/queue?shown=999999").text
    assert order(page) == [one.id for one in waiting[:60]]
    assert "Du ser de første 60 af 62. Når nogle af dem er taget, rykker de næste op." in page
    assert "more-waiting" not in page


def test_those_whom_colleagues_have_are_shown_in_pieces_too_and_mine_are_not(anna, bo, store):
    for number, one in enumerate(crowd(store, 104)):
        (anna if number % 2 else bo).post(f"/desk/conversations/{one.id}/claim")
    page = anna.get("/desk/queue").text
    mine, others = page.split("Hos kolleger")
    assert (len(order(mine)), len(order(others))) == (52, 50)
    assert "Du ser de første 50 af 52." in others
    assert len(order(anna.get("/desk/queue?shown=100").text)) == 104


def test_a_page_names_so_many_in_danger_and_counts_the_rest(anna, store, monkeypatch):
    monkeypatch.setattr(desk_queue, "MOST_IN_DANGER", 2)
    held = YoungPerson(store).writes("hej").waits()
    anna.post(f"/desk/conversations/{held.id}/claim")
    held.writes("…", Danger(2, ("violence",))).hears("Ring 112 nu.", Kind.DANGER)
    levels = {YoungPerson(store).writes("…", Danger(level, ("violence",))).waits().id: level for level in (2, 3, 2, 1)}
    acute = next(one for one, level in levels.items() if level == 3)
    told = re.search(r'hx-target="#dangers"[^>]*>([^<]*)<', anna.get("/desk/needing").text)[1]
    assert re.fullmatch(rf"{held.id}:2 {acute}:3 [-0-9a-f]{{36}}:2 \+:1", told)
    assert needing(anna) == "5"


def test_no_page_reads_more_of_the_queue_for_a_longer_one(anna, store, monkeypatch):
    """Each row that the store makes a conversation of is counted."""
    made = []
    monkeypatch.setattr("bot.store.waiting.conversation_from", lambda row: made.append(row) or conversation_from(row))
    crowd(store, 120)
    for path, most in (("/desk/", 60), ("/desk/queue", 60), ("/desk/needing", 1), ("/desk/week", 1)):
        made.clear()
        assert anna.get(path, headers=PAGE).status_code == 200
        assert len(made) <= most, path
