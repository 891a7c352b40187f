"""What nobody needs in a chat is hidden in what a caseworker writes too; what is given on purpose stays."""

import pytest

from bot.casework.conversations import Draft, Message, Sender
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, news
from tests.support.the_tests import THE_TESTS

TOLD = "Vi har skjult cpr-nummeret og kontonummeret. Det skal ikke ligge i chatten."
WITH_NUMBERS = "Er dit cpr 010190-1234? Send det til reg 1234 konto 12345678."
MASKED = "Er dit cpr [cpr-nummer]? Send det til reg [kontonummer] konto [kontonummer]."
ON_PURPOSE = (
    "Jeg hedder Anna Jensen. Ring på 12 34 56 78, skriv til anna@kommune.example.dk, eller kom på Eksempelgade 12."
)


@pytest.fixture
def path(anna, young: YoungPerson) -> str:
    """A conversation that Anna holds."""
    path = f"/desk/conversations/{young.id}"
    assert anna.post(f"{path}/claim").status_code == 200
    return path


def last(store: Store, young: YoungPerson) -> Message:
    with store.read(THE_TESTS) as work:
        return work.conversations.after(young.id, 0)[-1]


def test_cpr_and_account_numbers_are_hidden_before_they_are_stored(anna, store, young, path) -> None:
    said = anna.post(f"{path}/messages", json={"text": WITH_NUMBERS})
    message = last(store, young)
    assert (message.sender, message.text) == (Sender.CASEWORKER, MASKED)
    assert message.data == {"hidden": ["cpr", "account"]}
    assert said.json() == {"sequence": message.sequence, "hidden": ["cpr", "account"]}


def test_the_caseworker_sees_a_short_notice_and_no_number(anna, young, path) -> None:
    anna.post(f"{path}/messages", json={"text": WITH_NUMBERS})
    for page in (anna.get(path, headers=PAGE).text, news(anna, young)):
        assert TOLD in page
        assert MASKED in page
        assert "010190" not in page


def test_what_is_given_to_the_young_person_on_purpose_stays(anna, store, young, path) -> None:
    said = anna.post(f"{path}/messages", json={"text": ON_PURPOSE})
    assert (last(store, young).text, last(store, young).data) == (ON_PURPOSE, {})
    assert said.json() == {"sequence": last(store, young).sequence}
    assert "Vi har skjult" not in anna.get(path, headers=PAGE).text


def test_the_notice_is_not_about_what_the_young_person_wrote(anna, store, young, path) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        work.conversations.append(found, [Draft(Sender.YOUNG, "[cpr-nummer]", data={"hidden": ["cpr"]})])
    assert "Vi har skjult" not in anna.get(path, headers=PAGE).text
