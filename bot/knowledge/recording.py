"""Notes in the fact bank that a human has checked a fact, and leaves every other line of its file as it was."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.knowledge.facts import FactError, load_facts

_KEY = "checked"
# An entry's keys stand at this depth (data/facts/README.md); what is deeper belongs to the key above.
_INDENT = "    "
# A round trip through a YAML library would fold and requote lines that somebody has to read.
_NEXT_FACT = re.compile(r"^(?:  - |\S)", re.MULTILINE)


def record_check(folder: Path, numbers: Sequence[str], on: date, today: date) -> None:
    """Writes `checked: <on>` to these facts of the bank in `folder`, all or none.

    Raises FactError for a number that the bank does not have, a fact that is not verified (it lacks a source, and not
    only a check), and a day after `today`.
    """
    if on > today:
        raise FactError(f"{on}: a check cannot be recorded before it is made; today is {today}")
    bank = load_facts(folder)
    for number in numbers:
        if number not in bank:
            raise FactError(f"{number}: no such fact")
        if bank[number].status != "verified":
            raise FactError(f"{number}: is not verified; give it its source and its status first")
    for file, text in _changed(folder, numbers, on).items():
        file.write_text(text, encoding="utf-8")
    written = load_facts(folder)
    for number in numbers:
        if written[number].checked != on:
            raise FactError(f"{number}: not recorded; 'number' must be the first key of its entry")


def _changed(folder: Path, numbers: Sequence[str], on: date) -> dict[Path, str]:
    changed: dict[Path, str] = {}
    for file in sorted(folder.glob("*.yml")):
        text = before = file.read_text(encoding="utf-8")
        for number in numbers:
            text = _with_check(text, number, on)
        if text != before:
            changed[file] = text
    return changed


def _with_check(text: str, number: str, on: date) -> str:
    """The file's text with the check in the entry of this number, where it has one; else unchanged."""
    start = re.search(rf"^  - number: ['\"]?{re.escape(number)}['\"]?[ \t]*(?:#.*)?\n", text, re.MULTILINE)
    if not start:
        return text
    end = _NEXT_FACT.search(text, start.end())
    entry = text[start.end() : end.start() if end else len(text)]
    line = f"{_INDENT}{_KEY}: {on.isoformat()}"
    noted, times = re.subn(rf"^{_INDENT}{_KEY}:[^#\n]*?(?=[ \t]*(?:#|$))", line, entry, count=1, flags=re.MULTILINE)
    if not times:
        body = entry.rstrip("\n")
        noted = f"{body}\n{line}\n" + "\n" * (len(entry) - len(body) - 1)
    return text[: start.end()] + noted + text[start.end() + len(entry) :]
