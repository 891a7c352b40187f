"""Everything that differs between installations, read from the environment once."""

import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


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
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    demo_password: SecretStr = SecretStr("")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    public_url: str = ""
    dialogue_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)
    workers: int = Field(1, ge=1, le=64)

    message_length: int = Field(4000, ge=1)
    conversations_a_minute: int = Field(60, ge=1)
    messages_a_minute: int = Field(600, ge=1)
    messages_in_conversation_a_minute: int = Field(300, ge=1)
    code_tries_a_minute: int = Field(10, ge=1)
    wrong_codes_a_day: int = Field(100, ge=1)
    plain_bookings_an_hour: int = Field(60, ge=1)
    sign_in_tries_a_minute: int = Field(10, ge=1)
    sign_in_tries_a_name_an_hour: int = Field(30, ge=1)

    dialogue_timeout: float = Field(8.0, gt=0)
    lease: float = Field(20.0, gt=0)
    desk_session: int = Field(12 * 3600, ge=60)

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store; a SQLite file under `var` unless one is given."""
        return self.database_url or f"sqlite:///{self.var / 'hjemad.sqlite'}"

    @property
    def dialogue_url(self) -> str:
        """Where web reaches Rasa; loopback, because Rasa's server is never public."""
        return f"http://127.0.0.1:{self.dialogue_port}"

    @property
    def actions_url(self) -> str:
        """Where Rasa reaches the custom actions."""
        return f"http://127.0.0.1:{self.actions_port}/webhook"

    @property
    def address(self) -> str:
        """The address a person opens."""
        return self.public_url or f"http://{self.host}:{self.port}"

    def key(self) -> str:
        """The secret key; generated into `var/secret_key` once when absent.

        Raises SettingsError in production when none is set.
        """
        given = self.secret_key.get_secret_value()
        if given:
            return given
        if self.production:
            raise SettingsError("HJEMAD_SECRET_KEY is not set. Production does not start on a generated key.")
        return _generated_key(self.var / "secret_key")


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
