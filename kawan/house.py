"""Wires the rooms together, once, for whichever process asks."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aftercare import phrases
from aftercare.casework import calendar, producers
from aftercare.casework.family import prompt_words
from aftercare.clock import Clock
from aftercare.records.database import Database
from aftercare.words import Book
from bot.flows.playing import Stage
from kawan import pages
from scheduler import timetable
from scheduler.delivery import Delivery
from scheduler.mouth import Mouth
from scheduler.pace import Pace
from scheduler.ticks import Ticks

if TYPE_CHECKING:
    from bot.doorway import Doorway


content = pages.content


@dataclass(frozen=True, slots=True)
class House:
    """Everything but the ears: what an update or a moment needs in order to be dealt with."""

    database: Database
    clock: Clock
    stage: Stage
    book: Book
    ticks: Ticks
    delivery: Delivery

    async def close(self) -> None:
        await self.database.close()


def build(database: Database, clock: Clock, mouth: Mouth, *, rate: float = 28) -> House:
    """Raises ContentErrors where the content cannot be used."""
    stage, book = pages.content()
    due = Ticks(database, clock, timetable.jobs(stage))
    delivery = Delivery(database, mouth, book, clock, Pace(rate), producers.TABLE, phrases.menus())
    return House(database, clock, stage, book, due, delivery)


def make_ready(house: House) -> None:
    """Load now what would be loaded when it is first needed, while everybody waits for it.

    What is there by then stays, so the search for garbage leaves it out: walking through all the
    content would stop everything for a fifth of a second, again and again.
    """
    calendar.holidays_near(house.clock.now().date())
    prompt_words.lessons()
    gc.collect()
    gc.freeze()


def doorway(house: House, token: str, api: str, *, rasa_url: str | None = None) -> Doorway:
    """The part that hears. Importing aiogram takes seconds: only who hears pays for it."""
    from bot import hearing
    from bot.doorway import Doorway
    from bot.opinions import Opinions
    from bot.understanding import danger, meaning, rasa

    # What cannot be read must stop the start, not the first cry for help.
    danger.read("halo")
    meaning.read("halo")
    dispatcher, bot = hearing.dispatcher(house.stage, house.book), hearing.bot(token, api)
    opinions = Opinions(rasa.Rasa.at(rasa_url) if rasa_url else None)
    return Doorway(house.database, dispatcher, bot, house.clock, opinions)
