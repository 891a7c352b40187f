"""Holds everything that is said to people against its facts and against what the young people were promised."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.answers import AGE_GROUP, AGE_GROUPS, ANSWER, DANGER, PAGE, STATEMENT, Answer
from bot.knowledge.claims import ADDRESS, FIGURE, HOURS, Claim, claims
from bot.knowledge.facts import Fact, sources_for
from bot.knowledge.names import known_names, names, says_name
from bot.language.forbidden import forbidden_words
from bot.language.readability import count_words, lix

MOST_WORDS = 60
HIGHEST_LIX = 30
MOST_BUTTONS = 3

# 18 is the line between the age groups themselves.
_AGE_LINE = "18"
_FEWEST_WORDS_MEASURED = 15
_UNDER_18, _ADULT = AGE_GROUPS
# Section C is the law from 18, D the law before; these of them hold for both.
_FOR_BOTH = frozenset({"C02", "C21", "C22", "D05", "D07", "D08", "D11"})
# Services for one age alone, which stand with the others in section A.
_FOR_ONE = {"A11": _UNDER_18, "A14": _ADULT, "A23": _ADULT, "A24": _ADULT}
_NO_ADVICE = re.compile(r"chat_\w+")
_ASKS_FOR_OWN_WORDS = "utter_plan_ask_"
_CHECK_IT = re.compile(r"\btjek|\bcheck")
_TELEPHONE = re.compile(r"1\d\d|1813|1888|\d{6}|\d{8}")

Check = Callable[[Answer, Mapping[str, Fact]], Iterator[str]]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text: its name, the rule it breaks, and how."""

    answer: Answer
    rule: str
    detail: str

    def __str__(self) -> str:
        return f"{self.answer}: {self.rule}: {self.detail}"


def lint(answers: Sequence[Answer], bank: Mapping[str, Fact]) -> list[Fault]:
    """Every fault of these texts against the facts of `bank`."""
    return [fault for answer in answers for fault in faults(answer, bank)]


