"""After "Slet min chat" no row of any table leads back to the conversation or holds a word of it.

What may remain stands in docs/decisions/0016 and on `/privatliv`: lines of danger and of the desk without text, and a
talk to come, with what was given for that talk; and counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.arranging import book, cancel, free_times, hold
from bot.casework.bookings import Booking, Contact, Wish
from bot.casework.consent import Shared
from bot.casework.free_times import Way
from bot.casework.misread import Decision, Found, Reason, Verdict
from bot.casework.orders import OrderKind
from bot.casework.plans import Part, Plan
from bot.casework.reminders import Address, Channel
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import metadata
from bot.web.app import create_app
from tests.support.chat_app import last_answer, send, settings
from tests.support.desk import PAGE, PASSWORD, YoungPerson, add_caseworker, looks, signed_in
from tests.support.model import danger_screen
from tests.support.the_tests import THE_TESTS

HOPELESS = "jeg vil ikke leve mere, sagde jeg til min kanin Balthazar"
WORDS = {
    "chat": "Balthazar",
    "caseworker": "hilsen fra Anna i skuret",
    "note": "Balthazar skal med, skriver Anna",
    "tracker": "husker-om-skuret",
    "plan": "en dør jeg kan låse",
    "contact": "28282828",
    "lowering": "taler med mormor i Rebild",
    "handover": "noget om en fætter i Skive",
    "lost talk": "29292929",
    "nudge": "+4525252525",
    "agreed": "en trillebør til flytningen",
}
FOR_THE_TALK = {"talk": "27272727", "reminder": "26262626"}
Rows = dict[str, list[dict[str, object]]]


@dataclass
class Full:
    """A conversation that has left all that one can, and the talk to come that was booked in it."""

    young: YoungPerson
    talk: Booking
    others: list[str]

    @property
    def ids(self) -> list[str]:
        return [self.young.id, self.young.token, *self.others]


@pytest.fixture
def client(database_url: str, tmp_path: Path, municipality: Municipality) -> Iterator[TestClient]:
    """Nobody is at the chat, and somebody is on call."""
    danger_screen()
    town = replace(municipality, staffed=(), on_call="vagt@eksempel.example")
    with patch("bot.web.app.load_municipalities", lambda: {town.slug: town}):
        made = create_app(settings(tmp_path).model_copy(update={"database_url": database_url}))
    with TestClient(made) as opened_client:
        seed_demo(made.state.store, town, PASSWORD)
        for name in ("anna", "bo"):
            add_caseworker(made.state.store, town.slug, name)
        yield opened_client


@pytest.mark.parametrize("talks", ["keep", "cancel"])
def test_nothing_leads_back_to_an_erased_conversation_and_no_word_of_it_is_left(client: TestClient, talks: str) -> None:
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    before = everything(store)
    full = fill(client)
    written = added(before, everything(store))
    assert set(written) >= OF_A_CONVERSATION | {"found_opinions"}, "all that a conversation can leave was left"
    assert all(words in str(written) for words in (WORDS | FOR_THE_TALK).values())

    assert client.delete(f"/api/conversations/{full.young.id}?talks={talks}").status_code == 204

    left = added(before, everything(store))
    assert [words for words in [*WORDS.values(), *full.ids] if words in str(left)] == []
    logs = {"danger_events", "danger_lowerings", "audit"}
    assert {name: len(left[name]) for name in logs} == {name: len(written[name]) for name in logs}
    assert all(row["conversation"] is None for row in [*left["danger_events"], *left["danger_lowerings"]])
    for_the_talk = {"bookings", "outbox"}
    assert set(left) - OF_THE_DESK - COUNTS == logs | (for_the_talk if talks == "keep" else set())
    assert all(set(row) == {"municipality", "figure", "part", "rest"} for row in left["figure_rests"])
    if talks == "keep":
        assert {name: [row.get("id", row.get("booking")) for row in left[name]] for name in for_the_talk} == {
            name: [full.talk.id] for name in for_the_talk
        }


# How many wrote, waited and booked: a place in a closed list and a number, of no conversation and without a time.
COUNTS = {"figure_rests"}
# Signed in or not is nothing of a conversation.
OF_THE_DESK = {"desk_sessions"}
OF_A_CONVERSATION = {
    table.name
    for table in metadata.sorted_tables
    if {"conversation", "booking", "subject"} & set(table.columns.keys()) or table.name == "conversations"
}


def fill(client: TestClient) -> Full:
    """Through the application where it has a way; the client carries the conversation's token from now on."""
    app: Starlette = client.app  # type: ignore[assignment]
    store: Store = app.state.store
    young = YoungPerson(store)
    client.headers["Authorization"] = f"Bearer {young.token}"
    path = f"/api/conversations/{young.id}"
    last_answer(client, path, send(client, path, text="hvor kan Balthazar og jeg bo"))
    assert last_answer(client, path, send(client, path, text=HOPELESS))["kind"] == "danger"
    client.put(f"{path}/contact", json={"phone": WORDS["contact"]}).raise_for_status()
    with store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock(young.id), Plan({Part.HOME: WORDS["plan"]}))
        work.trackers.put(young.id, f'[{{"slot": "{WORDS["tracker"]}", "sender": "{young.id}"}}]')
    client.put(f"{path}/consent", json={part.value: True for part in Shared}).raise_for_status()
    is_found(client, young)
    talk, others = talks_of(app, young)
    at_the_desk(app, young)
    client.post(f"{path}/signs", json={"typing": True, "seen": 1}).raise_for_status()
    return Full(young, talk, others)


