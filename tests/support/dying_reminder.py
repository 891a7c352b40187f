"""A process that sends the reminders that are due, and is killed as soon as the first has been taken.

Run with the URL of the store and the port of the mail server.
"""

import os
import signal
import sys

import anyio

from bot.casework.reminders import Address
from bot.conversation.post import Post
from bot.conversation.reminding import Reminding
from bot.store.store import Store
from tests.support.on_call import mail_settings
from tests.support.reminders import NOON


class KilledAfterSending(Post):
    def send(self, address: Address, text: str) -> None:
        super().send(address, text)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    url, port = sys.argv[1], int(sys.argv[2])
    sender = Reminding(Store(url, "a key for tests"), KilledAfterSending(mail_settings(port)), lambda: NOON)
    anyio.run(sender.look)
