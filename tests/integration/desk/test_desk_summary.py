"""A conversation in three lines: from what may be read, no words but of an agreement, open about what is unknown."""

import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.consent import Shared
from bot.casework.conversations import Danger, Draft, Holder, Kind, Sender
from bot.casework.rights import Role
from bot.conversation.dialogue import Turn
from bot.conversation.turns import _about
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.desk import CONTACT, PAGE, YoungPerson, news
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS

SECRET = "jeg skylder 4000 til min kusine Fie"


def says(young: YoungPerson, text: str, about: str | None) -> None:
    """A message that was understood and answered."""
    with young.store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, text, answered=False)])
        assert work.turns.mark_answered(stored, about)
        work.conversations.append(found, [Draft(Sender.BOT, "Et svar."), Draft(Sender.BOT, "Mere.", final=True)])


def lines(client: TestClient, young: YoungPerson) -> dict[str, str]:
    page = client.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    found = re.findall(r"<dt>(Vil|Sagt|Aftalt)</dt><dd>(.*?)</dd>", page)
    assert found == re.findall(r"<dt>(Vil|Sagt|Aftalt)</dt><dd>(.*?)</dd>", news(client, young))
    return {heading: unescape(line) for heading, line in found}


def test_nothing_known_is_said_plainly(anna: TestClient, store: Store) -> None:
    assert lines(anna, YoungPerson(store).waits()) == {
        "Vil": "Venter på et menneske. Vi ved ikke, hvad det handler om.",
        "Sagt": "Der er ikke svaret noget, du må læse.",
        "Aftalt": "Venter på svar fra et menneske.",
    }


def test_what_was_written_to_a_human_is_told_without_its_words(
    anna: TestClient, store: Store, municipality: Municipality
) -> None:
    young = YoungPerson(store).waits()
    says(young, SECRET, "money_debt")
    says(young, "har du noget jeg kan bo i", "housing_find_home")
    young.books(municipality, CONTACT)
    told = lines(anna, young)
    assert told["Vil"] == "Venter på et menneske. Har skrevet om »Et sted at bo« og »Min gæld«."
    assert told["Sagt"] == "Robotten har svaret 2 gange."
    assert re.fullmatch(r"En tid .*\. Telefon\. Venter på svar fra et menneske\.", told["Aftalt"])
    queue = unescape(anna.get("/desk/queue").text)
    assert told["Vil"] in queue
    assert "Fie" not in queue + str(told)


def test_what_was_agreed_before_is_told_beside_a_time(
    anna: TestClient, store: Store, municipality: Municipality
) -> None:
    young, path = YoungPerson(store).waits(), "/desk/conversations"
    for how, agreed in (("release", "I skrives ved"), ("close", "Anna ringer til  banken.\nDu finder dit pas")):
        anna.post(f"{path}/{young.id}/claim").raise_for_status()
        anna.post(f"{path}/{young.id}/{how}", data={"agreed": agreed}).raise_for_status()
        young.waits()
    words = r"Aftalt kl\. [\d.]+, 2 gange i alt: »Anna ringer til banken\. Du finder dit pas«\."
    assert re.fullmatch(rf"{words} Venter på svar fra et menneske\.", lines(anna, young)["Aftalt"])
    young.books(municipality, CONTACT)
    assert re.fullmatch(rf"En tid .*\. Telefon\. {words} Venter på .*", lines(anna, young)["Aftalt"])


def test_of_one_agreement_no_number_is_told_and_none_in_another_conversation(anna: TestClient, store: Store) -> None:
    young, other = YoungPerson(store).waits(), YoungPerson(store).waits()
    anna.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    anna.post(f"/desk/conversations/{young.id}/release", data={"agreed": "Vi tales ved <i>!"}).raise_for_status()
    # The robot answers again, and its line may be read still.
    assert re.fullmatch(r"Aftalt kl\. [\d.]+: »Vi tales ved <i>!«", lines(anna, young)["Aftalt"])
    assert "Vi tales" not in str(lines(anna, other)) + anna.get("/desk/queue").text


def test_what_was_not_shared_is_not_told_until_it_is(anna: TestClient, store: Store) -> None:
    young = YoungPerson(store)
    says(young, SECRET, "money_debt")
    young.writes("jeg vil tale med et menneske").waits()
    assert "gæld" not in str(lines(anna, young)) + anna.get("/desk/queue").text
    young.shares(Shared.TRANSCRIPT)
    assert "»Min gæld«" in lines(anna, young)["Vil"]
    assert "gæld" not in anna.get("/desk/queue").text, "who looks at the queue is not noted as a reader"
    young.takes_back(Shared.TRANSCRIPT)
    assert "gæld" not in str(lines(anna, young))


def test_a_closed_conversation_has_no_lines(anna: TestClient, store: Store) -> None:
    young = YoungPerson(store)
    says(young, SECRET, "money_debt")
    assert lines(anna, young) == {}
    assert "Der er ikke noget i samtalen, du må læse." in anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text


def test_danger_and_what_was_shown_for_it_and_who_wrote(anna: TestClient, store: Store) -> None:
    young = YoungPerson(store).writes("jeg er bange", Danger(2, ("violence",))).waits()
    young.hears("Ring 112.", Kind.DANGER)
    anna.post(f"/desk/conversations/{young.id}/claim")
    for text in ("Hej.", "Er du der?"):
        anna.post(f"/desk/conversations/{young.id}/messages", json={"text": text})
    told = lines(anna, young)
    assert told["Vil"] == "Kan være i fare. Vi ved ikke, hvad det ellers handler om."
    said = r"Den viste, hvor man kan ringe, kl\. [\d.]+ En medarbejder har skrevet 2 gange, sidst kl\. [\d.]+"
    assert re.fullmatch(said, told["Sagt"])
    assert told["Aftalt"] == "Der er ikke aftalt en tid."


def test_only_the_three_latest_topics_are_told_each_once(anna: TestClient, store: Store) -> None:
    young = YoungPerson(store).waits()
    topics = ("money_debt", "housing_shelter", "network_lonely", "money_debt", "housing_deposit", "chat_greet", None)
    for about in (*topics, "crisis_suicide", "a_name_of_before"):
        says(young, "…", about)
    assert lines(anna, young)["Vil"].endswith("»Om indskud«, »Min gæld« og »Jeg er ensom«.")


def test_a_lead_sees_no_topic(app: Starlette, store: Store) -> None:
    young = YoungPerson(store).waits()
    says(young, SECRET, "money_debt")
    lead = person(app, [Role.LEAD])
    assert f"row-{young.id}" in lead.get("/desk/queue").text
    assert "gæld" not in lead.get("/desk/queue").text


def understood(intent: str, *, sure: bool) -> Turn:
    return Turn(intent, sure, (), None)


@pytest.mark.parametrize(
    ("turn", "asks", "about"),
    [
        (understood("money_debt", sure=True), None, "money_debt"),
        (understood("money_debt", sure=False), None, None),
        (understood("", sure=True), None, None),
        (understood("network_lonely", sure=True), "plan_answer", None),
        (None, None, None),
    ],
)
def test_only_what_was_surely_understood_is_kept_and_nothing_of_a_plan(
    store: Store, turn: Turn | None, asks: str | None, about: str | None
) -> None:
    young = YoungPerson(store)
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(young.id, asks)
        found = work.conversations.get(young.id)
    assert (_about(turn, found), found.holder) == (about, Holder.BOT)
