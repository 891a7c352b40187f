"""Whom somebody would like to talk with: one of the agents by name, the other one, the same as last time, or anybody.

In doubt nothing is read, and a name that is nobody's is told apart: it is asked about, never booked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.casework.choosing import first_name
from bot.casework.slips import is_near
from bot.language.folding import any_of, compiled, fold_in_place
from bot.language.politeness import without_politeness

HIDDEN_NAME = "[navn]"
"""What stands in the place of a name that was hidden: one that is no agent's."""

# A slip in a shorter name makes another word of it: "bo", "so", "på".
_SHORTEST_WITH_A_SLIP = 4


class Meant(StrEnum):
    """What a message says of whom to talk with.

    UNKNOWN: a name that no agent has, or several have. ASKS: who there is to choose, one of two names, or only whom
    they do not want.
    """

    AGENT = "agent"
    ANYBODY = "anybody"
    OTHER = "other"
    SAME = "same"
    UNKNOWN = "unknown"
    ASKS = "asks"


@dataclass(frozen=True)
class Whom:
    """What it says, and the number of the agent who is named."""

    meant: Meant
    agent: int | None = None


@dataclass(frozen=True)
class Named:
    """A name of agents as it stands in a text; `agents` are all who may be meant, `wanted` False where they are not."""

    start: int
    end: int
    agents: frozenset[int]
    wanted: bool


_NOT = "ikke|ikk|ik|not|aldrig|never|undtagen|except"
_LIVES = "bo|bor|boede|boet|sove|sover|overnatte|overnatter|flytte|flytter|ligge|live|stay|sleep"
_TALK = "tale|snakke|snak|mødes|møde|møder|skrive|ses|talk|speak|meet"
_TIME = "tid|tider|aftale|snak|samtale|møde|time|talk|meeting|appointment"
_WORDS = rf"(?: (?!(?:{_LIVES})\b)[\w'-]+)"
_ASKS_FOR = compiled(
    rf"(?:\b(?:{_TIME}){_WORDS}{{0,3}} (?:hos|med|ved|with)"
    rf"|(?<!skal )\b(?:{_TALK}){_WORDS}{{0,2}} (?:med|with|to|hos)"
    r"|\b(?:vil|ville|would)(?: jeg| i)?(?: (?:gerne|helst|hellere|godt|like|prefer))?(?: to)? (?:have|ha|få|get)"
    rf"|\b(?:det|den|tiden|snakken|samtalen|it){_WORDS}{{0,2}} (?:være|vær|blive|bliver|be){_WORDS}{{0,2}}"
    rf"|\b(?:hellere|helst|rather|prefer|i stedet|flytte|flyttes|flyt){_WORDS}{{0,3}}"
    r"|\b(?:vælger|vælge|choose|tager|tag)(?: (?:så|bare|gerne))?"
    r"|^\W*(?:(?:ja|nej|ok|okay|så|bare)[ ,]+)*(?:hos|med|with))"
    r"(?: (?:boligagent|medarbejder|agent)(?:en)?)?\s*$"
)
# "Bo" is a name and a word: "helst bo hos jer" names nobody.
_LIVING = frozenset(_LIVES.split("|"))
_AFTER_WITH = compiled(r"\b(?:hos|med|til|with|to|være|vær|blive|be)\s*$")
_REFUSES = compiled(
    rf"\b(?:(?:{_NOT}|(?:andre|anden|other) end|other than)(?: [\w'-]+){{0,4}}"
    r"|(?:i ?stedet for|frem ?for|end|instead of|rather than|(?:anyone|anybody|everyone) but)"
    r"(?: (?:hos|med|with))?)\s*$"
)
_CLAUSE = compiled(r"[.,;!?\n]|\b(?:men|(?<!anyone )(?<!anybody )(?<!everyone )but|eller|or)\b")
_NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEHIND_A_BARE_NAME = compiled(r"\W*(?:(?:tak|please|i stedet|instead|så)?\W*$|(?:eller|or)\b)")
_EITHER = compiled(r"\W*(?:eller|or)(?: (?:hos|med|with))? ")
# "Jonas fra klassen" is no agent, and "Mette med" comes along.
_OF_ANOTHER = compiled(r" (?:fra (?:min|mit|klassen|skolen|arbejdet|bostedet|efterskolen)|med(?! \w+dag)|til at)\b")
_BEFORE_A_BARE_NAME = compiled(r"^\W*(?:(?:ja|nej|ok|okay|så|bare|gerne|helst|hellere)\W+)*$")

