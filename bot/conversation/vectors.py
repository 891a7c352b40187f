"""What the encoder made of messages still to be answered: each is encoded once, for the screen and for Rasa."""

from collections.abc import Callable

from bot.casework.conversations import Message
from bot.language.encoder import Encoder
from bot.safety.features import Numbers

MOST = 1000


class Vectors:
    """Vectors on their way from the arrival of a message to its turn, in this process and for as long as that takes."""

    def __init__(self, encoder: Callable[[], Encoder]) -> None:
        self._encoder = encoder
        self._kept: dict[tuple[str, int], Numbers] = {}

    def keep(self, message: Message, vector: Numbers) -> None:
        """Keeps it until it is taken, or until MOST newer ones have come."""
        self._kept[message.conversation, message.sequence] = vector
        while len(self._kept) > MOST:
            self._kept.pop(next(iter(self._kept)), None)

    def take(self, message: Message) -> Numbers:
        """The vector of the message: the one kept, or a new one where another process took the message in."""
        kept = self._kept.pop((message.conversation, message.sequence), None)
        return self._encoder().encode([message.text])[0] if kept is None else kept
