"""What the desk writes down about who looked and who acted."""

from starlette.responses import Response

from tests.support.desk import PAGE, news
from tests.support.the_tests import THE_TESTS


def test_every_look_and_act_is_written_down(anna, store, young):
    path = f"/desk/conversations/{young.id}"
    anna.get(path, headers=PAGE)
    anna.post(f"{path}/claim")
    anna.post(f"{path}/messages", json={"text": "hej"})
    news(anna, young, after=1)
    anna.post(f"{path}/release")
    anna.get("/desk/bookings", headers=PAGE)
    anna.post("/desk/sign-out")
    with store.read(THE_TESTS) as work:
        noted = work.people.noted("eksempel")
    own = [(entry.action, entry.subject) for entry in noted]
    assert own == [
        ("sign_in", None),
        ("read", young.id),
        ("claim", young.id),
        ("say", young.id),
        ("follow", young.id),
        ("release", young.id),
        ("read_bookings", None),
        ("sign_out", None),
    ]


def test_who_follows_a_conversation_is_written_down_before_anything_of_it_is_sent(anna, store, young, monkeypatch):
    monkeypatch.setattr("bot.web.desk.conversation.stream", lambda _events: Response())
    assert anna.get(f"/desk/conversations/{young.id}/events").status_code == 200
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel") if entry.subject == young.id] == ["follow"]


def test_who_comes_back_to_a_conversation_at_once_is_written_down_once(anna, store, young, monkeypatch):
    monkeypatch.setattr("bot.web.desk.conversation.stream", lambda _events: Response())
    for _ in range(3):
        anna.get(f"/desk/conversations/{young.id}/events")
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel") if entry.subject == young.id] == ["follow"]
