import re
from pathlib import Path

import pytest
import yaml

from bot.casework.ages import AgeGroup
from bot.composed_yaml import content_of
from bot.knowledge.facts import shipped_facts
from bot.language.readability import lix
from bot.safety.levels import KINDS
from bot.safety.replies import SHIPPED_REPLIES, Presence, Reply, ReplyError, load_replies, shipped_replies
from bot.safety.screen import Assessment, DangerLevel

MOST_LIX = 30
TOWN = "Eksempel Kommune"
HUMAN = "/handoff_request"
# What reaches somebody who helps; 112 is for danger to life and comes on top. No headspace: its hours are not known.
WAYS = ("70 201 201", "116 111", "1888", "114", "82 12 12 12", "herberg")
FOR_A_FRIEND = ("din ven", "en, man holder af", "den anden", "selv imellem")
# What is true only of the one who is in danger: said to who writes about a friend, it is meant for somebody else.
TO_WHO_IS_IN_DANGER = re.compile(
    r"er du (i fare|meget kold)|du er (i livsfare|så kold)|du bløder|bliver du dårlig|har taget, så|hvad du har taget"
    r"|(slå|true|truer) dig|ikke din skyld",
    re.IGNORECASE,
)
README = SHIPPED_REPLIES.with_name("README.md").read_text(encoding="utf-8")
FACT = re.compile(r"[A-Z]\d\d")
# The table of lines in the README: each kind's own line, and what may stand beside a gap.
LINES = {
    kind: (own, set(FACT.findall(own)), set(FACT.findall(beside)))
    for kind, own, beside in re.findall(r"^\| `(\w+)` \| (.*?) \|(.*)\|$", README, re.MULTILINE)
}
GAP = {"A01", "A02", "A08"}
PAYLOADS = {HUMAN, "/booking_request", "/network_helplines", "/crisis_no_shelter_tonight"}
PAYLOADS |= {'/crisis_no_shelter_tonight{"role": "helper"}'}


def danger(
    level: DangerLevel,
    *kinds: str,
    another: bool = False,
    presence: Presence = Presence.STAFFED,
    town: str = TOWN,
    age: AgeGroup | None = None,
) -> Reply:
    assessment = Assessment(level, kinds, (), another)
    return shipped_replies().danger(assessment, municipality_name=town, presence=presence, age_group=age)


BOOKING_PAGE = "https://hjemad.example.dk/book"
AGES = (None, *AgeGroup)
CLEAR, ACUTE = (
    [
        danger(level, kind, another=a, presence=p, age=age)
        for kind in KINDS
        for a in (False, True)
        for p in (Presence.STAFFED, Presence.AWAY)
        for age in AGES
    ]
    for level in (DangerLevel.CLEAR, DangerLevel.ACUTE)
)
CHECK_INS = [shipped_replies().check_in((kind,)) for kind in KINDS] + [shipped_replies().check_in(())]
HELPERS_CHECK_INS = [shipped_replies().check_in((kind,), about_another=True) for kind in KINDS]
LOCAL = [
    danger(DangerLevel.CLEAR, "no_shelter_tonight", town=town, age=age)
    for town in ("Københavns Kommune", "Aarhus Kommune")
    for age in AGES
]
TONIGHT = [(level, another) for level in (DangerLevel.CLEAR, DangerLevel.ACUTE) for another in (False, True)]
WITHOUT_MODEL = [shipped_replies().without_model(BOOKING_PAGE), shipped_replies().well()]
ALL = [*CLEAR, *ACUTE, *CHECK_INS, *HELPERS_CHECK_INS, *LOCAL, *WITHOUT_MODEL]


@pytest.mark.parametrize("reply", ALL)
def test_every_reply_is_easy_to_read(reply: Reply) -> None:
    assert lix(reply.text) <= MOST_LIX


@pytest.mark.parametrize("reply", ALL)
def test_every_fact_is_in_the_bank_and_may_be_said(reply: Reply) -> None:
    bank = shipped_facts()
    for number in reply.facts:
        assert bank[number].ready != "never"
        assert bank[number].ready == "yes" or "Tjek" in reply.text


