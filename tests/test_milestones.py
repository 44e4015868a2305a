"""Parts of the way that are celebrated: once each, one a day, never while somebody rests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import event

from aftercare.casework.attendance import attendance
from aftercare.casework.check_ins import check_ins
from aftercare.casework.exercises import plan_reviews
from aftercare.casework.progress import milestones
from aftercare.records import clients, consents, holdings, module_runs, people, sessions
from aftercare.records.module_runs import ModuleRun
from aftercare.records.sessions import Participant
from aftercare.records.timers import Timer
from aftercare.rules import discretion
from aftercare.rules import milestones as rule
from tests.town import Neighbour, Town

#: The morning after seven days, nine o'clock in Bandung.
A_WEEK = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
#: Thirty days after joining, at seven in the evening.
MONTH = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)


async def joined(town: Town, who: Neighbour) -> None:
    async with town.database.transaction() as db:
        milestones.arm(db, await clients.get(db, who.id), town.clock.now())


async def came(town: Town, who: Neighbour, outcome: str = "present") -> int:
    """A session, recorded by Sari in the way staff do it."""
    now = town.clock.now()
    async with town.database.transaction() as db:
        session = sessions.Session(
            office_id=town.office, officer_id=town.sari.id, kind="konseling", place="Bandung",
            starts_at=now - timedelta(hours=1), minutes=60, code="1234", made_at=now,
        )  # fmt: skip
        one = Participant(client_id=who.id)
        session.participants = [one]
        db.add(session)
        await db.flush()
        number = one.id
    await record(town, number, outcome)
    return number


async def record(town: Town, number: int, outcome: str) -> None:
    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
        assert one is not None
        sari = await people.get(db, town.sari.id)
        await attendance.record(db, one, outcome, by=sari, now=town.clock.now())


async def did(town: Town, who: Neighbour, *modules: str) -> None:
    async with town.database.transaction() as db:
        for module in modules:
            now = town.clock.now()
            run = ModuleRun(client_id=who.id, module=module, before=5, after=3, finished_at=now)
            await module_runs.add(db, run)
        milestones.look_soon(db, await clients.get(db, who.id), town.clock.now())


async def celebrated(who: Neighbour) -> list[str]:
    return [one for one in await who.heard() if one.startswith("milestone.")]


async def test_days_are_celebrated_for_a_year_and_each_once(town: Town) -> None:
    await joined(town, town.budi)

    await town.until(A_WEEK - timedelta(minutes=1))
    assert await celebrated(town.budi) == []
    await town.passes(days=400)

    assert await celebrated(town.budi) == [
        f"milestone.client.days_{one}" for one in rule.COUNTS["days"]
    ]


async def test_the_first_meeting_is_celebrated_the_morning_after(town: Town) -> None:
    await came(town, town.budi)
    assert await celebrated(town.budi) == []

    await town.until(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))

    assert await celebrated(town.budi) == ["milestone.client.sessions_1"]
    assert discretion.told(town.budi.phone.newest.text) is None


async def test_a_missed_meeting_takes_nothing_away_and_says_nothing(town: Town) -> None:
    await came(town, town.budi)
    await town.passes(days=2)
    await celebrated(town.budi)

    await came(town, town.budi, "absent")
    await town.passes(days=4)
    assert await celebrated(town.budi) == []

    for _ in range(4):
        await came(town, town.budi)
    await town.passes(days=1)
    assert "milestone.client.sessions_5" in await celebrated(town.budi)


async def test_a_record_corrected_and_set_again_is_not_celebrated_twice(town: Town) -> None:
    number = await came(town, town.budi)
    await town.passes(days=1)
    assert await celebrated(town.budi) == ["milestone.client.sessions_1"]

    await record(town, number, "excused")
    await record(town, number, "present")
    await town.passes(days=2)
    assert await celebrated(town.budi) == []


async def test_the_same_exercise_twice_counts_once(town: Town) -> None:
    await did(town, town.budi, "NAPAS", "NAPAS", "NAPAS", "BUMI", "OMBAK")
    await town.passes(days=1)
    assert await celebrated(town.budi) == ["milestone.client.modules_1"]

    await did(town, town.budi, "TIDUR", "GERAK")
    await town.passes(days=1)
    assert await celebrated(town.budi) == ["milestone.client.modules_5"]


async def test_never_more_than_one_a_day(town: Town) -> None:
    await joined(town, town.budi)
    await town.until(A_WEEK - timedelta(hours=20))
    await came(town, town.budi)
    await did(town, town.budi, "NAPAS")

    mornings = []
    for day in range(4):
        await town.until(A_WEEK + timedelta(days=day))
        mornings.append(await celebrated(town.budi))

    assert mornings == [
        ["milestone.client.days_7"],
        ["milestone.client.sessions_1"],
        ["milestone.client.modules_1"],
        [],
    ]


async def test_who_comes_from_far_hears_of_the_highest_alone(town: Town) -> None:
    for _ in range(12):
        await came(town, town.budi)
    await town.passes(days=3)

    assert await celebrated(town.budi) == ["milestone.client.sessions_10"]


# After danger the caring question of the third day comes first, two days after the quiet.
@pytest.mark.parametrize(("why", "days"), [("paused_until", 4), ("hushed_until", 6)])
async def test_who_rests_hears_it_afterwards(town: Town, why: str, days: int) -> None:
    async with town.database.transaction() as db:
        setattr(await people.get(db, town.budi.id), why, town.clock.now() + timedelta(days=4))
    await came(town, town.budi)

    await town.passes(days=days - 1)
    assert await celebrated(town.budi) == []
    await town.passes(days=2)
    assert await celebrated(town.budi) == ["milestone.client.sessions_1"]


@pytest.mark.parametrize("why", ["left", "ended", "reminders only"])
async def test_who_has_gone_or_wants_reminders_only_is_not_spoken_to(town: Town, why: str) -> None:
    await joined(town, town.budi)
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        match why:
            case "left":
                client.person.left_at = town.clock.now()
            case "ended":
                client.ended_at = town.clock.now()
            case "reminders only":
                consents.add(
                    db, client.id, "check_ins", given=False, text_version="1", now=town.clock.now()
                )

    await town.passes(days=40)

    assert await celebrated(town.budi) == []


async def test_a_check_in_does_not_celebrate_beside_it(town: Town) -> None:
    assert "check_in.client.praise_milestone" not in town.house.book


async def test_the_copy_shows_what_was_celebrated_and_erasing_takes_it(town: Town) -> None:
    await came(town, town.budi)
    await town.passes(days=1)
    async with town.database.transaction() as db:
        (row,) = (await holdings.of_person(db, town.budi.id))["milestones"]
    assert (row["kind"], row["count"], row["said"]) == ("sessions", 1, True)

    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")

    async with town.database.transaction() as db:
        assert "milestones" not in await holdings.of_person(db, town.budi.id)


async def test_twenty_are_looked_at_with_as_many_queries_as_two(town: Town) -> None:
    everybody = [await town.client(f"Klien {one}") for one in range(22)]
    jobs = (milestones.look, plan_reviews.look, partial(check_ins.ask, kind="monthly"))
    asked: list[str] = []
    engine = town.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *one: asked.append(one[2]))

    for job in jobs:
        counts = []
        for who in (everybody[:2], everybody[2:]):
            asked.clear()
            async with town.database.transaction() as db:
                due = [Timer(f"client:{one.id}", "any", MONTH) for one in who]
                await job(db=db, due=due, now=MONTH)
            counts.append(len(asked))
        assert counts[0] == counts[1] > 2