def faults(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[Fault]:
    """The faults of one text; while a fact is missing or must not be shown, only that."""
    unusable = [Fault(answer, "fact", detail) for detail in _unusable_facts(answer, bank)]
    if unusable:
        yield from unusable
        return
    for rule, check in RULES.items():
        yield from (Fault(answer, rule, detail) for detail in check(answer, bank))
    for rule, words in () if answer.english else forbidden_words(answer.text, _said(answer, bank)):
        yield Fault(answer, rule, words)


def _unusable_facts(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[str]:
    for number in answer.facts:
        if number not in bank:
            yield f"{number} is not in the bank"
        elif bank[number].ready == "never":
            yield f"{number} must not be shown"


def _length(answer: Answer, _bank: Mapping[str, Fact]) -> Iterator[str]:
    # Who is in danger needs two ways, 112 and what to do meanwhile, however many words that takes.
    if answer.kind == ANSWER and count_words(answer.text) > MOST_WORDS:
        yield f"{count_words(answer.text)} words, {MOST_WORDS} are the most"


def _readability(answer: Answer, _bank: Mapping[str, Fact]) -> Iterator[str]:
    # A fact is measured where it was written; a line that only follows another is measured together with that.
    whole = answer.kind != STATEMENT and count_words(answer.text) >= _FEWEST_WORDS_MEASURED
    if whole and not answer.english and lix(answer.text) > HIGHEST_LIX:
        yield f"LIX {lix(answer.text):.0f}, {HIGHEST_LIX} is the most"


def _sources(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[str]:
    if answer.intent and not _NO_ADVICE.fullmatch(answer.intent) and not sources_for(answer.facts, bank):
        yield "advice needs a fact with a page one can open"


def _next_step(answer: Answer, _bank: Mapping[str, Fact]) -> Iterator[str]:
    most = len(answer.buttons) if answer.english else MOST_BUTTONS
    # The doors of the English core are all that somebody who reads no Danish has.
    if answer.intent and not 1 <= len(answer.buttons) <= most:
        yield f"{len(answer.buttons)} buttons, 1 to {MOST_BUTTONS} are needed"
    if f"/{answer.intent}" in [button["payload"] for button in answer.buttons]:
        yield "a button leads back to the same answer"


def _hint_to_check(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[str]:
    # A page adds the hint to each fact itself.
    doubtful = [number for number in answer.facts if bank[number].ready == "check_first"]
    if doubtful and answer.kind in (ANSWER, DANGER) and not _CHECK_IT.search(answer.text.casefold()):
        yield f"{', '.join(doubtful)}: said without where to check it"


def _age_group(answer: Answer, _bank: Mapping[str, Fact]) -> Iterator[str]:
    said_to = answer.conditions.get(AGE_GROUP)
    for number in answer.facts if said_to in AGE_GROUPS else ():
        if _only_for(number) not in (None, said_to):
            yield f"{number} does not hold for {said_to}"


def _only_for(number: str) -> str | None:
    """The age group for which alone a fact holds."""
    if number in _FOR_BOTH:
        return None
    return _FOR_ONE.get(number) or {"C": _ADULT, "D": _UNDER_18}.get(number[0])


def _claims(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[str]:
    if _speaks_of_itself(answer):
        return
    known = {claim.said for number in answer.facts for claim in claims(bank[number].text)}
    known |= {(ADDRESS, host) for number in answer.facts for host in _hosts(bank[number])}
    for claim in claims(answer.text, english=answer.english):
        if claim.said not in known | {(FIGURE, _AGE_LINE)}:
            yield f"{claim.kind} {claim.value!r} stands in none of its facts"


def _names(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[str]:
    if _speaks_of_itself(answer):
        return
    said = _said(answer, bank)
    for name, _ in _named(answer, bank):
        if not says_name(said, name):
            yield f"{name!r} stands in none of its facts"


def _belongings(answer: Answer, bank: Mapping[str, Fact]) -> Iterator[str]:
    """A number and opening hours belong to the service they are said of."""
    if _speaks_of_itself(answer):
        return
    found = claims(answer.text, english=answer.english)
    telephones = [claim for claim in found if claim.kind == FIGURE and _TELEPHONE.fullmatch(claim.value)]
    named = _named(answer, bank)
    texts = [bank[number].text for number in answer.facts]
    for claim in (*telephones, *(claim for claim in found if claim.kind == HOURS)):
        owners = [each for each in named if each[1] < claim.start and _joined(answer.text[each[1] : claim.start])]
        if not owners or _follows_a_number(claim, telephones, answer.text, owners[-1][1]):
            continue
        owner = owners[-1][0]
        if not any(says_name(text, owner) and _claims_it(text, claim) for text in texts):
            yield f"{claim.value!r} is said of {owner!r}, and no fact says so"


RULES: Mapping[str, Check] = {
    "length": _length,
    "readability": _readability,
    "sources": _sources,
    "next step": _next_step,
    "hint to check": _hint_to_check,
    "age group": _age_group,
    "claim": _claims,
    "name": _names,
    "belonging": _belongings,
}


def _speaks_of_itself(answer: Answer) -> bool:
    """Whether a text says nothing of the world: a page how it works itself, a plan's question what may be written."""
    return not answer.facts and (answer.kind == PAGE or answer.name.startswith(_ASKS_FOR_OWN_WORDS))


def _joined(between: str) -> bool:
    """Whether nothing ends what is said of a name: a line, or a second sentence after it."""
    return "\n" not in between and len(re.findall(r"[.!?] ", between)) <= 1


def _follows_a_number(claim: Claim, telephones: Sequence[Claim], text: str, name: int) -> bool:
    """Whether hours are said of a number that stands nearer than the nearest name, which begins at `name`."""
    return claim.kind == HOURS and any(
        name < telephone.start < claim.start and _joined(text[telephone.start : claim.start])
        for telephone in telephones
    )


def _claims_it(text: str, claim: Claim) -> bool:
    return claim.said in {each.said for each in claims(text)}


def _said(answer: Answer, bank: Mapping[str, Fact]) -> str:
    return "\n".join(bank[number].text for number in answer.facts)


def _hosts(fact: Fact) -> Iterator[str]:
    for url in fact.sources:
        host = re.sub(r"^https?://(?:www\.)?|[/?#].*$", "", url)
        yield host.casefold()


def _named(answer: Answer, bank: Mapping[str, Fact]) -> list[tuple[str, int]]:
    known = known_names(tuple(fact.text for fact in bank.values()))
    # The pages speak of the product itself, in words of which some are in no dictionary.
    return names(answer.text, known, danish=not answer.english and answer.kind != PAGE)