@pytest.mark.parametrize("reply", [*CLEAR, *ACUTE, *LOCAL])
def test_who_is_in_danger_always_gets_two_ways_and_a_human(reply: Reply) -> None:
    assert sum(way in reply.text for way in WAYS) >= 2
    assert HUMAN in {payload for _, payload in reply.buttons}
    assert "112" in reply.text


def test_each_kind_has_a_line_of_its_own_or_is_listed_as_a_gap() -> None:
    assert set(LINES) == set(KINDS)
    assert all((own == "hul") is not bool(facts) for own, facts, _ in LINES.values())
    assert not any(beside for own, _, beside in LINES.values() if own != "hul")


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("another", [False, True])
@pytest.mark.parametrize("level", [DangerLevel.CLEAR, DangerLevel.ACUTE])
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_without_a_line_is_answered_with_what_is_listed_and_a_human(
    kind: str,
    level: DangerLevel,
    another: bool,  # noqa: FBT001
    age: AgeGroup | None,
) -> None:
    _, own, beside = LINES[kind]
    reply = danger(level, kind, another=another, age=age)
    if own:
        assert own <= set(reply.facts)
    else:
        assert GAP <= set(reply.facts) <= GAP | beside
        assert all(number in reply.text for number in ("112", "116 111", "114", "sociale vagt"))
    assert HUMAN in {payload for _, payload in reply.buttons}


@pytest.mark.parametrize("another", [False, True])
@pytest.mark.parametrize("level", [DangerLevel.CLEAR, DangerLevel.ACUTE])
@pytest.mark.parametrize("kind", ["suicide", "self_harm"])
def test_who_would_die_or_harms_themselves_finds_two_ways_at_night(
    kind: str,
    level: DangerLevel,
    another: bool,  # noqa: FBT001
) -> None:
    """Livslinien's hours and those of headspace's chat are not known: neither is the second way at night."""
    text = danger(level, kind, another=another).text
    assert all(way in text for way in ("116 111", "114", "sociale vagt", "70 201 201"))


@pytest.mark.parametrize("reply", ALL)
def test_headspace_is_offered_only_on_the_condition_of_an_age(reply: Reply) -> None:
    """Somebody may be older: then it is not said to be for them."""
    lines = [line for line in reply.text.splitlines() if "headspace" in line]
    assert all(re.match(r"Er (du|I) mellem 12 og 25 år, ", line) for line in lines)


@pytest.mark.parametrize("reply", ACUTE)
def test_danger_to_life_begins_with_112_and_says_what_to_do_meanwhile(reply: Reply) -> None:
    assert "112" in reply.text.split(".")[0]
    assert "Imens:" in reply.text


@pytest.mark.parametrize("reply", ALL)
def test_livslinien_never_stands_alone_nor_with_hours(reply: Reply) -> None:
    lines = [line for line in reply.text.splitlines() if "Livslinien" in line]
    assert not any("åbent" in line or "kl." in line or "døgn" in line for line in lines)
    assert not lines or ("116 111" in reply.text and "112" in reply.text and "kø" in reply.text)


@pytest.mark.parametrize("reply", ALL)
def test_no_reply_promises_blames_or_names_a_means(reply: Reply) -> None:
    lowered = reply.text.casefold()
    for phrase in ("jeg lover", "vi lover", "helt sikkert", "hemmelig", "hvorfor gjorde", "din egen skyld", "prostit"):
        assert phrase not in lowered
    assert "{" not in reply.text


@pytest.mark.parametrize("reply", ALL)
def test_every_number_in_a_reply_is_one_of_the_bank(reply: Reply) -> None:
    said = " ".join(shipped_facts()[number].text for number in reply.facts)
    for way in ("70 201 201", "116 111", "1888", "114", "82 12 12 12", "33 17 33 33", "112"):
        assert way not in reply.text or way in said


