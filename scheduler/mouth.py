"""The one mouth: python-telegram-bot's Bot, paced by its rate limiter, with plain outcomes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol

import httpx
from telegram import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from aftercare.pictures import Picture
from aftercare.words import Worded

log = logging.getLogger(__name__)
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
        self._bot: ExtBot[Any] = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(connection_pool_size=8, read_timeout=15, connect_timeout=10),
            rate_limiter=AIORateLimiter(
                overall_max_rate=1, overall_time_period=1 / rate, group_max_rate=0, max_retries=0
            ),
        )

    async def open(self) -> None:
        """Prepares the connections; asks Telegram nothing yet."""
        await self._bot._request[1].initialize()

    async def close(self) -> None:
        await self._bot._request[1].shutdown()

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
    except TimedOut as error:
        return Unheard("timed out", left=not isinstance(error.__cause__, _NEVER_LEFT))
    except BadRequest as error:
        return Refused(error.message, gone="chat not found" in error.message.lower())
    except NetworkError as error:
        return Unheard(type(error.__cause__ or error).__name__, left=False)
    except TelegramError as error:
        return Refused(error.message)
    return Said(getattr(done, "message_id", None))


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
