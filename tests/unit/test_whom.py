"""Whom somebody would like to talk with, as they say it; what only sounds so asks for nobody."""

import pytest

from bot.conversation.agent_names import Agents
from bot.language.whom import Meant, Whom, asks_for_a_talk, whom_said
from bot.privacy.mask import mask

NAMES = {1: "Boligagenten", 2: "Mette Holm", 3: "Bo Lund", 4: "Søren Ø"}
METTE, BO, SOEREN = (Whom(Meant.AGENT, number) for number in (2, 3, 4))
TWO_OF_ONE_NAME = {2: "Mette Holm", 3: "Mette Krag"}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("kan det være hos Mette?", METTE),
        ("hellere hos mette", METTE),
        ("Kan det ikke være hos Mette på torsdag?", METTE),
        ("må det være METTE", METTE),
        ("jeg vil gerne have en tid hos Mette", METTE),
        ("jeg vil gerne snakke med metet", METTE),
        ("hos mete", METTE),
        ("mette tak", METTE),
        ("flyt den til Mette", METTE),
        ("flyt den til Bo", BO),
        ("I would rather talk to Mette", METTE),
        ("mødes med Mette Holm torsdag", METTE),
        ("kan det være hos soren", SOEREN),
        ("må det gerne være med Bo", BO),
        ("ikke mette, hellere bo", BO),
        ("bo", BO),
        ("kan jeg få en tid hos Mette i stedet for Bo", METTE),
        ("hellere Mette end Søren", METTE),
        ("jeg vil have Mette i stedet for Bo", METTE),
        ("rather Mette instead of Bo", METTE),
        ("tale med boligagenten Mette", METTE),
        ("jeg vil gerne have Mette", METTE),
        ("jeg vil gerne tale med mette holm", METTE),
    ],
)
def test_an_agent_is_asked_for_by_first_name(text: str, whom: Whom) -> None:
    assert whom_said(text, NAMES) == whom


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("det er lige meget hvem", Meant.ANYBODY),
        ("hvem som helst", Meant.ANYBODY),
        ("it doesn't matter who", Meant.ANYBODY),
        ("samme som sidst", Meant.SAME),
        ("hende jeg talte med sidst", Meant.SAME),
        ("hellere den anden", Meant.OTHER),
        ("den anden boligagent", Meant.OTHER),
        ("someone else please", Meant.OTHER),
        ("kan jeg selv vælge hvem jeg taler med", Meant.ASKS),
        ("jeg vil ikke tale med Mette", Meant.ASKS),
        ("lige meget hvem, bare ikke Mette", Meant.ASKS),
        ("hvem som helst undtagen Mette", Meant.ASKS),
        ("anyone but Mette", Meant.ASKS),
        ("Mette eller Søren", Meant.ASKS),
        ("kan det være hos Mette eller hos Søren?", Meant.ASKS),
        ("kan det være hos [navn]?", Meant.UNKNOWN),
        ("jeg vil tale med Zorro", Meant.UNKNOWN),
    ],
)
def test_the_other_ways_to_say_it(text: str, meant: Meant) -> None:
    assert whom_said(text, NAMES) == Whom(meant)


@pytest.mark.parametrize(
    "text",
    [
        "jeg bor hos Mette",
        "kan jeg bo hos mette",
        "kan jeg sove hos Bo",
        "jeg vil helst bo hos Mette",
        "hvor skal jeg bo",
        "jeg hedder Mette",
        "jeg skal mødes med Mette fra klassen kl 14, kan vi sige kl 16",
        "jeg vil gerne have Mette med",
        "min kæreste Mette kommer med",
        "min mor [navn] kommer",
        "lige meget",
        "den anden",
        "en anden tid",
        "samme tid som sidst",
        "kan det være på biblioteket",
        "Hellere Torsdag",
        "hos jer",
        "kan jeg snakke med min mor",
        "tale med en kvinde",
        "",
        "?" * 500,
    ],
)
def test_what_only_sounds_so_asks_for_nobody(text: str) -> None:
    assert whom_said(text, NAMES) is None


def test_few_words_answer_once_it_was_asked() -> None:
    asked = ("lige meget", "det ved jeg ikke", "alle")
    assert {whom_said(text, NAMES, asked=True) for text in asked} == {Whom(Meant.ANYBODY)}
    assert {whom_said(text, NAMES) for text in asked} == {None}


