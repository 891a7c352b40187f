"""From lines of the audit log to what a page and a spreadsheet show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime

from bot.casework.free_times import DANISH_TIME
from bot.store.audit import AuditLine
from bot.web.desk.audit_words import BY_COMMAND, ERASED, RIGHTS, About, deed
from bot.web.desk.spreadsheet import spreadsheet
from bot.web.desk.words import number, short_name

HEAD = ("Hvornår", "Hvem", "Brugernavn", "Hvad", "Om")


@dataclass(frozen=True)
class Names:
    """What those in the log are called: people by what they type, boligagenter by number."""

    people: Mapping[str, str]
    agents: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One line in words. `conversation` is the id by which others of the same are found."""

    at: datetime
    who: str
    name: str
    what: str
    about: str
    conversation: str = ""

    @property
    def when(self) -> str:
        return format_datetime(self.at.astimezone(DANISH_TIME), "d. MMM y 'kl.' HH.mm.ss", locale="da")

    @property
    def sortable(self) -> str:
        return f"{self.at.astimezone(DANISH_TIME):%Y-%m-%d %H:%M:%S}"


def rows(lines: Sequence[AuditLine], names: Names) -> list[Row]:
    """Each in words; of a conversation that was erased nothing but that it was."""
    return [_row(line, names) for line in lines]


def as_csv(shown: Sequence[Row], most: int) -> str:
    """So many at most, and then that there are more.

    Of a conversation its short name alone: the file stays when the conversation is erased.
    """
    lines = [(row.sortable, row.who, row.name, row.what, row.about) for row in shown[:most]]
    more = [("", "", "", f"Der er flere end {number(most)} linjer. Vælg en dag eller en medarbejder.", "")]
    return spreadsheet(HEAD, lines + (more if len(shown) > most else []))


def _row(line: AuditLine, names: Names) -> Row:
    done = deed(line.action)
    is_conversation = done.about is About.CONVERSATION
    return Row(
        line.at,
        names.people.get(line.name, line.shown_name) or BY_COMMAND,
        line.name,
        done.words,
        _about(done.about, line.subject, names),
        (line.subject or "") if is_conversation else "",
    )


def _about(about: About, subject: str | None, names: Names) -> str:
    if subject is None:
        return ERASED if about is About.CONVERSATION else ""
    said = {
        About.CONVERSATION: short_name(subject),
        About.TALK: f"Aftale {subject[:4].upper()}",
        About.AGENT: names.agents.get(subject, subject),
        About.PERSON: names.people.get(subject, subject),
        About.RIGHT: RIGHTS.get(subject, subject),
        About.MODEL: subject,
    }
    # Of what another version has noted nobody here knows what it is of: perhaps a conversation.
    return said.get(about, "")
