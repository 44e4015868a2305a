"""A missed session: who is told, how kindly, and that none can be lost, doubled or blamed twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from aftercare.casework.attendance import attendance
from aftercare.casework.sessions import sessions as session_work
from aftercare.casework.sessions.plans import Plan
from aftercare.records import alerts, clients, offices, people, sessions
from aftercare.records.alerts import Alert
from tests.town import Neighbour, Town

HOUR = timedelta(hours=1)


async def booked(town: Town, *who: Neighbour, at: datetime | None = None) -> list[int]:
    """A counselling session of one hour in an hour's time; the participants' ids."""
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=tuple([await clients.get(db, one.id) for one in who or (town.budi,)]),
            kind="Konseling",
            place="Ruang Melati",
            starts_at=at or town.clock.now() + HOUR,
        )
        made = await session_work.book(db, plan, town.clock.now())
        return [one.id for one in made.session.participants]


async def recorded(town: Town, participant: int, outcome: str, by: Neighbour | None = None) -> bool:
    async with town.database.transaction() as db:
        one = await sessions.participant(db, participant)
        assert one is not None
        who = await people.get(db, (by or town.sari).id)
        done = await attendance.record(db, one, outcome, by=who, now=town.clock.now())
    await town.settle()
    return done


async def missed(town: Town, who: Neighbour | None = None) -> int:
    """One session, booked, held and recorded as missed; on a working day at nine."""
    (number,) = await booked(town, who or town.budi)
    await town.passes(hours=2)
    await recorded(town, number, "absent")
    return number


async def next_working_day(town: Town) -> None:
    day = town.clock.now() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    await town.until(day.replace(hour=1, minute=0))


async def everyone_heard(town: Town) -> None:
    """Forget what was said so far."""
    for one in (town.sari, town.dewi, town.hendra, town.budi):
        await one.heard()


async def alert_of(town: Town, participant: int) -> Alert:
    async with town.database.transaction() as db:
        found = await alerts.about(db, "no_show", f"participant:{participant}")
        assert found is not None
        return found


async def told_in_order(town: Town, participant: int) -> list[int | None]:
    async with town.database.transaction() as db:
        alert = await alerts.about(db, "no_show", f"participant:{participant}")
        assert alert is not None
        steps = await alerts.steps(db, alert.id)
    return [one.person_id for one in steps if one.what == "told"]


async def test_a_missed_session_is_heard_by_the_officer_and_kindly_by_budi(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=2)
    await everyone_heard(town)

    await recorded(town, number, "absent")

    assert await town.sari.heard() == ["alert.staff.no_show"]
    assert await town.budi.heard() == ["no_show.client.first"]
    assert (await alert_of(town, number)).level == "low"


async def test_two_missed_sessions_in_a_row_reach_the_head_when_nobody_answers(
    town: Town,
) -> None:
    await missed(town)
    await next_working_day(town)
    second = await missed(town)
    await everyone_heard(town)

    await town.passes(days=5)

    assert (await alert_of(town, second)).level == "medium"
    assert await told_in_order(town, second) == [town.sari.id, town.dewi.id, town.hendra.id]
    assert "alert.staff.no_show" in await town.hendra.heard()


async def test_every_step_has_its_time_and_waits_for_working_hours(town: Town) -> None:
    number = await missed(town)

    await town.passes(days=10)

    async with town.database.transaction() as db:
        steps = await alerts.steps(db, (await alert_of(town, number)).id)
    told = [one.at.strftime("%a %H:%M") for one in steps if one.what == "told"]
    assert told == ["Mon 03:00", "Wed 03:00", "Fri 03:00"]


async def test_whoever_takes_it_stops_the_ladder(town: Town) -> None:
    number = await missed(town)

    await town.sari.taps("Terima")
    await town.passes(days=10)

    assert await told_in_order(town, number) == [town.sari.id]
    assert "Diterima Sari" in town.sari.phone.newest.text


async def test_the_others_read_on_their_own_card_who_took_it(town: Town) -> None:
    await missed(town)
    await town.passes(days=3)
    cards = [one for one in town.dewi.phone.messages if "Sesi terlewat" in one.text]

    await town.sari.taps("Terima")

    shown = next(one for one in town.dewi.phone.messages if one.number == cards[0].number)
    assert "Diterima Sari" in shown.text
    assert "Terima" not in [label for row in shown.rows for label, _, _ in row]


async def test_an_officer_who_is_away_is_not_waited_for(town: Town) -> None:
    async with town.database.transaction() as db:
        from aftercare.records import staff

        (await staff.get(db, town.sari.id)).away_until = town.clock.now() + timedelta(days=9)

    number = await missed(town)

    assert await told_in_order(town, number) == [town.dewi.id]


async def test_an_officer_who_left_telegram_is_not_waited_for(town: Town) -> None:
    town.sari.phone.blocks()
    await town.settle()

    number = await missed(town)

    assert await told_in_order(town, number) == [town.dewi.id]


async def test_an_officer_who_blocks_us_afterwards_hands_it_on_at_once(town: Town) -> None:
    number = await missed(town)

    town.sari.phone.blocks()
    await town.settle()

    assert await told_in_order(town, number) == [town.sari.id, town.dewi.id]


async def test_without_cover_and_head_a_colleague_is_asked(town: Town) -> None:
    asep = await town.staff("Asep", "officer")
    for gone in (town.sari, town.dewi, town.hendra):
        gone.phone.blocks()
    await town.settle()

    number = await missed(town)

    assert await told_in_order(town, number) == [asep.id]


async def test_when_nobody_can_be_told_it_waits_for_the_first_who_comes_back(town: Town) -> None:
    for gone in (town.sari, town.dewi, town.hendra):
        gone.phone.blocks()
    await town.settle()
    number = await missed(town)
    assert await told_in_order(town, number) == []

    town.hendra.phone.unblocks()
    await town.settle()
    await town.passes(hours=2)

    assert await told_in_order(town, number) == [town.hendra.id]


async def test_the_office_may_set_its_own_waits(town: Town) -> None:
    async with town.database.transaction() as db:
        (await offices.get(db, town.office)).waits = {"low": [30, 60]}

    number = await missed(town)
    await town.passes(hours=1)

    assert await told_in_order(town, number) == [town.sari.id, town.dewi.id, town.hendra.id]


async def test_budi_has_a_new_hour_after_two_taps(town: Town) -> None:
    number = await missed(town)
    await everyone_heard(town)

    await town.budi.taps("Kerja")
    await town.budi.taps("jam")

    heard = await town.budi.heard()
    assert heard[:2] == ["missed_session.client.work", "missed_session.client.pick"]
    assert "missed_session.client.see_you" in heard
    async with town.database.transaction() as db:
        coming = await sessions.of_client(db, town.budi.id, after=town.clock.now())
        kept = await sessions.participant(db, number)
    assert len(coming) == 1
    assert kept is not None
    assert (kept.attendance, kept.reason) == ("absent", "work")
    said = [key for key in await town.sari.heard() if key == "alert.staff.reason_given"]
    assert len(said) == 2


async def test_the_reason_stands_on_the_officers_card(town: Town) -> None:
    await missed(town)

    await town.budi.taps("Sakit")

    card = next(one for one in town.sari.phone.messages if "Sesi terlewat" in one.text)
    assert "Alasan: sakit." in card.text


async def test_another_reason_stands_for_the_first_one(town: Town) -> None:
    number = await missed(town)
    opening = next(one for one in town.budi.phone.messages if "Boleh tahu" in one.text)

    await town.budi.taps("Sakit")
    town.budi.phone.taps_data(f"d:missed:{number}:forgot", on=opening)
    await town.settle()

    codes = [code for code, _ in (await alert_of(town, number)).because]
    assert codes == ["missed", "in_a_row", "reason_forgot"]


async def test_after_the_second_one_budi_is_asked_what_would_help(town: Town) -> None:
    await missed(town)
    await next_working_day(town)
    second = await missed(town)
    assert "no_show.client.second" in await town.budi.heard()

    await town.budi.taps("Ongkos")
    await town.budi.taps("lebih dekat")

    codes = [code for code, _ in (await alert_of(town, second)).because]
    assert codes == ["missed", "in_a_row", "reason_cost", "wish_nearer"]
    assert "missed_session.client.passed_on" in await town.budi.heard()


async def test_after_the_second_one_a_new_hour_is_three_taps_away(town: Town) -> None:
    await missed(town)
    await next_working_day(town)
    await missed(town)

    for label in ("Lupa", "Jam lain", "jam"):
        await town.budi.taps(label)

    assert "missed_session.client.see_you" in await town.budi.heard()


@pytest.mark.parametrize(
    ("reason", "exercise"),
    [
        ("Takut", "hadir"),
        ("Sudah merasa cukup", "hadir"),
        ("Tidak ada gunanya", "hadir"),
        ("Ongkos", "masalah"),
        ("Kerja", "jadwal"),
        ("Lupa", "jadwal"),
    ],
)
async def test_once_the_hour_is_settled_the_exercise_that_fits_is_offered(
    town: Town, reason: str, exercise: str
) -> None:
    await missed(town)

    for label in (reason, "jam", "Boleh, coba"):
        await town.budi.taps(label)

    heard = await town.budi.heard()
    assert f"missed_session.client.offer_{exercise}" in heard
    assert heard[-1] == f"{exercise}.client.before"
    async with town.database.transaction() as db:
        assert len(await sessions.of_client(db, town.budi.id, after=town.clock.now())) == 1


async def test_whoever_was_ill_is_offered_rest_and_no_exercise(town: Town) -> None:
    await missed(town)

    await town.budi.taps("Sakit")
    await town.budi.taps("jam")

    assert (await town.budi.heard())[-1] == "missed_session.client.see_you"


async def test_a_no_to_the_exercise_is_a_no(town: Town) -> None:
    await missed(town)

    for label in ("Takut", "Nanti saja", "Tidak dulu"):
        await town.budi.taps(label)

    assert (await town.budi.heard())[-1] == "missed_session.client.any_time"


async def test_after_the_second_one_a_heavy_heart_finds_a_way_in_two_taps(town: Town) -> None:
    await missed(town)
    await next_working_day(town)
    await missed(town)

    await town.budi.taps("Tidak ada gunanya")
    await town.budi.taps("Cari jalannya bareng")

    assert (await town.budi.heard())[-1] == "hadir.client.before"


async def test_after_the_third_one_a_person_calls(town: Town) -> None:
    for _ in range(3):
        third = await missed(town)
        await next_working_day(town)
    assert "no_show.client.third" in await town.budi.heard()

    await town.budi.taps("Telepon aku")

    alert = await alert_of(town, third)
    assert alert.level == "high"
    assert ["wish_call", {}] in alert.because


async def test_an_excuse_between_two_missed_sessions_hides_neither(town: Town) -> None:
    await missed(town)
    await next_working_day(town)
    (excused,) = await booked(town)
    await recorded(town, excused, "excused")
    await next_working_day(town)

    last = await missed(town)

    assert (await alert_of(town, last)).level == "medium"


async def test_a_correction_takes_the_alert_back(town: Town) -> None:
    number = await missed(town)

    await recorded(town, number, "present")
    await town.passes(days=10)

    alert = await alert_of(town, number)
    assert (alert.state, alert.close_reason) == ("closed", "corrected")
    assert await told_in_order(town, number) == [town.sari.id]


async def test_a_correction_at_night_keeps_the_gentle_question_from_leaving(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=14)
    await everyone_heard(town)
    await recorded(town, number, "absent")

    await recorded(town, number, "present")
    await town.passes(hours=12)

    assert "no_show.client.first" not in await town.budi.heard()


async def test_a_second_correction_opens_it_again_from_the_officer_upwards(town: Town) -> None:
    number = await missed(town)
    await town.sari.taps("Terima")
    await recorded(town, number, "present")
    await everyone_heard(town)
    await town.passes(minutes=5)

    await recorded(town, number, "absent")

    assert (await alert_of(town, number)).state == "open"
    assert await town.sari.heard() == ["alert.staff.no_show"]
    await town.passes(days=6)
    assert "alert.staff.no_show" in await town.hendra.heard()


async def test_a_late_record_makes_the_newer_alert_graver(town: Town) -> None:
    (forgotten,) = await booked(town)
    await next_working_day(town)
    newer = await missed(town)
    assert (await alert_of(town, newer)).level == "low"
    await everyone_heard(town)

    await recorded(town, forgotten, "absent")

    assert (await alert_of(town, forgotten)).level == "low"
    assert (await alert_of(town, newer)).level == "medium"
    assert (await town.sari.heard()).count("alert.staff.no_show") == 2


async def test_an_old_correction_makes_the_newer_alert_lighter(town: Town) -> None:
    first = await missed(town)
    await next_working_day(town)
    second = await missed(town)

    await recorded(town, first, "present")

    alert = await alert_of(town, second)
    assert alert.level == "low"
    assert ["in_a_row", {"count": 1}] in alert.because


async def test_coming_back_settles_what_was_missed(town: Town) -> None:
    number = await missed(town)
    await next_working_day(town)
    (later,) = await booked(town)
    await town.passes(hours=2)

    await recorded(town, later, "present")

    alert = await alert_of(town, number)
    assert (alert.state, alert.close_reason) == ("closed", "came_back")


async def test_whoever_came_since_is_not_asked_about_an_old_absence(town: Town) -> None:
    (old,) = await booked(town)
    await next_working_day(town)
    (newer,) = await booked(town)
    await town.passes(hours=2)
    await recorded(town, newer, "present")
    await everyone_heard(town)

    await recorded(town, old, "absent")

    assert await town.budi.heard() == []
    assert (await alert_of(town, old)).state == "open"


async def test_one_call_settles_all_missed_sessions_of_one_client(town: Town) -> None:
    first = await missed(town)
    await next_working_day(town)
    second = await missed(town)

    await town.sari.taps("Sudah dihubungi")
    await town.sari.taps("Tutup")
    await town.sari.taps("Sudah bicara")

    assert [(await alert_of(town, one)).state for one in (first, second)] == ["closed"] * 2


async def test_double_taps_and_two_officers_record_one_absence_once(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=2)
    await everyone_heard(town)

    done = [
        await recorded(town, number, "absent", by=who) for who in (town.sari, town.sari, town.dewi)
    ]

    assert done == [True, False, False]
    assert await town.sari.heard() == ["alert.staff.no_show"]
    assert await town.budi.heard() == ["no_show.client.first"]


async def test_a_taken_hour_is_not_booked_twice(town: Town) -> None:
    siti = await town.client("Siti")
    numbers = await booked(town, town.budi, siti)
    await town.passes(hours=2)
    for number in numbers:
        await recorded(town, number, "absent")
    await town.budi.taps("Lupa")
    await siti.taps("Lupa")
    await town.budi.taps("jam")
    await siti.heard()

    await siti.taps("jam")

    assert await siti.heard() == [
        "missed_session.client.taken",
        "missed_session.client.pick",
    ]


async def test_an_old_reason_button_is_harmless_once_the_record_was_corrected(
    town: Town,
) -> None:
    number = await missed(town)
    await recorded(town, number, "present")
    await everyone_heard(town)

    await town.budi.taps("Kerja")

    assert await town.budi.heard() == ["answer.anyone.passed"]
    async with town.database.transaction() as db:
        kept = await sessions.participant(db, number)
    assert kept is not None
    assert kept.reason is None


async def test_a_stranger_cannot_answer_for_budi(town: Town) -> None:
    number = await missed(town)
    ujang = await town.client("Ujang")

    await ujang.taps_data(f"d:missed:{number}:work")

    assert await ujang.heard() == ["answer.anyone.passed"]


LEGAL = "Menurut surat keputusan, tiga kali tidak lapor dapat dicabut."
SANCTIONS = ("dicabut", "pencabutan", "sanksi", "pelanggaran", "keputusan", "wajib", "lapor")


@pytest.mark.parametrize("notice", [None, LEGAL])
async def test_no_sanction_ever_reaches_a_client_in_aftercare(
    town: Town, notice: str | None
) -> None:
    async with town.database.transaction() as db:
        (await offices.get(db, town.office)).missed_notice = notice

    for _ in range(4):
        await missed(town)
        await next_working_day(town)

    read = " ".join(one.text.lower() for one in town.budi.phone.messages)
    assert not [word for word in (*SANCTIONS, "berturut") if word in read]


async def test_a_client_in_integration_sees_the_count_and_the_offices_own_text_once(
    town: Town,
) -> None:
    agus = await town.client("Agus", regime="integration")
    async with town.database.transaction() as db:
        (await offices.get(db, town.office)).missed_notice = LEGAL

    for _ in range(4):
        await missed(town, agus)
        await next_working_day(town)

    read = [one.text for one in agus.phone.messages]
    assert [text for text in read if "berturut-turut: 2" in text]
    assert len([text for text in read if LEGAL in text]) == 1


async def test_where_the_office_gave_no_text_nothing_legal_is_said(town: Town) -> None:
    agus = await town.client("Agus", regime="integration")

    for _ in range(3):
        await missed(town, agus)
        await next_working_day(town)

    read = " ".join(one.text.lower() for one in agus.phone.messages)
    assert not [word for word in SANCTIONS if word in read]


async def test_no_free_text_of_the_client_reaches_staff(town: Town) -> None:
    await missed(town)

    await town.budi.writes("aku malu ketemu pak Sari gara-gara utang")

    staff = (*town.sari.phone.messages, *town.hendra.phone.messages)
    assert not [one for one in staff if "utang" in one.text]


async def test_the_officer_books_a_new_hour_for_budi(town: Town) -> None:
    number = await missed(town)

    await town.sari.taps("Jadwal ulang")
    await town.sari.taps("jam")

    async with town.database.transaction() as db:
        coming = await sessions.of_client(db, town.budi.id, after=town.clock.now())
    assert len(coming) == 1
    alert = await alert_of(town, number)
    assert alert.state == "taken"
    assert "rebooked" in [code for code, _ in alert.because]


async def test_a_call_that_budi_wishes_for_after_the_alert_was_closed_is_asked_for(
    town: Town,
) -> None:
    await missed(town)
    await town.sari.taps("Tutup")
    await town.sari.taps("Tidak perlu tindakan")
    await everyone_heard(town)

    await town.budi.taps("Takut")
    assert await town.sari.heard() == ["alert.staff.reason_given"]
    await town.budi.taps("Telepon aku dulu")

    assert "missed_session.client.will_call" in await town.budi.heard()
    assert await town.sari.heard() == ["alert.staff.wants_contact"]


async def test_what_budi_wishes_for_is_passed_on_although_the_record_was_corrected(
    town: Town,
) -> None:
    await missed(town)
    await next_working_day(town)
    second = await missed(town)
    await town.budi.taps("Ongkos atau jarak")
    await recorded(town, second, "excused")
    await everyone_heard(town)

    await town.budi.taps("Bertemu online")

    assert "missed_session.client.passed_on" in await town.budi.heard()
    assert "alert.staff.reason_given" in await town.sari.heard()
    assert town.sari.phone.newest.text == "Budi: Ingin bertemu online."


async def test_budi_who_was_told_that_he_was_missed_reads_that_the_record_was_wrong(
    town: Town,
) -> None:
    number = await missed(town)
    await everyone_heard(town)

    await town.passes(minutes=5)
    await recorded(town, number, "present")

    assert await town.budi.heard() == ["no_show.client.corrected"]


async def test_budi_who_has_read_nothing_of_it_reads_nothing_of_the_correction(town: Town) -> None:
    (number,) = await booked(town, at=town.clock.now() + timedelta(hours=13))
    await town.passes(hours=14)
    await recorded(town, number, "absent")
    await everyone_heard(town)

    await recorded(town, number, "present")
    await town.passes(hours=20)

    assert [key for key in await town.budi.heard() if key.startswith("no_show")] == []


async def test_after_danger_the_question_about_a_missed_session_waits_for_the_quiet_to_end(
    town: Town,
) -> None:
    await town.budi.writes("aku pengen mati aja")
    hushed = (await town.budi.row()).hushed_until
    assert hushed is not None

    await missed(town)
    assert "no_show.client.first" not in await town.budi.heard()

    await town.until(hushed + timedelta(hours=1))
    assert "no_show.client.first" in await town.budi.heard()
