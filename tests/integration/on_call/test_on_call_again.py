"""Who is on call is told again after an hour, of danger to life at once, and when nobody is left with it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.casework.on_call import PAUSE
from bot.conversation.absence import Absences
from bot.conversation.handing import Handing
from bot.conversation.notices import Notices
from bot.municipality.towns import Municipality
from bot.safety.screen import Assessment
from bot.store.store import Store
from tests.integration.conftest import TOKEN
from tests.support.mail_server import Inbox
from tests.support.on_call import (
    DYING,
    HOPELESS,
    in_danger,
    moved_back,
    on_call,
    open_all_year,
    taken_by_a_human,
)
from tests.support.second_factors import user_of
from tests.support.store_of_before import store_of_before
from tests.support.the_tests import THE_TESTS


async def test_one_conversation_tells_once_in_an_hour(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    teller = on_call(store, town, inbox.port)
    for _ in range(3):
        in_danger(store, conversation, town)
        await teller.look()
    assert len(inbox.mails) == 1
    moved_back(store, PAUSE)
    in_danger(store, conversation, town)
    await teller.look()
    assert len(inbox.mails) == 2


async def test_danger_to_life_after_less_is_told_at_once_and_only_once(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    teller = on_call(store, town, inbox.port)
    for assessment, mails in ((HOPELESS, 1), (DYING, 2), (DYING, 2), (HOPELESS, 2)):
        in_danger(store, conversation, town, assessment)
        await teller.look()
        assert len(inbox.mails) == mails, assessment.level
    contents = {mail.get_content() for mail in inbox.mails}
    assert len(contents) == 1, "the mail tells no level"
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 2


async def test_less_after_danger_to_life_tells_nobody_again(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    for assessment in (DYING, HOPELESS):
        in_danger(store, conversation, town, assessment)
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1


async def test_a_rise_heard_by_many_processes_at_once_is_told_once(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    in_danger(store, conversation, town)
    with ThreadPoolExecutor(8) as together:
        list(together.map(lambda _: in_danger(store, conversation, town, DYING), range(8)))
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 2


async def test_a_notice_of_before_its_level_was_kept_does_not_stop_danger_to_life(
    database_url: str, town: Municipality, inbox: Inbox
):
    store = Store(database_url, "key")
    with store_of_before(store, "0007") as connection:
        connection.execute(text("INSERT INTO municipalities (slug) VALUES (:slug)"), {"slug": town.slug})
    with store.write(THE_TESTS) as work:
        work.conversations.open("of before", town.slug, "da", TOKEN)
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        work._connection.exec_driver_sql(
            "INSERT INTO on_call_notices (id, conversation, municipality, created_at, tries, sent_at) "
            f"VALUES ('old', 'of before', '{town.slug}', '{now}', 1, '{now}')"
        )
    store.migrate()
    teller = on_call(store, town, inbox.port)
    for assessment, mails in ((HOPELESS, 0), (DYING, 1)):
        in_danger(store, "of before", town, assessment)
        await teller.look()
        assert len(inbox.mails) == mails
    store.close()


async def test_they_are_called_when_whoever_had_taken_it_has_left(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    in_danger(store, conversation, open_all_year(town))
    taken_by_a_human(store, conversation)
    # Signed in on no page: that is who has left.
    await Absences(store, Notices(), {town.slug: town}).look()
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1


async def test_whoever_left_danger_to_life_alone_is_followed_by_a_call_though_less_was_told_before(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    teller = on_call(store, town, inbox.port)
    in_danger(store, conversation, town)
    await teller.look()
    in_danger(store, conversation, open_all_year(town), DYING)
    taken_by_a_human(store, conversation)
    await Absences(store, Notices(), {town.slug: town}).look()
    await teller.look()
    assert len(inbox.mails) == 2


@pytest.mark.parametrize(("assessment", "mails"), [(HOPELESS, 1), (None, 0)])
async def test_they_are_called_when_danger_is_given_to_a_team_and_nobody_has_it_yet(
    store: Store, conversation: str, town: Municipality, inbox: Inbox, assessment: Assessment | None, mails: int
):
    if assessment:
        in_danger(store, conversation, open_all_year(town), assessment)
    taken_by_a_human(store, conversation)
    with_team = replace(town, teams={"bolig": "Boligholdet"})
    handing = Handing(store, Notices(), {town.slug: with_team})
    await handing.give_to_team(user_of(store, "demo"), conversation, "bolig", "")
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == mails
