"""Whole weeks of Budi, who stays away and comes back, and of the people who wait for him."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.casework.sessions import sessions as session_work
from aftercare.casework.sessions.plans import Plan
from aftercare.casework.staff import digests
from aftercare.records import alerts, attendance, clients, people, sessions
from aftercare.rules import absences
from tests.town import Town

WEEK = timedelta(days=7)


async def every_monday_at_ten(town: Town, weeks: int) -> list[int]:
    """Budi's sessions with Sari, one a week; the participants' ids."""
    first = town.clock.now() + timedelta(hours=2)
    found = []
    async with town.database.transaction() as db:
        for week in range(weeks):
            plan = Plan(
                office_id=town.office,
                officer=await people.get(db, town.sari.id),
                clients=(await clients.get(db, town.budi.id),),
                kind="Konseling",
                place="Ruang Melati",
                starts_at=first + week * WEEK,
            )
            made = await session_work.book(db, plan, town.clock.now())
            found.append(made.session.participants[0].id)
        for staff in (town.sari, town.dewi, town.hendra):
            await digests.arm(db, await people.get(db, staff.id), town.clock.now())
    await town.settle()
    return found


async def streak(town: Town) -> int:
    async with town.database.transaction() as db:
        history = await attendance.history(db, town.budi.id)
    return absences.streak([outcome for _, outcome in history])


async def open_alerts(town: Town) -> list[tuple[str, str]]:
    async with town.database.transaction() as db:
        return [(one.kind, one.level) for one in await alerts.unclosed(db, town.office)]


async def test_budi_stays_away_for_three_weeks_and_comes_back(town: Town) -> None:
    started = town.clock.now()
    await every_monday_at_ten(town, weeks=5)

    # The first Monday: Sari taps at the end of the hour, Budi says why and picks another day.
    await town.until(started + timedelta(hours=4))
    await town.sari.taps("Tidak datang")
    assert "no_show.client.first" in await town.budi.heard()
    await town.budi.taps("Kerja")
    await town.budi.taps("Nanti saja")
    await town.sari.taps("Terima")
    assert await streak(town) == 1

    # The second: he would rather be called, and Sari calls him.
    await town.until(started + WEEK + timedelta(hours=4))
    await town.sari.taps("Tidak datang")
    assert "no_show.client.second" in await town.budi.heard()
    await town.budi.taps("Takut")
    await town.budi.taps("Ditelepon dulu")
    assert "alert.staff.reason_given" in await town.sari.heard()
    await town.sari.taps("Sudah dihubungi")
    assert await streak(town) == 2

    # The third: nobody on duty answers, and by the next day Hendra knows.
    await town.until(started + 2 * WEEK + timedelta(hours=4))
    await town.sari.taps("Tidak datang")
    assert "no_show.client.third" in await town.budi.heard()
    await town.hendra.heard()
    await town.passes(days=2)
    assert "alert.staff.no_show" in await town.hendra.heard()
    await town.hendra.taps("Terima")
    assert "Diterima Hendra" in town.hendra.phone.newest.text

    # The fourth: he is there, says so with the code, and everything is settled.
    await town.until(started + 3 * WEEK + timedelta(hours=2))
    await town.budi.writes("aku udah sampai kak")
    await town.budi.writes(await _code_of_today(town))
    assert await streak(town) == 0
    await town.hendra.taps("Tutup")
    await town.hendra.taps("Sudah bicara")
    assert await open_alerts(town) == []


async def _code_of_today(town: Town) -> str:
    async with town.database.transaction() as db:
        found = await sessions.of_client(db, town.budi.id, after=town.clock.now())
        return found[0].session.code


async def test_a_week_in_which_sari_is_on_leave_loses_nothing(town: Town) -> None:
    started = town.clock.now()
    (number,) = await every_monday_at_ten(town, weeks=1)
    await town.sari.writes("/cuti 27 November")

    # Dewi stands in: she has the code, the sheet and the alert.
    await town.until(started + timedelta(hours=4))
    heard = await town.dewi.heard()
    assert "attendance.officer.code" in heard
    assert "attendance.officer.record" in heard
    await town.dewi.taps("Tidak datang")
    assert "alert.staff.no_show" in await town.dewi.heard()

    # She is ill from Tuesday on, so Hendra is told after the wait of a first missed session.
    await town.until(started + timedelta(days=4))
    assert "alert.staff.no_show" in await town.hendra.heard()
    assert "alert.staff.no_show" not in await town.sari.heard()

    # Back on Monday, Sari finds it in her own list only by looking at the client.
    await town.until(_half_past_eight_on_monday(started))
    await town.sari.writes("/klien")
    assert "Budi: terlewat 1" in town.sari.phone.newest.text
    await town.sari.taps_data(f"d:attend:{number}:excused")
    assert await open_alerts(town) == []
    assert await streak(town) == 0


def _half_past_eight_on_monday(started: datetime) -> datetime:
    return started + WEEK + timedelta(minutes=30)


async def test_a_week_in_which_everybody_forgets_ends_with_the_head_and_not_with_budi(
    town: Town,
) -> None:
    started = town.clock.now()
    await every_monday_at_ten(town, weeks=1)

    await town.until(started + WEEK)

    assert await streak(town) == 0
    assert await open_alerts(town) == [("unrecorded", "low")]
    assert "alert.staff.unrecorded" in await town.hendra.heard()
    assert not [key for key in await town.budi.heard() if key.startswith("no_show")]
