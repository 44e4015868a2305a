"""A client is reminded of a session: the plan, the evening before, the same morning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from aftercare.casework.sessions import reminders, sessions
from aftercare.casework.sessions.plans import Plan
from aftercare.records import clients, people, timers
from aftercare.records import sessions as records
from aftercare.records.clients import Client
from aftercare.records.database import Database
from aftercare.records.sessions import Participant, Session
from aftercare.records.timers import Timer
from aftercare.rules import reminders as rule
from tests.town import Town

#: Thursday, 3 December, nine in the morning in Bandung; the town wakes on Monday, 23 November.
THURSDAY = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
PLAN_AT = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
EVENING_AT = datetime(2026, 12, 2, 11, 0, tzinfo=UTC)
MORNING_AT = datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
SOON = timedelta(minutes=1)


@pytest.fixture
async def session(town: Town) -> Session:
    """Budi meets Sari on Thursday; the news of it has been read."""
    return await booked(town, THURSDAY)


async def booked(town: Town, starts_at: datetime, **more: Any) -> Session:
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=(await clients.get(db, town.budi.id),),
            starts_at=starts_at,
            **{"kind": "konseling", "place": "ruang 2", **more},
        )
        made = (await sessions.book(db, plan, town.clock.now())).session
    await town.settle()
    await town.budi.heard()
    return made


async def quiet_until(town: Town, at: datetime) -> None:
    """Live on to this moment; what was said on the way is read and put away."""
    await town.until(at)
    await town.budi.heard()


async def of_budi(town: Town, session: Session) -> Participant:
    async with town.database.transaction() as db:
        found = await records.get(db, session.id)
    assert found is not None
    return found.participants[0]


async def spoken(town: Town) -> list[str]:
    """What Budi heard about sessions since the last time this was asked."""
    return [key for key in await town.budi.heard() if key.startswith("session")]


async def test_four_days_before_the_client_makes_a_plan(town: Town, session: Session) -> None:
    await town.until(PLAN_AT - SOON)
    before = await spoken(town)
    await town.until(PLAN_AT + SOON)

    await town.budi.taps("Siap")
    hours_offered = town.budi.phone.buttons
    await town.budi.taps("08.00")
    await town.budi.taps("Motor")

    assert before == []
    assert await spoken(town) == [
        "session_plan.client.coming", "session_plan.client.leave",
        "session_plan.client.travel", "session_plan.client.close",
    ]  # fmt: skip
    assert hours_offered == ["07.30", "08.00", "08.30", "Jam lain"]
    one = await of_budi(town, session)
    assert (one.readiness, one.leaves_at, one.travels_by) == ("ready", "08:00", "motor")


async def test_the_evening_before_recalls_the_plan_in_the_clients_own_choice(
    town: Town, session: Session
) -> None:
    await town.until(PLAN_AT + SOON)
    await town.budi.taps("Siap")
    await town.budi.taps("Jam lain")
    await town.budi.writes("jam 7 lewat 15")
    await town.budi.taps("Angkot")
    await quiet_until(town, EVENING_AT - SOON)

    await town.until(EVENING_AT + SOON)

    assert await spoken(town) == ["session.client.remind_h1_planned"]
    assert "berangkat jam 07.15, naik angkot atau ojek" in town.budi.phone.newest.text
    assert town.budi.phone.buttons == ["🔁 Ubah jadwal", "🙋 Ada kendala"]


async def test_who_made_no_plan_is_reminded_all_the_same(town: Town, session: Session) -> None:
    await quiet_until(town, EVENING_AT - SOON)

    await town.until(EVENING_AT + SOON)

    assert await spoken(town) == ["session.client.remind_h1"]
    assert "✅ Siap" in town.budi.phone.buttons


async def test_who_said_ready_is_not_asked_again_but_reminded_on_the_day(
    town: Town, session: Session
) -> None:
    await town.budi.taps("Siap")
    assert await spoken(town) == ["session.client.ready"]
    await town.until(PLAN_AT + SOON)
    asked = await spoken(town)
    await town.until(EVENING_AT + SOON)
    buttons_in_the_evening = town.budi.phone.buttons
    await quiet_until(town, MORNING_AT - SOON)

    await town.until(MORNING_AT + SOON)

    assert asked == ["session_plan.client.leave"]  # the plan, but not "can you come?"
    assert "✅ Siap" not in buttons_in_the_evening
    assert await spoken(town) == ["session.client.remind_h0_in_person"]
    assert town.budi.phone.buttons == ["📍 Saya sudah sampai", "🙋 Ada kendala"]


async def test_a_confirmed_session_on_a_screen_needs_no_plan(town: Town) -> None:
    await booked(town, THURSDAY, mode="online", place="Zoom")
    await town.budi.taps("Siap")
    await town.budi.heard()

    await town.until(PLAN_AT + SOON)
    at_the_plan = await spoken(town)
    await quiet_until(town, MORNING_AT - SOON)
    await town.until(MORNING_AT + SOON)

    assert at_the_plan == []
    assert await spoken(town) == ["session.client.remind_h0_online"]
    assert "📍 Saya sudah sampai" not in town.budi.phone.buttons


async def test_an_early_session_is_spoken_of_at_six_and_not_in_the_night(town: Town) -> None:
    at_seven = datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
    await booked(town, at_seven)
    await quiet_until(town, at_seven - timedelta(minutes=61))

    await town.until(at_seven - timedelta(minutes=59))

    assert await spoken(town) == ["session.client.remind_h0_in_person"]


async def test_a_session_booked_in_the_evening_skips_what_has_passed(town: Town) -> None:
    await town.until(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))  # seven in the evening
    await booked(town, datetime(2026, 11, 24, 2, 0, tzinfo=UTC))

    await town.until(datetime(2026, 11, 24, 2, 0, tzinfo=UTC) - SOON)

    assert await spoken(town) == ["session.client.remind_h0_in_person"]


async def test_a_session_booked_for_in_an_hour_can_be_arrived_at_from_its_first_message(
    town: Town,
) -> None:
    await booked(town, town.clock.now() + timedelta(hours=1))

    assert town.budi.phone.buttons[0] == "📍 Saya sudah sampai"
    await town.passes(minutes=59)
    assert await spoken(town) == []


async def test_after_an_outage_no_reminder_comes_once_the_session_has_begun(
    town: Town, session: Session
) -> None:
    town.clock.move_to(THURSDAY + SOON)

    await town.settle()

    assert await spoken(town) == []


async def test_after_an_outage_in_the_night_nobody_is_woken(town: Town, session: Session) -> None:
    await quiet_until(town, EVENING_AT - SOON)
    town.clock.move_to(datetime(2026, 12, 2, 16, 0, tzinfo=UTC))  # eleven at night

    await town.settle()
    at_night = await spoken(town)
    await town.until(datetime(2026, 12, 2, 23, 0, tzinfo=UTC) + SOON)

    assert at_night == []
    assert await spoken(town) == ["session.client.remind_h1"]


async def test_an_unanswered_wish_is_said_to_be_still_open(town: Town, session: Session) -> None:
    await town.budi.taps("Ubah jadwal")
    await town.budi.taps(town.budi.phone.buttons[0])
    await quiet_until(town, EVENING_AT - SOON)

    await town.until(EVENING_AT + SOON)

    assert await spoken(town) == ["session.client.remind_h1_waiting"]


async def test_the_planning_question_leads_to_another_hour(town: Town, session: Session) -> None:
    await town.until(PLAN_AT + SOON)

    await town.budi.taps("Ubah jadwal")

    assert (await spoken(town))[-1] == "session_change.client.pick"


async def test_the_planning_question_leads_to_help(town: Town, session: Session) -> None:
    await town.until(PLAN_AT + SOON)

    await town.budi.taps("Ada kendala")

    assert (await spoken(town))[-1] == "session_trouble.client.reason"


async def test_the_plan_waits_until_the_client_is_free(town: Town, session: Session) -> None:
    await town.until(PLAN_AT - SOON)
    await town.budi.taps("Ada kendala")
    await town.budi.heard()
    await town.until(PLAN_AT + SOON)
    while_busy = await spoken(town)

    await town.budi.taps("Kerja")
    await town.budi.taps("Minta ditelepon")

    assert while_busy == []
    assert await spoken(town) == [
        "session_trouble.client.for_time", "session_trouble.client.told",
        "session_plan.client.coming",
    ]  # fmt: skip


async def test_the_evening_is_on_the_clients_own_clock(town: Town) -> None:
    async with town.database.transaction() as db:
        (await people.get(db, town.budi.id)).time_zone = "Asia/Jayapura"
    await booked(town, THURSDAY)
    await quiet_until(town, EVENING_AT - timedelta(hours=2) - SOON)

    await town.until(EVENING_AT - timedelta(hours=2) + SOON)

    assert await spoken(town) == ["session.client.remind_h1"]
    assert "11.00 WIT" in town.budi.phone.newest.text


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that goes to the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def crowd(town: Town, count: int) -> list[int]:
    """So many clients of Sari, each with a session of the own; returns the participants."""
    now = town.clock.now()
    async with town.database.transaction() as db:
        who = [
            people.add(db, "client", f"Klien {n}", now=now, office_id=town.office)
            for n in range(count)
        ]
        await db.flush()
        made = [Client(id=one.id, officer_id=town.sari.id, joined_at=now) for one in who]
        db.add_all(made)
        await db.flush()
        held = [
            Session(
                office_id=town.office, officer_id=town.sari.id, kind="konseling", place="ruang 2",
                starts_at=THURSDAY, minutes=60, code="1234", made_at=now,
                participants=[Participant(client_id=one.id)],
            )
            for one in made
        ]  # fmt: skip
        db.add_all(held)
        await db.flush()
        return [session.participants[0].id for session in held]


@pytest.mark.parametrize(
    ("kind", "job"),
    [
        (rule.H4, reminders.ask_for_plans),
        (rule.H1, reminders.remind_the_evening_before),
        (rule.H0, reminders.remind_on_the_day),
    ],
)
async def test_two_hundred_reminders_take_as_few_statements_as_two(
    town: Town, kind: str, job: Any
) -> None:
    ids = await crowd(town, 200)
    due = [Timer(f"participant:{number}", kind, EVENING_AT, THURSDAY) for number in ids]

    async def statements(some: list[Timer]) -> int:
        with counted(town.database) as seen:
            async with town.database.transaction() as db:
                await job(db, some, EVENING_AT)
        return len(seen)

    for_two = await statements(due[:2])
    for_all = await statements(due[2:])

    assert for_all <= for_two + 2
    assert for_all <= 12


async def test_a_thousand_reminders_at_once_are_posted_without_losing_one(town: Town) -> None:
    ids = await crowd(town, 1000)
    async with town.database.transaction() as db:
        for number in ids:
            timers.arm(db, Timer(f"participant:{number}", rule.H1, EVENING_AT, THURSDAY))
    town.clock.move_to(EVENING_AT)

    fired = await town.house.ticks.run_due()

    async with town.database.transaction() as db:
        posted = await db.connection()
        found = await posted.exec_driver_sql(
            "SELECT count(*), count(DISTINCT person_id) FROM outbox"
            " WHERE key = 'session.client.remind_h1'"
        )
        assert tuple(found.one()) == (1000, 1000)
    assert fired >= 1000