_I = "(?:jeg|vi|i|we)"
_WISH = "vil|ville|kan|kunne|må|måtte|would|want|can|could|may"
_WISHES_TO_TALK = compiled(
    rf"(?:(?:\b{_I} (?:{_WISH})|\b(?:{_WISH}) {_I}|\b(?:book|bestil)\w*)\b(?:(?! plejer\b)[^.,!?;]){{0,30}}"
    r" (?:tale|snakke|mødes|møde|tid|aftale|snak|samtale|talk|speak|meet|time|meeting|appointment)(?: \w+)?"
    r" (?:med|hos|with|to)"
    r"|\b(?:kan|kunne|må|can|could) (?:det|den|tiden|snakken|samtalen|it) (?:\w+ )?(?:være|blive|be) (?:hos|med|with))"
    r"(?: (?:boligagent|medarbejder|agent)(?:en)?)? $"
)
_GETS = compiled(rf"\b(?:{_WISH}) {_I} (?:\w+ )?(?:få|have|get) $")
_INSTEAD = compiled(r" (?:i ?stedet|instead)\b")

_WHO = "boligagent|medarbejder|person|sagsbehandler|agent|kollega"
_ANYBODY = any_of(
    r"(?:lige ?meget|ligegyldigt|ligeglad)(?: \w+){0,2},? (?:hvem|med hvem|hos hvem)",
    r"hvem (?:som helst|der (?:er ledig|har tid|kan))",
    r"(?:doesn'?t matter|don'?t (?:care|mind)|no matter)(?: to me)? who(?:m|ever)?",
    r"(?:anyone|anybody|whoever) (?:is fine|will do|is free|works)",
)
_ANYBODY_AS_AN_ANSWER = compiled(
    r"\W*(?:(?:det|det er|er|it) )*(?:lige ?meget|ligegyldigt|ved (?:jeg )?ikke|alle(?: sammen)?|hvem som helst"
    r"|doesn'?t matter|anyone|anybody|whoever|i don'?t (?:know|mind|care))\W*(?:tak|for mig|thanks)?\W*"
)
_SAME = any_of(
    rf"samme(?: (?:{_WHO}|dame|mand|kvinde))? (?:igen )?som (?:sidst|sidste gang|før|i sidste uge)",
    rf"samme (?:{_WHO})(?: igen)?",
    r"(?:hende|ham|den|dem)(?: som| der)?(?: jeg| vi) (?:talte|snakkede|skrev|mødtes|mødte|var|havde)(?: \w+){0,3}"
    r" (?:sidst|sidste gang|før)",
    r"same (?:person|one|agent)?(?: again)? ?(?:as )?(?:last time|before)",
    r"(?:who|whom|the one|the person) i (?:talked|spoke|met)(?: with| to)? (?:last time|before)",
)
_OTHER = any_of(
    r"en anden (?:boligagent|medarbejder|sagsbehandler|agent)",
    r"(?:hende|ham) den anden",
    rf"den anden (?:{_WHO})",
    r"(?:hellere|helst|rather) (?:hos |med |tale med )?(?:den anden|en anden)(?=\W*(?:tak|please)?\W*$)",
    r"(?:hos|med) (?:en|den) anden(?=\W*(?:tak|please|i stedet)?\W*$)",
    r"(?:someone|somebody) else|the other (?:person|agent)",
)
_WANTS_TO_CHOOSE = any_of(
    r"(?:vælge|bestemme)(?: selv)?,? (?:hvem|mellem hvem)",
    r"hvem (?:kan|må) jeg (?:tale|snakke|vælge|få)(?: \w+){0,2}",
    r"hvem (?:er der|har i) at (?:vælge|tale)",
    r"(?:choose|pick) (?:who|whom|the person)",
)
_STRANGER = compiled(r"\[navn\]")
# Behind "tale med" these are nobody's name, however they are written.
_CAPITAL = re.compile(r"(?<=\s)[A-ZÆØÅ][a-zæøå]{2,}\b")
_NO_NAME = frozenset(
    {"jer", "dig", "kommunen", "ungehuset", "boligagenten", "boligagent", "nogen", "hende", "ham", "mig"}
)


def whom_said(text: str, names: Mapping[int, str], *, asked: bool = False) -> Whom | None:
    """Whom these words ask for, of the agents with these whole names by number; None where they say nothing of it.

    `asked`: just now it was asked whom, so that few words are an answer.
    """
    folded = without_politeness(fold_in_place(text))
    named = list(names_in(text, names, bare=True))
    wanted = [one for one in named if one.wanted]
    if wanted:
        return Whom(Meant.ASKS) if _are_either(folded, wanted) else _the_one(wanted[-1].agents)
    if _has_a_stranger(text, folded):
        return Whom(Meant.UNKNOWN)
    for meant, pattern in ((Meant.ANYBODY, _ANYBODY), (Meant.SAME, _SAME), (Meant.OTHER, _OTHER)):
        # "Lige meget hvem, bare ikke Mette" is not for anybody.
        if pattern.search(folded) and not (named and meant is Meant.ANYBODY):
            return Whom(meant)
    if asked and _ANYBODY_AS_AN_ANSWER.fullmatch(folded):
        return Whom(Meant.ANYBODY)
    return Whom(Meant.ASKS) if named or _WANTS_TO_CHOOSE.search(folded) else None


