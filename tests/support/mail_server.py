"""A real mail server on a port of its own, which can be told to refuse, and remembers what it took."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from bot.supervisor.supervisor import free_port


@dataclass
class Inbox:
    """What the server took, in order; it refuses while `refuses`."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    tries: int = 0
    refuses: bool = False

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.tries += 1
        if self.refuses:
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.readers += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def mail_server(port: int | None = None, **how: Any) -> Iterator[Inbox]:
    inbox = Inbox(port or free_port())
    controller = Controller(inbox, hostname="127.0.0.1", port=inbox.port, **how)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