def test_of_two_with_one_first_name_the_surname_tells_which() -> None:
    assert whom_said("hos mette", TWO_OF_ONE_NAME) == Whom(Meant.UNKNOWN)
    assert whom_said("hos mette krag", TWO_OF_ONE_NAME) == Whom(Meant.AGENT, 3)
    assert whom_said("hos mette kragelund", TWO_OF_ONE_NAME) == Whom(Meant.UNKNOWN)


def test_of_several_given_names_some_will_do() -> None:
    names = {1: "Jens Peter Skov", 2: "Jens Holm"}
    for said in ("jens peter", "Jens Skov", "Jens Peter Skov"):
        assert whom_said(f"tale med {said}", names) == Whom(Meant.AGENT, 1)
        assert mask(f"tale med {said}", kept=Agents(names).asked_for(f"tale med {said}")).text == f"tale med {said}"
    assert whom_said("tale med jens", names) == Whom(Meant.UNKNOWN)


def test_where_nobody_may_choose_no_name_is_known() -> None:
    assert whom_said("hos mette", {}) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("kan det være hos Mette?", "kan det være hos Mette?"),
        ("jeg hedder Mette, kan det være hos Mette?", "jeg hedder [navn], kan det være hos Mette?"),
        ("jeg bor hos Mette", "jeg bor hos [navn]"),
        ("tid hos Mette Holm, ring 22 33 44 55", "tid hos Mette Holm, ring [telefonnummer]"),
        ("jeg vil gerne tale med mette holm", "jeg vil gerne tale med mette holm"),
        ("jeg skal mødes med Mette fra klassen", "jeg skal mødes med [navn] fra klassen"),
        ("kan det være hos Ida?", "kan det være hos [navn]?"),
        ("jeg vil tale med mette@gmail.com", "jeg vil tale med [e-mail]"),
        ("jeg vil gerne tale med Mette Qvistorff", "jeg vil gerne tale med [navn]"),
        ("hellere Bo Vej 3", "hellere [adresse]"),
        ("kan det være hos Mette, hund kat skov", "kan det være hos Mette, hund kat skov"),
        ("Mette", "[navn]"),
    ],
)
def test_the_name_of_an_agent_is_hidden_but_where_a_talk_is_asked_for(text: str, kept: str) -> None:
    masked = mask(text, kept=Agents(NAMES).asked_for(text))
    assert masked.text == kept
    assert ("22334455" if "22" in text else None) == (masked.phone and masked.phone.replace(" ", ""))


def test_a_name_alone_is_an_answer_only_to_the_question() -> None:
    assert mask("Mette", kept=Agents(NAMES, bare=True).asked_for("Mette")).text == "Mette"


@pytest.mark.parametrize(
    "text",
    [
        "jeg vil tale med Mette",
        "kan jeg snakke med mette?",
        "kan jeg ikke få en snak med Mette",
        "jeg vil gerne have en tid hos boligagenten Mette",
        "kan det være hos Mette?",
        "kan jeg få Mette i stedet?",
        "må jeg tale med Mette i stedet for Bo",
        "can I talk to Mette",
        "book en tid hos Mette",
    ],
)
def test_who_wants_a_talk_with_an_agent_is_heard_anywhere(text: str) -> None:
    assert asks_for_a_talk(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "jeg kan ikke bo hos Mette længere",
        "jeg tør ikke gå hjem til Mette",
        "jeg kan ikke sove hos Mette i nat",
        "min far slog ikke Mette",
        "jeg hedder ikke Mette",
        "jeg vil aldrig snakke med Mette igen",
        "jeg kan ikke tale med Mette om det",
        "jeg vil gerne flytte sammen med Mette",
        "kan jeg flytte ind hos Mette",
        "jeg skal flytte fra Mette",
        "de tager Mette fra mig",
        "det kan være Mette der har taget mine penge",
        "jeg plejer at snakke med Mette når jeg er ked af det",
        "min mor vil snakke med Mette",
        "jeg snakkede med Mette i går",
        "jeg bor hos Mette",
        "jeg vil gerne tale med Mette fra klassen",
    ],
)
def test_what_is_told_of_somebody_of_that_name_asks_for_no_talk(text: str) -> None:
    assert not asks_for_a_talk(text, NAMES)
