"""The reviewed words for danger in the language of the conversation."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from bot.language.both import HUMAN_IN_BOTH, HUMAN_PAYLOAD, in_both
from bot.language.tongue import Tongue
from bot.safety.replies import SHIPPED_REPLIES, Replies, Reply, load_replies

SHIPPED_IN_ENGLISH = SHIPPED_REPLIES.with_name("replies_in_english.yml")


class RepliesByTongue:
    """Danish and English replies; whoever writes in another language is told both, in English first."""

    def __init__(self, danish: Replies, english: Replies) -> None:
        self.danish = danish
        self._english = english

    def say(self, tongue: Tongue, said: Callable[[Replies], Reply]) -> Reply:
        """What `said` asks of the replies, in that language."""
        match tongue:
            case Tongue.DANISH:
                return said(self.danish)
            case Tongue.ENGLISH:
                return said(self._english)
            case Tongue.OTHER:
                return _both(said(self._english), said(self.danish))


def _both(english: Reply, danish: Reply) -> Reply:
    buttons = [(HUMAN_IN_BOTH if payload == HUMAN_PAYLOAD else title, payload) for title, payload in english.buttons]
    # A human first: to somebody who may read neither language a person is the way on.
    buttons.sort(key=lambda button: button[1] != HUMAN_PAYLOAD)
    return Reply(in_both(english.text, danish.text), tuple(buttons), english.facts)


@cache
def shipped_replies_by_tongue(danish: Path = SHIPPED_REPLIES, english: Path = SHIPPED_IN_ENGLISH) -> RepliesByTongue:
    """The replies of this checkout, read once per process. Raises ReplyError like load_replies."""
    return RepliesByTongue(load_replies(danish), load_replies(english, in_english=True))
