"""Tells who is on call, without content, that somebody in the chat needs a human outside staffed hours."""

import logging
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from anyio.to_thread import run_sync

from bot.casework.conversations import ConversationNotFoundError
from bot.casework.on_call import next_try
from bot.conversation.after_closing import left_after_closing
from bot.conversation.mail import Mailer, MailError
from bot.conversation.post import PostError
from bot.conversation.staff_channel import StaffChannel
from bot.conversation.sweeping import sweep
from bot.municipality.towns import Municipality
from bot.store.on_call import OnCallNotice
from bot.store.store import Store
from bot.store.whose import Across, Town, of_conversation

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
SUBJECT = "Hjemad: nogen i chatten har brug for et menneske"
TEXT = """\
Nogen i chatten hos {name} har brug for et menneske.

Log ind og se køen: {desk}

Af hensyn til den, der skriver, står der ikke mere her.\
"""
UNTOLD = "neither HJEMAD_SMTP_HOST and HJEMAD_SMTP_FROM nor HJEMAD_STAFF_URL is set"
NO_REPLY = " Svar ikke på denne mail.\n"


@dataclass(frozen=True)
class Ways:
    """How the staff are told. Where both are set up, the mail is what is tried again; the channel is told once."""

    mailer: Mailer
    channel: StaffChannel

    @property
    def are_set_up(self) -> bool:
        """Whether anybody can be told."""
        return self.mailer.is_set_up or self.channel.is_set_up

    def send(self, notice: OnCallNotice, town: Municipality, desk: str) -> None:
        """Raises MailError or ValueError, without a mail server PostError."""
        text = TEXT.format(name=town.name, desk=desk)
        if not self.mailer.is_set_up:
            self.channel.send(SUBJECT, text)
            return
        # The mail is what wakes somebody, and waits for nothing.
        try:
            self.mailer.send(_message(notice, town, text + NO_REPLY))
        finally:
            if self.channel.is_set_up and not notice.tries:
                self._tell_beside_mail(text)

    def _tell_beside_mail(self, text: str) -> None:
        try:
            self.channel.send(SUBJECT, text)
        except PostError as error:
            log.error("the staff's channel was not told beside the mail: %s", error)  # noqa: TRY400 - no texts in logs


class OnCall:
    """Sends the notices that wait in the store. Lives as long as the web process; several may run beside each other."""

    def __init__(self, store: Store, ways: Ways, towns: Mapping[str, Municipality], address: str) -> None:
        self._store = store
        self._ways = ways
        self._towns = towns
        self._address = address

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        self.tell_what_is_missing()
        await sweep(self.look, LOOK_SECONDS, "notices to who is on call")

    def tell_what_is_missing(self) -> None:
        """Logs which municipality tells nobody, and why."""
        for town in self._towns.values():
            if not town.on_call:
                log.warning("%s has no on_call: outside staffed hours nobody is told of danger", town.slug)
            elif not self._ways.are_set_up:
                log.error("%s has an on_call, but %s", town.slug, UNTOLD)

    async def look(self) -> None:
        """Tries everything that is due, once. Raises StoreUnreachableError."""
        for notice in await run_sync(self._due):
            await run_sync(self._try, notice)
        await run_sync(self.call_after_closing, datetime.now(UTC))

    def call_after_closing(self, now: datetime) -> None:
        """Writes a notice of what nobody took before their town closed. Raises StoreUnreachableError."""
        with self._store.read(Across("what nobody took is looked for in every municipality")) as work:
            left = left_after_closing(work, self._towns, now)
        for danger in left:
            # It may have been erased meanwhile.
            with self._store.write(of_conversation(danger.conversation)) as work, suppress(ConversationNotFoundError):
                work.on_call.ask(work.conversations.lock(danger.conversation), danger.level, now)

    def states(self) -> dict[str, str]:
        """Of each `ready`, `none` without a contact, `not set up` without a way, `failing` while one is unsent.

        Raises StoreUnreachableError.
        """
        with self._store.read(Across("whether notices go out is told of every municipality")) as work:
            unsent = work.on_call.unsent()
        return {slug: self._state(town, unsent) for slug, town in self._towns.items()}

    def _state(self, town: Municipality, unsent: Collection[str]) -> str:
        if not town.on_call:
            return "none"
        if not self._ways.are_set_up:
            return "not set up"
        return "failing" if town.slug in unsent else "ready"

    def _due(self) -> list[OnCallNotice]:
        with self._store.read(Across("what is due is sent for every municipality")) as work:
            return work.on_call.due()

    def _try(self, notice: OnCallNotice) -> None:
        town = self._towns.get(notice.municipality)
        if town is None or not town.on_call or not notice.still_waits or town.staffed_at(datetime.now(UTC)):
            self._drop(notice)
            return
        with self._store.write(Town(notice.municipality)) as work:
            if not work.on_call.begin(notice):
                return
        try:
            self._ways.send(notice, town, f"{self._address}/desk/")
        except (MailError, PostError, ValueError) as error:
            self._failed(notice, error)
        else:
            with self._store.write(Town(notice.municipality)) as work:
                work.on_call.sent(notice, datetime.now(UTC))

    def _drop(self, notice: OnCallNotice) -> None:
        """A human is there by now, or there is nobody to tell."""
        with self._store.write(Town(notice.municipality)) as work:
            work.on_call.put_off(notice, None)

    def _failed(self, notice: OnCallNotice, error: Exception) -> None:
        with self._store.write(Town(notice.municipality)) as work:
            until = next_try(notice.tries + 1, notice.created_at, work.on_call.now())
            work.on_call.put_off(notice, until)
        rest = "it is tried again" if until else "NOBODY WAS TOLD, and it is not tried any more"
        # What a header refuses may be an address.
        why = error if isinstance(error, MailError | PostError) else type(error).__name__
        log.error("who is on call for %s could not be told: %s; %s", notice.municipality, why, rest)


def _message(notice: OnCallNotice, town: Municipality, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = SUBJECT
    message["To"] = town.on_call
    message["Date"] = format_datetime(datetime.now(UTC))
    # The same at each try: a mail that was taken when the line broke is not shown twice.
    message["Message-ID"] = f"<{notice.id}@hjemad>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message
