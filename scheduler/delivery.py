"""Empties the outbox into Telegram: claim, ask again, word, send, settle."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from aftercare import background
from aftercare.bell import Bell
from aftercare.casework import reach
from aftercare.casework.rights import disclosures
from aftercare.clock import Clock
from aftercare.pictures import Drawing, Picture, Producer
from aftercare.records import outbox
from aftercare.records.database import Database, Db, is_away
from aftercare.records.outbox import Outgoing
from aftercare.words import Book
from scheduler import letters
from scheduler.letters import Letter
from scheduler.mouth import Mouth, Outcome, Refused, Said, Unheard, Wait
from scheduler.pace import Pace

log = logging.getLogger(__name__)
LOOKED_AT: Final = 40
_TRIES_AFTER_A_TIME_OUT: Final = 2


class _Unready(Exception):
    """This row cannot be prepared; a person has to look at it."""

    def __init__(self, row: int, kind: str) -> None:
        super().__init__(kind)
        self.row, self.kind = row, kind


@dataclass(slots=True)
class Delivery:
    """One sender for one bot. `menus` are the commands of each audience."""

    database: Database
    mouth: Mouth
    book: Book
    clock: Clock
    pace: Pace
    producers: Mapping[str, Producer] = field(default_factory=dict)
    menus: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    _in_flight: set[int] = field(default_factory=set)
    _landed: Bell = field(default_factory=Bell)

    async def run(self, stop: asyncio.Event) -> None:
        """Speak until told to stop. Several are in flight at once, never two to one person."""
        while not stop.is_set():
            if len(self._in_flight) >= self.pace.at_once():
                await self._landed.wait(1.0)
                continue
            if letter := await self._next_in_turn(stop):
                self.pace.took_its_turn(letter.person.id)
                background.run(self._deliver_then(letter), name="delivery")

    async def _next_in_turn(self, stop: asyncio.Event) -> Letter | None:
        """What goes next, or None after a rest: nothing waits, or the database is away."""
        if not await self._may_speak(stop):
            return None
        try:
            letter = await self._next()
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("waiting for the database", extra={"error": type(error).__name__})
            await asyncio.sleep(1.0)
            return None
        if letter is None:
            await self.database.bell.wait(1.0)
        elif self.pace.rest_left():  # Telegram asked for silence while we looked
            self._in_flight.discard(letter.person.id)
            return None
        return letter

    async def _may_speak(self, stop: asyncio.Event) -> bool:
        """Whether our turn came before we were told to stop."""
        turn, stopped = asyncio.ensure_future(self.pace.turn()), asyncio.ensure_future(stop.wait())
        await asyncio.wait((turn, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        return not turn.cancel()

    async def empty(self) -> int:
        """Send what may go now, one after the other, until the line fails; returns how much."""
        sent = 0
        while letter := await self._next():
            self.pace.say_now()
            if isinstance(await self._deliver(letter), Wait | Unheard):
                break
            sent += 1
        return sent

    async def _deliver_then(self, letter: Letter) -> None:
        try:
            await self._deliver(letter)
        finally:
            self._landed.ring()
            self.database.bell.ring()  # this person's next message need not wait any longer

    async def _next(self) -> Letter | None:
        """The first row that may go now; one that cannot be prepared stops no other."""
        while True:
            try:
                letter = await self._look()
            except _Unready as error:
                await self._keep_aside(error)
                continue
            if letter is not None:
                self._in_flight.add(letter.person.id)
            return letter

    async def _look(self) -> Letter | None:
        """Rows that may not go are put off or dropped on the way."""
        now = self.clock.now()
        async with self.database.transaction() as db:
            for row in await outbox.waiting(db, now, at_most=LOOKED_AT, but_not=self._busy()):
                try:
                    letter = await letters.prepare(db, row, self.producers, now)
                except Exception as error:
                    if is_away(error):
                        raise
                    raise _Unready(row.id, type(error).__name__) from error
                if letter is not None:
                    return letter
        return None

    async def _keep_aside(self, unready: _Unready) -> None:
        log.error("cannot be prepared", extra={"outbox": unready.row, "error": unready.kind})
        async with self.database.transaction() as db:
            reason = f"cannot be prepared: {unready.kind}"
            await outbox.settle_unsent(db, unready.row, "held", reason)

    def _busy(self) -> list[int]:
        return sorted(self._in_flight | self.pace.resting())

    async def _deliver(self, letter: Letter) -> Outcome:
        try:
            began = time.monotonic()
            outcome = await self._speak(letter)
            self._mind(outcome, time.monotonic() - began)
            await self._settle_surely(letter, outcome)
            return outcome
        finally:
            self._in_flight.discard(letter.person.id)

    def _mind(self, outcome: Outcome, seconds: float) -> None:
        match outcome:
            case Said():
                self.pace.line_works(seconds)
            case Wait(seconds):
                self.pace.pause(seconds)
            case Unheard():
                self.pace.line_failed()

    async def _settle_surely(self, letter: Letter, outcome: Outcome) -> None:
        """A database that is away now is waited for: what was said must not be said again."""
        while True:
            try:
                async with self.database.transaction() as db:
                    await self._settle(db, letter, outcome)
            except Exception as error:
                if not is_away(error):
                    raise
                await asyncio.sleep(1.0)
            else:
                return

    async def _speak(self, letter: Letter) -> Outcome:
        row, chat = letter.row, letter.person.telegram_id
        assert chat is not None  # `wanted.verdict` dropped rows without an address
        match row.verb:
            case "menu":
                return await self.mouth.show_menu(chat, self.menus.get(letter.person.audience, []))
        try:
            worded = letters.worded(letter, self.book)
            picture = await _draw(letter.drawing)
        except Exception as error:  # no words or no picture: neither may stop the others
            return Refused(f"cannot be said: {type(error).__name__}")
        if row.verb == "rebutton":
            return await self.mouth.rebutton(chat, row.edits or 0, worded)
        if row.edits:
            changed = await self.mouth.reword(chat, row.edits, worded)
            if not isinstance(changed, Refused):
                return changed
            if "not modified" in changed.reason:
                return Said(row.edits)
        return await self.mouth.say(chat, worded, picture)

    async def _settle(self, db: Db, letter: Letter, outcome: Outcome) -> None:
        row, now = letter.row, self.clock.now()
        match outcome:
            case Said(telegram_message_id):
                await outbox.settle_sent(db, row.id, telegram_message_id, now)
                if letter.also is not None:
                    await disclosures.said(db, letter.person.id, now)
            case Wait():
                await outbox.put_off(db, row.id, now, tried=False, reason="429")
            case Refused(reason, gone) if gone and row.verb == "say":
                await outbox.settle_unsent(db, row.id, "failed", reason)
                await reach.lost(db, letter.person, now)
            case Refused(reason):
                await outbox.settle_unsent(db, row.id, "failed", reason)
                log.warning("refused", extra={"outbox": row.id, "key": row.key, "why": reason})
            case Unheard(reason, left):
                await self._settle_unheard(db, row, now, reason, left=left)

    async def _settle_unheard(
        self, db: Db, row: Outgoing, now: datetime, reason: str, *, left: bool
    ) -> None:
        if left and row.attempts + 1 >= _TRIES_AFTER_A_TIME_OUT:
            await outbox.settle_unsent(db, row.id, "failed", f"uncertain: {reason}")
            return
        await outbox.put_off(db, row.id, now, tried=left, reason=reason)


async def _draw(drawing: Drawing | None) -> Picture | None:
    return await asyncio.to_thread(drawing) if drawing else None
