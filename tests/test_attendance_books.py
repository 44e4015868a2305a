"""The books of attendance balance, whatever is tapped and wherever the machine stops."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import event, select

from aftercare.casework.alerts import paging
from aftercare.casework.attendance import attendance
from aftercare.casework.sessions import sessions as session_work
from aftercare.casework.sessions.plans import Plan
from aftercare.records import alerts, clients, people, sessions
from aftercare.records import attendance as records
from aftercare.records.alerts import Alert
from aftercare.records.database import Database
from aftercare.records.outbox import Outgoing
from aftercare.rules import absences
from aftercare.rules.attendance import OUTCOMES
from tests.town import Neighbour, Town


class PowerCut(Exception):
    """The machine stopped here."""


class Cut:
    """Stops the work before its `at`-th statement or commit, once."""

    def __init__(self, database: Database, at: int) -> None:
        self._engine = database.engine.sync_engine
        self._left = at
        self.happened = False

    def _step(self, *_: Any) -> None:
        self._left -= 1
        if self._left == -1:
            self.happened = True
            raise PowerCut

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._step)
        event.listen(self._engine, "commit", self._step)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> bool:
        event.remove(self._engine, "before_cursor_execute", self._step)
        event.remove(self._engine, "commit", self._step)
        return kind is PowerCut


async def booked(town: Town, who: Neighbour, *, hours: int = 1) -> int:
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=(await clients.get(db, who.id),),
            kind="Konseling",
            place="Ruang Melati",
            starts_at=town.clock.now() + timedelta(hours=hours),
        )
        made = await session_work.book(db, plan, town.clock.now())
        return made.session.participants[0].id


async def words_about(town: Town, alert: Alert, client: Neighbour) -> Counter[str]:
    async with town.database.transaction() as db:
        rows = await db.scalars(
            select(Outgoing).where(
                (Outgoing.subject == alert.about) | (Outgoing.person_id == client.id)
            )
        )
        return Counter(row.key for row in rows if "no_show" in row.key)


@pytest.mark.slow
async def test_a_crash_between_any_two_writes_loses_nothing_and_doubles_nothing(
    town: Town,
) -> None:
    crowd = [await town.client(f"Klien {n}") for n in range(60)]
    numbers = [await booked(town, one) for one in crowd]
    await town.passes(hours=2)

    for at, (client, number) in enumerate(zip(crowd, numbers, strict=True)):
        town.sari.phone.taps_data(f"d:attend:{number}:absent")
        await town.keep()
        with Cut(town.database, at) as cut:
            await town.doorway.empty()
        await town.settle()

        async with town.database.transaction() as db:
            one = await sessions.participant(db, number)
            alert = await alerts.about(db, "no_show", f"participant:{number}")
            assert one is not None
            assert alert is not None
            steps = [step.what for step in await alerts.steps(db, alert.id)]
        assert one.attendance == "absent"
        assert steps == ["opened", "told"]
        assert await words_about(town, alert, client) == {
            "alert.staff.no_show": 1,
            "no_show.client.first": 1,
        }
        if not cut.happened:
            break
    assert at > 15
    assert not cut.happened


@pytest.mark.slow
async def test_an_escalation_that_is_cut_short_tells_everybody_once(town: Town) -> None:
    crowd = [await town.client(f"Klien {n}") for n in range(40)]
    numbers = [await booked(town, one) for one in crowd]
    await town.passes(hours=2)

    for at, number in enumerate(numbers):
        async with town.database.transaction() as db:
            one = await sessions.participant(db, number)
            assert one is not None
            sari = await people.get(db, town.sari.id)
            await attendance.record(db, one, "absent", by=sari, now=town.clock.now())
        await town.settle()
        async with town.database.transaction() as db:
            alert = await alerts.about(db, "no_show", f"participant:{number}")
            assert alert is not None
            await paging.pass_on(db, sari, town.clock.now())
        with Cut(town.database, at) as cut:
            await town.house.ticks.run_due()
        await town.settle()

        async with town.database.transaction() as db:
            told = [one.person_id for one in await alerts.steps(db, alert.id) if one.what == "told"]
        assert told == [town.sari.id, town.dewi.id]
        if not cut.happened:
            break
    assert not cut.happened


async def books_balance(town: Town, numbers: list[int]) -> None:
    """Every absence has exactly one alert; nothing else has an open one; the counts are true."""
    async with town.database.transaction() as db:
        history = await records.history(db, town.budi.id)
        found = list(await db.scalars(select(Alert).where(Alert.kind == "no_show")))
    outcomes = dict(history)
    counted = {one.id: one.in_a_row for one in absences.fold(history)}
    by_subject = Counter(alert.subject for alert in found)
    for number in numbers:
        if outcomes[number] == "absent":
            assert by_subject[f"participant:{number}"] == 1
    for alert in found:
        number = int(alert.subject.partition(":")[2])
        if outcomes[number] != "absent":
            assert alert.state == "closed"
            assert alert.close_reason in ("corrected", "came_back")
        elif alert.state != "closed":
            assert ["in_a_row", {"count": counted[number]}] in alert.because
            assert alert.level == absences.Missed(number, counted[number]).level


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_tapped_every_absence_has_exactly_one_alert(
    town: Town, seed: int
) -> None:
    dice = random.Random(seed)
    numbers = [await booked(town, town.budi, hours=1 + 2 * n) for n in range(5)]
    await town.passes(hours=12)
    officers = [town.sari, town.dewi, town.hendra]

    for _ in range(25):
        outcome = dice.choice((*OUTCOMES, "absent", "absent"))
        who = dice.choice(officers)
        await who.taps_data(f"d:attend:{dice.choice(numbers)}:{outcome}")
        if dice.random() < 0.2:
            await town.passes(hours=dice.randrange(1, 40))
        await books_balance(town, numbers)
