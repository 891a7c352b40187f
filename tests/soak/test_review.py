"""How long a night's look and the list of what it found take with five thousand messages; prints the figures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic, process_time

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Draft, Sender
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.review.signals import Read
from bot.store.store import Store
from bot.training.data import utterances
from bot.training.progress import unwatched
from bot.upkeep.misread import Reader, find_misread, reads_with, talks_to_learn_from
from tests.support.desk import PAGE, PASSWORD, YoungPerson, add_caseworker, desk_app, signed_in
from tests.support.model import model_in_service
from tests.support.on_call import mail_settings
from tests.support.review import lets_learn, unsettled
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.soak

MESSAGES, IN_EACH = 5_000, 10
NIGHT_SECONDS, LIST_SECONDS = 300, 2.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests")
    opened.migrate()
    seed_demo(opened, load_municipalities()["eksempel"], PASSWORD)
    yield opened
    opened.close()


def writes_much(store: Store, random: Random) -> None:
    """Conversations of utterances that the model learnt, with a slip in each, so that few are the same."""
    texts = [one.text for one in utterances()]
    for _ in range(MESSAGES // IN_EACH):
        young = lets_learn(YoungPerson(store))
        with store.write(THE_TESTS) as work:
            found = work.conversations.lock(young.id)
            for _ in range(IN_EACH):
                text = list(random.choice(texts))
                place = random.randrange(len(text))
                text[place : place + 2] = reversed(text[place : place + 2])
                [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, "".join(text))])
                answer = Draft(Sender.BOT, "Et svar.", final=True, reply_to=stored.sequence)
                work.conversations.append(found, [answer])


def test_five_thousand_messages_are_found_within_a_night_and_listed_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes_much(store, Random(1))
    add_caseworker(store, "eksempel", "vera", [Role.MAINTAINER])
    vera = signed_in(desk_app(store, mail_settings(9)), "vera")
    read: dict[str, Read] = {}
    model = reads_with(model_in_service(), unwatched)
    began, worked = monotonic(), process_time()
    found = finds(store, lambda texts: read.update(model(texts)) or read)
    # What it works, and not what it waits for others: on two cores it is sooner done than that.
    night, waited = process_time() - worked, monotonic() - began
    print(f"\n{MESSAGES} messages: {found} found by {night:.0f} s of work in {waited:.0f} s")
    assert found == len(unsettled(store)) > 100
    assert (night < NIGHT_SECONDS, seconds(vera) < LIST_SECONDS) == (True, True)

    monkeypatch.setattr("bot.review.finding.in_sample", lambda *_: True)
    began = monotonic()
    found = finds(store, lambda _: read)
    print(f"without reading: {found} found in {monotonic() - began:.0f} s, listed in {seconds(vera):.2f} s")
    assert found > MESSAGES * 0.99, "all but what holds no two letters"
    assert seconds(vera) < LIST_SECONDS


def finds(store: Store, reader: Reader) -> int:
    now = datetime.now(UTC)
    [looked] = find_misread(
        store, talks_to_learn_from(store, load_municipalities()), reader, now - timedelta(days=28), now
    )
    return looked.found


def seconds(client: TestClient) -> float:
    began = monotonic()
    assert client.get("/desk/retraining", headers=PAGE).status_code == 200
    return monotonic() - began
