"""Why a conversation was raised: the words that did it, for who may read them, and nowhere else."""

from datetime import UTC, datetime

import pytest

from bot.casework.conversations import Danger, Draft, Sender
from bot.conversation import danger
from bot.conversation.desk import DeskConversations
from tests.support.desk import PAGE, YoungPerson
from tests.support.the_tests import THE_TESTS


def raised(store, text, reasons, **draft):
    """Somebody whose message was raised by these words; none of them: by its whole."""
    young = YoungPerson(store)
    data = {"danger": {"level": 2, "kinds": ["suicide"], "reasons": reasons}}
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, text, data=data, **draft)])
        danger.raised(work, found, Danger(2, ("suicide",)), stored.sequence)
    return young.waits()


def test_the_words_that_raised_it_stand_in_the_conversation(anna, store):
    young = raised(store, "hej. jeg vil ikke leve mere", ["vil ikke leve"])
    page = anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    assert page.count("Ord i beskeden: »vil ikke leve«") == 2
    assert anna.get(f"/desk/conversations/{young.id}/reasons").text == "Ord i beskeden: »vil ikke leve«"


def test_words_within_other_words_are_not_told_twice(anna, store):
    found = ["dø", "slår mig", "min kæreste slår mig", "døren er låst"]
    young = raised(store, "min kæreste slår mig, døren er låst, jeg vil dø", found)
    told = "Ord i beskeden: »dø«, »min kæreste slår mig«, »døren er låst«"
    assert anna.get(f"/desk/conversations/{young.id}/reasons").text == told


def test_what_was_found_in_no_words_is_said_to_sound_so_as_a_whole(anna, store):
    young = raised(store, "det hele kan være lige meget, ingen ville opdage det", [])
    assert anna.get(f"/desk/conversations/{young.id}/reasons").text == "Beskeden som helhed lyder som selvmordstanker."


def test_words_that_are_not_in_what_is_shown_are_not_shown(anna, store):
    young = raised(store, "[Skrevet til den unges egen plan. Det er ikke delt.]", ["vil ikke leve"])
    assert "leve" not in anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    assert "leve" not in anna.get(f"/desk/conversations/{young.id}/reasons").text


def test_a_button_needs_no_words(anna, store):
    young = raised(store, "Jeg mangler et sted i nat", [], payload="/crisis_no_shelter_tonight")
    assert "lyder som" not in anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text


def test_the_queue_asks_before_it_shows_the_words_and_notes_who_read_them(anna, store):
    young = raised(store, "jeg vil ikke leve mere", ["vil ikke leve"])
    listed = anna.get("/desk/queue").text
    assert ("vil ikke leve" in listed, "Hvorfor?" in listed) == (False, True)
    anna.get(f"/desk/conversations/{young.id}/reasons")
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel") if entry.subject == young.id] == [
            "read_reasons"
        ]


def test_another_town_reads_no_words(carl, store):
    young = raised(store, "jeg vil ikke leve mere", ["vil ikke leve"])
    assert carl.get(f"/desk/conversations/{young.id}/reasons").status_code == 404


def test_the_gravest_message_tells_why(anna, store):
    young = raised(store, "jeg vil ikke leve mere", ["vil ikke leve"])
    young.writes("træt", Danger(1, ("suicide",)))
    assert anna.get(f"/desk/conversations/{young.id}/reasons").text == "Ord i beskeden: »vil ikke leve«"


def test_who_says_that_they_are_safe_stays_in_the_queue_with_those_words(anna, store):
    young = YoungPerson(store).writes("han slår mig", Danger(2, ("violence",))).waits()
    with store.write(THE_TESTS) as work:
        work.conversations.say_safe(work.conversations.get(young.id), datetime.now(UTC))
    assert "Siger selv: i sikkerhed (kl. " in anna.get("/desk/queue").text
    assert "Siger selv: i sikkerhed" in anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    assert anna.get("/desk/queue.json").json()["conversations"][0]["says_safe"]


@pytest.mark.parametrize(("level", "told"), [(1, "-"), (2, ":2"), (3, ":3")])
def test_the_alarm_is_told_who_is_in_danger_and_nothing_of_it(anna, store, level, told):
    young = YoungPerson(store).writes("…", Danger(level, ("violence",))).waits()
    assert f">{told if level == 1 else young.id + told}</" in anna.get("/desk/needing").text


def test_the_reasons_reach_no_log_and_no_danger_row(store, caplog):
    young = raised(store, "jeg vil ikke leve mere", ["vil ikke leve"])
    with store.read(THE_TESTS) as work:
        user = work.people.user("anna")
        events = work.dangers.since(datetime(2020, 1, 1, tzinfo=UTC))
    DeskConversations(store, None)._raised_by(user, young.id)
    assert [event.danger.level for event in events] == [2]
    assert "leve" not in (caplog.text + repr(events)).replace("level=", "")


def test_a_link_alone_tells_nothing_of_danger_that_nobody_may_read_of(anna, store):
    young = YoungPerson(store).writes("jeg er så træt", Danger(1, ("suicide",)))
    path = f"/desk/conversations/{young.id}"
    assert "selvmordstanker" not in anna.get(path, headers=PAGE).text
    young.waits()
    assert "selvmordstanker" in anna.get(path, headers=PAGE).text


def test_who_is_shown_no_reasons_has_read_none(anna, store):
    hidden = YoungPerson(store).writes("jeg er så træt", Danger(1, ("suicide",)))
    shown = raised(store, "jeg vil ikke leve mere", ["vil ikke leve"])
    for young in (hidden, shown):
        anna.get(f"/desk/conversations/{young.id}/reasons")
    with store.read(THE_TESTS) as work:
        read = [entry.subject for entry in work.people.noted("eksempel") if entry.action == "read_reasons"]
    assert read == [shown.id]
