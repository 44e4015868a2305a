"""The officer's day: today, the caseload, a card that shows what the client shares, and leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.casework.attendance import attendance
from aftercare.casework.sessions import sessions as session_work
from aftercare.casework.sessions.plans import Plan
from aftercare.records import audit, check_ins, clients, people, sessions, staff
from tests.town import Neighbour, Town

WEEK = {
    "sleep": 3, "mood": 2, "urge": 1, "confidence": 3, "places": 1, "family": 4, "activity": 3,
    "support": 4,
}  # fmt: skip


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


async def answered(town: Town, who: Neighbour) -> None:
    """A check-in today and one for the week, by this client."""
    async with town.database.transaction() as db:
        for kind, items in (("daily", {"mood": 4, "urge": 1}), ("weekly", WEEK)):
            db.add(
                check_ins.CheckIn(
                    client_id=who.id,
                    kind=kind,
                    on_day=date(2026, 11, 23),
                    asked_at=town.clock.now(),
                    answered_at=town.clock.now(),
                    items=items,
                )
            )


async def test_today_is_one_list_with_a_button_for_each_session(town: Town) -> None:
    number = await booked(town, town.budi)
    await town.passes(hours=1)

    await town.sari.writes("/hari_ini")
    assert "09.00 Budi" in town.sari.phone.newest.text
    await town.sari.taps("09.00 Budi")
    await town.sari.taps("✅ Budi")

    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
    assert one is not None
    assert one.attendance == "present"


async def test_yesterdays_unrecorded_session_is_still_on_todays_list(town: Town) -> None:
    await booked(town, town.budi)
    await town.passes(days=1)

    await town.sari.writes("/hari_ini")

    assert "belum dicatat" in town.sari.phone.newest.text


async def test_a_day_without_sessions_is_said_in_one_line(town: Town) -> None:
    await town.sari.writes("/hari_ini")

    assert await town.sari.heard() == ["officer.staff.free_day"]


async def test_the_caseload_says_the_one_thing_worth_knowing_first(town: Town) -> None:
    siti, ujang = await town.client("Siti"), await town.client("Ujang")
    await booked(town, siti, hours=30)
    number = await booked(town, town.budi)
    await town.passes(hours=2)
    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
        assert one is not None
        sari = await people.get(db, town.sari.id)
        await attendance.record(db, one, "absent", by=sari, now=town.clock.now())
    ujang.phone.blocks()
    await town.settle()

    await town.sari.writes("/klien")

    text = town.sari.phone.newest.text
    assert "Budi: terlewat 1" in text
    assert "Siti: sesi berikutnya" in text
    assert "Ujang: pesan tidak sampai" in text


async def test_a_large_caseload_is_read_eight_at_a_time(town: Town) -> None:
    for n in range(9):
        await town.client(f"Klien {n}")
    await town.sari.writes("/klien")

    await town.sari.taps("Berikutnya")

    names = [row[0][0] for row in town.sari.phone.newest.rows]
    assert names == ["Klien 7", "Klien 8", "‹ Sebelumnya"]


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (0, ("tidak membagikan",), ("Cek-in 14", "Warna", "Mingguan")),
        (1, ("Cek-in 14",), ("Warna", "Mingguan")),
        (2, ("Cek-in 14", "Warna: 🟢"), ("Mingguan",)),
        (3, ("Cek-in 14", "Warna: 🟢", "tidur 3"), ()),
    ],
)
async def test_the_card_shows_as_much_as_the_client_shares(
    town: Town, level: int, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    siti = await town.client("Siti", sharing_level=level)
    await answered(town, siti)

    await town.sari.taps_data(f"d:client:{siti.id}")

    text = town.sari.phone.newest.text
    assert all(words in text for words in shown)
    assert not [words for words in hidden if words in text]


@pytest.mark.parametrize("reader", ["dewi", "hendra"])
async def test_cover_and_head_see_attendance_and_nothing_that_was_shared(
    town: Town, reader: str
) -> None:
    siti = await town.client("Siti", sharing_level=3)
    await answered(town, siti)
    who: Neighbour = getattr(town, reader)

    await who.taps_data(f"d:client:{siti.id}")

    text = who.phone.newest.text
    assert "Siti" in text
    assert not [words for words in ("Cek-in", "Warna", "Mingguan") if words in text]


async def test_opening_a_card_is_written_down_and_refused_to_others(town: Town) -> None:
    asep = await town.staff("Asep", "officer")

    await town.sari.taps_data(f"d:client:{town.budi.id}")
    await asep.taps_data(f"d:client:{town.budi.id}")

    assert await asep.heard() == ["answer.anyone.passed"]
    async with town.database.transaction() as db:
        looks = await audit.of_client(db, town.budi.id)
    assert [(one.by_id, one.what) for one in looks] == [(town.sari.id, "client_card")]


async def test_a_client_reads_that_the_weekly_answers_were_looked_at_and_by_whom(
    town: Town,
) -> None:
    siti = await town.client("Siti", sharing_level=3)
    await answered(town, siti)

    await town.sari.taps_data(f"d:client:{siti.id}")
    await town.hendra.taps_data(f"d:client:{siti.id}")

    async with town.database.transaction() as db:
        looks = await audit.of_client(db, siti.id)
    assert sorted((one.by_id, one.what) for one in looks) == sorted(
        [
            (town.sari.id, "client_card"),
            (town.sari.id, "weekly_answers"),
            (town.hendra.id, "client_card"),
        ]
    )


async def test_leave_until_a_day_lasts_to_its_end(town: Town) -> None:
    await town.sari.writes("/cuti 27 November")

    async with town.database.transaction() as db:
        away = (await staff.get(db, town.sari.id)).away_until
    assert away is not None
    assert away.isoformat() == "2026-11-27T16:59:00+00:00"
    assert await town.sari.heard() == ["officer.officer.away_covered"]
    assert await town.dewi.heard() == ["officer.officer.stands_in"]


async def test_coming_back_early_is_one_tap(town: Town) -> None:
    await town.sari.writes("/cuti")
    await town.sari.taps("Sampai")

    await town.sari.writes("/cuti")
    await town.sari.taps("Sudah kembali")

    async with town.database.transaction() as db:
        assert (await staff.get(db, town.sari.id)).away_until is None


async def test_leave_without_cover_says_who_is_told_instead(town: Town) -> None:
    await town.dewi.writes("/cuti besok")

    assert await town.dewi.heard() == ["officer.officer.away_alone"]


async def test_a_day_that_is_none_is_asked_again(town: Town) -> None:
    await town.sari.writes("/cuti kapan-kapan")

    assert await town.sari.heard() == ["officer.officer.which_day"]


async def test_the_head_reads_the_week_in_numbers_without_names(town: Town) -> None:
    number = await booked(town, town.budi)
    await town.passes(hours=2)
    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
        assert one is not None
        sari = await people.get(db, town.sari.id)
        await attendance.record(db, one, "absent", by=sari, now=town.clock.now())
    await town.passes(minutes=30)
    await town.sari.taps("Terima")

    await town.hendra.writes("/ringkasan")

    text = town.hendra.phone.newest.text
    assert "Sesi: 1" in text
    assert "tidak datang 1" in text
    assert "dalam 30 menit" in text
    assert "Budi" not in text


async def test_a_client_cannot_ask_for_any_of_it(town: Town) -> None:
    for words in ("/klien", "/ringkasan", "/cuti", "/hari_ini", "/peringatan"):
        await town.budi.writes(words)

    assert not [key for key in await town.budi.heard() if key.startswith(("officer", "alert"))]