@pytest.mark.parametrize("reply", ALL)
def test_a_button_leads_somewhere_that_is_known(reply: Reply) -> None:
    assert reply.buttons
    assert {payload for _, payload in reply.buttons} <= PAYLOADS
    assert all(title.strip() for title, _ in reply.buttons)


@pytest.mark.parametrize("reply", CHECK_INS)
def test_a_check_in_asks_takes_a_no_and_has_help_one_tap_away(reply: Reply) -> None:
    assert "?" in reply.text
    assert "okay at lade være" in reply.text or "Har du ikke det" in reply.text
    assert {HUMAN, "/network_helplines"} <= {payload for _, payload in reply.buttons}
    assert "112" not in reply.text


@pytest.mark.parametrize("reply", HELPERS_CHECK_INS)
def test_who_writes_about_another_is_asked_about_them_and_told_how_to_be_there(reply: Reply) -> None:
    """In words that are right for a friend, a brother and a helper alike."""
    assert "den, du skriver om" in reply.text
    assert "den unge" not in reply.text
    assert "?" in reply.text
    assert "112" in reply.text
    assert {HUMAN, "/network_helplines"} <= {payload for _, payload in reply.buttons}
    assert "roligt og direkte" in reply.text or "sove i nat" in reply.text


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("level", [DangerLevel.CLEAR, DangerLevel.ACUTE])
@pytest.mark.parametrize("kind", KINDS)
def test_who_writes_about_a_friend_gets_words_for_a_friend(kind: str, level: DangerLevel, age: AgeGroup | None) -> None:
    own, friends = (danger(level, kind, another=another, age=age).text for another in (False, True))
    assert any(words in friends for words in FOR_A_FRIEND)
    assert not any(words in own for words in FOR_A_FRIEND)
    assert not TO_WHO_IS_IN_DANGER.search(friends)
    assert TO_WHO_IS_IN_DANGER.search(own)


def test_the_gravest_kind_decides_and_no_shelter_is_not_forgotten() -> None:
    reply = danger(DangerLevel.CLEAR, "violence", "no_shelter_tonight")
    assert "1888" in reply.text
    assert "/crisis_no_shelter_tonight" in {payload for _, payload in reply.buttons}


def test_no_shelter_tonight_names_the_duty_officer_and_asks_by_age() -> None:
    text = danger(DangerLevel.CLEAR, "no_shelter_tonight").text
    assert "114" in text
    assert "sociale vagt" in text
    assert "over 18" in text
    assert "under 18" in text


def test_a_place_of_one_town_is_named_only_there() -> None:
    local = danger(DangerLevel.CLEAR, "no_shelter_tonight", town="Københavns Kommune")
    assert "33 17 33 33" in local.text
    assert "A07" in local.facts
    assert "33 17 33 33" not in danger(DangerLevel.CLEAR, "no_shelter_tonight").text


@pytest.mark.parametrize(("level", "another"), TONIGHT)
def test_who_is_under_18_is_sent_to_no_shelter(level: DangerLevel, another: bool) -> None:  # noqa: FBT001
    reply = danger(level, "no_shelter_tonight", another=another, age=AgeGroup.UNDER_18)
    assert all(way in reply.text for way in ("114", "sociale vagt", "116 111", "112"))
    assert "herberg" not in reply.text
    assert "18" not in reply.text.replace("1888", "")
    assert "C01" not in reply.facts


@pytest.mark.parametrize(("level", "another"), TONIGHT)
def test_an_adult_is_told_of_the_shelter_and_of_all_that_a_minor_needs(level: DangerLevel, another: bool) -> None:  # noqa: FBT001
    """Whoever is taken for an adult by mistake still finds the way to a human for them."""
    reply = danger(level, "no_shelter_tonight", another=another, age=AgeGroup.ADULT)
    assert all(way in reply.text for way in ("herberg", "over 18", "114", "sociale vagt", "116 111", "112"))
    assert "under 18" not in reply.text


@pytest.mark.parametrize(("level", "another"), TONIGHT)
def test_where_no_age_is_known_both_are_told(level: DangerLevel, another: bool) -> None:  # noqa: FBT001
    text = danger(level, "no_shelter_tonight", another=another).text
    assert all(way in text for way in ("over 18", "herberg", "under 18", "116 111", "114", "112"))
    assert ("din ven" in text) is another


