"""Sends a short message to a phone or a mailbox, by the services that the settings name, through apprise."""

import logging
from urllib.parse import quote

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat

from bot.casework.reminders import Address, Channel
from bot.settings import Settings, SettingsError

# They log where they send to.
for chatty in ("apprise", "urllib3.connectionpool"):
    logging.getLogger(chatty).setLevel(logging.CRITICAL + 1)

RECIPIENT = "{to}"
# Neutral, for apprise shows it beside a sender that has no name.
ASSET = AppriseAsset(app_id="Aftale", app_desc="", app_url="", async_mode=False)
MAIL_MODES = {"starttls": "starttls", "tls": "ssl", "none": "insecure"}
# Of each step of a try: all of them together take less than casework's SENDING.
STEP_SECONDS = 5.0
SAMPLE = "+4500000000"
SAMPLE_MAILBOX = "a@example.org"


class PostError(Exception):
    """The message was not taken. The service may have taken it all the same when the line broke."""


class Post:
    """What messages can be sent by.

    Raises SettingsError for an address of a service that apprise does not know, and for a sender that is no address.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sms_url = settings.sms_url.get_secret_value()
        if self._sms_url and (RECIPIENT not in self._sms_url or self._sms_service(SAMPLE) is None):
            raise SettingsError("HJEMAD_SMS_URL: no address of a service that apprise knows, or it lacks {to}")
        if Channel.MAIL in self.channels and self._mail_service(SAMPLE_MAILBOX) is None:
            raise SettingsError("HJEMAD_REMINDER_FROM: no e-mail address")

    @property
    def channels(self) -> frozenset[Channel]:
        """What is set up."""
        return frozenset(Channel(channel) for channel in self._settings.reminds_by)

    def send(self, address: Address, text: str) -> None:
        """Hands one line to the service, as the title too where it shows one. Raises PostError."""
        service = self._service(address)
        sender = Apprise(asset=ASSET)
        if service is None or not sender.add(service) or not sender.notify(body=text, title=self._title(address, text)):
            raise PostError(f"not taken: {address.channel}")

    def _title(self, address: Address, text: str) -> str:
        return text if address.channel is Channel.MAIL else ""

    def _service(self, address: Address) -> NotifyBase | None:
        if address.channel not in self.channels:
            return None
        return self._sms_service(address.to) if address.channel is Channel.SMS else self._mail_service(address.to)

    def _sms_service(self, to: str) -> NotifyBase | None:
        # The url is the maintainer's; only the number in it comes from outside, and may hold nothing but itself.
        return Apprise.instantiate(self._sms_url.replace(RECIPIENT, quote(to, safe="")), asset=ASSET)

    def _mail_service(self, to: str) -> NotifyBase | None:
        settings = self._settings
        service = Apprise.instantiate(
            {
                "schema": "mailto" if settings.smtp_security == "none" else "mailtos",
                "host": settings.smtp_host,
                "smtp_host": settings.smtp_host,
                "port": settings.smtp_port,
                "user": settings.smtp_user or None,
                "password": settings.smtp_password.get_secret_value() or None,
                "secure_mode": MAIL_MODES[settings.smtp_security],
                "from_addr": settings.reminder_from,
                "targets": [to],
                "format": NotifyFormat.TEXT,
            },
            asset=ASSET,
        )
        if service is not None:
            service.socket_connect_timeout = STEP_SECONDS
        return service
