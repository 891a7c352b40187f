"""Facts for the maintainer's terminal."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console

from bot.knowledge.answers import Answer, shipped_answers, uses
from bot.knowledge.checks import SHOWN_NOWHERE, Due, due, good_until, months_between_checks
from bot.knowledge.facts import Fact, FactError, shipped_facts
from bot.knowledge.lint import lint

_CHECK_FIRST = " (said only with a hint to check it)"


def show_due(console: Console, by: date) -> bool:
    """Prints what a human must check by then; whether people are told any of it."""
    facts = list(shipped_facts().values())
    dues = due(facts, by, uses(shipped_answers()))
    print_due(console, dues, by, facts)
    return any(each.urgency != SHOWN_NOWHERE for each in dues)


def show_fact(console: Console, number: str) -> None:
    """Prints one fact of this checkout whole. Raises FactError for a number it does not have."""
    if number not in shipped_facts():
        raise FactError(f"{number}: no such fact")
    print_fact(console, shipped_facts()[number], uses(shipped_answers()).get(number, ()))


def answers_hold(console: Console) -> bool:
    """Prints what is wrong with the answers of this checkout; whether nothing is."""
    found = lint(shipped_answers(), shipped_facts())
    for fault in found:
        _plain(console, str(fault))
    console.print(f"{len(shipped_answers())} texts, {len(found)} faults")
    return not found


def print_due(console: Console, dues: Sequence[Due], by: date, facts: Sequence[Fact]) -> None:
    """Prints the facts to check in groups, and how many they are."""
    for urgency, group in groupby(dues, key=lambda each: each.urgency):
        console.print(f"\n[bold]{urgency}[/bold]")
        for each in group:
            _print(console, each.fact, each.on, each.answers)
    may_be_said = [fact for fact in facts if fact.ready != "never"]
    shown = sum(each.urgency != SHOWN_NOWHERE for each in dues)
    never = sum(each.fact.checked is None for each in dues)
    _plain(
        console,
        f"\n{len(dues)} of {len(may_be_said)} facts are to be checked by {by}, {shown} of them said to people; "
        f"{never} were never checked by a human.",
    )


def print_fact(console: Console, fact: Fact, answers: Sequence[Answer]) -> None:
    """Prints all that the bank holds of a fact, and what rests on it."""
    _print(console, fact, good_until(fact), answers)
    lines: Mapping[str, str | None] = {
        "Status": f"{fact.status}, ready: {fact.ready}",
        "Check every": f"{months_between_checks(fact)} months",
        "Evidence": fact.evidence,
        "The page's date": fact.page_date,
        "The page says": fact.said,
        "Other sources": "; ".join(fact.other_sources) or None,
        "Note": fact.note,
    }
    for title, value in lines.items():
        if value:
            _line(console, f"{title}: {value}")


def _print(console: Console, fact: Fact, on: date | None, answers: Sequence[Answer]) -> None:
    console.print(f"[bold]{fact.number}[/bold] ", end="")
    _plain(console, fact.text + (_CHECK_FIRST if fact.ready == "check_first" else ""))
    for page in fact.sources or fact.other_sources:
        _line(console, page)
    checked = f"checked {fact.checked}, due {on}" if fact.checked else "never checked by a human, seen in a stored copy"
    _line(console, checked)
    _line(console, "said in: " + (", ".join(dict.fromkeys(map(str, answers))) or "nothing yet"))


def _line(console: Console, text: str) -> None:
    _plain(console, f"    {text}")


def _plain(console: Console, text: str) -> None:
    # Brackets in a text are no markup, and an address must not be broken.
    console.print(text, markup=False, highlight=False, soft_wrap=True)
