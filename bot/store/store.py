"""The store: one transaction at a time, with everything kept in it at hand."""

import logging
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from time import sleep

from sqlalchemy import Connection
from sqlalchemy.util import LRUCache

from bot.store.agents import AgentRows
from bot.store.audit import AuditRows
from bot.store.bookings import BookingRows
from bot.store.calls import Calls
from bot.store.consents import ConsentRows
from bot.store.conversations import ConversationRows
from bot.store.copying import Tell, copy
from bot.store.dangers import DangerRows
from bot.store.database import Database
from bot.store.dialogue_servers import DialogueServerRows
from bot.store.figures import FigureRows
from bot.store.found import FoundRows
from bot.store.half_sign_ins import HalfSignInRows
from bot.store.handovers import HandoverRows
from bot.store.identities import IdentityRows
from bot.store.learning import LearningRows
from bot.store.looks import LookRows
from bot.store.lowerings import LoweringRows
from bot.store.migrate import MigrationError, is_current, migrate, revision_of
from bot.store.notes import NoteRows
from bot.store.nudges import NudgeRows
from bot.store.on_call import OnCallRows
from bot.store.orders import OrderRows
from bot.store.people import PeopleRows
from bot.store.plans import PlanRows
from bot.store.presence import PresenceRows
from bot.store.queue import QueueRows
from bot.store.readers import ReaderRows
from bot.store.ready_answers import ReadyAnswerRows
from bot.store.reminders import ReminderRows
from bot.store.reports import ReportRows
from bot.store.retention import RetentionRows
from bot.store.second_factors import SecondFactorRows
from bot.store.sign_ins import SignInRows
from bot.store.signs import SignRows
from bot.store.summaries import SummaryRows
from bot.store.trackers import TrackerRows
from bot.store.turns import TurnRows
from bot.store.vault import Vault
from bot.store.waiting import WaitingRows
from bot.store.whose import NOWHERE, Found, Town, Whose
from bot.store.workload import WorkloadRows

log = logging.getLogger(__name__)

FORGETTING_TRIES = 20
FORGETTING_PAUSE = 0.05
KNOWN_TOWNS = 10_000


