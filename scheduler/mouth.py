"""The one mouth: python-telegram-bot's Bot, paced by its rate limiter, with plain outcomes."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol

import httpx
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from aftercare.pictures import Picture
from aftercare.settings import WrongToken
from aftercare.words import Worded

log = logging.getLogger(__name__)
os.environ.setdefault("PTB_TIMEDELTA", "1")  # without it every 429 comes with a warning
_NEVER_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Said:
    """It arrived, under this number in that chat."""

    telegram_message_id: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never arrive like this. `gone` means that the person is out of our reach."""

    reason: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Telegram asks everybody to be silent for this long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unheard:
    """The line failed. `left` means that the message may have arrived all the same."""

    reason: str
    left: bool


Outcome = Said | Refused | Wait | Unheard


class Mouth(Protocol):
    """Whatever can speak to a chat. Nothing here raises for what Telegram or the line does."""

    async def say(self, chat: int, worded: Worded, picture: Picture | None) -> Outcome: ...
    async def reword(self, chat: int, message: int, worded: Worded) -> Outcome: ...
    async def rebutton(self, chat: int, message: int, worded: Worded) -> Outcome: ...
    async def show_menu(self, chat: int, commands: list[tuple[str, str]]) -> Outcome: ...


class TelegramMouth:
    """Speaks at most `rate` messages a second, evenly.

    The limiter's bucket holds one: a larger one lets twice the rate out in the first second.
    Lanes, order and the pause after a 429 are delivery's.
    """

    def __init__(self, token: str, api: str, rate: float) -> None:
        self._request = HTTPXRequest(connection_pool_size=8, read_timeout=15, connect_timeout=10)
        self._bot: ExtBot[Any] = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._request,
            rate_limiter=AIORateLimiter(
                overall_max_rate=1, overall_time_period=1 / rate, group_max_rate=0, max_retries=0
            ),
        )

    async def open(self) -> None:
        """Prepares the connections; asks Telegram nothing yet."""
        await self._request.initialize()

    async def close(self) -> None:
        await self._request.shutdown()

    async def name(self) -> str | None:
        """Our own username, "" where we have none, None where Telegram is away.

        Raises:
            WrongToken: Telegram does not know the token.
        """
        try:
            return (await self._bot.get_me(read_timeout=5, connect_timeout=5)).username or ""
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError:
            return None

    async def show_default_menu(self, commands: list[tuple[str, str]]) -> Outcome:
        """The menu of whoever has none of their own."""
        listed = [BotCommand(name, description) for name, description in commands]
        return await _outcome(self._bot.set_my_commands(listed, scope=BotCommandScopeDefault()))

    async def say(self, chat: int, worded: Worded, picture: Picture | None) -> Outcome:
        keyboard = _keyboard(worded)
        if picture is None:
            return await _outcome(
                self._bot.send_message(chat, worded.text, parse_mode="HTML", reply_markup=keyboard)
            )
        send: Any = {
            "photo": self._bot.send_photo,
            "document": self._bot.send_document,
            "animation": self._bot.send_animation,
        }[picture.kind]
        return await _outcome(
            send(
                chat,
                picture.content,
                caption=worded.text,
                parse_mode="HTML",
                reply_markup=keyboard,
                filename=picture.name,
            )
        )

    async def reword(self, chat: int, message: int, worded: Worded) -> Outcome:
        return await _outcome(
            self._bot.edit_message_text(
                worded.text, chat, message, parse_mode="HTML", reply_markup=_keyboard(worded)
            )
        )

    async def rebutton(self, chat: int, message: int, worded: Worded) -> Outcome:
        keyboard = _keyboard(worded)
        return await _outcome(
            self._bot.edit_message_reply_markup(chat, message, reply_markup=keyboard)
        )

    async def show_menu(self, chat: int, commands: list[tuple[str, str]]) -> Outcome:
        listed = [BotCommand(name, description) for name, description in commands]
        return await _outcome(
            self._bot.set_my_commands(listed, scope=BotCommandScopeChat(chat_id=chat))
        )


def _keyboard(worded: Worded) -> InlineKeyboardMarkup | None:
    if not worded.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, url=url, callback_data=data) for label, data, url in row]
            for row in worded.rows
        ]
    )


async def _outcome(call: Any) -> Outcome:
    try:
        done = await call
    except RetryAfter as error:
        return Wait(_seconds(error.retry_after))
    except Forbidden as error:
        return Refused(error.message, gone=True)
    except BadRequest as error:
        if "message is not modified" in error.message.lower():
            return Said(None)  # a second tap on the same button: what we wanted is there
        return Refused(error.message, gone="chat not found" in error.message.lower())
    except InvalidToken:
        log.error("KAWAN_BOT_TOKEN is not known to Telegram")
        return Unheard("token refused", left=False)
    except (TimedOut, NetworkError) as error:
        return _line_failed(error)
    except TelegramError as error:
        unreadable = error.message == "Invalid server response"
        return Unheard("unreadable answer", left=True) if unreadable else Refused(error.message)
    return Said(getattr(done, "message_id", None))


def _line_failed(error: NetworkError) -> Outcome:
    cause = error.__cause__
    if isinstance(cause, httpx.HTTPError):
        return Unheard(type(cause).__name__, left=not isinstance(cause, _NEVER_LEFT))
    if "too large" in error.message.lower():
        return Refused(error.message)
    return Unheard("Telegram is out of order", left=False)  # it answered, with a 5xx


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
