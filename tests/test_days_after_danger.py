"""The days after danger: a human or a caring question first, then what can wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from aftercare.casework import resting
from aftercare.casework.exercises import plan_reviews
from aftercare.casework.family import family_programmes
from aftercare.casework.sessions import reminders
from aftercare.casework.taking_part import rounds
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, outbox, sessions, timers
from aftercare.records.outbox import Cause, Outgoing
from aftercare.records.timers import Timer
from tests import newcomers
from tests.test_family import booked
from tests.town import Neighbour, Town

HOW = "crisis_follow_up.client.how"
WEEK = "prompt.client.week_01"
PLAN = "plan.client.offer"


async def wants_prompts(town: Town, *, due_in: timedelta) -> None:
    async with town.database.transaction() as db:
        budi, now = await clients.get(db, town.budi.id), town.clock.now()
        await family_programmes.choose(db, budi.person, "family", "safe", now)
        timers.arm(db, Timer(f"person:{budi.id}", family_programmes.CLIENT, now + due_in))


async def is_in_danger(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Terima")


async def told(town: Town, who: Neighbour, *keys: str) -> list[str]:
    """These of what has reached this person, in order."""
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(Outgoing.key)
            .where(Outgoing.person_id == who.id, Outgoing.state == "sent", Outgoing.key.in_(keys))
            .order_by(Outgoing.sent_at, Outgoing.id)
        )
        return list(found)


async def posts(town: Town, message: Message, **good_for: float) -> None:
    """As a job does that cannot know of the days after danger."""
    async with town.database.transaction() as db:
        client, now = await clients.get(db, town.budi.id), town.clock.now()
        terms = Terms(Lane.PROMPT, expires_at=now + timedelta(**good_for))
        outbox.post(db, message, to=client.person, because=Cause("test", now), terms=terms)


async def test_the_weekly_prompt_comes_the_day_after_the_last_caring_question(town: Town) -> None:
    await wants_prompts(town, due_in=timedelta(hours=30))
    await is_in_danger(town)

    await town.passes(days=3, hours=6)
    assert await told(town, town.budi, HOW, WEEK) == [HOW, HOW]

    await town.passes(days=1, hours=4)
    assert await told(town, town.budi, HOW, WEEK) == [HOW, HOW, WEEK]


async def test_the_offer_of_a_plan_waits_as_well(town: Town) -> None:
    async with town.database.transaction() as db:
        budi, now = await clients.get(db, town.budi.id), town.clock.now()
        due = Timer(f"client:{budi.id}", plan_reviews.REVIEW, now + timedelta(hours=30))
        timers.arm(db, due)
    await is_in_danger(town)

    await town.passes(days=3, hours=6)
    assert await told(town, town.budi, PLAN) == []

    await town.passes(days=10)
    assert await told(town, town.budi, HOW, PLAN) == [HOW, HOW, PLAN]


async def test_what_was_posted_meanwhile_is_put_off_at_sending(town: Town) -> None:
    await is_in_danger(town)
    await town.passes(hours=30)
    await posts(town, Message(PLAN), days=6)

    await town.passes(days=1)
    assert await told(town, town.budi, PLAN) == []

    await town.passes(days=2)
    assert await told(town, town.budi, HOW, PLAN) == [HOW, HOW, PLAN]


async def test_whoever_rests_too_long_to_be_asked_gets_prompts_again(town: Town) -> None:
    await is_in_danger(town)
    await town.budi.writes("/jeda")
    await town.budi.taps("3 hari")
    await town.passes(days=4, hours=2)
    assert (await told(town, town.budi, HOW))[1:] == []

    await posts(town, Message(PLAN), days=6)
    await town.passes(minutes=1)

    assert await told(town, town.budi, PLAN) == [PLAN]


async def test_a_false_alarm_holds_nothing_back(town: Town) -> None:
    await wants_prompts(town, due_in=timedelta(hours=8))
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Tutup")
    await town.sari.taps("Ternyata keliru")

    await town.passes(hours=9)

    assert await told(town, town.budi, HOW, WEEK) == [WEEK]


async def test_check_ins_and_reminders_of_a_session_come_back_after_a_day(town: Town) -> None:
    async with town.database.transaction() as db:
        await rounds.begin(db, await clients.get(db, town.budi.id), town.clock.now())
    number = await booked(town, datetime(2026, 11, 26, 3, 0, tzinfo=UTC))  # Thursday at ten
    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
        assert one is not None
        reminders.arm(db, one, town.clock.now())
    await is_in_danger(town)

    await town.passes(days=2)

    reminder = "session.client.remind_h1"
    daily = "check_in_daily.client.mood"
    assert await told(town, town.budi, daily) == [daily]  # Tuesday's; Monday's was in the quiet
    await town.until(datetime(2026, 11, 25, 11, 1, tzinfo=UTC))
    assert await told(town, town.budi, reminder) == [reminder]


async def test_a_relative_in_fear_is_held_a_day_and_not_three(town: Town) -> None:
    """Nobody asks a relative afterwards how it is, so there is nothing to wait for."""
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await siti.writes("suami saya mukul saya lagi")
    until = (await siti.row()).hushed_until

    assert until is not None
    assert resting.until(await siti.row(), town.clock.now()) == until
