"""The notice to who is on call goes to the staff's channel as well, or where there is no mail server instead."""

import logging
from datetime import timedelta

import pytest

from bot.conversation.staff_channel import StaffChannel
from bot.municipality.towns import Municipality
from bot.settings import Settings, SettingsError
from bot.store.store import Store
from tests.support.gateway import Gateway, gateway
from tests.support.mail_server import Inbox
from tests.support.on_call import in_danger, moved_back, on_call, told_by

SECRET = "noget-hemmeligt"


def at(server: Gateway) -> str:
    return f"json://127.0.0.1:{server.server_port}/{SECRET}"


def channel_alone(server: Gateway) -> Settings:
    return Settings(_env_file=None, staff_url=at(server))


async def test_without_a_mail_server_the_channel_is_told_where_and_nothing_else(
    store: Store, conversation: str, town: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    in_danger(store, conversation, town)
    with gateway() as server:
        teller = told_by(channel_alone(server), store, town)
        teller.tell_what_is_missing()
        await teller.look()
        await teller.look()
    [body] = server.bodies
    assert "https://hjemad.example/desk/" in body["message"]
    assert "mail" not in body["message"]
    whole = str(body).casefold()
    for told in (conversation, conversation[:4], "suicide", "selvmord", "leve", "fare", "niveau"):
        assert told not in whole, told
    assert teller.states() == {town.slug: "ready"}
    assert SECRET not in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_channel_alone_that_refuses_is_tried_again(
    store: Store, conversation: str, town: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    in_danger(store, conversation, town)
    with gateway() as server:
        teller, server.answers = told_by(channel_alone(server), store, town), 503
        await teller.look()
        assert teller.states() == {town.slug: "failing"}
        assert ("HJEMAD_STAFF_URL" in caplog.text, SECRET in caplog.text) == (True, False)
        server.answers = 200
        moved_back(store, timedelta(seconds=31))
        await teller.look()
        moved_back(store, timedelta(hours=2))
        await teller.look()
    assert len(server.bodies) == 2
    assert teller.states() == {town.slug: "ready"}


async def test_beside_the_mail_the_channel_is_told_once_however_often_the_mail_is_tried(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
) -> None:
    in_danger(store, conversation, town)
    with gateway() as server:
        teller, inbox.refuses = on_call(store, town, inbox.port, staff_url=at(server)), True
        await teller.look()
        assert (inbox.mails, len(server.bodies)) == ([], 1), "somebody is told, though the mail waits"
        assert teller.states() == {town.slug: "failing"}
        inbox.refuses = False
        moved_back(store, timedelta(seconds=31))
        await teller.look()
    assert (len(inbox.mails), len(server.bodies)) == (1, 1)


async def test_a_channel_that_refuses_keeps_no_mail_back(
    store: Store, conversation: str, town: Municipality, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    in_danger(store, conversation, town)
    with gateway() as server:
        server.answers = 503
        await on_call(store, town, inbox.port, staff_url=at(server)).look()
    assert len(inbox.mails) == 1
    assert ("HJEMAD_STAFF_URL" in caplog.text, SECRET in caplog.text) == (True, False)


@pytest.mark.parametrize("url", ["ingenting://noget-hemmeligt", "noget-hemmeligt", "json://"])
def test_an_address_of_no_service_stops_the_start_by_name_and_is_not_told(url: str) -> None:
    with pytest.raises(SettingsError, match="HJEMAD_STAFF_URL") as error:
        StaffChannel(Settings(_env_file=None, staff_url=url))
    assert SECRET not in str(error.value)


def test_nothing_is_set_up_without_an_address() -> None:
    assert not StaffChannel(Settings(_env_file=None)).is_set_up
