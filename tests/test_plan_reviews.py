"""The plan for hard hours: offered once in week two, looked at again each month, never piled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from aftercare.casework.actions import Act
from aftercare.casework.check_ins import check_ins
from aftercare.casework.exercises import modules, plan_reviews
from aftercare.records import clients, module_runs, people, timers
from aftercare.records.module_runs import Artefact
from aftercare.records.outbox import Cause
from aftercare.rules import discretion
from tests.town import Neighbour, Town

#: Eight days after Monday, 23 November, half an hour after Budi's seven o'clock.
WEEK_TWO = datetime(2026, 12, 1, 12, 30, tzinfo=UTC)
#: Thirty days after the first evening is the day of the monthly questions: so the one after it.
REVIEW = datetime(2026, 12, 24, 12, 30, tzinfo=UTC)
OFFER, ASKED = "plan.client.offer", "plan_review.client.asked"


@pytest.fixture
async def budi(town: Town) -> Neighbour:
    """Budi, who has just joined."""
    async with town.database.transaction() as db:
        plan_reviews.arm(db, await clients.get(db, town.budi.id), town.clock.now())
    return town.budi


async def writes_the_plan(town: Town, who: Neighbour, sign: str = "malas jawab pesan") -> None:
    """As the exercise does at its end."""
    now = town.clock.now()
    async with town.database.transaction() as db:
        person = await people.get(db, who.id)
        act = Act(db, person, None, {}, {}, now, Cause(f"test:{now}", now))
        for kind, words in (("warning_sign", sign), ("reason", "anakku")):
            module_runs.keep(
                db,
                Artefact(client_id=who.id, kind=kind, words=words, module="RENCANA", made_at=now),
            )
        await modules.record(act, modules.Ratings(module="RENCANA", before=6, after=3))


async def of_the_plan(who: Neighbour) -> list[str]:
    return [one for one in await who.heard() if one.startswith(("plan.", "plan_review."))]


async def test_in_week_two_the_plan_is_offered_once(town: Town, budi: Neighbour) -> None:
    await town.until(WEEK_TWO - timedelta(minutes=1))
    assert await of_the_plan(budi) == []

    await town.until(WEEK_TWO)
    assert await of_the_plan(budi) == [OFFER]
    assert discretion.told(budi.phone.newest.text) is None

    await town.passes(days=200)
    assert await of_the_plan(budi) == []


async def test_the_offer_leads_straight_into_writing_it(town: Town, budi: Neighbour) -> None:
    await town.until(WEEK_TWO)
    await budi.taps("Mulai sekarang")

    assert (await budi.heard())[-1] == "rencana.client.before"


async def test_who_wrote_it_in_week_one_is_not_offered_it(town: Town, budi: Neighbour) -> None:
    await town.passes(days=2)
    await writes_the_plan(town, budi)

    await town.passes(days=28)

    assert await of_the_plan(budi) == []


async def test_a_month_later_it_is_looked_at_again_and_again(town: Town, budi: Neighbour) -> None:
    await writes_the_plan(town, budi)
    await town.until(REVIEW)
    assert await of_the_plan(budi) == [ASKED]
    first = budi.phone.newest.text
    assert discretion.told(first) is None
    assert "malas jawab pesan" not in first

    await budi.taps("Ayo, tengok")
    assert "• Tanda: malas jawab pesan\n• Alasan: anakku" in budi.phone.newest.text
    await budi.taps("Masih cocok")
    assert (await of_the_plan(budi))[-1] == "plan_review.client.kept"

    await town.passes(days=28)
    assert await of_the_plan(budi) == []
    await town.passes(days=4)
    assert await of_the_plan(budi) == [ASKED]


async def test_one_line_is_changed_and_stands_first(town: Town, budi: Neighbour) -> None:
    await writes_the_plan(town, budi)
    await town.until(REVIEW)
    for label in ("Ayo, tengok", "Ganti satu baris", "Tanda awalku"):
        await budi.taps(label)
    await budi.writes("tidur jam tiga")

    assert (await of_the_plan(budi))[-1] == "plan_review.client.changed"
    async with town.database.transaction() as db:
        newest = await module_runs.newest_artefact(db, budi.id, "warning_sign")
    assert newest is not None
    assert newest.words == "tidur jam tiga"
    assert not any("tidur jam tiga" in one.text for one in town.sari.phone.messages)


async def test_next_week_is_next_week(town: Town, budi: Neighbour) -> None:
    await writes_the_plan(town, budi)
    await town.until(REVIEW)
    await of_the_plan(budi)
    await budi.taps("Minggu depan saja")
    assert await of_the_plan(budi) == ["plan_review.client.put_off_said"]

    await town.passes(days=5)
    assert await of_the_plan(budi) == []
    await town.passes(days=4)
    assert await of_the_plan(budi) == [ASKED]


async def test_who_does_not_answer_is_left_in_peace_for_a_month(
    town: Town, budi: Neighbour
) -> None:
    await writes_the_plan(town, budi)
    await town.until(REVIEW)
    assert await of_the_plan(budi) == [ASKED]

    await town.passes(days=25)
    assert await of_the_plan(budi) == []
    await town.passes(days=8)
    assert await of_the_plan(budi) == [ASKED]


async def test_two_such_messages_are_never_less_than_a_week_apart(
    town: Town, budi: Neighbour
) -> None:
    days = []
    await writes_the_plan(town, budi)
    await town.until(WEEK_TWO + timedelta(hours=1))
    for day in range(120):
        await town.passes(days=1)
        heard = await of_the_plan(budi)
        if ASKED in heard or OFFER in heard:
            days.append(day)
            await budi.taps("Minggu depan saja" if len(days) % 2 else "Masih cocok, biarkan")

    assert len(days) >= 4
    assert all(later - before >= 7 for before, later in pairwise(days))


async def test_a_plan_that_was_crossed_out_is_not_asked_about(town: Town, budi: Neighbour) -> None:
    await writes_the_plan(town, budi)
    async with town.database.transaction() as db:
        for kind in plan_reviews.LINES:
            await module_runs.forget(db, budi.id, kind)

    await town.passes(days=70)

    assert await of_the_plan(budi) == []


async def test_it_waits_for_the_check_in_of_that_evening(town: Town, budi: Neighbour) -> None:
    await writes_the_plan(town, budi)
    async with town.database.transaction() as db:
        due = next(
            one.due_at
            for one in await timers.of_subject(db, f"client:{budi.id}")
            if one.kind == plan_reviews.REVIEW
        )
    await town.until(due - timedelta(hours=2))
    async with town.database.transaction() as db:
        check_ins.arm_next(db, await clients.get(db, budi.id), check_ins.DAILY, town.clock.now())
    await town.until(due)
    assert await of_the_plan(budi) == []

    for label in ("Baik", "1", "Ada"):
        await budi.taps(label)
    assert (await budi.heard())[-1] == ASKED


async def test_it_keeps_off_sundays_and_the_days_of_the_month(town: Town) -> None:
    found = set()
    for at in range(7):
        siti = await town.client(f"Siti {at}")
        await town.passes(days=1)
        await writes_the_plan(town, siti)
        async with town.database.transaction() as db:
            (due,) = [
                one.due_at
                for one in await timers.of_subject(db, f"client:{siti.id}")
                if one.kind == plan_reviews.REVIEW
            ]
            client = await clients.get(db, siti.id)
            assert client.joined_at is not None
            assert (due.date() - client.joined_at.date()).days != 30
        found.add(due.weekday())

    assert 6 not in found


@pytest.mark.parametrize("why", ["paused", "left", "ended"])
async def test_who_rests_or_has_gone_is_not_offered_it(
    town: Town, budi: Neighbour, why: str
) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, budi.id)
        match why:
            case "paused":
                client.person.paused_until = WEEK_TWO + timedelta(days=1)
            case "left":
                client.person.left_at = town.clock.now()
            case "ended":
                client.ended_at = town.clock.now()

    await town.until(WEEK_TWO + timedelta(days=5))
    assert await of_the_plan(budi) == []
    await town.passes(days=5)
    assert await of_the_plan(budi) == ([OFFER] if why == "paused" else [])


async def test_who_pauses_after_the_offer_was_made_is_not_offered_it_again(
    town: Town, budi: Neighbour
) -> None:
    await town.until(WEEK_TWO)
    assert await of_the_plan(budi) == [OFFER]
    async with town.database.transaction() as db:
        person = await people.get(db, budi.id)
        person.paused_until = town.clock.now() + timedelta(days=31)

    await town.passes(days=80)

    assert await of_the_plan(budi) == []
