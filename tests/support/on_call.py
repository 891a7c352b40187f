"""What the tests of who is on call share: a danger, whoever takes it, and a mail server to be told at."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update

from bot.casework.conversations import Draft, Holder, Sender
from bot.casework.free_times import Opening
from bot.conversation.danger import danger_draft
from bot.conversation.mail import Mailer
from bot.conversation.on_call import OnCall, Ways
from bot.conversation.staff_channel import StaffChannel
from bot.municipality.towns import Municipality
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import Assessment, DangerLevel
from bot.settings import Settings
from bot.store import tables
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

ADDRESS = "vagt@eksempel.example"
DYING = Assessment(DangerLevel.ACUTE, ("suicide",), ("piller",))
HOPELESS = Assessment(DangerLevel.CLEAR, ("suicide",), ("vil ikke leve",))


def mail_server_at(port: int) -> dict[str, object]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_from": "hjemad@eksempel.example",
        "reminder_from": "aftaler@eksempel.example",
    }


def mail_settings(port: int, **more: object) -> Settings:
    return Settings(_env_file=None, **mail_server_at(port) | more)  # type: ignore[arg-type]


def on_call(store: Store, town: Municipality, port: int, **more: object) -> OnCall:
    return told_by(mail_settings(port, **more), store, town)


def told_by(settings: Settings, store: Store, town: Municipality) -> OnCall:
    ways = Ways(Mailer(settings), StaffChannel(settings))
    return OnCall(store, ways, {town.slug: town}, "https://hjemad.example")


def open_all_year(town: Municipality) -> Municipality:
    every_day = tuple(Opening(day, time.min, time.max) for day in range(7))
    return replace(town, staffed=every_day, rules=replace(town.rules, closed_days=frozenset()))


def in_danger(store: Store, conversation: str, town: Municipality, assessment: Assessment = HOPELESS) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        [message] = work.conversations.append(found, [Draft(Sender.YOUNG, "", answered=True)])
        danger_draft(work, found, assessment, town, shipped_replies_by_tongue(), message)


def taken_by_a_human(store: Store, conversation: str) -> int:
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        work.queue.enqueue(conversation, datetime.now(UTC))
        work.queue.claim(conversation, user.id)
        work.dangers.take(conversation, user.id)
        assert work.conversations.get(conversation).holder is Holder.HUMAN
    return user.id


def moved_back(store: Store, by: timedelta) -> None:
    """As if the notices had been written, and tried, so much earlier."""
    with store.write(THE_TESTS) as work:
        for row in work._connection.execute(select(tables.on_call_notices)).mappings().all():
            moments = {name: row[name] - by for name in ("created_at", "due_at") if row[name]}
            work._connection.execute(
                update(tables.on_call_notices).where(tables.on_call_notices.c.id == row["id"]).values(**moments)
            )
