"""What has been kept long enough goes at night, and what somebody still needs stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.casework.attendance import no_shows
from aftercare.casework.rights import retention
from aftercare.casework.sessions import sessions
from aftercare.casework.sessions.plans import Plan
from aftercare.messages import Message
from aftercare.records import check_ins, clients, conversations, inbox, module_runs, outbox, people
from aftercare.records import timers as timer_records
from aftercare.records.alerts import Alert, AlertStep
from aftercare.records.applications import Application
from aftercare.records.check_ins import CheckIn
from aftercare.records.columns import Base
from aftercare.records.conversations import ConversationRow
from aftercare.records.crises import Crisis
from aftercare.records.database import Database
from aftercare.records.inbox import Update
from aftercare.records.module_runs import Artefact
from aftercare.records.officer_messages import Note
from aftercare.records.outbox import Cause, Outgoing
from aftercare.records.retention import SWEEPS
from aftercare.records.sessions import ChangeRequest, Participant, Session
from aftercare.records.timers import Timer
from scheduler import timetable
from tests.town import Town

WORDS = "Aku takut pulang lewat gang itu"


async def night(town: Town) -> None:
    """As the scheduler does every night, however long nothing else has happened."""
    async with town.database.transaction() as db:
        timer_records.arm(db, Timer(retention.SUBJECT, retention.SWEEP, town.clock.now()))
    await town.house.ticks.run_due()


def later(town: Town, **length: float) -> None:
    """Time goes by in which nobody does anything."""
    town.clock.move_to(town.clock.now() + timedelta(**length))


async def add(town: Town, *rows: Base) -> None:
    async with town.database.transaction() as db:
        db.add_all(rows)


async def all_(town: Town, record: Any) -> list[Any]:
    async with town.database.transaction() as db:
        in_order = select(record).order_by(*record.__table__.primary_key)
        return list((await db.scalars(in_order)).unique())


async def budi_leaves(town: Town) -> None:
    async with town.database.transaction() as db:
        (await people.get(db, town.budi.id)).left_at = town.clock.now()


def artefact(town: Town, kind: str = "reason", removed_at: datetime | None = None) -> Artefact:
    return Artefact(
        client_id=town.budi.id, kind=kind, words=WORDS, module="NILAI", made_at=town.clock.now(),
        removed_at=removed_at,
    )  # fmt: skip


def crisis(town: Town) -> Crisis:
    return Crisis(
        person_id=town.budi.id, tier="T2", who="self", because=["want_to_die"], words=WORDS,
        heard_at=town.clock.now(),
    )  # fmt: skip


async def missed(town: Town) -> int:
    """Budi missed a session for which he had wished for another hour; its alert is open."""
    now = town.clock.now()
    async with town.database.transaction() as db:
        budi = await clients.get(db, town.budi.id)
        sari = await people.get(db, town.sari.id)
        plan = Plan(
            office_id=town.office, officer=sari, clients=(budi,), kind="konseling",
            place="Ruang 2", starts_at=now + timedelta(hours=1),
        )  # fmt: skip
        (one,) = (await sessions.book(db, plan, now)).session.participants
        db.add(ChangeRequest(participant=one, wished_at=now, asked_at=now, answer="refused"))
        one.attendance, one.recorded_at = "absent", now
        await db.flush()
        await no_shows.missed(db, one, now)
    async with town.database.transaction() as db:
        return (await db.scalars(select(Alert.id).order_by(Alert.id.desc()))).first() or 0


async def closed(town: Town, number: int) -> None:
    async with town.database.transaction() as db:
        alert = await db.get_one(Alert, number)
        sari = await people.get(db, town.sari.id)
        assert alerts.close(db, alert, "reached", by=sari, now=town.clock.now())


async def test_words_that_were_said_to_budi_are_empty_after_thirty_days_and_gone_after_a_year(
    town: Town,
) -> None:
    await town.budi.writes("/bantuan")
    later(town, days=29)
    await night(town)
    assert all(row.content for row in await all_(town, Outgoing))

    later(town, days=1, minutes=1)
    await night(town)

    kept = await all_(town, Outgoing)
    assert [row.key for row in kept if row.content] == []
    assert [row.state for row in kept if row.person_id == town.budi.id]
    later(town, days=336)
    await night(town)
    assert await all_(town, Outgoing) == []


async def test_budi_can_write_after_everything_he_heard_was_emptied(town: Town) -> None:
    await town.budi.writes("/menu")
    later(town, days=40)
    await night(town)
    await town.budi.heard()

    await town.budi.writes("apa kabar")

    assert await town.budi.heard()
    assert [row.error for row in await all_(town, Update)] == [None, None]


async def test_what_still_waits_to_be_said_is_never_emptied(town: Town) -> None:
    async with town.database.transaction() as db:
        budi = await people.get(db, town.budi.id)
        because = Cause("test", town.clock.now())
        outbox.post(
            db, Message("alert.staff.none"), to=await people.get(db, town.sari.id), because=because
        )
        outbox.post(db, Message("answer.anyone.passed"), to=budi, because=because)

    later(town, days=400)
    await night(town)

    assert [bool(row.content) for row in await all_(town, Outgoing)] == [True, True]


async def test_an_update_that_nobody_could_read_is_gone_after_thirty_days(town: Town) -> None:
    now = town.clock.now()
    async with town.database.transaction() as db:
        await inbox.store(db, [inbox.Received(7, 101, "{}"), inbox.Received(8, 102, "{}")], now)
    async with town.database.transaction() as db:
        first = (await db.scalars(select(Update).where(Update.update_id == 7))).one()
        first.aside_at, first.tries = now, 3

    later(town, days=31)
    await night(town)

    assert [row.update_id for row in await all_(town, Update)] == [8]


async def test_what_was_answered_in_a_conversation_is_kept_thirty_days(town: Town) -> None:
    def row(number: int, **ended: Any) -> ConversationRow:
        now = town.clock.now()
        return ConversationRow(
            id=number, person_id=town.budi.id, flow="check_in_daily", state="ended",
            content={"answers": {"mood": 2}, "values": {}}, started_at=now,
            expires_at=now + timedelta(hours=20), outcome="finished", **ended,
        )  # fmt: skip

    await add(town, row(1, ended_at=town.clock.now()))
    later(town, days=20)
    await add(town, row(2, ended_at=town.clock.now()))
    later(town, days=11)
    await night(town)

    first, second = await all_(town, ConversationRow)
    assert first.content == {"answers": {}, "values": {}}
    assert second.content["answers"] == {"mood": 2}
    async with town.database.transaction() as db:
        assert await conversations.finished(db, town.budi.id, ["check_in_daily"])


async def test_a_note_whose_own_timer_failed_is_forgotten_all_the_same(town: Town) -> None:
    now = town.clock.now()
    note = Note(
        client_id=town.budi.id, by_id=town.budi.id, words=WORDS, written_at=now, opens_at=now
    )
    await add(town, note)

    later(town, days=31)
    await night(town)

    (kept,) = await all_(town, Note)
    assert (kept.words, kept.written_at) == (None, now)


async def test_daily_answers_are_empty_after_a_year_and_the_days_still_count(town: Town) -> None:
    today = town.clock.now()
    async with town.database.transaction() as db:
        for kind in ("daily", "weekly", "monthly"):
            day = today.date() - timedelta(days={"daily": 0, "weekly": 1, "monthly": 2}[kind])
            await check_ins.answer(db, town.budi.id, kind, day=day, items={"mood": 2}, now=today)
        yesterday = {town.budi.id: today.date() - timedelta(days=1)}
        await check_ins.ask(db, "daily", yesterday, today)

    later(town, days=364)
    await night(town)
    assert [row.items for row in await all_(town, CheckIn)] == [{"mood": 2}] * 3 + [{}]
    later(town, days=2)
    await night(town)

    kept = [(row.kind, row.items) for row in await all_(town, CheckIn)]
    assert kept == [("daily", {}), ("weekly", {"mood": 2}), ("monthly", {"mood": 2})]
    async with town.database.transaction() as db:
        assert await check_ins.days_answered(db, town.budi.id) == 3


async def test_the_log_of_danger_is_kept_two_years_with_its_words(town: Town) -> None:
    await add(town, crisis(town))

    later(town, days=729)
    await night(town)
    (kept,) = await all_(town, Crisis)
    assert kept.words == WORDS

    later(town, days=2)
    await night(town)
    assert await all_(town, Crisis) == []


async def test_budis_reasons_and_plans_stay_for_years_while_he_takes_part(town: Town) -> None:
    await add(town, artefact(town), artefact(town, "safe_person"), artefact(town, "trigger"))
    await add(town, artefact(town, removed_at=town.clock.now()))

    later(town, days=1500)
    await night(town)

    async with town.database.transaction() as db:
        kept = await module_runs.artefacts(db, town.budi.id)
    assert [one.words for one in kept] == [WORDS] * 3
    assert len(await all_(town, Artefact)) == 3  # what he had taken back is gone


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
async def test_thirty_days_after_leaving_budis_own_words_are_gone(
    town: Town, days: int, left: int
) -> None:
    now = town.clock.now()
    await add(town, artefact(town))
    await add(
        town,
        Application(client_id=town.budi.id, words=WORDS, state="sent", made_at=now, changed_at=now),
    )
    later(town, days=200)
    await budi_leaves(town)

    later(town, days=days)
    await night(town)

    assert len(await all_(town, Artefact)) == len(await all_(town, Application)) == left


async def test_attendance_and_alerts_stay_as_long_as_the_case_and_a_year_more(town: Town) -> None:
    number = await missed(town)
    await closed(town, number)
    later(town, days=1200)
    await night(town)
    assert len(await all_(town, Participant)) == len(await all_(town, Alert)) == 1

    await budi_leaves(town)
    later(town, days=364)
    await night(town)
    assert len(await all_(town, Participant)) == len(await all_(town, Alert)) == 1
    assert len(await all_(town, ChangeRequest)) == 1

    later(town, days=2)
    await night(town)

    for record in (Alert, AlertStep, Participant, ChangeRequest, Session):
        assert await all_(town, record) == []


async def test_an_alert_that_nobody_closed_stays_with_what_it_is_about(town: Town) -> None:
    await missed(town)
    await budi_leaves(town)

    later(town, days=2000)
    await night(town)

    assert [one.state for one in await all_(town, Alert)] == ["open"]
    assert [one.attendance for one in await all_(town, Participant)] == ["absent"]


async def test_what_belongs_to_others_stays_when_budi_has_left(town: Town) -> None:
    ujang = await town.client("Ujang")
    async with town.database.transaction() as db:
        concern = Concern("no_show", "participant:99", "low", ())
        alert = await alerts.open_(db, await clients.get(db, ujang.id), concern, town.clock.now())
        assert alert
    await closed(town, alert.id)
    await budi_leaves(town)

    later(town, days=2000)
    await night(town)

    assert [one.client_id for one in await all_(town, Alert)] == [ujang.id]


async def test_ten_thousand_old_rows_go_in_small_batches_and_others_have_their_turn(
    database: Database, town: Town
) -> None:
    now = town.clock.now()
    async with database.transaction() as db:
        budi = await people.get(db, town.budi.id)
        for number in range(10_000):
            outbox.post(
                db, Message("answer.anyone.passed"), to=budi, because=Cause(f"{number}", now)
            )
    async with database.transaction() as db:
        for row in await db.scalars(select(Outgoing)):
            row.state = "sent"
    later(town, days=31)
    statements, turns = Statements(database), 0

    async with database.transaction() as db:
        timer_records.arm(db, Timer(retention.SUBJECT, retention.SWEEP, town.clock.now()))
    while (due := await due_sweep(town)) is not None and due <= town.clock.now():
        before = statements.count
        await town.house.ticks._batch()
        assert statements.count - before <= 12
        turns += 1

    async with database.transaction() as db:
        long = func.length(Outgoing.content) > 40
        assert await db.scalar(select(func.count()).select_from(Outgoing).where(long)) == 0
        assert await db.scalar(select(func.count()).select_from(Outgoing)) == 10_000
    assert turns >= 20
    assert due == town.clock.now().replace(hour=20, minute=0)


class Statements:
    """How many statements went to the database."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        event.listen(database.engine.sync_engine, "before_cursor_execute", self._one)

    def _one(self, *_: Any) -> None:
        self.count += 1


