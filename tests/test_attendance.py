"""Who was there: the officer's one message, the client's four digits, and what nobody recorded."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.casework.sessions import sessions as session_work
from aftercare.casework.sessions.plans import Plan
from aftercare.records import alerts, clients, people, sessions, staff
from aftercare.records.alerts import Alert
from aftercare.records.sessions import Mode, Participant
from tests.town import Neighbour, Town

HOUR = timedelta(hours=1)


async def booked(
    town: Town, *who: Neighbour, at: datetime | None = None, mode: Mode = "in_person"
) -> list[int]:
    """A session of one hour in an hour's time; the participants' ids."""
    async with town.database.transaction() as db:
        plan = Plan(
            office_id=town.office,
            officer=await people.get(db, town.sari.id),
            clients=tuple([await clients.get(db, one.id) for one in who or (town.budi,)]),
            kind="Konseling",
            place="Ruang Melati",
            starts_at=at or town.clock.now() + HOUR,
            mode=mode,
        )
        made = await session_work.book(db, plan, town.clock.now())
        return [one.id for one in made.session.participants]


async def kept(town: Town, number: int) -> Participant:
    async with town.database.transaction() as db:
        found = await sessions.participant(db, number)
        assert found is not None
        return found


async def unrecorded_alert(town: Town, number: int) -> Alert | None:
    one = await kept(town, number)
    async with town.database.transaction() as db:
        return await alerts.about(db, "unrecorded", f"session:{one.session_id}")


def sheet(neighbour: Neighbour) -> str:
    return next(
        one.text
        for one in reversed(neighbour.phone.messages)
        if "Siapa yang hadir" in one.text or "sudah tercatat" in one.text
    )


async def test_at_the_end_sari_gets_one_message_with_everybody_in_it(town: Town) -> None:
    siti, ujang = await town.client("Siti"), await town.client("Ujang")
    await booked(town, town.budi, siti, ujang)
    await town.sari.heard()

    await town.passes(hours=2)

    heard = await town.sari.heard()
    assert heard.count("attendance.officer.record") == 1
    assert all(name in sheet(town.sari) for name in ("Budi", "Siti", "Ujang"))


async def test_each_tap_is_shown_in_place_and_the_last_one_leaves_a_summary(town: Town) -> None:
    siti = await town.client("Siti")
    numbers = await booked(town, town.budi, siti)
    await town.passes(hours=2)
    count = len(town.sari.phone.messages)

    await town.sari.taps("✅ Budi")
    assert "Budi: hadir" in sheet(town.sari)
    assert "Siti: belum dicatat" in sheet(town.sari)
    await town.sari.taps("Izin")

    assert len(town.sari.phone.messages) == count
    assert "sudah tercatat" in sheet(town.sari)
    assert [(await kept(town, one)).attendance for one in numbers] == ["present", "excused"]


async def test_the_less_usual_outcomes_are_one_tap_further(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=2)

    await town.sari.taps("Lainnya")
    await town.sari.taps("Batal dari kantor")

    assert (await kept(town, number)).attendance == "cancelled_by_office"


async def test_being_there_online_is_recorded_as_online(town: Town) -> None:
    (number,) = await booked(town, mode="online")
    await town.passes(hours=2)

    await town.sari.taps("✅ Budi")

    assert (await kept(town, number)).attendance == "present_online"


async def test_a_wrong_tap_is_corrected_on_the_same_message(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=2)
    await town.sari.taps("Tidak datang")

    await town.sari.taps("Ubah catatan")
    await town.sari.taps("✅ Budi")

    assert (await kept(town, number)).attendance == "present"
    assert "Budi: hadir" in sheet(town.sari)


async def test_twenty_people_fit_under_one_message(town: Town) -> None:
    crowd = [await town.client(f"Klien {n}") for n in range(20)]
    await booked(town, *crowd)

    await town.passes(hours=2)

    newest = next(
        one for one in reversed(town.sari.phone.messages) if "Siapa yang hadir" in one.text
    )
    buttons = [data for row in newest.rows for _, data, _ in row]
    assert len(buttons) == 80
    assert len(newest.text) < 4096
    assert all(len(data or "") <= 64 for data in buttons)


async def test_nobody_is_missed_before_the_session_has_begun(town: Town) -> None:
    (number,) = await booked(town)
    await town.sari.heard()

    await town.sari.taps_data(f"d:attend:{number}:absent")

    assert await town.sari.heard() == ["attendance.staff.too_early"]
    assert (await kept(town, number)).attendance is None


async def test_only_the_officer_the_cover_and_the_head_may_record(town: Town) -> None:
    (number,) = await booked(town)
    asep = await town.staff("Asep", "officer")
    await town.passes(hours=2)
    for nobody in (asep, town.budi):
        await nobody.heard()
        await nobody.taps_data(f"d:attend:{number}:present")
        assert await nobody.heard() == ["answer.anyone.passed"]
    assert (await kept(town, number)).attendance is None

    await town.hendra.taps_data(f"d:attend:{number}:present")

    assert (await kept(town, number)).attendance == "present"


async def test_while_sari_is_away_dewi_is_asked_instead(town: Town) -> None:
    await booked(town)
    async with town.database.transaction() as db:
        (await staff.get(db, town.sari.id)).away_until = town.clock.now() + timedelta(days=2)
    await town.sari.heard()

    await town.passes(hours=2)

    assert "attendance.officer.record" not in await town.sari.heard()
    assert "attendance.officer.record" in await town.dewi.heard()


async def test_sari_sees_the_code_ten_minutes_before_with_who_is_expected(town: Town) -> None:
    await booked(town)
    await town.sari.heard()

    await town.passes(minutes=50)

    assert await town.sari.heard() == ["attendance.officer.code"]
    assert "Budi: belum memberi kabar" in town.sari.phone.newest.text


async def test_budi_says_that_he_is_here_and_it_counts_at_once(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(minutes=55)
    code = (await kept(town, number)).session.code
    await town.sari.heard()
    await town.budi.heard()

    await town.budi.writes("udah nyampe")
    await town.budi.writes(code)

    assert (await kept(town, number)).attendance == "present"
    assert await town.budi.heard() == ["arrival.client.code", "arrival.client.done"]
    assert await town.sari.heard() == []
    await town.passes(hours=2)
    assert "Budi: hadir" in sheet(town.sari)


async def test_the_command_and_the_button_ask_for_the_same_code(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(minutes=30)
    await town.budi.heard()

    await town.budi.writes("/sampai")
    await town.budi.taps_data(f"d:arrived:{number}")
    await town.budi.writes(f"kodenya {(await kept(town, number)).session.code} ya")

    assert (await kept(town, number)).attendance == "present"


async def test_after_three_wrong_codes_the_officer_records_it(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(minutes=30)
    right = (await kept(town, number)).session.code
    await town.budi.writes("/sampai")
    await town.budi.heard()

    for _ in range(3):
        await town.budi.writes("0000")
    await town.budi.writes("/sampai")
    await town.budi.writes(right)

    heard = await town.budi.heard()
    assert "arrival.client.to_the_officer" in heard
    assert "attendance.client.tell_the_officer" in heard
    assert (await kept(town, number)).attendance is None


async def test_there_is_nothing_to_arrive_at_two_hours_before(town: Town) -> None:
    await booked(town, at=town.clock.now() + 2 * HOUR)
    await town.settle()
    await town.budi.heard()

    await town.budi.writes("saya sudah sampai")

    assert await town.budi.heard() == ["attendance.client.no_session_now"]


async def test_the_code_of_another_session_opens_nothing(town: Town) -> None:
    siti = await town.client("Siti")
    (number,) = await booked(town)
    await booked(town, siti, at=town.clock.now() + 5 * HOUR)
    await town.passes(minutes=30)

    await siti.taps_data(f"d:arrived:{number}")
    await siti.writes((await kept(town, number)).session.code)

    assert (await kept(town, number)).attendance is None


async def test_nobody_recorded_it_never_counts_against_budi(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=2)
    await town.budi.heard()

    await town.passes(days=10)

    heard = await town.budi.heard()
    assert "attendance.client.not_recorded_yet" in heard
    assert not [key for key in heard if key.startswith("no_show")]
    async with town.database.transaction() as db:
        assert await alerts.about(db, "no_show", f"participant:{number}") is None


async def test_nobody_recorded_it_goes_up_the_ladder_like_any_alert(town: Town) -> None:
    (number,) = await booked(town)

    await town.passes(days=10)

    alert = await unrecorded_alert(town, number)
    assert alert is not None
    async with town.database.transaction() as db:
        told = [one.person_id for one in await alerts.steps(db, alert.id) if one.what == "told"]
    assert told == [town.sari.id, town.dewi.id, town.hendra.id]


async def test_recording_it_closes_the_alert_by_itself(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=4)
    assert "alert.staff.unrecorded" in await town.sari.heard()

    await town.sari.taps("Catat kehadiran")
    await town.sari.taps("✅ Budi")
    await town.passes(days=10)

    alert = await unrecorded_alert(town, number)
    assert alert is not None
    assert (alert.state, alert.close_reason) == ("closed", "recorded")
    assert "alert.staff.unrecorded" not in await town.hendra.heard()


async def test_what_budi_says_is_information_for_sari_and_no_outcome(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=4)
    await town.sari.heard()

    await town.budi.taps("Aku datang")

    assert await town.sari.heard() == ["attendance.officer.client_says_came"]
    one = await kept(town, number)
    assert (one.attendance, one.says) == (None, "came")
    await town.sari.taps("Catat kehadiran")
    assert "bilang sudah datang" in sheet(town.sari)


async def test_trouble_is_told_as_a_reason_and_counts_as_nothing(town: Town) -> None:
    (number,) = await booked(town)
    await town.passes(hours=4)
    await town.sari.heard()

    await town.budi.taps("Ada kendala")
    await town.budi.taps("Sakit")

    assert await town.sari.heard() == ["attendance.officer.client_says_trouble"]
    one = await kept(town, number)
    assert (one.attendance, one.says, one.reason) == (None, "trouble", "ill")


async def test_everything_recorded_in_time_wakes_nobody_two_hours_later(town: Town) -> None:
    await booked(town)
    await town.passes(hours=2)
    await town.sari.taps("✅ Budi")
    await town.sari.heard()
    await town.budi.heard()

    await town.passes(hours=8)

    assert await town.sari.heard() == []
    assert "attendance.client.not_recorded_yet" not in await town.budi.heard()


async def test_a_cancelled_session_is_not_asked_about(town: Town) -> None:
    (number,) = await booked(town)
    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
        assert one is not None
        found = await sessions.get(db, one.session_id)
        assert found is not None
        await db.refresh(found, ["participants"])
        sari = await people.get(db, town.sari.id)
        await session_work.cancel(db, found, by=sari, now=town.clock.now())
    await town.sari.heard()

    await town.passes(hours=5)

    assert not [key for key in await town.sari.heard() if key.startswith("attendance")]
