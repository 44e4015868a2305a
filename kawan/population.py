"""Made-up people for `kawan simulate`: each with a temper that decides what they do and when.

Nobody looks inside the product: they see their phones, and tap or write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random
from typing import Final

from kawan.phones import Heard, Phone

_ATTEND: Final = re.compile(r"d:attend:(\d+):present")
NONSENSE: Final = (
    "hah",
    "😀😀😀",
    "wkwkwk",
    "<b>tebal</b>",
    "ga tau",
    "ok",
    "?",
    "مرحبا",
    "nanti aja",
    "12345 67890",
)


@dataclass(frozen=True, slots=True)
class Temper:
    """Chances between 0 and 1. `delay` is the usual wait before an answer, in minutes."""

    name: str
    answers: float
    delay: float
    comes: float
    agrees: float = 0.6
    nonsense: float = 0.0
    blocks: float = 0.0


#: How often each temper is met among clients, in parts of the whole.
CLIENTS: Final = (
    (Temper("steady", answers=0.95, delay=20, comes=0.93), 40),
    (Temper("late", answers=0.75, delay=240, comes=0.75), 25),
    (Temper("quiet", answers=0.25, delay=300, comes=0.55), 15),
    (Temper("silent", answers=0.0, delay=60, comes=0.2), 8),
    (Temper("puzzling", answers=0.8, delay=30, comes=0.8, nonsense=0.5), 8),
    (Temper("blocking", answers=0.7, delay=30, comes=0.4, blocks=0.08), 4),
)
STAFF: Final = Temper("staff", answers=0.9, delay=25, comes=1.0, agrees=0.9)


@dataclass(slots=True)
class Dweller:
    """Somebody with a phone and a temper. `_seen` is how many messages have been looked at."""

    phone: Phone
    temper: Temper
    lot: Random
    id: int
    link: str = ""
    done: dict[str, int] = field(default_factory=dict)
    _seen: int = 0

    def looks(self) -> timedelta | None:
        """Something new on the phone: how long until this person does something about it."""
        new = self.phone.messages[self._seen :]
        self._seen = len(self.phone.messages)
        if not any(heard.rows for heard in new) or self.lot.random() > self.temper.answers:
            return None
        return timedelta(minutes=self.lot.expovariate(1 / self.temper.delay) + 0.2)

    def acts(self) -> None:
        """Open the link; later block, write nonsense, or tap under the newest message."""
        if self.phone.blocked:
            return None
        if self.link:
            code, self.link = self.link.partition("start=")[2], ""
            return self._count("linked", partial(self.phone.writes, f"/start {code}"))
        if self.lot.random() < self.temper.blocks:
            return self._count("blocked", self.phone.blocks)
        if self.lot.random() < self.temper.nonsense:
            words = self.lot.choice(NONSENSE)
            return self._count("nonsense", partial(self.phone.writes, words))
        if heard := self._with_buttons():
            self._tap(heard)
        return None

    def _with_buttons(self) -> Heard | None:
        return next((heard for heard in reversed(self.phone.messages) if _live(heard)), None)

    def _tap(self, heard: Heard) -> None:
        """Mostly what is asked first, as people do; sometimes anything."""
        shown = [data for _, data in buttons(heard)]
        taken = shown[0] if self.lot.random() < self.temper.agrees else self.lot.choice(shown)
        self._count("tapped", partial(self.phone.taps_data, taken, on=heard))

    def _count(self, what: str, deed: Callable[[], None]) -> None:
        self.done[what] = self.done.get(what, 0) + 1
        deed()


@dataclass(slots=True)
class Officer(Dweller):
    """Records who came (`comes` is each participant's chance), and takes most alerts."""

    comes: Mapping[int, float] = field(default_factory=dict)

    def _tap(self, heard: Heard) -> None:
        attending = [found for _, data in buttons(heard) if (found := _ATTEND.fullmatch(data))]
        waiting = {int(found[1]) for found in attending}
        if not waiting:
            return Dweller._tap(self, heard)
        for participant in sorted(waiting):
            came = self.lot.random() < self.comes.get(participant, 0.8)
            data = f"d:attend:{participant}:{'present' if came else 'absent'}"
            self._count("recorded", partial(self.phone.taps_data, data, on=heard))
        return None


def buttons(heard: Heard) -> list[tuple[str, str]]:
    """(label, data) of everything under a message that can still be tapped."""
    return [
        (label, data)
        for row in heard.rows
        for label, data, _ in row
        if data and not data.startswith("a:0:")
    ]


def _live(heard: Heard) -> bool:
    return bool(buttons(heard))


def temper(lot: Random) -> Temper:
    """One of the clients' tempers, as often as it is met."""
    tempers, weights = zip(*CLIENTS, strict=True)
    return lot.choices(tempers, weights)[0]  # type: ignore[no-any-return]