def test_a_place_for_one_age_is_named_only_to_them() -> None:
    def in_copenhagen(age: AgeGroup | None) -> str:
        return danger(DangerLevel.CLEAR, "no_shelter_tonight", town="Københavns Kommune", age=age).text

    named = {age: ("Joannahuset" in in_copenhagen(age), "Sporsløjfen" in in_copenhagen(age)) for age in AGES}
    assert named == {None: (False, False), AgeGroup.UNDER_18: (True, False), AgeGroup.ADULT: (False, True)}
    assert all("33 17 33 33" in in_copenhagen(age) for age in AGES)


def test_who_is_under_18_and_hit_at_home_hears_that_no_parent_must_say_yes() -> None:
    assert "forældre skal ikke give lov" in danger(DangerLevel.CLEAR, "violence", age=AgeGroup.UNDER_18).text
    for age in (None, AgeGroup.ADULT):
        assert "forældre" not in danger(DangerLevel.CLEAR, "violence", age=age).text


def test_out_of_hours_nobody_is_promised_an_answer_now() -> None:
    staffed = danger(DangerLevel.CLEAR, "violence")
    unstaffed = danger(DangerLevel.CLEAR, "violence", presence=Presence.AWAY)
    assert f"Jeg har sagt til {TOWN}" in staffed.text
    assert "Der sidder ingen ved chatten lige nu" in unstaffed.text
    assert "Der sidder ingen" not in staffed.text
    assert "/booking_request" in {payload for _, payload in unstaffed.buttons}


def test_without_the_dialogue_there_are_still_numbers_a_booking_and_a_human() -> None:
    reply = shipped_replies().without_model(BOOKING_PAGE)
    assert all(number in reply.text for number in ("112", "114", "116 111"))
    assert HUMAN in {payload for _, payload in reply.buttons}
    assert BOOKING_PAGE in reply.text


@pytest.mark.parametrize("level", [DangerLevel.NONE, DangerLevel.CHECK_IN])
def test_a_lower_level_is_not_answered_as_danger(level: DangerLevel) -> None:
    with pytest.raises(ValueError, match="check_in"):
        danger(level, "suicide")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content["clear"].pop("threat"), "'threat' is missing"),
        (lambda content: content["acute"]["suicide"].pop("facts"), "'facts' is missing"),
        (lambda content: content["clear"]["threat"].pop("another"), "'another' is missing"),
        (lambda content: content["buttons"].pop("human"), "'human' is missing"),
        (lambda content: content.update(check_in="hej"), "wrong shape"),
        (lambda content: content["clear"]["no_shelter_tonight"].pop("adult"), "'adult' is missing"),
        (lambda content: content["acute"]["no_shelter_tonight"]["another"].pop("under_18"), "'under_18' is missing"),
        (lambda content: content["clear"]["violence"]["under_18"].pop("facts"), "'facts' is missing"),
        (lambda content: content["local"][1].update(age_group="voksen"), "wrong shape"),
        (lambda content: content["local"][1].pop("facts"), "'facts' is missing"),
    ],
)
def test_a_gap_in_the_replies_is_found_when_they_are_read(tmp_path: Path, change, message: str) -> None:
    content = content_of(SHIPPED_REPLIES.read_text(encoding="utf-8"))
    change(content)
    file = tmp_path / "replies.yml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ReplyError, match=rf"replies\.yml: .*{message}"):
        load_replies(file)


@pytest.mark.parametrize("content", ["a: [", "", "- a"])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "replies.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReplyError, match=r"replies\.yml: "):
        load_replies(file)


def test_who_writes_with_a_human_is_not_told_to_wait_for_one() -> None:
    held = danger(DangerLevel.ACUTE, "suicide", presence=Presence.HERE)
    assert "112" in held.text
    assert "Den, du skriver med, må læse hele chatten" in held.text
    assert "Der sidder ingen" not in held.text
    assert held.buttons == ()
