"""What no Danish answer may say: promises nobody can keep, blame, words of the past and words that brand people."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PROMISE, BLAME, WORD = "promise", "blame", "word"

_HOME = (
    r"(?:et sted at bo|(?:dig |jer )?(?:en |et |din |dit )?(?:egen |eget |ny |nyt )?"
    r"(?:\w*bolig|hjem|lejlighed|værelse|plads)(?!\w))"
)
_MONEY = r"(?:penge(?:ne)?|\d[\d.]* ?kr\w*|boligstøtte|kontanthjælp|su|indskud(?:det)?|lån(?:et)?|et beløb)"
_WE = r"(?:jeg|vi|kommunen|boligagenten|de|man)"


class _Forbidden(NamedTuple):
    rule: str
    pattern: re.Pattern[str]
    # The same sentence may say this and take it back: "jeg kan ikke love, at alt er hemmeligt".
    unless: re.Pattern[str] | None = None
    # A fact that says these very words allows them.
    if_in_a_fact: bool = False


def forbidden_words(text: str, facts_text: str) -> Iterator[tuple[str, str]]:
    """Each forbidden thing as its rule and the words; `facts_text` is what the answer's facts say."""
    said = facts_text.casefold()
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text.casefold()):
        for entry in _FORBIDDEN:
            for match in entry.pattern.finditer(sentence):
                taken_back = entry.unless is not None and entry.unless.search(sentence)
                if not taken_back and not (entry.if_in_a_fact and match.group() in said):
                    yield entry.rule, match.group()


def _entries(
    rule: str, *patterns: str, unless: str | None = None, if_in_a_fact: bool = False
) -> tuple[_Forbidden, ...]:
    exception = re.compile(unless) if unless else None
    return tuple(_Forbidden(rule, re.compile(pattern), exception, if_in_a_fact) for pattern in patterns)


_NOT_PROMISED = r"\b(?:ikke|ingen kan|aldrig|hverken) (?:\w+ )?(?:love|loves?|garantere\w*|sikkert)\b|\bingen garanti\b"
_FORBIDDEN = (
    *_entries(
        PROMISE,
        rf"\b{_WE} (?:lover|garanterer|sikrer)\b",
        r"\bgarant\w+",
        r"\bhelt sikkert\b|\b100 ?(?:%|procent)|\bhundrede procent\b|\bselvfølgelig (?:får|kan) du\b",
        r"\bdet skal nok (?:gå|blive)\b|\bdet ordner sig\b|\balt bliver godt\b",
        unless=_NOT_PROMISED,
    ),
    # A home.
    *_entries(
        PROMISE,
        rf"\b(?:du får|får du|vil du få|du vil få|du skal nok få) (?:nok |snart |straks |altid )*{_HOME}\b",
        rf"\b{_WE} (?:finder|skaffer|giver|har) (?:helt sikkert |altid |nok )?{_HOME}\b",
        rf"\b(?:finder|skaffer|giver) {_WE} (?:\w+ )?{_HOME}\b",
        rf"\b(?:har|får) (?:du )?(?:altid )?ret til {_HOME}\b",
        unless=_NOT_PROMISED,
    ),
    # An amount.
    *_entries(
        PROMISE,
        rf"\b(?:du får|du vil få) (?:nok |altid |så )*{_MONEY}(?!\w)|\bfår du (?:nok |altid )*{_MONEY}(?!\w)",
        rf"\b{_WE} (?:betaler|giver dig) (?:altid )?(?:din |dit |dine )?(?:{_MONEY}|husleje|depositum)(?!\w)",
        rf"\bret til (?:at få )?{_MONEY}(?!\w)",
        unless=_NOT_PROMISED,
        if_in_a_fact=True,
    ),
    # Secrecy.
    *_entries(
        PROMISE,
        r"\bingen (?:får det at vide|får noget at vide|kan (?:se|læse|opdage)|ser det|læser det|andre ser)",
        r"\b(?:det )?bliver mellem os\b|\bkun (?:du og jeg|mellem os)\b|\bhemmelig\w*|\bfortrolig\w*",
        rf"\b{_WE} siger (?:det |noget )?(?:ikke (?:det |noget )?(?:videre|til)|aldrig)",
        unless=rf"{_NOT_PROMISED}|\bikke love\b",
    ),
    *_entries(PROMISE, r"\b(?:helt|fuldstændig|fuldt|altid|100 ?%) anonym\w*", if_in_a_fact=True),
    *_entries(
        BLAME,
        r"\bhvorfor (?:gjorde|har|gik|tog|sagde|blev|ringede) du\b|\bdu (?:burde|skulle bare|må selv tage)\b",
        r"\bselv ude om\b|\btag dig sammen\b|\bdu kunne bare\b|\bhar du nu (?:igen )?",
    ),
    *_entries(BLAME, r"\bdin egen (?:skyld|fejl)\b|\bdin skyld\b", unless=r"\b(?:ikke|hverken|aldrig) (?:\w+ )?din\b"),
    *_entries(
        WORD,
        r"\buddannelseshjælp\w*",
        r"\bmisbruger\w*|\bnarkoman\w*|\bprostitu\w+|\bluder\w*|\bpsykisk syge?\b|\bde hjemløse\b",
        r"\bhjemløs ung\w*",
        r"\blokk\b|\bproduktionsskole\w*|\bkontanthjælpsloft\w*",
    ),
    *_entries(WORD, r"\befterværn\w*", unless=r"\bhed (?:det )?før\b"),
    *_entries(WORD, r"\brg60\b", unless=r"\bhedder nu\b"),
)  # fmt: skip
