"""A draft of an answer for whoever holds a conversation: what the robot's facts say to what was asked. ADR 0031.

It is told to the caseworker alone, and kept nowhere: only they can send anything.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, Message, NotHolderError, Sender
from bot.casework.figures import Figure
from bot.conversation.answers import level_of
from bot.conversation.dialogue import DRAFT, DialogueClient, DialogueUnavailableError, Said, Turn
from bot.conversation.disclosure import disclose
from bot.conversation.own_conversations import own
from bot.conversation.plan_words import COVER
from bot.conversation.subjects import DANGER, subject_of
from bot.conversation.wording import tongue_of_message
from bot.knowledge.facts import Source, sources_for
from bot.language.encoder import Encoder, pack
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Town

TRIED = 3
"""Young people write in short pieces: of so many of the last that nobody has answered, one may hold the question."""

_LAST_QUESTIONS = re.compile(r"(?:[^.!?\n]*\?\s*)+$")


class Why(StrEnum):
    """Why there is no draft."""

    NOTHING_ASKED = "nothing_asked"
    DANGER = "danger"
    NO_FACTS = "no_facts"
    AWAY = "away"


class NoSuggestionError(Exception):
    """There is no draft; `why` tells for which reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Suggestion:
    """A draft, in the language of whoever asked, and the pages behind its facts."""

    text: str
    sources: Sequence[Source]


class Suggestions:
    """Asks the dialogue model what it would answer, in a conversation that there is not. Lives as long as the web
    process.
    """

    def __init__(self, store: Store, dialogue: DialogueClient, encoder: Callable[[], Encoder]) -> None:
        self._store = store
        self._dialogue = dialogue
        self._encoder = encoder

    async def draft(self, user: DeskUser, conversation: str) -> Suggestion:
        """Of the newest unanswered message that the facts have an answer to, and that this caseworker may read.

        Raises ConversationNotFoundError, NotHolderError, NoSuggestionError.
        """
        found, asked = await run_sync(self._asked, user, conversation)
        # All before any: danger in one of them is danger, whatever another asks.
        answers = [_told(await self._turn(found, message)) for message in reversed(asked[-TRIED:])]
        told = next(filter(None, answers), None)
        if told is None:
            raise NoSuggestionError(Why.NO_FACTS)
        facts = [fact for said in told for fact in said.facts]
        return Suggestion("\n\n".join(without_questions(said.text) for said in told), sources_for(facts))

    def _asked(self, user: DeskUser, conversation: str) -> tuple[Conversation, Sequence[Message]]:
        with self._store.read(Town(user.municipality)) as work:
            seen = disclose(work, user, own(work, user, conversation))
        if not seen.mine:
            raise NotHolderError
        written = _since_a_human(seen.messages)
        # What the screen says to danger answers nobody's question: a human has not been there.
        if seen.danger.level or any(map(level_of, written)):
            raise NoSuggestionError(Why.DANGER)
        by_robot = {each.reply_to for each in seen.messages}
        asked = [each for each in written if _in_words(each) and each.sequence not in by_robot]
        if not asked:
            raise NoSuggestionError(Why.NOTHING_ASKED)
        return seen.conversation, asked

    async def _turn(self, conversation: Conversation, message: Message) -> Turn:
        if self._dialogue.is_away:
            raise NoSuggestionError(Why.AWAY)
        metadata: dict[str, Any] = {
            DRAFT: True,
            "municipality": conversation.municipality,
            "danger_level": 0,
            "danger_kinds": [],
            "language": tongue_of_message(message).value,
            "role": conversation.writer,
            "vector": pack(await run_sync(self._vector, message)),
        }
        try:
            # Under a name that no conversation has the model remembers nothing, and can book, plan and keep nothing.
            return await self._dialogue.turn(f"suggestion-{uuid4()}", metadata, text=message.text)
        except DialogueUnavailableError:
            raise NoSuggestionError(Why.AWAY) from None

    def _vector(self, message: Message) -> Any:
        return self._encoder().encode([message.text])[0]


def without_questions(text: str) -> str:
    """The text without the questions that end it: a "ja" to one reaches no robot while a human answers."""
    return _LAST_QUESTIONS.sub("", text).rstrip()


def _since_a_human(messages: Sequence[Message]) -> Sequence[Message]:
    """What was written after the last words of a caseworker."""
    answered = max((each.sequence for each in messages if each.sender is Sender.CASEWORKER), default=0)
    return [each for each in messages if each.sender is Sender.YOUNG and each.sequence > answered]


def _in_words(message: Message) -> bool:
    return message.payload is None and message.text not in ("", COVER)


def _told(turn: Turn) -> Sequence[Said]:
    """What rests on facts, of an answer to what was asked. Raises NoSuggestionError where it is one to danger.

    A greeting, and what the robot says of itself, is no caseworker's to send.
    """
    about = subject_of(turn, in_danger=any(said.custom.get("kind") == "danger" for said in turn.said))
    if about == DANGER:
        raise NoSuggestionError(Why.DANGER)
    answered = turn.sure and about is not None and about.figure is Figure.TOPIC
    return [said for said in turn.said if said.facts and "robot" not in said.text.casefold()] if answered else ()
