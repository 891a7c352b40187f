"""Sends mail by the server that the settings name."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from bot.settings import Settings

# Of each step of a try; all of them together take less than casework's SENDING.
STEP_SECONDS = 5.0


class MailError(Exception):
    """The mail was not taken; the message says why, without addresses."""


@dataclass(frozen=True)
class Mailer:
    """A mail server, and who writes. Holds no connection between two mails."""

    settings: Settings

    @property
    def is_set_up(self) -> bool:
        """Whether anything can be sent."""
        return self.settings.can_mail

    def send(self, message: EmailMessage) -> None:
        """Hands it to the server. Raises MailError; the server may have taken it all the same when the line broke."""
        if not self.is_set_up:
            raise MailError("HJEMAD_SMTP_HOST and HJEMAD_SMTP_FROM are not set")
        try:
            message["From"] = self.settings.smtp_from
            with self._connected() as server:
                if self.settings.smtp_user:
                    server.login(self.settings.smtp_user, self.settings.smtp_password.get_secret_value())
                server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise MailError(f"{type(error).__name__} {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise MailError(type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        host, port, trusted = self.settings.smtp_host, self.settings.smtp_port, ssl.create_default_context()
        if self.settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=STEP_SECONDS, context=trusted)
        server = smtplib.SMTP(host, port, timeout=STEP_SECONDS)
        if self.settings.smtp_security == "starttls":
            try:
                server.starttls(context=trusted)
            except BaseException:
                server.close()
                raise
        return server
