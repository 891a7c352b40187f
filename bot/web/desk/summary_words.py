"""A conversation in three lines: what they want, what was said, what was agreed on; or that nothing is known of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.casework.consent import OPENING_LEVEL, Shared
from bot.casework.conversations import Conversation, Holder, Message
from bot.casework.summary import Facts
from bot.conversation.disclosure import Disclosed
from bot.conversation.summary import meanings
from bot.language.danish import spoken_time
from bot.language.lists import listed
from bot.store.plans import SAID_AGREED
from bot.web.desk.words import WAYS, moment

IN_DANGER = "Kan være i fare."
ASKS = "Venter på et menneske."
ABOUT_UNKNOWN = "Vi ved ikke, hvad det handler om."
# Which danger it is stands beside it.
ELSE_UNKNOWN = "Vi ved ikke, hvad det ellers handler om."
NOTHING_SAID = "Der er ikke svaret noget, du må læse."
NOTHING_AGREED = "Der er ikke aftalt en tid."
WAITS = "Venter på svar fra et menneske."
PLAN_SHARED = "Planen er delt med jer."


def summary_lines(seen: Disclosed, now: datetime) -> tuple[tuple[str, str], ...]:
    """The three lines with their headings; none for whom nothing may be read."""
    if seen.notes is None:
        return ()
    return (
        ("Vil", wants(seen.conversation, seen.facts)),
        ("Sagt", _said(seen, now)),
        ("Aftalt", _agreed(seen, now)),
    )


def wants(conversation: Conversation, facts: Facts) -> str:
    """Why they wait, and what they wrote about."""
    in_danger = conversation.danger.level >= OPENING_LEVEL
    asks = conversation.holder is Holder.WAITING and not in_danger
    titles = meanings()
    topics = listed([f"»{titles[topic]}«" for topic in facts.topics], "og")
    about = f"Har skrevet om {topics}." if topics else ELSE_UNKNOWN if in_danger else ABOUT_UNKNOWN
    return " ".join([*([IN_DANGER] if in_danger else []), *([ASKS] if asks else []), about])


def _said(seen: Disclosed, now: datetime) -> str:
    facts, said = seen.facts, []
    if facts.answers:
        part = " i det, du må læse" if seen.opening.private and Shared.TRANSCRIPT not in seen.opening.opened else ""
        said.append(f"Robotten har svaret {_times(facts.answers)}{part}.")
    if facts.helped_at:
        said.append(f"Den viste, hvor man kan ringe, {moment(facts.helped_at, now)}.")
    if facts.written_at:
        last = f", sidst {moment(facts.written_at, now)}" if facts.written > 1 else f" {moment(facts.written_at, now)}"
        said.append(f"En medarbejder har skrevet {_times(facts.written)}{last}.")
    return " ".join(said) or NOTHING_SAID


def _agreed(seen: Disclosed, now: datetime) -> str:
    agreed = []
    if seen.talk:
        agreed.append(f"En tid {spoken_time(seen.talk.starts_at)}. {WAYS[seen.talk.way]}.")
    if seen.agreed:
        agreed.append(_last_agreed(seen.agreed, now))
    if seen.conversation.holder is Holder.WAITING:
        agreed.append(WAITS)
    if seen.plan:
        agreed.append(PLAN_SHARED)
    return " ".join(agreed) or NOTHING_AGREED


def _last_agreed(said: Sequence[Message], now: datetime) -> str:
    """The newest whole, and that there was more: the chat has it."""
    newest = said[-1]
    words = " ".join(newest.data[SAID_AGREED].split())
    again = f", {_times(len(said))} i alt" if len(said) > 1 else ""
    end = "" if words.endswith((".", "!", "?")) else "."
    return f"Aftalt {moment(newest.created_at, now)}{again}: »{words}«{end}"


def _times(count: int) -> str:
    return "én gang" if count == 1 else f"{count} gange"
