"""Half past seven: short, kind, and only when somebody is there to read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aftercare.casework.sessions import changes
from aftercare.casework.sessions import sessions as session_work
from aftercare.casework.sessions.plans import Plan
from aftercare.casework.staff import digests
from aftercare.records import clients, people, sessions, timers
from tests.town import Neighbour, Town

TUESDAY_HALF_PAST_SEVEN = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


async def armed(town: Town, *who: Neighbour) -> None:
    async with town.database.transaction() as db:
        for one in who or (town.sari, town.dewi, town.hendra):
            await digests.arm(db, await people.get(db, one.id), town.clock.now())


async def booked(town: Town, at: datetime) -> None:
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=(await clients.get(db, town.budi.id),),
            kind="Konseling",
            place="Ruang Melati",
            starts_at=at,
        )
        await session_work.book(db, plan, town.clock.now())


async def morning_of(town: Town, who: Neighbour, at: datetime) -> list[str]:
    await town.until(at - timedelta(minutes=1))
    await who.heard()
    await town.until(at)
    return [key for key in await who.heard() if key.startswith("digest")]


async def test_the_morning_says_what_today_holds(town: Town) -> None:
    await armed(town)
    await booked(town, TUESDAY_HALF_PAST_SEVEN + timedelta(hours=2))

    heard = await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN)

    assert heard == ["digest.officer.morning"]
    assert "09.30 Budi" in town.sari.phone.newest.text


async def test_a_wish_for_another_hour_is_counted_until_its_session_is_over(town: Town) -> None:
    await armed(town)
    await booked(town, TUESDAY_HALF_PAST_SEVEN + timedelta(hours=2))
    await wishes(town, TUESDAY_HALF_PAST_SEVEN + timedelta(days=3))

    await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN)
    assert "ganti jadwal: 1" in town.sari.phone.newest.text

    await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN + timedelta(days=1))
    assert "ganti jadwal" not in town.sari.phone.newest.text


async def wishes(town: Town, wished: datetime) -> None:
    """Budi asks for another hour for his next session."""
    async with town.database.transaction() as db:
        (one,) = await sessions.of_client(db, town.budi.id, after=town.clock.now())
        await changes.ask(db, one, wished, "work", town.clock.now())


async def test_a_quiet_day_is_said_in_one_line(town: Town) -> None:
    await armed(town)

    heard = await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN)

    assert heard == ["digest.officer.nothing"]


async def test_a_free_saturday_stays_silent(town: Town) -> None:
    await armed(town)

    saturday = TUESDAY_HALF_PAST_SEVEN + timedelta(days=4)

    assert await morning_of(town, town.sari, saturday) == []


async def test_a_session_on_saturday_is_announced_all_the_same(town: Town) -> None:
    await armed(town)
    saturday = TUESDAY_HALF_PAST_SEVEN + timedelta(days=4)
    await booked(town, saturday + timedelta(hours=3))

    assert await morning_of(town, town.sari, saturday) == ["digest.officer.morning"]


async def test_what_nobody_recorded_and_nobody_took_is_named_every_morning(town: Town) -> None:
    await armed(town)
    await booked(town, town.clock.now() + timedelta(hours=1))

    await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN)

    text = town.sari.phone.newest.text
    assert "Kehadiran belum dicatat: 1" in text
    assert "Peringatan belum diterima: 1" in text


async def test_taken_and_left_lying_for_three_working_days_comes_back(town: Town) -> None:
    await armed(town)
    await booked(town, town.clock.now() + timedelta(hours=1))
    await town.passes(hours=4)
    await town.sari.taps("Terima")

    await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN + timedelta(days=1))
    assert "tanpa langkah baru" not in town.sari.phone.newest.text
    await morning_of(town, town.sari, TUESDAY_HALF_PAST_SEVEN + timedelta(days=2))

    assert "tanpa langkah baru: 1" in town.sari.phone.newest.text


async def test_whoever_is_on_leave_sleeps_and_the_cover_reads_it(town: Town) -> None:
    await armed(town)
    await booked(town, TUESDAY_HALF_PAST_SEVEN + timedelta(hours=2))
    await town.sari.writes("/cuti 27 November")

    await town.until(TUESDAY_HALF_PAST_SEVEN - timedelta(minutes=1))
    await town.sari.heard()
    await town.dewi.heard()
    await town.until(TUESDAY_HALF_PAST_SEVEN)

    assert await town.sari.heard() == []
    assert await town.dewi.heard() == ["digest.officer.morning"]
    assert "Budi" in town.dewi.phone.newest.text


async def test_the_head_reads_how_the_office_stands(town: Town) -> None:
    await armed(town)
    await booked(town, town.clock.now() + timedelta(hours=1))
    monday = TUESDAY_HALF_PAST_SEVEN + timedelta(days=6)

    heard = await morning_of(town, town.hendra, monday)

    assert heard == ["digest.head.morning"]
    text = town.hendra.phone.newest.text
    assert "belum diterima siapa pun: 1" in text
    assert "Budi: Kehadiran belum dicatat" in text


async def test_it_comes_every_morning_and_never_twice(town: Town) -> None:
    await armed(town)
    await town.until(TUESDAY_HALF_PAST_SEVEN - timedelta(hours=1))
    await town.sari.heard()

    await town.passes(days=3)

    heard = [key for key in await town.sari.heard() if key.startswith("digest")]
    assert len(heard) == 3


async def test_after_an_outage_yesterdays_is_left_out_and_the_next_one_comes(town: Town) -> None:
    await armed(town)
    town.clock.move_to(TUESDAY_HALF_PAST_SEVEN + timedelta(hours=7))
    await town.settle()
    assert [key for key in await town.sari.heard() if key.startswith("digest")] == []

    await town.until(TUESDAY_HALF_PAST_SEVEN + timedelta(days=1))

    assert await town.sari.heard() == ["digest.officer.nothing"]


async def test_it_is_armed_when_staff_open_their_link(town: Town) -> None:
    from aftercare.records import invites

    asep = await town.staff("Asep", "officer")
    async with town.database.transaction() as db:
        person = await people.get(db, asep.id)
        person.telegram_id = None
        code = invites.make(db, asep.id, town.clock.now())

    await asep.writes(f"/start {code}")

    async with town.database.transaction() as db:
        found = await timers.of_subject(db, f"staff:{asep.id}")
    assert [(one.kind, one.due_at) for one in found] == [(digests.MORNING, TUESDAY_HALF_PAST_SEVEN)]
