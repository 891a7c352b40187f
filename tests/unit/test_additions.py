"""What is joined to an answer: at its right place, without losing its facts, its buttons or the question for a bed."""

from bot.dialogue.additions import KEEPS_QUESTION, NEEDS, Question, asking, naming, with_line
from bot.dialogue.tracker_document import ASKED, YES

BOOK = {"title": "Book en snak", "payload": "/booking_request"}
HUMAN = {"title": "Tal med et menneske", "payload": "/handoff_request"}
ANSWER = {"text": "Et indskud er penge.\nVil du have en tid?", "buttons": [BOOK, HUMAN], "metadata": {"facts": ["E01"]}}


def test_another_need_takes_the_place_of_the_answers_own_question() -> None:
    named = naming(ANSWER, ["money_debt"])
    assert named["text"].splitlines() == ["Et indskud er penge.", "Du skrev også om gæld. Vil du tage det nu?"]
    assert [button["payload"] for button in named["buttons"]] == ["/money_debt", "/booking_request", "/handoff_request"]
    assert (named[YES], named[ASKED]) == ("/money_debt", NEEDS)


def test_two_other_needs_are_both_named_and_one_is_chosen() -> None:
    named = naming(ANSWER, ["money_debt", "papers_digital"])
    assert "gæld og MitID" in named["text"]
    assert named["text"].endswith("Hvad vil du tage først?")
    assert [button["payload"] for button in named["buttons"]][:2] == ["/money_debt", "/papers_digital"]


def test_the_question_for_a_bed_tonight_stays_the_last() -> None:
    tonight = ANSWER | {"text": "Ring 114.\nHar du et sted at sove i nat?", "metadata": {KEEPS_QUESTION: True}}
    named = naming(tonight, ["money_debt"])
    assert named["text"].splitlines()[-1] == "Har du et sted at sove i nat?"
    assert "Du skrev også om gæld." in named["text"]
    assert YES not in named


def test_an_answer_of_one_line_keeps_it() -> None:
    assert naming({"text": "Vil du have en tid?"}, ["money_debt"])["text"].startswith("Vil du have en tid?\nDu skrev")


def test_a_button_that_is_there_already_is_not_shown_twice() -> None:
    named = naming(ANSWER, ["booking_request"])
    assert [button["payload"] for button in named["buttons"]].count("/booking_request") == 1


def test_a_line_comes_before_the_question_and_brings_its_facts() -> None:
    local = with_line(ANSWER, "I Aarhus er der et herberg.", ["A24", "E01"])
    assert local["text"].splitlines()[1:] == ["I Aarhus er der et herberg.", "Vil du have en tid?"]
    assert local["metadata"]["facts"] == ["E01", "A24"]
    assert ANSWER["metadata"] == {"facts": ["E01"]}


def test_a_question_is_marked_and_its_buttons_ask_for_the_same_answer() -> None:
    question = Question("age", "age_group", (("Jeg er under 18", "under_18"),))
    asked = asking(ANSWER, "Hvor gammel er du?", question.mark, question.buttons("housing_deposit"))
    assert asked["text"].splitlines()[1] == "Hvor gammel er du?"
    assert asked["buttons"][-1]["payload"] == '/housing_deposit{"age_group": "under_18"}'
    assert asked[ASKED] == "age"
