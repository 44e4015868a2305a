"""The only reader of the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from aftercare import sealed

DEFAULT_DATABASE = "sqlite+aiosqlite:///var/kawan.db"
_DRIVERS = ("sqlite+aiosqlite://", "postgresql+asyncpg://")


class SettingsError(Exception):
    """A variable holds something we cannot use; the words name it and say what it takes."""


class WrongToken(SettingsError):
    """KAWAN_BOT_TOKEN is not known to Telegram: it takes the newest token from BotFather."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Settings(BaseSettings):
    """Every `KAWAN_...` variable, checked once at start."""

    model_config = SettingsConfigDict(env_prefix="KAWAN_", env_file=".env", extra="ignore")

    bot_token: str | None = None
    telegram_api: str = "https://api.telegram.org"
    database_url: str = DEFAULT_DATABASE
    secret_key: str | None = None
    rasa_url: str | None = None
    rasa_token: str | None = Field(default=None, min_length=16)
    send_rate: float = Field(default=28, gt=0, le=1000)

    @field_validator("bot_token")
    @classmethod
    def _is_a_token(cls, token: str | None) -> str | None:
        number, colon, secret = (token or "").partition(":")
        if token and not (number.isdigit() and colon and secret):
            raise ValueError("takes a token from BotFather, such as 123456:ABC-DEF")
        return token or None

    @field_validator("rasa_token", mode="before")
    @classmethod
    def _is_given(cls, token: str | None) -> str | None:
        return token or None

    @field_validator("telegram_api", "rasa_url")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        scheme, _, place = (address or "").partition("://")
        if address and (scheme not in ("http", "https") or not place.strip("/")):
            raise ValueError("takes an address that starts with http:// or https://")
        return address.rstrip("/") if address else None

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        if not url.startswith(_DRIVERS):
            raise ValueError(f"takes a SQLAlchemy URL that starts with {' or '.join(_DRIVERS)}")
        return url

    @field_validator("secret_key")
    @classmethod
    def _is_a_key(cls, key: str | None) -> str | None:
        if key:
            try:
                sealed.unlock(key)
            except ValueError:
                raise ValueError("takes a key as `kawan init` makes it: 32 bytes, base64") from None
        return key or None

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None where the database is a server."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite+aiosqlite" else None


def read() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one sentence that names the variable and what it takes.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KAWAN_" + "_".join(str(part) for part in first["loc"]).upper()
        words = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} {_lower_first(words)}.") from error


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
