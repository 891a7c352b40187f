"""Messages go to a real mail server, and to the gateway that the settings name; nothing of them is logged."""

import logging

import pytest

from bot.conversation.post import Post, PostError
from bot.settings import Settings, SettingsError
from tests.support.gateway import gateway
from tests.support.mail_server import Inbox
from tests.support.on_call import mail_settings
from tests.support.reminders import MAILBOX, PHONE

TEXT = "Aftale i morgen kl. 14.30."


def by_sms(port: int) -> Settings:
    return Settings(_env_file=None, sms_url=f"json://127.0.0.1:{port}/{{to}}")


def test_a_text_message_goes_to_the_gateway_and_its_number(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with gateway() as server:
        Post(by_sms(server.server_port)).send(PHONE, TEXT)
    assert [(path.replace("%2B", "+"), text) for path, text in server.taken] == [(f"/{PHONE.to}", TEXT)]
    assert PHONE.to.removeprefix("+45") not in caplog.text


def test_a_gateway_that_refuses_is_an_error(caplog: pytest.LogCaptureFixture) -> None:
    with gateway() as server:
        server.answers = 503
        with pytest.raises(PostError, match="sms"):
            Post(by_sms(server.server_port)).send(PHONE, TEXT)
    assert PHONE.to not in caplog.text


def test_a_mail_is_logged_by_nobody(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Post(mail_settings(inbox.port)).send(MAILBOX, TEXT)
    inbox.refuses = True
    with pytest.raises(PostError, match="mail"):
        Post(mail_settings(inbox.port)).send(MAILBOX, TEXT)
    told = (record.getMessage() for record in caplog.records if not record.name.startswith("mail.log"))
    assert MAILBOX.to not in "".join(told), "beyond what the mail server of the test says of itself"


def test_no_mail_is_from_the_installation_s_own_address(inbox: Inbox) -> None:
    """It stands above "Aftale i morgen" on a phone that others look at."""
    post = Post(mail_settings(inbox.port, reminder_from=""))
    assert post.channels == set()
    with pytest.raises(PostError, match="mail"):
        post.send(MAILBOX, TEXT)
    assert inbox.tries == 0


def test_a_sender_of_its_own_is_all_that_a_mail_needs_beside_the_server(inbox: Inbox) -> None:
    Post(mail_settings(inbox.port, smtp_from="")).send(MAILBOX, TEXT)
    [mail] = inbox.mails
    assert mail["From"].addresses[0].addr_spec == "aftaler@eksempel.example"


@pytest.mark.parametrize("sender", ["aftaler", "@eksempel.example", "Aftale"])
def test_a_sender_that_is_no_address_stops_the_start_by_name(sender: str) -> None:
    with pytest.raises(SettingsError, match="HJEMAD_REMINDER_FROM"):
        Post(mail_settings(9, reminder_from=sender))


def test_nothing_goes_out_by_a_service_that_is_not_set_up(inbox: Inbox) -> None:
    with pytest.raises(PostError):
        Post(mail_settings(inbox.port)).send(PHONE, TEXT)
    assert inbox.tries == 0


@pytest.mark.parametrize("url", ["json://127.0.0.1/", "ingenting://{to}", "{to}"])
def test_an_address_of_no_service_stops_the_start_by_name(url: str) -> None:
    with pytest.raises(SettingsError, match="HJEMAD_SMS_URL"):
        Post(Settings(_env_file=None, sms_url=url))