class Work:
    """One transaction. Fits casework's `Work`; commits when its `with` ends, takes all back on an error."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    @cached_property
    def bookings(self) -> BookingRows:
        return BookingRows(self._connection, self._vault)

    @cached_property
    def agents(self) -> AgentRows:
        return AgentRows(self._connection, self._vault)

    @cached_property
    def conversations(self) -> ConversationRows:
        return ConversationRows(self._connection, self._vault)

    @cached_property
    def turns(self) -> TurnRows:
        return TurnRows(self._connection)

    @cached_property
    def queue(self) -> QueueRows:
        return QueueRows(self._connection)

    @cached_property
    def waiting(self) -> WaitingRows:
        return WaitingRows(self._connection)

    @cached_property
    def workload(self) -> WorkloadRows:
        return WorkloadRows(self._connection)

    @cached_property
    def people(self) -> PeopleRows:
        return PeopleRows(self._connection, self._vault)

    @cached_property
    def sign_ins(self) -> SignInRows:
        return SignInRows(self._connection)

    @cached_property
    def looks(self) -> LookRows:
        return LookRows(self._connection)

    @cached_property
    def signs(self) -> SignRows:
        return SignRows(self._connection)

    @cached_property
    def handovers(self) -> HandoverRows:
        return HandoverRows(self._connection, self._vault)

    @cached_property
    def presence(self) -> PresenceRows:
        return PresenceRows(self._connection)

    @cached_property
    def second_factors(self) -> SecondFactorRows:
        return SecondFactorRows(self._connection, self._vault)

    @cached_property
    def half_sign_ins(self) -> HalfSignInRows:
        return HalfSignInRows(self._connection, self._vault)

    @cached_property
    def identities(self) -> IdentityRows:
        return IdentityRows(self._connection, self._vault)

    @cached_property
    def audit(self) -> AuditRows:
        return AuditRows(self._connection)

    @cached_property
    def plans(self) -> PlanRows:
        return PlanRows(self._connection, self._vault)

    @cached_property
    def notes(self) -> NoteRows:
        return NoteRows(self._connection, self._vault)

    @cached_property
    def dangers(self) -> DangerRows:
        return DangerRows(self._connection)

    @cached_property
    def lowerings(self) -> LoweringRows:
        return LoweringRows(self._connection, self._vault)

    @cached_property
    def on_call(self) -> OnCallRows:
        return OnCallRows(self._connection)

    @cached_property
    def reminders(self) -> ReminderRows:
        return ReminderRows(self._connection, self._vault)

    @cached_property
    def nudges(self) -> NudgeRows:
        return NudgeRows(self._connection, self._vault)

    @cached_property
    def consents(self) -> ConsentRows:
        return ConsentRows(self._connection)

    @cached_property
    def learning(self) -> LearningRows:
        return LearningRows(self._connection)

    @cached_property
    def found(self) -> FoundRows:
        return FoundRows(self._connection)

    @cached_property
    def readers(self) -> ReaderRows:
        return ReaderRows(self._connection)

    @cached_property
    def ready_answers(self) -> ReadyAnswerRows:
        return ReadyAnswerRows(self._connection)

    @cached_property
    def reports(self) -> ReportRows:
        return ReportRows(self._connection)

    @cached_property
    def summaries(self) -> SummaryRows:
        return SummaryRows(self._connection)

    @cached_property
    def figures(self) -> FigureRows:
        return FigureRows(self._connection)

    @cached_property
    def trackers(self) -> TrackerRows:
        return TrackerRows(self._connection)

    @cached_property
    def dialogue_servers(self) -> DialogueServerRows:
        return DialogueServerRows(self._connection, platform.node())

    @cached_property
    def orders(self) -> OrderRows:
        return OrderRows(self._connection, self._vault)

    @cached_property
    def retention(self) -> RetentionRows:
        return RetentionRows(self._connection)


class Store:
    """Where everything is kept. Lives as long as its process; safe to use from several threads."""

    def __init__(self, url: str, secret: str) -> None:
        self._database = Database(url, Vault(secret))
        self.calls = Calls(self._database)
        self._towns: LRUCache[str, str] = LRUCache(KNOWN_TOWNS)

    @contextmanager
    def write(self, whose: Whose) -> Iterator[Work]:
        """A transaction that may change things, of one municipality. Raises ApartError, StoreUnreachableError."""
        with self._database.write() as connection:
            self._confine(connection, whose)
            work = Work(connection, self._database.vault)
            yield work
            # Last and in one order: whoever counts the same waits for this one's commit and for nothing else.
            work.figures.write_down()

    @contextmanager
    def read(self, whose: Whose) -> Iterator[Work]:
        """A transaction that changes nothing, of one municipality. Raises ApartError, StoreUnreachableError."""
        with self._database.read() as connection:
            self._confine(connection, whose)
            yield Work(connection, self._database.vault)

    def migrate(self) -> None:
        """Brings the tables to this code's schema. Raises MigrationError, StoreUnreachableError."""
        migrate(self._database)

    @property
    def is_one(self) -> bool:
        """Whether there is a store of ours, of whatever version. Raises StoreUnreachableError."""
        return revision_of(self._database) is not None

    def must_be_current(self) -> None:
        """Raises MigrationError where it has another schema than this code; changes nothing."""
        if not is_current(self._database):
            raise MigrationError(
                "the store has another schema than this version of Hjemad: start this version on it once"
            )

    def copy_into(self, target: "Store", tell: Tell) -> None:
        """Copies all of it into an empty store. Raises CopyError, MigrationError, StoreUnreachableError."""
        copy(self._database, target._database, tell)  # noqa: SLF001 - both are ours

    def forget_deleted(self) -> None:
        """Leaves no byte of what was deleted in the files of the store. Waits a little for those who read."""
        for _ in range(FORGETTING_TRIES):
            if self._database.forget_deleted():
                return
            sleep(FORGETTING_PAUSE)
        log.warning("deleted rows stay in the write-ahead log until it is written over: the store is busy")

    def ping(self) -> None:
        """Raises StoreUnreachableError when the store does not answer."""
        self._database.ping()

    def close(self) -> None:
        self._database.close()

    def _confine(self, connection: Connection, whose: Whose) -> None:
        if isinstance(whose, Town):
            self._database.confinement.confine(connection, whose.slug)
        elif isinstance(whose, Found):
            self._database.confinement.confine(connection, self._slug_of(connection, whose))

    def _slug_of(self, connection: Connection, whose: Found) -> str:
        if whose.known_as and (known := self._towns.get(whose.known_as)):
            return known
        found = connection.scalars(whose.towns(self._database.vault)).all()
        if len(found) != 1:
            return NOWHERE
        if whose.known_as:
            self._towns[whose.known_as] = found[0]
        return found[0]
