"""Lets time pass in a house whose clock can be moved: from event to event, none left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aftercare.clock import MovableClock
from aftercare.records import inbox, outbox, timers
from aftercare.records.database import Database
from kawan.house import House

if TYPE_CHECKING:
    from bot.doorway import Doorway


@dataclass(slots=True)
class Days:
    """`settle` deals with everything that is due at the clock's present moment."""

    house: House
    clock: MovableClock
    doorway: Doorway

    async def settle(self) -> None:
        while await self._once():
            pass

    async def _once(self) -> int:
        handled = await self.doorway.empty()
        fired = await self.house.ticks.run_due()
        return handled + fired + await self.house.delivery.empty()

    async def passes(self, **length: float) -> None:
        await self.until(self.clock.now() + timedelta(**length))

    async def until(self, at: datetime) -> None:
        """Live through every moment at which something is due, up to this one."""
        await self.settle()
        while (due := await next_event(self.house.database)) is not None and due <= at:
            self.clock.move_to(due)
            await self.settle()
        self.clock.move_to(at)
        await self.settle()

    async def keep(self, updates: list[dict[str, Any]], first_id: int) -> None:
        """Put what people did into the inbox, as the ears do."""
        received = [
            inbox.received({"update_id": first_id + at, **update})
            for at, update in enumerate(updates)
        ]
        async with self.house.database.transaction() as db:
            await inbox.store(db, received, self.clock.now())


async def next_event(database: Database) -> datetime | None:
    """When something happens next by itself."""
    async with database.transaction() as db:
        known = [await timers.next_due(db), await outbox.next_due(db)]
    return min((due for due in known if due is not None), default=None)
