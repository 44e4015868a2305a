"""Lets updates in, one after the other: who is it, one transaction, row settled with it."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError

from aftercare import background
from aftercare.casework import reach
from aftercare.clock import Clock
from aftercare.records import inbox, people
from aftercare.records.database import Database, Db, is_away
from aftercare.records.inbox import Update
from aftercare.records.people import Person
from bot.flows.playing import Turn
from bot.opinions import Opinions, Unread

log = logging.getLogger(__name__)


#: Seconds in which delivery may take up the answer before we look whether more is waiting.
_AFTER_YOU: Final = 0.001
#: Seconds between looks when no bell rang: `kawan inbox retry` rings none.
_LOOK: Final = 5.0


@dataclass(frozen=True, slots=True)
class Doorway:
    """Feeds the inbox to aiogram's Dispatcher. Handlers await no network."""

    database: Database
    dispatcher: Dispatcher
    bot: Bot
    clock: Clock
    opinions: Opinions = field(default_factory=Opinions)

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop, after what is in hand. A database that is away is waited for."""
        while not stop.is_set():
            try:
                if await self.let_in():
                    await asyncio.sleep(_AFTER_YOU)
                else:
                    await self.database.heard.wait(_LOOK)
            except Exception as error:
                if not is_away(error):
                    raise
                log.warning("waiting for the database", extra={"error": type(error).__name__})
                await asyncio.sleep(1.0)

    async def empty(self) -> int:
        """Let in everything that waits; returns how many updates that were."""
        handled = 0
        while await self.let_in() or await self.opinions.arrive():
            handled += 1
        return handled

    async def let_in(self) -> bool:
        """One update, handled or counted as failed. False where none waits."""
        seq = sender = 0
        try:
            async with self.database.transaction() as db:
                row = await self._next(db)
                if row is None:
                    return False
                seq, sender, update = row.seq, row.sender, json.loads(row.raw or "{}")
                now = self.clock.now()
                await self._handle(db, row, update, now)
                inbox.settle(row, now)
        except Unread as words:
            self.opinions.ask(seq, sender, words, then=self.database.heard.ring)
            return True
        except Exception as error:  # whatever it is, the next update goes on
            if not seq or is_away(error):
                raise
            await self._failed(seq, error)
            return True
        self.opinions.settle(seq)
        self._stop_spinner(update)
        return True

    async def _next(self, db: Db) -> Update | None:
        """Whoever writes on while a Rasa server still reads earlier words is not kept waiting."""
        asked = self.opinions.asked
        for sender in await inbox.waiting_behind(db, asked) if asked else ():
            self.opinions.hurry(sender)
        return await inbox.next_(db, but_not=asked)

    async def _handle(self, db: Db, row: Update, update: dict[str, Any], now: datetime) -> None:
        if not is_private(update):
            return
        person = await _who(db, row.sender, now)
        turn = Turn(db, person, now, f"update:{row.update_id}", tapped=_tapped(update))
        second = self.opinions.of(row.seq)
        await self.dispatcher.feed_raw_update(
            self.bot, update, turn=turn, person=person, second=second
        )
        if second.wanted:
            raise second.wanted

    async def _failed(self, seq: int, error: Exception) -> None:
        kind = type(error).__name__
        async with self.database.transaction() as db:
            aside = await inbox.failed(db, seq, kind, self.clock.now())
        details = {"seq": seq, "error": kind, "aside": aside, "where": _where(error)}
        log.error("update failed", extra=details)

    def _stop_spinner(self, update: dict[str, Any]) -> None:
        if query := (update.get("callback_query") or {}).get("id"):
            background.run(self._answer(query), name="answerCallbackQuery")

    async def _answer(self, query: str) -> None:
        try:
            await self.bot.answer_callback_query(query, request_timeout=10)
        except (AiogramError, OSError, TimeoutError) as error:
            log.debug("spinner left", extra={"error": type(error).__name__})


async def _who(db: Db, sender: int, now: datetime) -> Person:
    """The person with this Telegram account; a stranger is kept without a name."""
    person = await people.by_telegram_id(db, sender)
    if person is None:
        person = people.add(db, "stranger", None, now=now)
        person.telegram_id = sender
        await db.flush()
    reach.found(person)
    return person


def is_private(update: dict[str, Any]) -> bool:
    """We speak with one person at a time: groups, channels and inline queries are passed over."""
    for kind in ("message", "edited_message", "my_chat_member"):
        if isinstance(part := update.get(kind), dict):
            return bool((part.get("chat") or {}).get("type") == "private")
    query = update.get("callback_query")
    if not isinstance(query, dict):
        return False
    chat = (query.get("message") or {}).get("chat") or {"type": "private"}
    return bool(chat.get("type") == "private")


def _tapped(update: dict[str, Any]) -> int | None:
    number = ((update.get("callback_query") or {}).get("message") or {}).get("message_id")
    return number if isinstance(number, int) else None


def _where(error: Exception) -> str:
    """The place of an error without its words, which may be somebody's."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