def is_found(client: TestClient, young: YoungPerson) -> None:
    """Says yes to that it is learnt from; a message is found, and somebody has said what it means."""
    client.put(f"/api/conversations/{young.id}/learning", json={"given": True}).raise_for_status()
    found = Found(2, datetime.now(UTC).date(), (Reason.UNSURE,), "money_debt", 0.4, 0, str(uuid4()))
    with young.store.write(THE_TESTS) as work:
        work.found.put(work.conversations.lock(young.id), [found])
        anna = work.people.user("anna")
        assert anna
        messages = work.found.of(young.id)
        work.found.say(messages, anna.id, Decision(Verdict.CONFIRM, ("money_debt",)), datetime.now(UTC))
        work.orders.add(anna, OrderKind.STORY_CHECK, {"text": "stories: []"}, datetime.now(UTC), young.id)


def at_the_desk(app: Starlette, young: YoungPerson) -> None:
    """Somebody reads and answers, and it waits again."""
    anna = signed_in(app, "anna")
    page = f"/desk/conversations/{young.id}"
    anna.get(page, headers=PAGE).raise_for_status()
    anna.post(f"{page}/claim").raise_for_status()
    anna.post(f"{page}/messages", json={"text": WORDS["caseworker"]}).raise_for_status()
    lowered = {"level": "0", "why": "other", "words": WORDS["lowering"]}
    anna.post(f"{page}/calm", json=lowered).raise_for_status()
    anna.post(f"{page}/notes", json={"text": WORDS["note"]}).raise_for_status()
    anna.post(f"{page}/release", json={"agreed": WORDS["agreed"]}).raise_for_status()
    young.waits()
    with young.store.write(THE_TESTS) as work:
        work.nudges.ask(work.conversations.get(young.id), Address(Channel.SMS, WORDS["nudge"]), datetime.now(UTC))
    anna.post(f"{page}/claim").raise_for_status()
    looks(anna, young)
    signed_in(app, "bo")
    with young.store.read(THE_TESTS) as work:
        bo = work.people.user("bo")
    assert bo
    anna.post(f"{page}/give", json={"to": str(bo.id), "note": WORDS["handover"]}).raise_for_status()


def talks_of(app: Starlette, young: YoungPerson) -> tuple[Booking, list[str]]:
    """The talk to come, with a reminder, and what else must go: the id of a cancelled talk and of a held time."""
    town: Municipality = app.state.municipalities["eksempel"]
    now = datetime.now(UTC)

    def wish(number: int, phone: str) -> Wish:
        starts_at = free[number * 4].starts_at
        return Wish(str(uuid4()), town.slug, starts_at, Way.PHONE, "Vi ringer", young.id, Contact(phone=phone))

    with young.store.write(THE_TESTS) as work:
        free = free_times(work, town.slug, Way.PHONE, town.rules, now)
        talk = book(work, wish(2, FOR_THE_TALK["talk"]), town.rules, now)
        work.reminders.ask(talk, Address(Channel.SMS, FOR_THE_TALK["reminder"]), talk.starts_at)
        lost = cancel(work, book(work, wish(3, WORDS["lost talk"]), town.rules, now), now)
        # As it stood before a cancelled talk forgot its contact, or of one that was held and is over.
        work.bookings.change(replace(lost, contact=Contact(phone=WORDS["lost talk"])))
        hold(work, wish(4, ""), town.rules, now)
        held = work.bookings.held_by(young.id)
    assert held
    return talk, [lost.id, lost.code, held.id, held.code]


def everything(store: Store) -> Rows:
    """Every row of every table, with what is sealed opened."""
    with store.read(THE_TESTS) as work:
        return {
            table.name: [opened(work._vault, dict(row)) for row in work._connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def opened(vault, row):
    return {name: vault.decrypt(value) if name == "sealed" and value else value for name, value in row.items()}


def added(before: Rows, after: Rows) -> Rows:
    """The rows that are new or changed."""
    new = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    return {name: rows for name, rows in new.items() if rows}
