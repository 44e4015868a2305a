"""A client wishes for another hour and nobody answers: others are told, until somebody does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from aftercare.casework.attendance import attendance
from aftercare.casework.sessions import changes, sessions
from aftercare.casework.sessions.plans import Plan
from aftercare.records import alerts as alert_records
from aftercare.records import clients, offices, people, timers
from aftercare.records import sessions as records
from aftercare.records.alerts import Alert
from aftercare.records.database import Db
from aftercare.records.sessions import ChangeRequest, Participant, Session
from tests.town import Town

#: Friday, nine in the morning in Bandung; the town begins on Monday at eight.
FRIDAY = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
CARD = "alert.staff.change_unanswered"


async def wishes(
    town: Town, wished: datetime = FRIDAY + timedelta(days=4), *, session: Session | None = None
) -> Session:
    """Budi has a session on Friday and asks for another hour."""
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=(await clients.get(db, town.budi.id),),
            kind="konseling", place="ruang 2", starts_at=FRIDAY,
        )  # fmt: skip
        session = session or (await sessions.book(db, plan, town.clock.now())).session
        one = await participant(db, session)
        await changes.ask(db, one, wished, "work", town.clock.now())
    await town.settle()
    return session


async def participant(db: Db, session: Session) -> Participant:
    found = await records.get(db, session.id)
    assert found is not None
    return found.participants[0]


async def alerts(town: Town) -> list[Alert]:
    async with town.database.transaction() as db:
        return list(await db.scalars(select(Alert).order_by(Alert.id)))


async def armed(town: Town) -> list[str]:
    async with town.database.transaction() as db:
        found = await db.scalars(select(timers.TimerRow.kind))
        return [kind for kind in found if kind in ("change.unanswered", "alert.escalate")]


async def test_after_a_working_day_the_wish_is_an_alert_once(town: Town) -> None:
    await wishes(town)
    await town.passes(hours=23, minutes=59)
    before = await alerts(town)
    await town.sari.heard()

    await town.passes(minutes=1)

    assert before == []
    assert await town.sari.heard() == [CARD]
    (alert,) = await alerts(town)
    assert (alert.kind, alert.level) == ("change_unanswered", "medium")
    said = town.sari.phone.newest
    assert "Jumat, 27 November" in said.text
    assert "Selasa, 1 Desember" in said.text
    assert town.sari.phone.buttons == ["Jawab permintaan", "Terima", "Tutup"]


async def test_the_first_line_on_a_lock_screen_names_neither_client_nor_office(town: Town) -> None:
    await wishes(town)
    await town.passes(days=1)

    first = town.sari.phone.newest.text.split("\n")[0].lower()

    assert not [one for one in ("budi", "bapas", "klien", "sesi", "konseling") if one in first]


async def test_when_sari_is_silent_dewi_hears_of_it_and_then_hendra(town: Town) -> None:
    async with town.database.transaction() as db:
        office = await offices.get(db, town.office)
        office.waits = {"medium": [60, 120]}
    await wishes(town)
    await town.passes(days=1)

    await town.passes(hours=1)
    after_one = CARD in await town.dewi.heard(), CARD in await town.hendra.heard()
    await town.passes(hours=1)

    assert after_one == (True, False)
    assert CARD in await town.hendra.heard()
    assert len(await alerts(town)) == 1


async def test_near_the_session_it_is_told_a_day_before_in_office_hours(town: Town) -> None:
    await town.until(FRIDAY - timedelta(hours=43))  # Wednesday at two in the afternoon
    await wishes(town)
    await town.until(FRIDAY - timedelta(hours=24, minutes=1))
    before = await alerts(town)

    await town.passes(minutes=1)

    assert before == []
    (alert,) = await alerts(town)
    assert alert.level == "high"


async def test_who_is_answered_in_time_raises_nobody(town: Town) -> None:
    await wishes(town)

    await town.sari.taps("Tolak")
    await town.passes(days=3)

    assert await alerts(town) == []
    assert await armed(town) == []


async def test_the_wish_is_answered_from_the_alert(town: Town) -> None:
    session = await wishes(town)
    await town.passes(days=1)

    await town.sari.taps("Jawab permintaan")
    await town.sari.taps("Setuju")

    assert (await alerts(town))[0].state == "closed"
    async with town.database.transaction() as db:
        moved = await records.get(db, session.id)
    assert moved is not None
    assert moved.starts_at == FRIDAY + timedelta(days=4)
    assert (await town.budi.heard())[-1] == "session.client.moved"


@pytest.mark.parametrize("taps", [("Tolak",), ("Usul lain", "Rab 25 Nov")])
async def test_any_answer_of_the_cover_closes_it_for_everybody(
    town: Town, taps: tuple[str, ...]
) -> None:
    await wishes(town)
    async with town.database.transaction() as db:
        (await offices.get(db, town.office)).waits = {"medium": [60, 120]}
    await town.passes(days=1, hours=1)

    await town.dewi.taps("Jawab permintaan")
    for label in taps:
        await town.dewi.taps(label)
    await town.passes(hours=8)

    (alert,) = await alerts(town)
    assert (alert.state, alert.close_reason) == ("closed", "answered")
    assert CARD not in await town.hendra.heard()
    assert [one for one in town.sari.phone.messages if "belum dijawab" in one.text][-1].rows == ()


async def move(db: Db, session: Session, by: people.Person, now: datetime) -> None:
    await sessions.move(db, session, FRIDAY + timedelta(hours=2), by=by, now=now)


async def cancel(db: Db, session: Session, by: people.Person, now: datetime) -> None:
    await sessions.cancel(db, session, by=by, now=now)


async def excuse(db: Db, session: Session, by: people.Person, now: datetime) -> None:
    await sessions.excuse(db, session.participants[0], "work", now)


async def record(db: Db, session: Session, by: people.Person, now: datetime) -> None:
    await attendance.record(db, session.participants[0], "present", by=by, now=now)


Deed = Callable[[Db, Session, people.Person, datetime], Awaitable[None]]


@pytest.mark.parametrize("deed", [move, cancel, excuse, record])
@pytest.mark.parametrize("days", [0, 1])
async def test_what_needs_no_answer_any_more_asks_nobody(town: Town, deed: Deed, days: int) -> None:
    session = await wishes(town)
    await town.passes(days=days)

    async with town.database.transaction() as db:
        known = await records.get(db, session.id)
        assert known is not None
        await deed(db, known, await people.get(db, town.sari.id), town.clock.now())
    await town.passes(hours=30)

    assert [one.state for one in await alerts(town)] == ["closed"] * days
    assert "change.unanswered" not in await armed(town)


async def test_whoever_asks_anew_waits_no_longer_for_it(town: Town) -> None:
    session = await wishes(town)
    await town.passes(days=1)
    await wishes(town, FRIDAY + timedelta(days=5), session=session)

    await town.passes(hours=1)

    first, second = await alerts(town)
    assert (first.state, first.close_reason, second.state) == ("closed", "asked_anew", "open")
    async with town.database.transaction() as db:
        wished = await db.scalars(select(ChangeRequest).where(ChangeRequest.answer.is_(None)))
        assert [one.about for one in wished.unique()] == [second.subject]


async def test_a_wish_that_waits_for_budi_himself_is_no_alert(town: Town) -> None:
    await wishes(town)
    await town.sari.taps("Usul lain")
    await town.sari.taps("Rab 25 Nov")

    await town.until(FRIDAY)

    assert await alerts(town) == []


async def test_a_colleague_who_was_told_because_nobody_else_is_there_may_answer(
    town: Town,
) -> None:
    rahmat = await town.staff("Rahmat", "officer")
    await wishes(town)
    async with town.database.transaction() as db:
        for one in (town.sari, town.dewi, town.hendra):
            (await people.get(db, one.id)).unreachable_since = town.clock.now()
    await town.passes(days=1)

    await rahmat.taps("Jawab permintaan")
    await rahmat.taps("Tolak")

    assert [one.state for one in await alerts(town)] == ["closed"]


async def test_a_stranger_to_the_case_cannot_open_the_wish(town: Town) -> None:
    rahmat = await town.staff("Rahmat", "officer")
    await wishes(town)
    await town.passes(days=1)
    (alert,) = await alerts(town)

    await rahmat.taps_data(f"d:change_show:{alert.subject_id}")
    await town.budi.taps_data(f"d:change_show:{alert.subject_id}")

    assert await rahmat.heard() == ["answer.anyone.passed"]
    assert (await town.budi.heard())[-1] == "answer.anyone.passed"


async def test_the_card_carries_no_word_of_budi(town: Town) -> None:
    await town.budi.writes("aku malu ketemu")
    await wishes(town)

    await town.passes(days=1)

    (alert,) = await alerts(town)
    async with town.database.transaction() as db:
        kept = await alert_records.get(db, alert.id)
    assert kept is not None
    assert [set(values) for _, values in kept.because] == [
        {"kind", "starts_at", "wished_at", "asked_at"}
    ]
    assert "malu" not in town.sari.phone.newest.text
