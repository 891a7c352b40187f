"""When a human must look at a fact's living page again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.casework.months import months_after
from bot.knowledge.answers import DANGER, Answer
from bot.knowledge.claims import ADDRESS, TERM, claims
from bot.knowledge.facts import Fact

CHANGES_SOON, CHANGES_SELDOM = 6, 12
"""Months between two checks: of numbers, hours, rates and laws, and of all else."""

IN_DANGER, SHOWN, SHOWN_NOWHERE = "Said to people in danger", "Said in answers and on pages", "Said nowhere yet"
URGENCIES = (IN_DANGER, SHOWN, SHOWN_NOWHERE)


@dataclass(frozen=True)
class Due:
    """A fact to check, the last day it is good for (None: never checked, due at once), and what rests on it."""

    fact: Fact
    on: date | None
    answers: tuple[Answer, ...]

    @property
    def urgency(self) -> str:
        """One of URGENCIES."""
        if not self.answers:
            return SHOWN_NOWHERE
        return IN_DANGER if any(answer.kind == DANGER for answer in self.answers) else SHOWN


def months_between_checks(fact: Fact) -> int:
    """The fact's own interval, else six months where it states a figure, an hour, a rate or a law, else twelve."""
    if fact.check_every:
        return fact.check_every
    changing = any(claim.kind not in (TERM, ADDRESS) for claim in claims(fact.text))
    return CHANGES_SOON if changing else CHANGES_SELDOM


def good_until(fact: Fact) -> date | None:
    """The last day for which the latest check counts, None when there was none."""
    if fact.checked is None:
        return None
    return months_after(fact.checked, months_between_checks(fact))


def due(facts: Iterable[Fact], by: date, uses: Mapping[str, tuple[Answer, ...]]) -> list[Due]:
    """What a human must check no later than `by`, the gravest and then the oldest first.

    A fact that must not be shown is left out: it lacks a source, and not only a check.
    """
    dues = [Due(fact, good_until(fact), uses.get(fact.number, ())) for fact in facts if fact.ready != "never"]
    due_by = [each for each in dues if each.on is None or each.on <= by]
    by_age = sorted(due_by, key=lambda each: (each.on or date.min, each.fact.number))
    return sorted(by_age, key=lambda each: URGENCIES.index(each.urgency))
