"""What has been kept long enough goes: by the same way as "Slet min chat", a little at a time, in any web process."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.conversations import ConversationNotFoundError
from bot.casework.keeping import Course, Keeping, limit
from bot.casework.orders import KEPT_DAYS
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sweeping import sweep
from bot.municipality.towns import Municipality
from bot.store.retention import Leftover
from bot.store.store import Store, Work
from bot.store.whose import Across, Town

LOOK_SECONDS = 600.0
# So that nobody who writes meanwhile waits for long.
CONVERSATIONS_AT_ONCE = 20
ROWS_AT_ONCE = 500

EVERYWHERE = "*"
"""In the place of a municipality, for what belongs to none."""
HELD_BACK = "held_back"


@dataclass(frozen=True)
class Gone:
    """A conversation that was just erased."""

    conversation: str
    municipality: str
    course: Course


Tally = Counter[tuple[str, str]]
"""How many, by municipality and by what: a course, `talks`, `danger_log`, `audit_log`, `trackers` …"""


class Retention:
    """Looks again and again for what is due. Lives as long as the web process; several may look at once."""

    def __init__(self, store: Store, notices: Notices, towns: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._towns = towns

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "what has been kept long enough")

    async def look(self) -> None:
        """Erases all that is due now. Raises StoreUnreachableError."""
        now = datetime.now(UTC)
        while gone := await run_sync(erase_some, self._store, self._towns, now):
            for one in gone:
                self._notices.tell(one.conversation, queue_topic(one.municipality))
        await run_sync(erase_leftovers, self._store, self._towns, now)
        # What somebody erased while others read may still stand in SQLite's log.
        await run_sync(self._store.forget_deleted)


def erase_due(store: Store, towns: Mapping[str, Municipality], now: datetime) -> Tally:
    """Erases all that is due, and says how much it was. Raises StoreUnreachableError."""
    erased = erase_leftovers(store, towns, now)
    while gone := erase_some(store, towns, now):
        erased.update((one.municipality, one.course.value) for one in gone)
    return erased


def erase_some(store: Store, towns: Mapping[str, Municipality], now: datetime) -> list[Gone]:
    """Erases a bounded number of due conversations, each in a transaction of its own; none when none is due."""
    with store.read(Across("what is due to go is looked for in every municipality")) as work:
        due = _due_conversations(work, towns, now)
    gone = [one for one in due if _erase(store, one, _keeping(towns, one.municipality), now)]
    if gone:
        store.forget_deleted()
    # One that somebody else erased, or wrote in, is not due any more: there may still be others.
    return gone or (erase_some(store, towns, now) if due else [])


def erase_leftovers(store: Store, towns: Mapping[str, Municipality], now: datetime) -> Tally:
    """Erases what is due and stands in no conversation: past talks, logs, and what was left behind."""
    erased: Tally = Counter()
    with store.read(Across("what is due to go is looked for in every municipality")) as work:
        names = [name for name, leftover in _leftovers(work, towns, now).items() if leftover.count()]
    for name in names:
        while count := _erase_rows(store, towns, now, name):
            erased[name] += count
    if erased:
        store.forget_deleted()
    return erased


def count_due(store: Store, towns: Mapping[str, Municipality], now: datetime) -> Tally:
    """What `erase_due` would erase, and how many conversations are held back because a human has to do with them."""
    tally: Tally = Counter()
    with store.read(Across("what is due to go is counted in every municipality")) as work:
        for town in work.people.municipalities():
            for course in Course:
                before = limit(_keeping(towns, town).days(course), now)
                tally[town, course.value] += work.retention.count_due(town, course, before)
                tally[town, HELD_BACK] += work.retention.count_held_back(town, course, before)
        for name, leftover in _leftovers(work, towns, now).items():
            tally[name] += leftover.count()
    return +tally


def _due_conversations(work: Work, towns: Mapping[str, Municipality], now: datetime) -> list[Gone]:
    due: list[Gone] = []
    for town, course in _courses(work):
        before = limit(_keeping(towns, town).days(course), now)
        room = CONVERSATIONS_AT_ONCE - len(due)
        due += [Gone(one, town, course) for one in work.retention.due(town, course, before, room)]
    return due


def _courses(work: Work) -> Iterator[tuple[str, Course]]:
    return ((town, course) for town in work.people.municipalities() for course in Course)


def _erase(store: Store, one: Gone, keeping: Keeping, now: datetime) -> bool:
    before = limit(keeping.days(one.course), now)
    with store.write(Town(one.municipality)) as work:
        try:
            work.conversations.lock(one.conversation)
        except ConversationNotFoundError:
            return False
        if not work.retention.is_due(one.conversation, one.municipality, one.course, before):
            return False
        work.conversations.erase(one.conversation, now)
        return True


def _leftovers(work: Work, towns: Mapping[str, Municipality], now: datetime) -> dict[tuple[str, str], Leftover]:
    rows = work.retention
    found = {
        (EVERYWHERE, "trackers"): rows.lost_trackers(),
        (EVERYWHERE, "sessions"): rows.ended_sessions(now),
        (EVERYWHERE, "half_sign_ins"): rows.half_sign_ins(now),
        (EVERYWHERE, "held_times"): rows.held_times(now),
    }
    for town in work.people.municipalities():
        keeping = _keeping(towns, town)
        found |= {
            (town, "talks"): rows.past_talks(town, limit(keeping.talk, now)),
            (town, "danger_log"): rows.dangers(town, limit(keeping.danger_log, now)),
            (town, "lowerings"): rows.lowerings(town, limit(keeping.danger_log, now)),
            (town, "audit_log"): rows.audit(town, limit(keeping.audit_log, now)),
            (town, "figures"): rows.figures(town, limit(keeping.figures, now)),
            (town, "orders"): rows.orders(town, limit(KEPT_DAYS, now)),
        }
    return found


def _erase_rows(store: Store, towns: Mapping[str, Municipality], now: datetime, name: tuple[str, str]) -> int:
    whose = Across("left behind, by whomever") if name[0] == EVERYWHERE else Town(name[0])
    with store.write(whose) as work:
        return _leftovers(work, towns, now)[name].erase(ROWS_AT_ONCE)


def _keeping(towns: Mapping[str, Municipality], town: str) -> Keeping:
    """What a municipality has set; ours for one that is in the store and has no file any more."""
    return towns[town].keeping if town in towns else Keeping()
