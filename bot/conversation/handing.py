"""Whoever has a conversation gives it to a colleague or to a team, and whoever gets it takes note of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Conversation
from bot.casework.handoffs import give, give_to_team
from bot.casework.handovers import ColleagueAwayError, UnknownTeamError
from bot.casework.presence import Colleague
from bot.conversation.danger import call_who_is_on_call
from bot.conversation.desk_work import notice, take_danger
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.own_conversations import held, own
from bot.conversation.sentences import GIVEN, GIVEN_TO_TEAM
from bot.conversation.tally import count_left_alone
from bot.municipality.towns import Municipality
from bot.privacy.mask import NEEDED_BY_NOBODY, mask
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town


class Handing:
    """Conversations on their way from one caseworker to another. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices, towns: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._towns = towns

    async def check(self, user: DeskUser, conversation: str) -> None:
        """Raises ConversationNotFoundError, before anything is said of what was filled in."""
        await run_sync(self._check, user, conversation)

    async def colleagues(self, user: DeskUser) -> Sequence[Colleague]:
        """To whom this user can give a conversation: those who are present first."""
        return await run_sync(self._colleagues, user)

    def teams(self, user: DeskUser) -> Mapping[str, str]:
        """The teams of the municipality, by what they are called."""
        town = self._towns.get(user.municipality)
        return town.teams if town else {}

    async def give(self, user: DeskUser, conversation: str, colleague: int, note: str) -> None:
        """Gives it to a colleague; CPR, card and account numbers in the note are hidden.

        Raises ConversationNotFoundError, NotHolderError, ColleagueAwayError.
        """
        await run_sync(self._give, user, conversation, colleague, note)
        self._tell(user, conversation)

    async def give_to_team(self, user: DeskUser, conversation: str, team: str, note: str) -> None:
        """Puts it into the queue for a team first. Raises as `give`, and UnknownTeamError."""
        if team not in self.teams(user):
            raise UnknownTeamError
        await run_sync(self._give_to_team, user, conversation, team, note)
        self._tell(user, conversation)

    async def take_note(self, user: DeskUser, conversation: str, until: int) -> None:
        """Says that the handovers up to the one of that number were read: they are gone then.

        Raises ConversationNotFoundError, NotHolderError.
        """
        await run_sync(self._take_note, user, conversation, until)
        self._tell(user, conversation)

    def _tell(self, user: DeskUser, conversation: str) -> None:
        self._notices.tell(conversation, queue_topic(user.municipality))

    def _check(self, user: DeskUser, conversation: str) -> None:
        with self._store.read(Town(user.municipality)) as work:
            own(work, user, conversation)

    def _colleagues(self, user: DeskUser) -> Sequence[Colleague]:
        with self._store.read(Town(user.municipality)) as work:
            return _others(work, user)

    def _give(self, user: DeskUser, conversation: str, colleague: int, note: str) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            to = next((one for one in _others(work, user) if one.id == colleague), None)
            if to is None or not to.present:
                raise ColleagueAwayError
            give(work.queue, conversation, user.id, to.id)
            _goes(work, user, found, note)
            work.people.note(user, "give", conversation)
            # So that the log says who had it also where they never did anything.
            work.people.note(_user(work, user.municipality, to.id), "receive", conversation)
            notice(work, found, GIVEN, name=to.shown_name)

    def _give_to_team(self, user: DeskUser, conversation: str, team: str, note: str) -> None:
        now, town = datetime.now(UTC), self._towns[user.municipality]
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            # Where nobody of the team is there, it is everybody's at once.
            give_to_team(work.queue, conversation, user.id, team if _is_there(work, user, team) else None, now)
            work.looks.forget(conversation)
            _goes(work, user, found, note)
            count_left_alone(work, found)
            work.people.note(user, "give_to_team", conversation)
            notice(work, found, GIVEN_TO_TEAM)
            if found.danger.level >= OPENING_LEVEL:
                call_who_is_on_call(work, found, found.danger.level, town, now)

    def _take_note(self, user: DeskUser, conversation: str, until: int) -> None:
        with self._store.write(Town(user.municipality)) as work:
            held(work, user, conversation)
            # Pressed twice, or in two tabs, it is gone already.
            if work.handovers.forget(conversation, until):
                work.people.note(user, "take_note", conversation)


def _user(work: Work, municipality: str, number: int) -> DeskUser:
    return next(one for one in work.people.users(municipality) if one.id == number)


def _is_there(work: Work, user: DeskUser, team: str) -> bool:
    members = {one.id for one in work.people.users(user.municipality) if one.team == team}
    return any(one.present and one.id in members for one in _others(work, user))


def _others(work: Work, user: DeskUser) -> list[Colleague]:
    everybody = work.presence.colleagues(user.municipality, datetime.now(UTC))
    return [one for one in everybody if one.id != user.id]


def _goes(work: Work, user: DeskUser, conversation: Conversation, note: str) -> None:
    take_danger(work, user, conversation)
    work.handovers.add(conversation, user.id, mask(note, NEEDED_BY_NOBODY).text, datetime.now(UTC))
