"""A session from its booking to the day: moved, called off, excused, put into a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from aftercare.casework.sessions import changes, sessions
from aftercare.casework.sessions.plans import Booking, BookingError, Plan
from aftercare.records import clients, people, timers
from aftercare.records import sessions as records
from aftercare.records.sessions import Participant, Session
from tests.town import Neighbour, Town

#: Thursday, nine in the morning in Bandung, three days after the town's Monday.
THURSDAY = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
PROCLAMATION_DAY = datetime(2027, 8, 17, 2, 0, tzinfo=UTC)


async def book(
    town: Town, starts_at: datetime, *who: Neighbour, settle: bool = True, **more: Any
) -> Booking:
    """By Sari, for these clients (Budi, where nobody is named)."""
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=tuple([await clients.get(db, one.id) for one in who or (town.budi,)]),
            starts_at=starts_at,
            **{"kind": "konseling", "place": "ruang 2", **more},
        )
        booking = await sessions.book(db, plan, town.clock.now())
    if settle:
        await town.settle()
    return booking


async def stored(town: Town, session: Session) -> Session:
    async with town.database.transaction() as db:
        found = await records.get(db, session.id)
    assert found is not None
    return found


async def participant(town: Town, session: Session, who: Neighbour) -> Participant:
    found = await stored(town, session)
    return next(one for one in found.participants if one.client_id == who.id)


async def armed(town: Town, *subjects: str) -> dict[str, datetime]:
    async with town.database.transaction() as db:
        found = [one for subject in subjects for one in await timers.of_subject(db, subject)]
    return {one.kind: one.due_at for one in found}


async def ask_for(town: Town, session: Session, at: datetime, who: Neighbour) -> None:
    known = await participant(town, session, who)
    async with town.database.transaction() as db:
        one = await records.participant(db, known.id)
        assert one is not None
        await changes.ask(db, one, at, None, town.clock.now())
    await town.settle()


def codes(booking: Booking) -> Sequence[str]:
    return [one.code for one in booking.warnings]


async def test_a_booked_client_hears_when_where_with_whom_and_what_to_bring(town: Town) -> None:
    await book(town, THURSDAY)

    assert await town.budi.heard() == ["session.client.booked"]
    said = town.budi.phone.newest.text
    assert "Kamis, 26 November jam 09.00 WIB" in said
    assert "Sari" in said
    assert "ruang 2" in said
    assert "KTP" in said
    assert town.budi.phone.buttons == ["✅ Siap", "🔁 Ubah jadwal", "🙋 Ada kendala"]


async def test_the_first_words_on_a_lock_screen_say_nothing_about_the_place(town: Town) -> None:
    await book(town, THURSDAY, place="Bapas Bandung, ruang 2")

    assert "Bapas" not in town.budi.phone.newest.text.splitlines()[0]


async def test_everything_that_will_happen_is_a_row(town: Town) -> None:
    session = (await book(town, THURSDAY + timedelta(days=7))).session
    one = await participant(town, session, town.budi)

    kinds = await armed(town, one.subject, f"session:{session.id}")

    start = THURSDAY + timedelta(days=7)
    assert kinds == {
        "session.remind_h4": datetime(2026, 11, 29, 10, 0, tzinfo=UTC),
        "session.remind_h1": datetime(2026, 12, 2, 11, 0, tzinfo=UTC),
        "session.remind_h0": start - timedelta(hours=2),
        "session.code": start - timedelta(minutes=10),
        "session.ask_attendance": start + timedelta(hours=1),
        "session.unrecorded": start + timedelta(hours=3),
    }


async def test_a_group_hears_of_it_one_by_one(town: Town) -> None:
    ujang = await town.client("Ujang")

    session = (await book(town, THURSDAY, town.budi, ujang)).session

    assert await town.budi.heard() == await ujang.heard() == ["session.client.booked"]
    assert "Ujang" not in town.budi.phone.newest.text
    assert len((await stored(town, session)).participants) == 2


async def test_who_has_not_joined_yet_hears_nothing(town: Town) -> None:
    async with town.database.transaction() as db:
        (await clients.get(db, town.budi.id)).joined_at = None

    await book(town, THURSDAY)
    await town.until(THURSDAY - timedelta(hours=1))

    assert await town.budi.heard() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"starts_at": THURSDAY - timedelta(days=5)}, "past"),
        ({"starts_at": THURSDAY + timedelta(days=366)}, "too_far"),
        ({"minutes": 0}, "length"),
        ({"minutes": 9 * 60}, "length"),
        ({"kind": " "}, "kind"),
        ({"place": ""}, "place"),
        ({"treatment": "g"}, "treatment"),
        ({"treatment": "ab"}, "treatment"),
        ({"clients": ()}, "nobody"),
    ],
)
async def test_a_plan_that_cannot_be_kept_is_refused_in_a_sentence(
    town: Town, change: dict[str, Any], code: str
) -> None:
    async with town.database.transaction() as db:
        known = {
            "office_id": town.office,
            "officer": await people.get(db, town.sari.id),
            "clients": (await clients.get(db, town.budi.id),),
            "kind": "konseling",
            "place": "ruang 2",
            "starts_at": THURSDAY,
        }
        with pytest.raises(BookingError) as refused:
            await sessions.book(db, Plan(**{**known, **change}), town.clock.now())

    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert await town.budi.heard() == []


async def test_a_holiday_is_pointed_out_by_its_name(town: Town) -> None:
    booking = await book(town, PROCLAMATION_DAY)

    holiday = next(one for one in booking.warnings if one.code == "holiday")
    assert holiday.values["name"] == "Hari Kemerdekaan Republik Indonesia"


async def test_who_is_somewhere_else_at_that_time_is_pointed_out(town: Town) -> None:
    ujang = await town.client("Ujang")
    await book(town, THURSDAY)

    overlapping = await book(town, THURSDAY + timedelta(minutes=30), town.budi, ujang)
    right_after = await book(town, THURSDAY + timedelta(minutes=90), ujang)

    assert codes(overlapping) == ["officer_busy", "client_busy"]
    assert overlapping.warnings[1].values["client"] == "Budi"
    assert codes(right_after) == []


async def test_moving_a_session_moves_every_timer_with_it(town: Town) -> None:
    session = (await book(town, THURSDAY + timedelta(days=7))).session
    one = await participant(town, session, town.budi)
    before = await armed(town, one.subject, f"session:{session.id}")

    await move(town, session, THURSDAY + timedelta(days=8), by=town.sari)

    after = await armed(town, one.subject, f"session:{session.id}")
    assert after == {kind: due + timedelta(days=1) for kind, due in before.items()}
    assert (await stored(town, session)).version == 2


async def move(town: Town, session: Session, at: datetime, by: Neighbour) -> None:
    async with town.database.transaction() as db:
        found = await records.get(db, session.id)
        assert found is not None
        await sessions.move(db, found, at, by=await people.get(db, by.id), now=town.clock.now())
    await town.settle()


async def test_a_move_is_told_once_to_everybody_but_who_made_it(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.heard()

    await move(town, session, THURSDAY + timedelta(hours=4), by=town.hendra)
    await move(town, session, THURSDAY + timedelta(hours=4), by=town.hendra)

    assert await town.budi.heard() == ["session.client.moved"]
    assert await town.sari.heard() == ["session.staff.moved"]
    assert await town.hendra.heard() == []
    assert "Kamis, 26 November jam 13.00" in town.budi.phone.newest.text


async def test_a_reminder_about_the_old_time_never_comes(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await move(town, session, THURSDAY + timedelta(days=7), by=town.sari)
    await town.budi.heard()

    await town.until(THURSDAY + timedelta(hours=1))

    assert await town.budi.heard() == []


async def test_what_was_ready_for_the_old_time_is_asked_anew(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.taps("Siap")
    assert (await participant(town, session, town.budi)).readiness == "ready"

    await move(town, session, THURSDAY + timedelta(days=1), by=town.sari)

    assert (await participant(town, session, town.budi)).readiness is None


async def test_a_button_about_the_old_time_changes_nothing_and_shows_the_new_one(
    town: Town,
) -> None:
    session = (await book(town, THURSDAY)).session
    old = town.budi.phone.newest.rows[0][0][1]
    await move(town, session, THURSDAY + timedelta(hours=4), by=town.sari)
    await town.budi.heard()

    await town.budi.taps_data(str(old))

    assert await town.budi.heard() == ["session.client.old_button"]
    assert "jam 13.00" in town.budi.phone.newest.text
    assert (await participant(town, session, town.budi)).readiness is None


async def test_the_button_of_somebody_else_changes_nothing(town: Town) -> None:
    ujang = await town.client("Ujang")
    session = (await book(town, THURSDAY)).session
    one = await participant(town, session, town.budi)

    for deed in ("ready", "change", "trouble", "calendar"):
        await ujang.taps_data(f"d:session_{deed}:{one.id}:1")

    assert await ujang.heard() == ["answer.anyone.passed"] * 4
    assert (await participant(town, session, town.budi)).readiness is None


async def test_a_session_called_off_counts_against_nobody(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.heard()

    async with town.database.transaction() as db:
        found = await records.get(db, session.id)
        assert found is not None
        by = await people.get(db, town.hendra.id)
        await sessions.cancel(db, found, by=by, now=town.clock.now())
    await town.settle()

    assert await town.budi.heard() == ["session.client.cancelled"]
    assert await town.sari.heard() == ["session.staff.cancelled"]
    one = await participant(town, session, town.budi)
    assert one.attendance == "cancelled_by_office"
    assert await armed(town, one.subject, f"session:{session.id}") == {}


async def test_an_excuse_in_time_and_one_too_late_are_kept_apart(town: Town) -> None:
    ujang = await town.client("Ujang")
    session = (await book(town, THURSDAY, town.budi, ujang)).session

    await excuse(town, session, town.budi)
    town.clock.move_to(THURSDAY + timedelta(minutes=5))
    await excuse(town, session, ujang)

    assert (await participant(town, session, town.budi)).attendance == "excused"
    assert (await participant(town, session, ujang)).attendance == "late_excuse"
    assert "session.ask_attendance" not in await armed(town, f"session:{session.id}")


async def excuse(town: Town, session: Session, who: Neighbour) -> None:
    known = await participant(town, session, who)
    async with town.database.transaction() as db:
        one = await records.participant(db, known.id)
        assert one is not None
        await sessions.excuse(db, one, "sick", town.clock.now())


async def test_while_others_are_expected_the_group_still_has_its_timers(town: Town) -> None:
    ujang = await town.client("Ujang")
    session = (await book(town, THURSDAY, town.budi, ujang)).session

    await excuse(town, session, town.budi)

    budi = await participant(town, session, town.budi)
    assert await armed(town, budi.subject) == {}
    assert "session.ask_attendance" in await armed(town, f"session:{session.id}")


async def test_nothing_can_be_changed_once_it_has_begun(town: Town) -> None:
    session = (await book(town, THURSDAY, settle=False)).session
    town.clock.move_to(THURSDAY)

    async with town.database.transaction() as db:
        found = await records.get(db, session.id)
        assert found is not None
        by = await people.get(db, town.sari.id)
        with pytest.raises(BookingError):
            await sessions.move(
                db, found, THURSDAY + timedelta(days=1), by=by, now=town.clock.now()
            )
        with pytest.raises(BookingError):
            await sessions.cancel(db, found, by=by, now=town.clock.now())


async def test_a_missed_session_is_booked_again_like_it_was_for_one_alone(town: Town) -> None:
    ujang = await town.client("Ujang")
    session = (await book(town, THURSDAY, town.budi, ujang, minutes=90, treatment="c")).session
    await town.budi.heard()
    known = await participant(town, session, town.budi)

    async with town.database.transaction() as db:
        one = await records.participant(db, known.id)
        assert one is not None
        again = await sessions.rebook(db, one, THURSDAY + timedelta(days=1), town.clock.now())
    await town.settle()

    assert (again.kind, again.minutes, again.treatment) == ("konseling", 90, "c")
    assert [one.client_id for one in again.participants] == [town.budi.id]
    assert await town.budi.heard() == ["session.client.booked"]


async def test_the_client_sees_what_lies_ahead_and_only_that(town: Town) -> None:
    await book(town, THURSDAY)
    await book(town, THURSDAY + timedelta(days=7))
    await town.until(THURSDAY + timedelta(hours=5))
    await town.budi.heard()

    await town.budi.writes("/jadwal")

    assert await town.budi.heard() == ["session.client.agenda"]
    assert "Kamis, 3 Desember" in town.budi.phone.newest.text
    assert "26 November" not in town.budi.phone.newest.text
    assert town.budi.phone.buttons == ["📅 Kalender Kam 3 Des", "🔁 Ubah jadwal"]


async def test_nothing_ahead_is_said_in_a_friendly_way(town: Town) -> None:
    await town.budi.writes("/jadwal")

    assert await town.budi.heard() == ["session.client.none_ahead"]


async def test_the_calendar_file_tells_nobody_what_the_meeting_is_about(town: Town) -> None:
    session = (await book(town, THURSDAY, place="Bapas Bandung, ruang 2")).session

    await town.budi.writes("/jadwal")
    await town.budi.taps("Kalender")

    file = town.budi.phone.newest.picture
    assert file is not None
    assert (file.kind, file.name) == ("document", "janji.ics")
    event = Calendar.from_ical(file.content).events[0]
    assert event["SUMMARY"] == "Janji dengan Sari"
    assert event.start == THURSDAY
    assert event.end == THURSDAY + timedelta(hours=1)
    assert event["SEQUENCE"] == 0
    assert event.alarms.times
    one = await participant(town, session, town.budi)
    assert event["UID"] == f"sesi-{session.id}-{one.id}@kawan"
    for word in (b"Bapas", b"konseling", b"LOCATION"):
        assert word not in file.content


async def test_the_calendar_follows_a_move_under_the_same_name(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.writes("/jadwal")
    await town.budi.taps("Kalender")
    before = town.budi.phone.newest.picture
    await move(town, session, THURSDAY + timedelta(hours=1), by=town.sari)

    await town.budi.writes("/jadwal")
    await town.budi.taps("Kalender")

    after = town.budi.phone.newest.picture
    assert before is not None
    assert after is not None
    first, second = (Calendar.from_ical(one.content).events[0] for one in (before, after))
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] == 1
    assert second.start == THURSDAY + timedelta(hours=1)
    assert second["LOCATION"] == "ruang 2"


async def test_another_hour_is_asked_of_the_officer_with_one_tap(town: Town) -> None:
    session = (await book(town, THURSDAY)).session

    await town.budi.taps("Ubah jadwal")
    offered = town.budi.phone.buttons
    await town.budi.taps(offered[0])
    await town.sari.taps("Setuju")

    assert offered == ["Sel 24 Nov 09.00", "Rab 25 Nov 09.00", "Rab 25 Nov 13.30", "Jam lain"]
    assert await town.sari.heard() == [
        "session.staff.change_wanted",
        "session.staff.change_accepted",
    ]
    assert (await town.budi.heard())[-1] == "session.client.moved"
    moved = await stored(town, session)
    assert moved.starts_at == THURSDAY - timedelta(days=2)
    assert moved.version == 2


async def test_until_it_is_answered_the_old_time_holds(town: Town) -> None:
    session = (await book(town, THURSDAY)).session

    await town.budi.taps("Ubah jadwal")
    await town.budi.taps("Rab 25 Nov")

    assert "masih berlaku" in town.budi.phone.newest.text
    assert (await stored(town, session)).starts_at == THURSDAY
    assert (await participant(town, session, town.budi)).readiness == "wants_change"


async def test_a_typed_hour_is_read_back_before_it_is_sent(town: Town) -> None:
    session = (await book(town, THURSDAY)).session

    await town.budi.taps("Ubah jadwal")
    await town.budi.taps("Jam lain")
    await town.budi.writes("jumat depan jam 2")
    await town.budi.writes("4 desember jam 2")
    asked_back = town.budi.phone.newest.text
    await town.budi.taps("Ya, kirim")
    await town.sari.taps("Setuju")

    assert "Jumat, 4 Desember jam 14.00" in asked_back
    assert (await stored(town, session)).starts_at == datetime(2026, 12, 4, 7, 0, tzinfo=UTC)


async def test_a_refused_wish_leaves_the_old_time_and_says_so_kindly(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await ask_for(town, session, THURSDAY + timedelta(days=1), town.budi)

    await town.sari.taps("Tolak")

    assert (await town.budi.heard())[-1] == "session.client.change_refused"
    assert (await stored(town, session)).starts_at == THURSDAY


async def test_the_officer_proposes_and_the_client_answers(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await ask_for(town, session, THURSDAY + timedelta(days=1), town.budi)

    await town.sari.taps("Usul lain")
    await town.sari.taps("Rab 25 Nov")
    await town.budi.taps("Cocok")

    assert (await town.budi.heard())[-2:] == [
        "session.client.proposed", "session.client.proposal_taken",
    ]  # fmt: skip
    assert (await town.sari.heard())[-2:] == ["session.staff.proposed", "session.staff.moved"]
    assert (await stored(town, session)).starts_at == THURSDAY - timedelta(days=1)


async def test_a_proposal_that_does_not_fit_goes_back_to_the_officer(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await ask_for(town, session, THURSDAY + timedelta(days=1), town.budi)
    await town.sari.taps("Usul lain")
    await town.sari.taps("Rab 25 Nov")

    await town.budi.taps("Tidak bisa")

    assert (await town.sari.heard())[-1] == "session.staff.proposal_no"
    assert (await stored(town, session)).starts_at == THURSDAY


async def test_a_wish_is_answered_once_and_only_by_who_leads(town: Town) -> None:
    rahmat = await town.staff("Rahmat", "officer")
    session = (await book(town, THURSDAY)).session
    await ask_for(town, session, THURSDAY + timedelta(days=1), town.budi)
    yes = next(data for row in town.sari.phone.newest.rows for label, data, _ in row if data)

    await rahmat.taps_data(yes)
    await town.budi.taps_data(yes)
    still = (await stored(town, session)).starts_at
    await town.hendra.taps_data(yes)
    await town.sari.taps_data(yes)

    assert still == THURSDAY
    assert await rahmat.heard() == ["answer.anyone.passed"]
    assert (await town.sari.heard())[-1] == "session.staff.already_answered"
    moved = await stored(town, session)
    assert (moved.starts_at, moved.version) == (THURSDAY + timedelta(days=1), 2)


async def test_out_of_a_group_one_client_gets_a_session_of_the_own(town: Town) -> None:
    ujang = await town.client("Ujang")
    session = (await book(town, THURSDAY, town.budi, ujang)).session
    await ask_for(town, session, THURSDAY + timedelta(days=1), town.budi)

    await town.sari.taps("Setuju")

    group = await stored(town, session)
    assert group.starts_at == THURSDAY
    assert (await participant(town, session, town.budi)).attendance == "excused"
    assert (await participant(town, session, ujang)).attendance is None
    assert (await town.budi.heard())[-1] == "session.client.booked"
    async with town.database.transaction() as db:
        ahead = await records.of_client(db, town.budi.id, after=town.clock.now())
    assert THURSDAY + timedelta(days=1) in [one.session.starts_at for one in ahead]


async def test_a_wish_of_the_night_reaches_the_officer_in_the_morning(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.until(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))  # ten in the evening
    await ask_for(town, session, THURSDAY + timedelta(days=1), town.budi)
    at_night = await town.sari.heard()

    await town.until(datetime(2026, 11, 23, 23, 5, tzinfo=UTC))

    assert at_night == []
    assert await town.sari.heard() == ["session.staff.change_wanted"]


async def test_free_hours_keep_clear_of_everything(town: Town) -> None:
    """Of holidays, weekends, Friday prayers, and what the officer has in the book already."""
    session = (await book(town, THURSDAY + timedelta(hours=3))).session  # noon on Thursday
    ujang = await town.client("Ujang")
    await book(town, datetime(2026, 11, 24, 5, 0, tzinfo=UTC), ujang)
    known = await participant(town, session, town.budi)

    async with town.database.transaction() as db:
        one = await records.participant(db, known.id)
        officer = await people.get(db, town.sari.id)
        assert one is not None
        found = await changes.free_slots(db, one, officer, town.clock.now(), count=12)

    assert len(found) == 12
    assert datetime(2026, 11, 24, 5, 0, tzinfo=UTC) not in found
    for at in found:
        assert at.weekday() < 5
        assert 1 <= at.hour <= 8
        assert not (at.weekday() == 4 and 4 <= at.hour < 6)


@pytest.mark.parametrize(
    ("reason", "helped", "wish"),
    [
        ("Kerja", "Minta ditelepon", "ditelepon"),
        ("Ongkos", "Lewat online", "online"),
        ("Takut", "Minta ditelepon dulu", "ditelepon"),
        ("Lupa", "Tetap datang", "Tetap mau datang"),
    ],
)
async def test_trouble_is_met_with_an_offer_and_told_as_a_code(
    town: Town, reason: str, helped: str, wish: str
) -> None:
    await book(town, THURSDAY)

    await town.budi.taps("Ada kendala")
    await town.budi.taps(reason)
    await town.budi.taps(helped)

    assert await town.sari.heard() == ["session.staff.trouble"]
    assert wish in town.sari.phone.newest.text
    assert "Alasan:" in town.sari.phone.newest.text


async def test_the_officer_makes_it_online_with_one_tap(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.taps("Ada kendala")
    await town.budi.taps("Ongkos")
    await town.budi.taps("Lewat online")

    await town.sari.taps("Jadikan online")

    assert (await stored(town, session)).mode == "online"
    assert (await town.budi.heard())[-1] == "session.client.online_now"


async def test_who_is_sick_is_excused_and_not_reminded_any_more(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.taps("Ada kendala")
    await town.budi.taps("Sakit")

    await town.budi.taps("Izin dulu")
    await town.budi.heard()
    await town.until(THURSDAY)

    one = await participant(town, session, town.budi)
    assert (one.attendance, one.reason) == ("excused", "sick")
    assert await town.budi.heard() == []


async def test_trouble_with_the_hour_leads_straight_to_another_one(town: Town) -> None:
    await book(town, THURSDAY)
    await town.until(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))  # at night: it is still a reply
    await town.budi.taps("Ada kendala")
    await town.budi.taps("Kerja")

    await town.budi.taps("Cari waktu lain")

    assert (await town.budi.heard())[-1] == "session_change.client.pick"


async def test_a_flow_about_the_old_time_ends_when_the_session_moves(town: Town) -> None:
    session = (await book(town, THURSDAY)).session
    await town.budi.taps("Ubah jadwal")
    await move(town, session, THURSDAY + timedelta(hours=2), by=town.sari)

    await town.budi.taps("Sel 24 Nov")

    assert (await town.budi.heard())[-1] == "answer.anyone.passed"
    assert (await stored(town, session)).starts_at == THURSDAY + timedelta(hours=2)
