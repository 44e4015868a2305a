"""/perkembangan: the picture of the last weeks, true to what was answered and kind to gaps."""

from __future__ import annotations

import struct
from datetime import UTC, date, datetime, timedelta

from aftercare.casework.progress import progress, progress_picture
from aftercare.casework.progress.progress_sheet import Sheet
from aftercare.records import check_ins, people, sessions
from aftercare.records.sessions import Attendance, Participant
from tests.town import Town

MONDAY = date(2026, 11, 23)


async def answered(town: Town, days_ago: int, mood: int, urge: int) -> None:
    async with town.database.transaction() as db:
        day = MONDAY - timedelta(days=days_ago)
        items = {"mood": mood, "urge": urge}
        await check_ins.answer(
            db, town.budi.id, "daily", day=day, items=items, now=town.clock.now()
        )


async def met(town: Town, days_ago: int, attendance: Attendance | None) -> None:
    at = datetime(2026, 11, 23, 0, 0, tzinfo=UTC) - timedelta(days=days_ago)
    async with town.database.transaction() as db:
        session = sessions.Session(
            office_id=town.office,
            officer_id=town.sari.id,
            kind="konseling",
            place="Bandung",
            starts_at=at,
            minutes=60,
            code="1234",
            made_at=at,
        )
        session.participants = [Participant(client_id=town.budi.id, attendance=attendance)]
        db.add(session)


async def sheet_of_budi(town: Town) -> Sheet:
    async with town.database.transaction() as db:
        return await progress.read(db, await people.get(db, town.budi.id), town.clock.now())


async def test_the_picture_comes_with_a_short_caption(town: Town) -> None:
    for days_ago in range(5):
        await answered(town, days_ago, 3, days_ago)
    await met(town, 3, "present")

    await town.budi.writes("/perkembangan")

    newest = town.budi.phone.newest
    assert await town.budi.heard() == ["progress.client.picture"]
    assert newest.picture is not None
    assert size(newest.picture.content) == (800, 1000)
    assert "5 hari melangkah, 1 pertemuan" in newest.text
    assert newest.text.startswith("Ini perjalananmu, Budi")


async def test_before_the_first_answer_there_is_a_kind_word_and_a_picture(town: Town) -> None:
    await town.budi.writes("/perkembangan")

    assert await town.budi.heard() == ["progress.client.little"]
    assert town.budi.phone.newest.picture is not None


async def test_five_weeks_are_shown_and_what_is_older_counts_as_a_step_only(town: Town) -> None:
    await answered(town, 60, 1, 9)
    await answered(town, 34, 2, 8)
    await answered(town, 0, 4, 2)

    sheet = await sheet_of_budi(town)

    assert sheet.mood == ((MONDAY - timedelta(days=34), 2), (MONDAY, 4))
    assert sheet.urge == ((MONDAY - timedelta(days=34), 8), (MONDAY, 2))
    assert (sheet.start, sheet.end) == (MONDAY - timedelta(days=34), MONDAY)
    assert sheet.steps == 3


async def test_a_weekly_answer_stands_on_the_scale_of_the_days(town: Town) -> None:
    async with town.database.transaction() as db:
        day, items = MONDAY - timedelta(days=1), {"mood": 4, "urge": 2}
        now = town.clock.now()
        await check_ins.answer(db, town.budi.id, "weekly", day=day, items=items, now=now)

    sheet = await sheet_of_budi(town)

    assert sheet.mood == ((day, 5),)
    assert sheet.urge == ((day, 5),)


async def test_a_session_is_nobodys_miss_where_nobody_noted_it(town: Town) -> None:
    await met(town, 5, "present_online")
    await met(town, 4, "late_excuse")
    await met(town, 3, "absent")
    await met(town, 2, None)
    await met(town, 1, "cancelled_by_office")

    sheet = await sheet_of_budi(town)

    assert [how for _, how in sheet.meetings] == ["came", "excused", "missed"]
    assert sheet.came == 1


def test_the_same_days_give_the_same_picture() -> None:
    mood = tuple((MONDAY - timedelta(days=at), 3.0) for at in range(10, 0, -1))
    sheet = Sheet(MONDAY - timedelta(days=10), MONDAY, mood, mood, ((MONDAY, "came"),), 10)

    assert progress_picture.draw(sheet) == progress_picture.draw(sheet)


def test_a_long_gap_stays_open_instead_of_being_bridged() -> None:
    points = [(MONDAY, 3.0), (MONDAY + timedelta(days=4), 3.0), (MONDAY + timedelta(days=9), 3.0)]
    sheet = Sheet(MONDAY, MONDAY + timedelta(days=9), tuple(points), (), (), 3)

    across, up = progress_picture._with_gaps(sheet, points)

    assert across == [0, 4, 8.5, 9]
    assert [value == value for value in up] == [True, True, False, True]


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height