async def due_sweep(town: Town) -> datetime | None:
    async with town.database.transaction() as db:
        found = await timer_records.of_subject(db, retention.SUBJECT)
    return found[0].due_at if found else None


async def test_it_is_armed_once_for_the_coming_night_and_arms_itself_for_the_next(
    town: Town,
) -> None:
    table = timetable.ticks(town.house.ticks, town.database, town.clock)
    (tick,) = [one for one in table if one.name == "retention"]
    await tick.run()
    armed = await due_sweep(town)
    assert armed == town.clock.now().replace(hour=20)

    later(town, hours=1)
    await tick.run()
    assert await due_sweep(town) == armed

    await town.passes(days=2)
    assert await due_sweep(town) == armed + timedelta(days=2)


async def test_a_night_that_broke_off_goes_on_where_it_was(town: Town) -> None:
    await add(town, crisis(town), artefact(town, removed_at=town.clock.now()))
    later(town, days=800)
    stands = {"at": list(SWEEPS).index("crisis_log"), "after": 0}
    async with town.database.transaction() as db:
        timer_records.arm(
            db, Timer(retention.SUBJECT, retention.SWEEP, town.clock.now(), payload=stands)
        )

    await town.house.ticks.run_due()

    assert await all_(town, Crisis) == []
    assert len(await all_(town, Artefact)) == 1  # its turn is tomorrow: it came before
