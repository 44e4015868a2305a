"""What waits is said in the right order, at the right time, as often as Telegram allows: once."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare import background
from aftercare.clock import MovableClock
from aftercare.messages import Arm, Lane
from aftercare.records import people, timers
from aftercare.records.alerts import Alert
from aftercare.records.database import Database
from aftercare.records.outbox import Outgoing
from scheduler.mouth import Refused, Unheard, Wait
from tests.street import Street
from tests.waiting import until

BLOCKED = Refused("Forbidden: bot was blocked by the user", gone=True)
TIMED_OUT = Unheard("ReadTimeout", left=True)
NO_LINE = Unheard("ConnectError", left=False)


@pytest.fixture
async def street(database: Database, clock: MovableClock) -> Street:
    return Street(database, clock)


async def test_a_cry_for_help_overtakes_three_hundred_nudges(
    database: Database, clock: MovableClock
) -> None:
    street = Street(database, clock, rate=200)
    sari = await street.person("Sari", 1)
    crowd = [await street.person(f"Klien {n}", 100 + n) for n in range(60)]
    for one in crowd:
        await street.posts(one, *"abcde", lane=Lane.PROMPT)

    running = asyncio.ensure_future(street.speaks_until(60))
    await until(lambda: len(street.heard) >= 20)
    before = len(street.heard)
    await street.posts(sari, "Budi butuh kamu sekarang", lane=Lane.URGENT)
    await running

    assert street.heard.index("Budi butuh kamu sekarang") - before <= 12


async def test_each_person_hears_everything_in_order_and_never_two_things_at_once(
    street: Street,
) -> None:
    crowd = [await street.person(f"Klien {n}", n) for n in range(1, 7)]
    street.mouth.slow = {n: 0.05 / n for n in range(1, 7)}
    for word in ("satu", "dua", "tiga", "empat"):
        for one in crowd:
            await street.posts(one, word)

    await street.speaks_until(24)

    for chat in range(1, 7):
        heard = [words for who, words in street.mouth.said if who == chat]
        assert heard == ["satu", "dua", "tiga", "empat"]
    assert street.mouth.most_at_once > 1


async def test_the_next_message_of_the_same_person_follows_at_once(street: Street) -> None:
    budi = await street.person("Budi", 1)
    await street.posts(budi, "satu", "dua", "tiga", "empat")

    began = time.monotonic()
    await street.speaks_until(4)

    assert time.monotonic() - began < 0.8


async def test_whoever_blocked_us_hears_nothing_more_and_the_officer_is_told_once(
    street: Street,
) -> None:
    sari = await street.person("Sari", 1)
    budi = await street.client("Budi", 2, sari)
    await street.posts(budi, "satu", "dua", "tiga")
    street.mouth.failures.extend([BLOCKED, BLOCKED])

    await street.delivery.empty()

    assert [words for chat, words in street.mouth.said if chat == 2] == ["satu"]
    assert (await street.states())[:3] == ["failed", "dropped", "dropped"]
    async with street.database.transaction() as db:
        assert (await people.get(db, budi.id)).unreachable_since is not None
        opened = list(await db.scalars(select(Alert)))
        told = list(await db.scalars(select(Outgoing).where(Outgoing.person_id == sari.id)))
    assert [alert.kind for alert in opened] == ["unreachable"]
    assert len(told) == 1


async def test_a_429_silences_everybody_for_as_long_as_telegram_says_and_is_no_try(
    street: Street,
) -> None:
    budi, siti = await street.person("Budi", 1), await street.person("Siti", 2)
    (first,) = await street.posts(budi, "satu")
    street.mouth.failures.append(Wait(0.5))

    running = asyncio.ensure_future(street.speaks_until(3))
    await until(lambda: street.heard)
    began = time.monotonic()
    await street.posts(siti, "dua")
    await until(lambda: len(street.heard) > 1)
    waited = time.monotonic() - began
    await running
    await background.settle()

    assert waited >= 0.49
    assert sorted(street.heard) == ["dua", "satu", "satu"]
    assert (await street.row(first)).attempts == 1


async def test_what_telegram_refuses_is_not_said_again_and_stops_nobody(street: Street) -> None:
    budi = await street.person("Budi", 1)
    street.mouth.failures.append(Refused("Bad Request: message text is empty"))
    await street.posts(budi, "satu", "dua")

    await street.delivery.empty()
    await street.delivery.empty()

    assert street.heard == ["satu", "dua"]
    assert await street.states() == ["failed", "sent"]
    assert (await street.row(1)).reason == "Bad Request: message text is empty"


async def test_a_message_that_may_have_arrived_is_said_at_most_twice(street: Street) -> None:
    budi = await street.person("Budi", 1)
    street.mouth.failures.extend([TIMED_OUT, TIMED_OUT, TIMED_OUT])
    await street.posts(budi, "satu")

    for _ in range(4):
        await street.delivery.empty()

    assert street.heard == ["satu", "satu"]
    assert (await street.row(1)).reason == "uncertain: ReadTimeout"


async def test_a_line_that_is_down_costs_no_message_however_long(street: Street) -> None:
    budi = await street.person("Budi", 1)
    street.mouth.failures.extend([NO_LINE] * 5)
    await street.posts(budi, "satu")

    for _ in range(6):
        await street.delivery.empty()

    assert await street.states() == ["sent"]
    assert (await street.row(1)).attempts == 1


async def test_nobody_is_woken_at_night_but_answered_and_helped(
    street: Street, clock: MovableClock
) -> None:
    budi = await street.client("Budi", 1, await street.person("Sari", 2))
    clock.passes(hours=14)  # ten at night
    await street.posts(budi, "ingat besok", lane=Lane.REMINDER)
    await street.posts(budi, "jawaban")
    await street.posts(budi, "bantuan", lane=Lane.URGENT)

    await street.delivery.empty()
    at_night = list(street.heard)
    clock.passes(hours=8, minutes=1)  # past six
    await street.delivery.empty()

    assert at_night == ["bantuan", "jawaban"]
    assert street.heard[2:] == ["ingat besok"]


async def test_what_would_come_too_late_is_dropped_with_a_reason(
    street: Street, clock: MovableClock
) -> None:
    budi = await street.client("Budi", 1, await street.person("Sari", 2))
    end = clock.now() + timedelta(hours=2)
    await street.posts(budi, "sesi jam dua", lane=Lane.REMINDER, expires_at=end)
    clock.passes(hours=3)

    await street.delivery.empty()

    row = await street.row(1)
    assert (street.heard, row.state, row.reason) == ([], "dropped", "too late")


async def test_a_pause_holds_back_prompts_and_a_hush_reminders_too_but_never_help(
    street: Street, clock: MovableClock
) -> None:
    sari = await street.person("Sari", 3)
    budi, siti = await street.client("Budi", 1, sari), await street.client("Siti", 2, sari)
    async with street.database.transaction() as db:
        (await people.get(db, budi.id)).paused_until = clock.now() + timedelta(days=1)
        (await people.get(db, siti.id)).hushed_until = clock.now() + timedelta(days=1)
    for one in (budi, siti):
        await street.posts(one, f"prompt {one.name}", lane=Lane.PROMPT)
        await street.posts(one, f"reminder {one.name}", lane=Lane.REMINDER)
        await street.posts(one, f"help {one.name}", lane=Lane.URGENT)

    await street.delivery.empty()

    assert street.heard == ["help Budi", "help Siti", "reminder Budi"]


async def test_the_same_words_six_times_in_an_hour_are_held_for_a_person_to_look_at(
    street: Street,
) -> None:
    budi = await street.client("Budi", 1, await street.person("Sari", 2))
    await street.posts(budi, *["lagi"] * 6, lane=Lane.PROMPT)

    await street.delivery.empty()

    assert await street.states() == ["sent"] * 5 + ["held"]


async def test_a_questions_clock_starts_when_it_has_been_sent(
    street: Street, clock: MovableClock
) -> None:
    budi = await street.person("Budi", 1)
    arm = Arm("conversation:7", "conversation.nudge", timedelta(hours=4))
    await street.posts(budi, "apa kabar", arms=(arm,))
    clock.passes(hours=1)
    sent_at = clock.now()

    await street.delivery.empty()

    async with street.database.transaction() as db:
        (timer,) = await timers.of_subject(db, "conversation:7")
    assert timer.due_at == sent_at + timedelta(hours=4)


async def test_a_row_that_nobody_can_prepare_is_kept_aside_and_the_next_one_goes(
    street: Street,
) -> None:
    budi = await street.person("Budi", 1)
    await street.posts(budi, "rusak", subject="participant:bukan-angka")
    await street.posts(budi, "utuh")

    await street.delivery.empty()

    assert street.heard == ["utuh"]
    assert await street.states() == ["held", "sent"]


async def test_words_that_do_not_exist_are_not_said_and_stop_nobody(street: Street) -> None:
    budi = await street.person("Budi", 1)
    await street.posts(budi, "x", key="note.anyone.unknown")
    await street.posts(budi, "utuh")

    await street.delivery.empty()

    assert street.heard == ["utuh"]
    assert (await street.row(1)).reason == "cannot be said: UnknownKey"


async def test_a_message_that_can_no_longer_be_changed_is_said_anew(street: Street) -> None:
    budi = await street.person("Budi", 1)
    await street.posts(budi, "baru", edits=55)
    await street.delivery.empty()
    street.mouth.fails_to_edit = Refused("Bad Request: message can't be edited")
    await street.posts(budi, "lebih baru", edits=55)

    await street.delivery.empty()

    assert street.heard == ["edit 55: baru", "lebih baru"]


async def test_a_change_that_meets_a_429_waits_like_everything_else(street: Street) -> None:
    budi = await street.person("Budi", 1)
    street.mouth.fails_to_edit = Wait(0.2)
    await street.posts(budi, "baru", edits=55)

    await street.delivery.empty()

    assert street.heard == []
    assert await street.states() == ["waiting"]
