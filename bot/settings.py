"""Everything that differs between installations, read from the environment once."""

import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableError

ROOT = Path(__file__).resolve().parent.parent

LOOPBACK = "127.0.0.1"
SHORTEST_KEY = 32
# A key of one letter again and again is long and no secret.
FEWEST_LETTERS = 10
EXAMPLE_PASSWORDS = frozenset({"password", "postgres", "hjemad", "secret", "changeme", "change-me", "example", "test"})
SHORTEST_TOKEN = 16
SHORTEST_IDLE = 900
A_KEY_IS_MADE_BY = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


class SettingsError(Exception):
    """The settings cannot be used; the message names the variable and what is wrong with it."""


class Settings(BaseSettings):
    """One frozen set of settings; each field is read from `HJEMAD_<NAME>` or from `.env`.

    Durations are in seconds, limits in events a minute unless the name says otherwise.
    """

    model_config = SettingsConfigDict(env_prefix="HJEMAD_", env_file=".env", extra="ignore", frozen=True)

    production: bool = False
    var: Path = ROOT / "var"
    models: Path = ROOT / "models"
    towns: Path = ROOT / "bot" / "municipality" / "towns"
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    demo_password: SecretStr = SecretStr("")
    log_format: Literal["plain", "json"] = "plain"
    metrics_token: SecretStr = SecretStr("")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    public_url: str = ""
    dialogue_host: str = LOOPBACK
    dialogue_port: int = Field(5005, ge=1, le=65535)
    dialogue_name: str = ""
    actions_host: str = LOOPBACK
    actions_port: int = Field(5055, ge=1, le=65535)
    actions_servers: str = ""
    workers: int = Field(1, ge=1, le=64)
    workshop: bool = True

    message_length: int = Field(4000, ge=1)
    conversations_a_minute: int = Field(60, ge=1)
    messages_a_minute: int = Field(600, ge=1)
    messages_in_conversation_a_minute: int = Field(300, ge=1)
    signs_in_conversation_a_minute: int = Field(60, ge=1)
    code_tries_a_minute: int = Field(10, ge=1)
    wrong_codes_a_day: int = Field(100, ge=1)
    wrong_codes_of_all_a_day: int = Field(2000, ge=1)
    plain_bookings_an_hour: int = Field(60, ge=1)
    sign_in_tries_a_minute: int = Field(10, ge=1)
    sign_in_tries_a_name_an_hour: int = Field(30, ge=1)

    smtp_host: str = ""
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_from: str = ""
    reminder_from: str = ""
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    sms_url: SecretStr = SecretStr("")
    staff_url: SecretStr = SecretStr("")

    dialogue_timeout: float = Field(8.0, gt=0)
    lease: float = Field(20.0, gt=0)
    silent_claim_minutes: int = Field(10, ge=3, le=24 * 60)
    unanswered_claim_minutes: int = Field(30, ge=5, le=24 * 60)
    long_wait_minutes: int = Field(20, ge=1, le=24 * 60)
    desk_session: int = Field(12 * 3600, ge=60, le=24 * 3600)

    desk_idle: int = Field(0, ge=0, le=24 * 3600)
    local_sign_in: bool = True
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_roles_claim: str = "roles"
    oidc_roles: dict[str, str] = Field({})
    oidc_municipality: str = ""
    oidc_municipality_claim: str = ""
    oidc_municipalities: dict[str, str] = Field({})

    @field_validator("metrics_token")
    @classmethod
    def _is_not_guessed(cls, token: SecretStr) -> SecretStr:
        if 0 < len(token.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"leave it out, or give {SHORTEST_TOKEN} characters at least")
        return token

    @field_validator("actions_servers")
    @classmethod
    def _are_addresses(cls, servers: str) -> str:
        for one in filter(None, map(str.strip, servers.split(","))):
            if not (parts := urlsplit(one)).hostname or parts.scheme != "http" or parts.path.strip("/"):
                raise ValueError(f"{one!r} is no http://host:port")
        return servers

    @field_validator("dialogue_name")
    @classmethod
    def _is_reached_where_it_listens(cls, name: str, info: ValidationInfo) -> str:
        if not name and info.data.get("dialogue_host") != LOOPBACK:
            raise ValueError("say by what name or address other machines reach it, or leave HJEMAD_DIALOGUE_HOST out")
        return name

    @field_validator("desk_idle")
    @classmethod
    def _is_longer_than_use_is_noted_in(cls, seconds: int) -> int:
        if 0 < seconds < SHORTEST_IDLE:
            raise ValueError(f"0 for never, or {SHORTEST_IDLE} at least: use is noted every few minutes")
        return seconds

    @field_validator("smtp_user")
    @classmethod
    def _is_not_sent_in_the_open(cls, user: str, info: ValidationInfo) -> str:
        if user and info.data.get("smtp_security") == "none":
            raise ValueError("a password is sent by starttls or tls only; see HJEMAD_SMTP_SECURITY")
        return user

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store; a SQLite file under `var` unless one is given."""
        return self.database_url or f"sqlite:///{self.var / 'hjemad.sqlite'}"

    @property
    def dialogue_url(self) -> str:
        """Where web reaches the dialogue server of this process or machine.

        By `dialogue_name` from other machines; without one it listens on loopback and is asked from this machine alone.
        """
        return f"http://{self.dialogue_name or LOOPBACK}:{self.dialogue_port}"

    @property
    def actions_urls(self) -> tuple[str, ...]:
        """Where the custom actions are reached, each as `http://host:port`; of several any will do."""
        named = tuple(one.strip().rstrip("/") for one in self.actions_servers.split(",") if one.strip())
        return named or (f"http://{LOOPBACK}:{self.actions_port}",)

    @property
    def can_mail(self) -> bool:
        """Whether there is a server to send mail by, and an address to send it from."""
        return bool(self.smtp_host and self.smtp_from)

    @property
    def reminds_by(self) -> frozenset[str]:
        """What a message before a talk can be sent by: `sms`, `mail`, both or nothing.

        By mail only from an address of its own: the installation's would tell whoever else looks at the phone.
        """
        set_up = {"sms": self.sms_url.get_secret_value(), "mail": self.smtp_host and self.reminder_from}
        return frozenset(channel for channel, by in set_up.items() if by)

    @property
    def address(self) -> str:
        """The address a person opens."""
        return self.public_url or f"http://{self.host}:{self.port}"

    def key(self) -> str:
        """The secret key; generated into `var/secret_key` once when absent.

        Raises SettingsError in production when it, or another secret, is missing or one that anybody could know.
        """
        if self.production and (wrong := self._default_secrets()):
            raise SettingsError("Production does not start on default secrets. " + " ".join(wrong))
        return self.secret_key.get_secret_value() or _generated_key(self.var / "secret_key")

    def _default_secrets(self) -> list[str]:
        wrong = []
        key = self.secret_key.get_secret_value()
        if not key:
            wrong.append("HJEMAD_SECRET_KEY is not set.")
        elif len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS:
            wrong.append(f"HJEMAD_SECRET_KEY is too easy to guess. Make one: {A_KEY_IS_MADE_BY}")
        if self.demo_password.get_secret_value():
            wrong.append("HJEMAD_DEMO_PASSWORD is set, and there is no demo in production.")
        if urlsplit(self.database_url).password in EXAMPLE_PASSWORDS:
            wrong.append("HJEMAD_DATABASE_URL has a password out of an example.")
        return wrong


def _generated_key(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        # A hard link appears whole or not at all: processes that start together end with one and the same key.
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text(encoding="ascii").strip()


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError naming each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"HJEMAD_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsError(wrong) from error
    except UnreadableError as error:
        raise SettingsError(f"{error}: what holds several is written as JSON") from error
