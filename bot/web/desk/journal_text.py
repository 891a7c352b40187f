"""What is taken along to the journal, as plain text: with day, time and sender."""

from collections.abc import Iterator
from datetime import datetime

from bot.casework.conversations import Message, Sender, Writer
from bot.casework.free_times import DANISH_TIME
from bot.casework.plans import TITLES
from bot.conversation.desk_journal import Taken
from bot.web.desk.words import SENDERS, WRITERS, short_name


def journal_text(taken: Taken, town: str, by: str, now: datetime) -> str:
    """The whole text; it ends with a line break."""
    name = short_name(taken.conversation.id)
    parts = [f"{name}, {town}\nHentet {_at(now)} af {by}", *_parts(taken)]
    return "\n\n".join(parts) + "\n"


def _parts(taken: Taken) -> Iterator[str]:
    writer = taken.conversation.writer
    for message in taken.messages:
        yield f"{_at(message.created_at)}, {sender_words(message, writer)}:\n{message.text}"
    for note in taken.notes:
        yield f"{_at(note.written_at)}, note af {note.author_name}:\n{note.text}"
    if taken.plan:
        said = "\n".join(f"{TITLES[part]}:\n{text}" for part, text in taken.plan.said)
        yield f"{WRITERS[writer]}s egen plan, delt:\n{said}"


def sender_words(message: Message, writer: Writer | None) -> str:
    """Who sent it, as the desk calls them."""
    return WRITERS[writer] if message.sender is Sender.YOUNG else SENDERS[message.sender]


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(DANISH_TIME):%d-%m-%Y kl. %H.%M}"
