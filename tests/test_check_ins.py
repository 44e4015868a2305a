"""Daily and weekly check-ins as people live them: asked, answered, ignored, paused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from aftercare.casework.check_ins import check_ins as work
from aftercare.records import (
    alerts,
    check_ins,
    clients,
    consents,
    conversations,
    module_runs,
    people,
    timers,
)
from aftercare.records.alerts import Alert
from aftercare.records.check_ins import CheckIn, Kind
from tests.town import Neighbour, Town

#: 19.00 in Bandung on that Monday.
SEVEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ASKED = "check_in_daily.client.mood"


@pytest.fixture
async def budi(town: Town) -> AsyncIterator[Neighbour]:
    """Budi, who shares risk colours, and whose check-ins are armed."""
    await joined(town, town.budi)
    return town.budi


async def joined(town: Town, neighbour: Neighbour) -> None:
    async with town.database.transaction() as db:
        work.arm_first(db, await clients.get(db, neighbour.id), town.clock.now())


async def shares(town: Town, neighbour: Neighbour, level: int) -> None:
    async with town.database.transaction() as db:
        (await clients.get(db, neighbour.id)).sharing_level = level


async def answers(neighbour: Neighbour, mood: str, urge: int, help_: str = "Ada") -> None:
    await neighbour.taps(mood)
    await neighbour.taps(str(urge))
    await neighbour.taps(help_)


async def kept(town: Town, neighbour: Neighbour, kind: Kind = "daily") -> list[CheckIn]:
    async with town.database.transaction() as db:
        return await check_ins.of_client(db, neighbour.id, kind, since=date(2026, 1, 1))


async def alerts_about(town: Town, neighbour: Neighbour) -> list[tuple[str, str]]:
    async with town.database.transaction() as db:
        found = await alerts.unclosed(db, town.office)
        return [(one.kind, one.level) for one in found if one.client_id == neighbour.id]


async def close_all(town: Town) -> None:
    async with town.database.transaction() as db:
        for alert in await alerts.unclosed(db, town.office):
            (await db.get_one(Alert, alert.id)).state = "closed"


async def next_at(town: Town, neighbour: Neighbour, kind: str = work.DAILY) -> datetime:
    async with town.database.transaction() as db:
        found = await timers.of_subject(db, f"client:{neighbour.id}")
    return next(one.due_at for one in found if one.kind == kind)


async def test_three_taps_are_a_check_in(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN)
    await answers(budi, "Baik sekali", 2)

    heard = await budi.heard()
    (today,) = await kept(town, budi)
    assert heard == [
        ASKED,
        "check_in_daily.client.urge",
        "check_in_daily.client.help",
        "check_in_daily.client.close",
    ]
    assert today.items == {"mood": 5, "urge": 2, "help": "ya"}
    assert "pertama" in budi.phone.newest.text
    assert await next_at(town, budi) == SEVEN + timedelta(days=1)


async def test_the_first_line_shows_nothing_and_the_last_says_who_will_see_it(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN)

    first, *_, last = budi.phone.newest.text.splitlines()
    assert first == "Halo Budi, gimana perasaanmu hari ini?"
    assert last == "<i>Sari diberi tahu kalau ada tanda berat, bukan jawabanmu.</i>"


@pytest.mark.parametrize("level", [0, 1, 2, 3])
async def test_every_sharing_level_has_its_own_promise(
    town: Town, budi: Neighbour, level: int
) -> None:
    await shares(town, budi, level)
    await town.until(SEVEN)

    promise = town.house.book.text(f"check_in.client.seen_by_{level}").body
    assert promise.replace("{officer}", "Sari") in budi.phone.newest.text


async def test_a_heavy_check_in_reaches_the_officer_the_same_minute(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN)
    await budi.taps("Kurang baik")
    await budi.taps("9")  # and the third question stays open

    assert await town.sari.heard() == ["alert.staff.urge_high"]
    told = town.sari.phone.newest.text
    assert "8 atau lebih" in told
    assert "9" not in told.replace("19.", "")  # the reason, never the answer


async def test_at_sharing_level_one_the_officer_never_sees_the_urge(
    town: Town, budi: Neighbour
) -> None:
    await shares(town, budi, 1)
    await town.until(SEVEN)
    await answers(budi, "Berat sekali", 10)

    assert await alerts_about(town, budi) == []
    assert await town.sari.heard() == []


async def test_a_wish_for_a_call_reaches_the_officer_at_any_level(
    town: Town, budi: Neighbour
) -> None:
    await shares(town, budi, 0)
    await town.until(SEVEN)
    await answers(budi, "Biasa saja", 1, "Aku ingin ditelepon")

    assert await town.sari.heard() == ["alert.staff.wants_contact"]
    assert "check_in_daily.client.call" in await budi.heard()


async def test_a_bout_is_one_alert_until_it_is_closed(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN)
    await answers(budi, "Biasa saja", 9)
    await budi.taps("Tidak sekarang")
    await town.passes(days=1)
    await answers(budi, "Biasa saja", 9)

    assert await alerts_about(town, budi) == [("urge_high", "medium")]

    await close_all(town)
    await budi.taps("Tidak sekarang")
    await town.passes(days=1)
    await answers(budi, "Biasa saja", 9)

    assert await alerts_about(town, budi) == [("urge_high", "medium")]


async def test_a_strong_urge_is_met_with_two_ways_through_it_and_a_way_to_help(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN)
    await answers(budi, "Biasa saja", 8)

    assert (await budi.heard())[-1] == "check_in_daily.client.urgent"
    assert "/bantuan" in budi.phone.newest.text
    assert budi.phone.buttons == [
        "Selancar Ombak",
        "Tunda, Alihkan, Putuskan",
        "Bicara dengan Sari",
        "Tidak sekarang",
    ]


async def test_who_rather_talks_is_passed_on_to_the_officer(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN)
    await answers(budi, "Kurang baik", 3)
    await budi.taps("Bicara dengan Sari")

    assert await alerts_about(town, budi) == [("wants_contact", "medium")]


async def test_two_ignored_questions_make_the_third_a_kind_word(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN)
    await town.passes(days=2)

    assert await budi.heard() == [ASKED, ASKED, "check_in.client.fewer"]
    assert await next_at(town, budi) == SEVEN + timedelta(days=4)  # Friday

    await town.passes(days=2)

    assert await budi.heard() == [ASKED]


async def test_who_wishes_is_asked_every_day_again(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN + timedelta(days=2))
    await budi.taps("Tetap setiap hari")
    await budi.heard()
    await town.passes(days=1)

    assert await budi.heard() == [ASKED]
    assert await next_at(town, budi) == SEVEN + timedelta(days=4)


async def test_a_rising_urge_brings_the_daily_question_back(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN + timedelta(days=4))  # two ignored days, then Friday
    await answers(budi, "Biasa saja", 6)

    assert "setiap hari dulu" in budi.phone.newest.text
    assert await next_at(town, budi) == SEVEN + timedelta(days=5)


async def test_fourteen_stable_days_end_with_a_question_about_the_rhythm(
    town: Town, budi: Neighbour
) -> None:
    async with town.database.transaction() as db:
        days = [SEVEN.date() - timedelta(days=one) for one in range(1, 14)]
        for day in days:
            items = {"mood": 4, "urge": 1}
            await check_ins.answer(db, budi.id, "daily", day=day, items=items, now=town.clock.now())

    await town.until(SEVEN)
    await answers(budi, "Baik sekali", 1)
    assert (await budi.heard())[-1] == "check_in_daily.client.fewer"
    assert await next_at(town, budi) == SEVEN + timedelta(days=2)

    await budi.taps("Tetap setiap hari")
    assert await next_at(town, budi) == SEVEN + timedelta(days=1)


async def test_a_week_of_silence_reaches_the_officer_as_engagement_only(
    town: Town, budi: Neighbour
) -> None:
    await shares(town, budi, 0)
    await town.until(SEVEN + timedelta(days=9))

    assert await alerts_about(town, budi) == [("silent", "low")]
    assert "alert.staff.silent" in await town.sari.heard()


async def test_who_pauses_is_neither_asked_nor_counted_as_silent(
    town: Town, budi: Neighbour
) -> None:
    async with town.database.transaction() as db:
        paused = await people.get(db, budi.id)
        paused.paused_until = SEVEN + timedelta(days=15)

    await town.until(SEVEN + timedelta(days=14))

    assert await budi.heard() == []
    assert await kept(town, budi) == []
    assert await alerts_about(town, budi) == []
    assert await next_at(town, budi) == SEVEN + timedelta(days=15)

    await town.passes(days=1)

    assert await budi.heard() == [ASKED]


@pytest.mark.parametrize("why", ["left", "ended", "unreachable", "hushed", "disagreed"])
async def test_who_cannot_or_does_not_want_to_is_not_asked(
    town: Town, budi: Neighbour, why: str
) -> None:
    now = town.clock.now()
    async with town.database.transaction() as db:
        client = await clients.get(db, budi.id)
        match why:
            case "left":
                client.person.left_at = now
            case "ended":
                client.ended_at = now
            case "unreachable":
                client.person.unreachable_since = now
            case "hushed":
                client.person.hushed_until = SEVEN + timedelta(days=1)
            case "disagreed":
                consent = consents.Consent(
                    person_id=budi.id, kind="check_ins", given=False, text_version="1", at=now
                )
                db.add(consent)

    await town.until(SEVEN)

    assert await budi.heard() == []
    assert await kept(town, budi) == []
    assert await next_at(town, budi) == SEVEN + timedelta(days=1)


async def test_people_in_three_time_zones_are_asked_at_their_own_seven(town: Town) -> None:
    zones = {"Ujang": "Asia/Jakarta", "Wayan": "Asia/Makassar", "Yohana": "Asia/Jayapura"}
    found = {}
    for name, zone in zones.items():
        found[name] = await town.client(name)
        async with town.database.transaction() as db:
            (await people.get(db, found[name].id)).time_zone = zone
        await joined(town, found[name])

    asked_at = {}
    for hours in range(9, 12):
        await town.until(SEVEN.replace(hour=hours + 1))
        for name, neighbour in found.items():
            if await neighbour.heard():
                asked_at[name] = hours + 1

    assert asked_at == {"Yohana": 10, "Wayan": 11, "Ujang": 12}


async def test_an_answer_after_midnight_belongs_to_the_day_of_the_question(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN + timedelta(hours=12))
    await answers(budi, "Biasa saja", 1)

    (row,) = await kept(town, budi)
    assert row.on_day == date(2026, 11, 23)
    assert row.answered_at == SEVEN + timedelta(hours=12)


async def test_what_was_answered_counts_even_if_the_rest_never_comes(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN)
    await budi.taps("Kurang baik")
    await town.passes(hours=21)

    (row,) = await kept(town, budi)
    assert row.items == {"mood": 2}
    assert row.answered_at == SEVEN + timedelta(hours=20)


async def test_a_check_in_by_hand_takes_the_place_of_the_evening_one(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("/cekin")
    await answers(budi, "Biasa saja", 0)
    await budi.heard()

    await budi.writes("/cekin")
    assert await budi.heard() == ["check_in.client.already"]

    await town.until(SEVEN)
    assert await budi.heard() == []


async def test_who_is_in_the_middle_of_something_is_asked_afterwards(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN - timedelta(hours=2))
    await budi.taps_data("d:module:1:napas")
    await town.passes(hours=2)
    assert ASKED not in await budi.heard()
    assert await kept(town, budi) == []

    await town.passes(hours=1)
    assert ASKED in await budi.heard()


async def test_on_sunday_the_week_is_asked_about_and_the_day_is_not(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN + timedelta(days=5))
    await budi.heard()
    await town.passes(days=1)
    for number in (3, 3, 1, 3, 1, 3, 3, 3):
        await budi.taps(str(number))
    await budi.taps("Tidak ada")

    heard = await budi.heard()
    (week,) = await kept(town, budi, "weekly")
    assert heard[0] == "check_in_weekly.client.sleep"
    assert heard[-1] == "check_in_weekly.client.close"
    assert ASKED not in heard
    assert week.items == {
        "sleep": 3,
        "mood": 3,
        "urge": 1,
        "confidence": 3,
        "places": 1,
        "family": 3,
        "activity": 3,
        "support": 3,
    }


async def test_a_story_of_a_hard_week_stays_the_clients_own(town: Town, budi: Neighbour) -> None:
    story = "kemarin hampir ikut teman lama"
    await town.until(SEVEN + timedelta(days=6))
    for number in (3, 3, 1, 3, 1, 3, 3, 3):
        await budi.taps(str(number))
    await budi.taps("Aku mau cerita")
    assert "hanya milikmu" in budi.phone.newest.text  # before anything can be written
    await budi.taps("Aku tulis sekarang")
    await budi.writes(story)

    assert "check_in_weekly.client.heard" in await budi.heard()
    assert not any(story in heard.text for heard in town.sari.phone.messages)
    assert [one.words for one in await notes(town, budi)] == [story]


async def notes(town: Town, neighbour: Neighbour) -> list[module_runs.Artefact]:
    async with town.database.transaction() as db:
        return await module_runs.artefacts(db, neighbour.id, "note")


async def test_a_hard_week_is_noticed_and_met_with_a_choice(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN + timedelta(days=6))
    for number in (0, 1, 4, 3, 1, 3, 3, 3):
        await budi.taps(str(number))
    await budi.taps("Lewati")
    assert (await budi.heard())[-2:] == [
        "check_in_weekly.client.noticed",
        "check_in_weekly.client.care",
    ]

    assert budi.phone.buttons[:2] == ["Selancar Ombak", "Gerak dulu"]
    await budi.taps("Gerak dulu")
    assert await budi.heard() == ["gerak.client.before"]


async def test_low_confidence_in_a_week_reaches_the_officer(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN + timedelta(days=6))
    for number in (3, 3, 1, 1, 1, 3, 3, 3):
        await budi.taps(str(number))

    assert ("confidence_low", "medium") in await alerts_about(town, budi)


async def test_what_waits_begins_when_a_check_in_that_nobody_answered_comes_to_its_end(
    town: Town, budi: Neighbour
) -> None:
    siti = await town.client("Siti")
    await joined(town, siti)
    await town.until(SEVEN)
    two_days = timedelta(days=2)
    async with town.database.transaction() as db:
        conversations.queue(db, budi.id, "plan_review", now=town.clock.now(), good_for=two_days)

    await town.until(SEVEN + timedelta(hours=20))

    assert await budi.heard() == [ASKED, "plan_review.client.asked"]
    assert await siti.heard() == [ASKED]


async def test_somebody_in_the_middle_of_something_is_asked_when_it_is_over(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN - timedelta(minutes=5))
    async with town.database.transaction() as db:
        conversations.queue(db, budi.id, "plan_review", now=town.clock.now())
    await town.passes(minutes=10)
    before = await budi.heard()
    noted = await kept(town, budi)

    await budi.taps("Masih cocok, biarkan")

    assert before == ["plan_review.client.asked"]
    assert noted == []
    assert await budi.heard() == ["plan_review.client.kept", ASKED]
