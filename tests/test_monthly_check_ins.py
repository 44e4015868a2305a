"""The five questions of a month: asked, answered, ignored, met with care, kept as private."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from aftercare.casework.check_ins import check_ins as work
from aftercare.casework.progress import progress
from aftercare.casework.rights import data_copy, erasing
from aftercare.casework.taking_part import rounds
from aftercare.records import alerts, check_ins, clients, holdings, people, timers
from aftercare.records.check_ins import CheckIn
from aftercare.rules import discretion
from tests.town import Neighbour, Town

#: Thirty days after Monday, 23 November, at 19.00 in Bandung: a Wednesday.
MONTH = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)
ASKED = "check_in_monthly.client.cheerful"
DAILY = "check_in_daily.client.mood"
GOOD, LOWISH, HEAVY = (4, 3, 3, 3, 4), (2, 2, 3, 2, 2), (1, 1, 0, 1, 1)


@pytest.fixture
async def budi(town: Town) -> Neighbour:
    """Budi, who shares signs (level 2) and for whom only the monthly question is set."""
    await asked_monthly(town, town.budi)
    return town.budi


async def asked_monthly(town: Town, who: Neighbour) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, who.id)
        work.arm_monthly(db, client, town.clock.now())


async def shares(town: Town, who: Neighbour, level: int) -> None:
    async with town.database.transaction() as db:
        (await clients.get(db, who.id)).sharing_level = level


async def answers(who: Neighbour, five: tuple[int, ...], *more: str) -> None:
    for one in (*map(str, five), *more):
        await who.taps(one)


async def months(town: Town, who: Neighbour) -> list[CheckIn]:
    async with town.database.transaction() as db:
        return await check_ins.of_client(db, who.id, "monthly", since=date(2026, 1, 1))


async def earlier(town: Town, who: Neighbour, days_ago: int, *five: int) -> None:
    items = dict(zip(("cheerful", "calm", "active", "rested", "interested"), five, strict=True))
    async with town.database.transaction() as db:
        day = town.clock.now().date() - timedelta(days=days_ago)
        now = town.clock.now()
        await check_ins.answer(db, who.id, "monthly", day=day, items=items, now=now)


async def alerts_about(town: Town, who: Neighbour) -> list[str]:
    async with town.database.transaction() as db:
        found = await alerts.unclosed(db, town.office)
        return sorted(one.kind for one in found if one.client_id == who.id)


async def test_five_taps_are_a_month_and_the_words_fit_the_answers(
    town: Town, budi: Neighbour
) -> None:
    await town.until(MONTH)
    await answers(budi, GOOD)

    (month,) = await months(town, budi)
    assert await budi.heard() == [
        f"check_in_monthly.client.{one}"
        for one in ("cheerful", "calm", "active", "rested", "interested", "close")
    ]
    assert month.items == {
        "cheerful": 4, "calm": 3, "active": 3, "rested": 3, "interested": 4,
    }  # fmt: skip
    assert "Yang paling kuat padamu sekarang: hati yang enteng" in budi.phone.newest.text
    assert await town.sari.heard() == []


@pytest.mark.parametrize("level", [0, 1, 2, 3])
async def test_who_will_see_it_is_said_before_the_first_question(
    town: Town, budi: Neighbour, level: int
) -> None:
    await shares(town, budi, level)
    await town.until(MONTH)

    promise = town.house.book.text(f"check_in.client.month_seen_by_{level}").body
    text = budi.phone.newest.text
    assert 0 < text.index(promise.replace("{officer}", "Sari")) < text.index("1/5")
    assert len(text) < 400
    assert discretion.told(text) is None


async def test_what_rose_since_last_month_is_named(town: Town, budi: Neighbour) -> None:
    await town.until(MONTH - timedelta(hours=1))
    await earlier(town, budi, 30, 4, 3, 3, 1, 4)
    await town.passes(hours=1)
    await answers(budi, GOOD)

    assert "paling naik dari sebelumnya: bangun dengan badan enteng" in (budi.phone.newest.text)


async def test_a_low_month_is_met_with_an_exercise_that_fits_and_a_way_to_sari(
    town: Town, budi: Neighbour
) -> None:
    await town.until(MONTH)
    await answers(budi, LOWISH, "Cukup dulu")

    assert (await budi.heard())[-3:] == [
        "check_in_monthly.client.low",
        "check_in_monthly.client.more",
        "check_in_monthly.client.care",
    ]
    assert "Bicara dengan Sari" in budi.phone.buttons
    assert await alerts_about(town, budi) == []

    await budi.taps("Bicara dengan Sari")
    assert await alerts_about(town, budi) == ["wants_contact"]


async def test_a_very_low_month_reaches_sari_with_a_reason_and_no_answer(
    town: Town, budi: Neighbour
) -> None:
    await town.until(MONTH)
    await answers(budi, HEAVY)

    assert await town.sari.heard() == ["alert.staff.mood_low"]
    told = town.sari.phone.newest.text
    assert "28 atau kurang dari 100" in told
    assert "16" not in told  # what it came to is for level three
    assert "Sari diberi tahu bahwa bulan ini terasa berat" in budi.phone.newest.text
    assert budi.phone.buttons == ["Mau, telepon aku", "Tidak dulu"]


async def test_who_wants_a_call_gets_one_asked_for_at_once(town: Town, budi: Neighbour) -> None:
    await shares(town, budi, 0)
    await town.until(MONTH)
    await answers(budi, HEAVY, "Mau, telepon aku")

    assert await alerts_about(town, budi) == ["wants_contact"]
    await budi.taps("Cukup dulu")
    assert not any(one.startswith("Bicara") for one in budi.phone.buttons)


@pytest.mark.parametrize("level", [0, 1])
async def test_below_level_two_a_heavy_month_stays_with_budi(
    town: Town, budi: Neighbour, level: int
) -> None:
    await shares(town, budi, level)
    await town.until(MONTH)
    await answers(budi, HEAVY, "Tidak dulu", "Boleh", "3", "3", "3", "3")

    assert await alerts_about(town, budi) == []
    assert await town.sari.heard() == []
    promise = town.house.book.text(f"check_in.client.month_told_{level}").body
    assert any(promise in one.text for one in budi.phone.messages)


async def test_four_more_answers_that_weigh_much_reach_sari_without_being_shown(
    town: Town, budi: Neighbour
) -> None:
    await town.until(MONTH)
    await answers(budi, LOWISH, "Boleh", "2", "2", "1", "1")

    heard = await budi.heard()
    assert "check_in_monthly.client.strained" in heard
    assert heard[-1] == "check_in_monthly.client.care"
    assert await alerts_about(town, budi) == ["mood_low"]
    assert "empat pertanyaan lanjutan" in town.sari.phone.newest.text


async def test_each_of_the_four_may_be_skipped(town: Town, budi: Neighbour) -> None:
    await town.until(MONTH)
    await answers(budi, LOWISH, "Boleh", "3", "Lewati", "3", "3")

    (month,) = await months(town, budi)
    assert "joyless" not in month.items
    assert month.items["worried"] == 3
    assert await alerts_about(town, budi) == []
    assert (await budi.heard())[-1] == "check_in_monthly.client.care"


async def test_an_illness_is_never_named(town: Town) -> None:
    flow = town.house.stage.flows["check_in_monthly"]
    said = json.dumps(
        [town.house.book.text(f"check_in_monthly.client.{one}").body for one in flow.steps
         if f"check_in_monthly.client.{one}" in town.house.book]
    ).lower()  # fmt: skip

    assert "murung" in said
    named = ("depresi", "kecemasan", "gangguan", "sakit", "mati ", "bunuh")
    assert not any(one in said for one in named)


async def test_the_daily_question_makes_room_that_day(town: Town, budi: Neighbour) -> None:
    await town.until(MONTH - timedelta(hours=2))
    async with town.database.transaction() as db:
        work.arm_first(db, await clients.get(db, budi.id), town.clock.now())

    await town.until(MONTH)
    assert await budi.heard() == [ASKED]
    await answers(budi, GOOD)
    await budi.heard()

    await budi.writes("/cekin")
    assert await budi.heard() == ["check_in.client.already"]
    await town.passes(days=1)
    assert await budi.heard() == [DAILY]


async def test_who_does_not_answer_is_asked_once_more_and_then_left_in_peace(
    town: Town, budi: Neighbour
) -> None:
    await town.until(MONTH)
    await town.passes(days=2)
    assert await budi.heard() == [ASKED]

    await town.passes(days=1)
    assert await budi.heard() == [ASKED]
    assert "masih ada" in budi.phone.newest.text

    await town.passes(days=26)
    assert await budi.heard() == []
    await town.passes(days=1)
    assert await budi.heard() == [ASKED]


async def test_who_answered_is_not_asked_again_that_month(town: Town, budi: Neighbour) -> None:
    await town.until(MONTH)
    await answers(budi, GOOD)
    await budi.heard()

    await town.passes(days=29)
    assert await budi.heard() == []


async def test_half_an_answer_is_kept_and_asked_for_once_more(town: Town, budi: Neighbour) -> None:
    await town.until(MONTH)
    await answers(budi, (3, 2))
    await budi.heard()
    await town.passes(days=3)

    (first, _) = await months(town, budi)
    assert first.items == {"cheerful": 3, "calm": 2}
    assert await budi.heard() == [ASKED]


async def test_it_never_comes_on_the_day_of_the_weekly_one(town: Town) -> None:
    siti = await town.client("Siti")
    async with town.database.transaction() as db:
        # Thirty days after Friday the 27th is Sunday the 27th of December.
        client = await clients.get(db, siti.id)
        client.joined_at = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
        work.arm_first(db, client, town.clock.now())
    sunday = datetime(2026, 12, 27, 12, 0, tzinfo=UTC)

    await town.until(sunday - timedelta(hours=1))
    await siti.heard()
    await town.until(sunday)
    assert await siti.heard() == ["check_in_weekly.client.sleep"]
    await town.passes(days=1)
    assert ASKED in await siti.heard()


@pytest.mark.parametrize("why", ["paused", "hushed", "left", "ended", "unreachable"])
async def test_who_rests_or_has_gone_is_not_asked(town: Town, budi: Neighbour, why: str) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, budi.id)
        later, now = MONTH + timedelta(days=5), town.clock.now()
        match why:
            case "paused":
                client.person.paused_until = later
            case "hushed":
                client.person.hushed_until = later
            case "left":
                client.person.left_at = now
            case "ended":
                client.ended_at = now
            case "unreachable":
                client.person.unreachable_since = now

    await town.until(MONTH + timedelta(days=4))

    assert await budi.heard() == []
    assert await months(town, budi) == []


async def test_who_joined_before_there_was_one_gets_it_with_the_next_week(town: Town) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        work.arm_next(db, client, work.WEEKLY, town.clock.now())

    await town.passes(days=7)

    async with town.database.transaction() as db:
        kinds = {one.kind for one in await timers.of_subject(db, f"client:{town.budi.id}")}
    assert kinds == {
        "check_in.weekly", "check_in.monthly", "milestone.look", "care_plan.review",
    }  # fmt: skip


async def test_catching_up_leaves_alone_what_is_set(town: Town, budi: Neighbour) -> None:
    due = MONTH + timedelta(days=2)
    async with town.database.transaction() as db:
        timers.arm(db, timers.Timer(f"client:{budi.id}", work.MONTHLY, due))
    async with town.database.transaction() as db:
        client = await clients.get(db, budi.id)
        await rounds.begin(db, client, town.clock.now())
        work.arm_next(db, client, work.WEEKLY, town.clock.now())

    await town.passes(days=7)

    async with town.database.transaction() as db:
        found = await timers.of_subject(db, f"client:{budi.id}")
    assert [one.kind for one in found].count(work.MONTHLY) == 1


async def test_leaving_takes_every_timer_with_it(town: Town, budi: Neighbour) -> None:
    async with town.database.transaction() as db:
        await rounds.begin(db, await clients.get(db, budi.id), town.clock.now())
    await budi.writes("/berhenti")
    await budi.taps("Ya, berhenti")

    async with town.database.transaction() as db:
        assert await timers.of_subject(db, f"client:{budi.id}") == []


async def test_the_copy_holds_the_months_and_erasing_takes_them(
    town: Town, budi: Neighbour
) -> None:
    await town.until(MONTH)
    await answers(budi, HEAVY, "Tidak dulu", "Boleh", "1", "1", "1", "1")

    async with town.database.transaction() as db:
        copy = await data_copy.produce(db, {"person": budi.id}, town.clock.now())
    (row,) = json.loads(copy().content)["kabar"]
    assert (row["kind"], row["items"]["gloomy"]) == ("monthly", 1)

    async with town.database.transaction() as db:
        await erasing.erase(db, await clients.get(db, budi.id), town.clock.now())
    async with town.database.transaction() as db:
        assert "check_ins" not in await holdings.of_person(db, budi.id)
        assert await timers.of_subject(db, f"client:{budi.id}") == []


async def test_a_second_month_draws_a_line_and_says_what_moved(town: Town, budi: Neighbour) -> None:
    await earlier(town, budi, 60, 2, 2, 2, 2, 2)
    await budi.writes("/perkembangan")
    assert (await budi.heard())[-1] == "progress.client.little"

    await earlier(town, budi, 30, 2, 4, 2, 2, 1)
    await budi.writes("/perkembangan")

    assert (await budi.heard())[-1] == "progress.client.months"
    assert "kepala yang adem" in budi.phone.newest.text
    async with town.database.transaction() as db:
        sheet = await progress.read(db, await people.get(db, budi.id), town.clock.now())
    assert [score for _, score in sheet.months] == [40, 44]
    assert budi.phone.newest.picture is not None


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (0, "memilih tidak membagikan", "Bulanan"),
        (1, "Cek-in 14 hari", "Bulanan"),
        (2, "🟠 perlu disapa", "dari 100"),
        (3, "28 dari 100, sebelumnya 60", "senyum"),
    ],
)
async def test_saris_card_shows_what_the_sharing_level_allows(
    town: Town, budi: Neighbour, level: int, shown: str, hidden: str
) -> None:
    await shares(town, budi, level)
    await earlier(town, budi, 40, 3, 3, 3, 3, 3)
    await earlier(town, budi, 10, 2, 2, 1, 1, 1)

    await town.sari.writes("/klien")
    await town.sari.taps("Budi")

    assert shown in town.sari.phone.newest.text
    assert hidden not in town.sari.phone.newest.text


async def test_the_one_who_covers_sees_no_month(town: Town, budi: Neighbour) -> None:
    await shares(town, budi, 3)
    await earlier(town, budi, 10, 2, 2, 1, 1, 1)

    await town.dewi.taps_data(f"d:client:{budi.id}")

    assert "Bulanan" not in "".join(one.text for one in town.dewi.phone.messages)