def names_in(text: str, names: Mapping[int, str], *, bare: bool) -> Iterator[Named]:
    """Where a talk with one of them is asked for or refused; `bare`: also where a name is all that is said."""
    folded = without_politeness(fold_in_place(text))
    for word in _NAME.finditer(folded):
        agents = _called(word.group(), names)
        if not agents:
            continue
        before = _clause_before(folded, word.start())
        refused = bool(_REFUSES.search(before))
        alone = _BEFORE_A_BARE_NAME.search(before) and _BEHIND_A_BARE_NAME.match(folded, word.end())
        asked_for = bool(_ASKS_FOR.search(before)) and not _OF_ANOTHER.match(folded, word.end())
        if word.group() in _LIVING:
            asked_for = asked_for and bool(_AFTER_WITH.search(before))
        if refused or asked_for or (bare and alone):
            end, agents = _with_surname(folded, word.end(), agents, names)
            yield Named(word.start(), end, agents, not refused)


def asks_for_a_talk(text: str, names: Mapping[int, str]) -> bool:
    """Whether these words wish for a talk with one of them, wherever they are said: "jeg vil gerne tale med Mette".

    Less is read than where it was asked whom: "jeg vil gerne flytte sammen med Mette" is about another Mette.
    """
    folded = without_politeness(fold_in_place(text))
    for word in _NAME.finditer(folded):
        before = _clause_before(folded, word.start())
        if _REFUSES.search(before) or _OF_ANOTHER.match(folded, word.end()) or not _called(word.group(), names):
            continue
        if _WISHES_TO_TALK.search(before) or (_GETS.search(before) and _INSTEAD.match(folded, word.end())):
            return True
    return False


def _are_either(folded: str, wanted: Sequence[Named]) -> bool:
    """Whether the last two are wanted alike: "Mette eller Jonas"."""
    return len(wanted) > 1 and bool(_EITHER.fullmatch(folded, wanted[-2].end, wanted[-1].start))


def _the_one(agents: frozenset[int]) -> Whom:
    return Whom(Meant.AGENT, next(iter(agents))) if len(agents) == 1 else Whom(Meant.UNKNOWN)


def _called(word: str, names: Mapping[int, str]) -> frozenset[int]:
    """Who may be meant by it: whose first name it is, or else is but for a slip."""
    firsts = {number: fold_in_place(first_name(name)) for number, name in names.items()}
    exactly = frozenset(number for number, first in firsts.items() if first == word)
    if exactly or len(word) < _SHORTEST_WITH_A_SLIP:
        return exactly
    return frozenset(
        number
        for number, first in firsts.items()
        if len(first) >= _SHORTEST_WITH_A_SLIP and first[0] == word[0] and is_near(word, first)
    )


def _with_surname(
    folded: str, end: int, agents: frozenset[int], names: Mapping[int, str]
) -> tuple[int, frozenset[int]]:
    """Where the name ends, and who is meant, where more of the name of one of them follows."""
    ends = {number: _end_of_name(folded, end, fold_in_place(names[number]).split()[1:]) for number in agents}
    longest = max(ends.values(), default=end)
    return longest, frozenset(number for number in agents if ends[number] == longest)


def _end_of_name(folded: str, end: int, rest: Sequence[str]) -> int:
    """Behind "Jens" of Jens Peter Skov: where "Peter", "Peter Skov" or "Skov" ends, if one of them follows."""
    for name in (rest, rest[:1], rest[-1:]):
        following = "".join(f" {word}" for word in name)
        if following and folded.startswith(following, end) and not folded[end + len(following) :][:1].isalpha():
            return end + len(following)
    return end


def _has_a_stranger(text: str, folded: str) -> bool:
    strangers = [*_STRANGER.finditer(folded), *_CAPITAL.finditer(text)]
    return any(
        one.group().lower() not in _NO_NAME and _asks_by_name(_clause_before(folded, one.start())) for one in strangers
    )


_ASKS_BY_NAME = compiled(
    rf"(?:\b(?:{_TIME}) (?:hos|with)|(?<!skal )\b(?:{_TALK}) (?:med|with|to)"
    rf"|\b(?:det|den|it){_WORDS}{{0,2}} (?:være|be) (?:hos|with)"
    r"|\b(?:hellere|helst|rather) (?:hos|with|tale med|snakke med))\s*$"
)


def _asks_by_name(before: str) -> bool:
    return bool(_ASKS_BY_NAME.search(before)) and not _REFUSES.search(before)


def _clause_before(folded: str, start: int) -> str:
    ends = [found.end() for found in _CLAUSE.finditer(folded, 0, start)]
    return folded[max(ends, default=0) : start]
