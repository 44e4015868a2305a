"""Relatives: invited by the client, agreed by themselves, told what was ticked and nothing else."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from aftercare.casework.family import families, family_news
from aftercare.messages import Message
from aftercare.records import (
    alerts,
    clients,
    consents,
    holdings,
    invites,
    outbox,
    relatives,
    sessions,
)
from aftercare.records.conversations import ConversationRow
from aftercare.records.outbox import Cause, Outgoing
from aftercare.records.sessions import Participant, Session
from tests import newcomers
from tests.town import Neighbour, Town

EVERYTHING = ("session_reminders", "attendance", "invitations", "emergency_contact")


async def booked(town: Town, at: datetime, of: Neighbour | None = None) -> int:
    """A session of Budi's; the number of his participation."""
    async with town.database.transaction() as db:
        session = Session(
            office_id=town.office,
            officer_id=town.sari.id,
            kind="konseling",
            place="Ruang 2",
            starts_at=at,
            minutes=60,
            code="1234",
            made_at=town.clock.now(),
        )
        one = Participant(client_id=(of or town.budi).id)
        session.participants.append(one)
        db.add(session)
        await db.flush()
        return one.id


async def remind(town: Town, participant_id: int) -> None:
    async with town.database.transaction() as db:
        one = await sessions.participant(db, participant_id)
        assert one is not None
        await family_news.remind(db, [one], town.clock.now())


async def tell_attendance(town: Town, participant_id: int, outcome: sessions.Attendance) -> None:
    async with town.database.transaction() as db:
        one = await sessions.participant(db, participant_id)
        assert one is not None
        one.attendance = outcome
        await family_news.tell_attendance(db, [one], town.clock.now())
    await town.settle()


async def dropped(town: Town, who: Neighbour) -> list[str | None]:
    """Why what waited for this person was not sent."""
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(Outgoing).where(Outgoing.person_id == who.id, Outgoing.state == "dropped")
        )
        return [row.reason for row in found]


def tomorrow(town: Town) -> datetime:
    return town.clock.now() + timedelta(days=1)


# The client's choice


async def test_budi_invites_his_mother_with_two_scopes_and_gets_a_link_to_forward(
    town: Town,
) -> None:
    await newcomers.bot_is_known(town)
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajak seseorang")
    for label in ("Mau", "Ya, aku aman", "Orang tua"):
        await town.budi.taps(label)
    await town.budi.writes("Siti")
    await town.budi.taps("Pengingat jadwalku")
    await town.budi.taps("Dihubungi kalau aku dalam bahaya")
    await town.budi.taps("Sudah")

    await town.budi.taps("Ya, aku setuju")

    assert "https://t.me/KawanBot?start=" in town.budi.phone.newest.text
    async with town.database.transaction() as db:
        (made,) = await relatives.of_client(db, town.budi.id)
        assert (await consents.current(db, town.budi.id))["family"] is True
    assert made.scopes == ["session_reminders", "emergency_contact"]
    assert (made.relation, made.agreed_at) == ("parent", None)


async def test_the_forwarded_link_opens_the_invitation_for_siti(town: Town) -> None:
    await newcomers.bot_is_known(town)
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajak seseorang")
    for label in ("Mau", "Ya, aku aman", "Orang tua"):
        await town.budi.taps(label)
    await town.budi.writes("Siti")
    await town.budi.taps("Pengingat jadwalku")
    await town.budi.taps("Sudah")
    await town.budi.taps("Ya, aku setuju")
    code = town.budi.phone.newest.text.partition("?start=")[2]
    siti = await town.stranger()

    await siti.writes(f"/start {code}")

    assert siti.phone.messages[0].text.startswith("Halo Siti.")
    assert "Pengingat janji" in siti.phone.messages[1].text
    assert "hadir" not in siti.phone.messages[1].text


async def test_somebody_who_does_not_feel_safe_is_not_invited(town: Town) -> None:
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajak seseorang")
    await town.budi.taps("Mau")

    await town.budi.taps("Belum yakin")

    assert (await town.budi.heard())[-1] == "family_invite.client.not_safe"
    async with town.database.transaction() as db:
        assert await relatives.of_client(db, town.budi.id) == []


async def test_without_a_scope_nobody_is_invited(town: Town) -> None:
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajak seseorang")
    for label in ("Mau", "Ya, aku aman", "Orang tua"):
        await town.budi.taps(label)
    await town.budi.writes("Siti")

    await town.budi.taps("Sudah")

    assert (await town.budi.heard())[-1] == "answer.client.too_few"


async def test_where_the_bot_has_no_name_yet_the_office_makes_the_link(town: Town) -> None:
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajak seseorang")
    for label in ("Mau", "Ya, aku aman", "Kakak atau adik"):
        await town.budi.taps(label)
    await town.budi.writes("Deni")
    await town.budi.taps("Pengingat jadwalku")
    await town.budi.taps("Sudah")
    await town.budi.taps("Ya, aku setuju")
    assert (await town.budi.heard())[-1] == "family_invite.client.no_link"

    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        code = await families.invite(db, client, "sibling", [], town.clock.now())
    deni = await town.stranger()
    await deni.writes(f"/start {code}")

    assert deni.phone.messages[0].text.startswith("Halo Deni.")
    async with town.database.transaction() as db:
        assert len(await relatives.of_client(db, town.budi.id)) == 1


async def test_whoever_the_office_invites_hears_nothing_until_budi_ticks_something(
    town: Town,
) -> None:
    siti, code = await newcomers.relative(town, "Siti")
    await siti.writes(f"/start {code}")
    assert "Saat ini tidak ada" in siti.phone.messages[1].text
    await siti.taps("Ya, aku mau")
    await siti.heard()

    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()

    assert await siti.heard() == []


async def test_the_office_cannot_invite_family_without_the_clients_yes(town: Town) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)

        with pytest.raises(families.NotAgreed):
            await families.invite(db, client, "parent", EVERYTHING, town.clock.now())


async def test_a_scope_that_does_not_exist_opens_nothing(town: Town) -> None:
    siti, _ = await newcomers.relative(town, "Siti", "answers", "session_reminders")

    assert (await newcomers.relative_row(town, siti)).scopes == ["session_reminders"]


# The relative's own yes


async def test_siti_hears_what_she_gets_and_what_she_never_gets_before_she_agrees(
    town: Town,
) -> None:
    siti, code = await newcomers.relative(town, "Siti", "attendance")

    await siti.writes(f"/start {code}")

    said = "\n".join(heard.text for heard in siti.phone.messages)
    assert "Kabar apakah ia hadir" in said
    assert "isi obrolan, jawaban, atau catatan Budi" in said
    assert (await newcomers.relative_row(town, siti)).agreed_at is None


async def test_siti_says_yes_and_budi_is_told(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")

    assert (await newcomers.relative_row(town, siti)).agreed_at == town.clock.now()
    assert await town.budi.heard() == ["family.client.joined"]
    async with town.database.transaction() as db:
        assert (await consents.current(db, siti.id))["family"] is True


async def test_siti_says_no_and_hears_nothing_ever(town: Town) -> None:
    siti, code = await newcomers.relative(town, "Siti", *EVERYTHING)
    await siti.writes(f"/start {code}")

    await siti.taps("Tidak dulu")

    assert (await siti.heard())[-1] == "family_welcome.family.refused"
    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()
    assert await siti.heard() == []
    async with town.database.transaction() as db:
        assert (await consents.current(db, siti.id))["family"] is False


async def test_an_invitation_that_budi_took_back_meanwhile_is_no_longer_good(town: Town) -> None:
    siti, code = await newcomers.relative(town, "Siti", *EVERYTHING)
    await siti.writes(f"/start {code}")
    await town.budi.writes("/keluarga")
    await town.budi.taps("Lepas Siti")
    await town.budi.taps("Ya, lepas")

    await siti.taps("Ya, aku mau")

    assert (await siti.heard())[-1] == "family_welcome.family.passed"
    async with town.database.transaction() as db:
        assert await relatives.who_may(db, town.budi.id, "attendance") == []


async def test_siti_before_her_yes_hears_nothing_about_budi(town: Town) -> None:
    siti, code = await newcomers.relative(town, "Siti", *EVERYTHING)
    await siti.writes(f"/start {code}")
    await siti.heard()

    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()

    assert await siti.heard() == []


async def test_a_mother_of_two_clients_has_one_phone_and_two_invitations(town: Town) -> None:
    asep = await town.client("Asep")
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    _, second = await newcomers.relative(town, "Siti", "attendance", of=asep)

    await siti.writes(f"/start {second}")
    await siti.taps("Ya, aku mau")

    async with town.database.transaction() as db:
        known = await relatives.of_person(db, siti.id)
    assert {one.client_id: one.scopes for one in known} == {
        town.budi.id: ["session_reminders"],
        asep.id: ["attendance"],
    }
    await remind(town, await booked(town, tomorrow(town), of=asep))
    await siti.heard()
    await town.settle()
    assert await siti.heard() == []


async def test_a_relative_invited_again_after_stopping_chooses_anew(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await siti.writes("/berhenti")
    _, again = await newcomers.relative(town, "Siti", "attendance")
    await siti.heard()

    await siti.writes(f"/start {again}")
    assert (await siti.heard())[0] == "family_welcome.family.hello"
    await siti.taps("Ya, aku mau")

    row = await newcomers.relative_row(town, siti)
    assert (row.scopes, row.is_active) == (["attendance"], True)
    assert (await siti.row()).left_at is None


async def test_a_lost_phone_is_replaced_for_relatives_too(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    async with town.database.transaction() as db:
        code = invites.make(db, siti.id, town.clock.now())
    siti.phone = town.phones.phone(777)

    await siti.writes(f"/start {code}")

    assert await siti.heard() == ["link.family.back", "menu.family.overview"]


# What is sent, and asked again at sending


async def test_the_reminder_reaches_the_relative_for_whom_it_was_ticked(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    deni = await newcomers.agreed_relative(town, "Deni", "attendance", "emergency_contact")

    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()

    assert await siti.heard() == ["session.family.reminder"]
    assert "Budi punya janji besok, Selasa, 24 November" in siti.phone.newest.text
    assert await deni.heard() == []


async def test_the_reminder_names_no_place_and_no_office(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")

    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()

    assert "Ruang" not in siti.phone.newest.text
    assert "Bapas" not in siti.phone.newest.text


async def test_a_scope_taken_away_while_the_reminder_waits_for_morning_stops_it(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders", "attendance")
    await town.passes(hours=14)
    await remind(town, await booked(town, town.clock.now() + timedelta(hours=12)))
    await town.settle()
    await siti.heard()

    await town.budi.writes("/keluarga")
    await town.budi.taps("Ubah untuk Siti")
    await town.budi.taps("Pengingat jadwalku")
    await town.budi.taps("Sudah")
    await town.passes(hours=10)

    assert await siti.heard() == []
    assert await dropped(town, siti) == ["outside the client's scopes"]
    assert (await newcomers.relative_row(town, siti)).scopes == ["attendance"]


async def test_a_relative_let_go_while_the_reminder_waits_hears_nothing(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await town.passes(hours=14)
    await remind(town, await booked(town, town.clock.now() + timedelta(hours=12)))

    await town.budi.writes("/keluarga")
    await town.budi.taps("Lepas Siti")
    await town.budi.taps("Ya, lepas")
    await siti.heard()
    await town.passes(hours=10)

    assert await siti.heard() == []


async def test_a_session_that_moved_meanwhile_is_not_announced_at_its_old_time(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await town.passes(hours=14)
    number = await booked(town, town.clock.now() + timedelta(hours=12))
    await remind(town, number)
    async with town.database.transaction() as db:
        one = await sessions.participant(db, number)
        assert one is not None
        one.session.version += 1
    await siti.heard()

    await town.passes(hours=10)

    assert await siti.heard() == []
    assert await dropped(town, siti) == ["session moved"]


async def test_reminding_twice_says_it_once(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    number = await booked(town, tomorrow(town))

    await remind(town, number)
    await remind(town, number)
    await town.settle()

    assert await siti.heard() == ["session.family.reminder"]


async def test_attendance_is_told_only_where_it_was_ticked(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    deni = await newcomers.agreed_relative(town, "Deni", "session_reminders")

    await tell_attendance(town, await booked(town, town.clock.now()), "present")
    await tell_attendance(town, await booked(town, town.clock.now()), "absent")
    await town.passes(hours=1)

    assert await siti.heard() == ["session.family.attended", "session.family.not_attended"]
    assert await deni.heard() == []


async def test_an_excuse_is_nobodys_business_at_home(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")

    await tell_attendance(town, await booked(town, town.clock.now()), "excused")
    await town.passes(hours=2)

    assert await siti.heard() == []


async def test_an_absence_recorded_by_mistake_never_becomes_a_quarrel_at_home(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    number = await booked(town, town.clock.now())
    await tell_attendance(town, number, "absent")

    await town.passes(minutes=10)
    await tell_attendance(town, number, "present")
    await town.passes(hours=2)

    assert await siti.heard() == ["session.family.attended"]


async def test_the_attendance_scope_taken_away_within_the_hour_stops_the_news(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance", "invitations")
    await tell_attendance(town, await booked(town, town.clock.now()), "absent")

    await town.budi.writes("/keluarga")
    await town.budi.taps("Ubah untuk Siti")
    await town.budi.taps("Kabar aku hadir")
    await town.budi.taps("Sudah")
    await town.passes(hours=2)

    assert await siti.heard() == []


async def test_when_budi_leaves_his_family_hears_no_more_of_him_and_not_that_he_left(
    town: Town,
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", *EVERYTHING)

    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")
    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()

    assert await siti.heard() == []


async def test_what_budi_writes_and_answers_never_reaches_siti(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", *EVERYTHING)

    await town.budi.writes("aku lagi kesal sama ibu")
    await town.budi.writes("/bantuan")
    await town.budi.taps("Aku butuh ditelepon")
    await town.passes(days=3)

    assert await siti.heard() == ["prompt.family.week_01"]
    assert all("kesal" not in heard.text for heard in siti.phone.messages)


# The client's list


async def test_the_list_shows_who_hears_what_and_who_has_not_answered(town: Town) -> None:
    await newcomers.agreed_relative(town, "Siti", "session_reminders", "attendance")
    await newcomers.relative(town, "Deni", "invitations")

    await town.budi.writes("/keluarga")

    shown = town.budi.phone.newest.text
    assert "Siti (orang tua): pengingat jadwal, kabar kehadiran" in shown
    assert "Deni (orang tua): belum menjawab" in shown


async def test_what_is_ticked_already_is_shown_as_ticked(town: Town) -> None:
    await newcomers.agreed_relative(town, "Siti", "attendance")
    await town.budi.writes("/keluarga")

    await town.budi.taps("Ubah untuk Siti")

    assert "✓ Kabar aku hadir atau tidak" in town.budi.phone.buttons
    assert "Pengingat jadwalku" in town.budi.phone.buttons


async def test_another_client_cannot_change_what_siti_hears(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    asep = await town.client("Asep")
    row = await newcomers.relative_row(town, siti)

    for how in ("scopes", "remove", "drop"):
        await asep.taps_data(f"d:relative:{row.id}:{how}")

    assert await asep.heard() == ["answer.anyone.passed"] * 3
    assert (await newcomers.relative_row(town, siti)).is_active


async def test_letting_a_relative_go_tells_her_nothing(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", *EVERYTHING)
    await town.budi.writes("/keluarga")
    await town.budi.taps("Lepas Siti")

    await town.budi.taps("Ya, lepas")

    assert (await town.budi.heard())[-1] == "family.client.removed"
    assert await siti.heard() == []
    await siti.writes("/menu")
    assert await siti.heard() == ["welcome.family.not_yet"]


# The relative's own doors


async def test_siti_is_worried_and_the_officer_hears_who_but_not_what(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await town.budi.heard()
    await siti.writes("/khawatir")

    await siti.taps("Beri tahu petugas")

    assert await town.sari.heard() == ["alert.staff.family_worry"]
    assert "orang tua" in town.sari.phone.newest.text
    assert (await siti.heard())[-1] == "family.family.worry_told"
    assert await town.budi.heard() == []


async def test_a_second_worry_while_the_first_is_open_pages_nobody_again(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    for _ in range(2):
        await siti.writes("/khawatir")
        await siti.taps("Beri tahu petugas")

    assert (await siti.heard())[-1] == "family.family.worry_waits"
    async with town.database.transaction() as db:
        assert len(await alerts.unclosed(db, town.office)) == 1


async def test_danger_at_home_shows_the_numbers_and_says_not_to_face_it_alone(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await siti.writes("/khawatir")

    await siti.taps("Ini keadaan gawat")

    shown = siti.phone.newest.text
    assert "jangan hadapi sendiri" in shown
    for number in ("110", "112", "119", "129"):
        assert number in shown


async def test_a_mother_of_two_says_whom_she_is_worried_about(town: Town) -> None:
    asep = await town.client("Asep", officer=town.dewi)
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    _, second = await newcomers.relative(town, "Siti", "attendance", of=asep)
    await siti.writes(f"/start {second}")
    await siti.taps("Ya, aku mau")

    await siti.writes("/khawatir")
    await siti.taps("Asep")
    await siti.taps("Beri tahu petugas")

    assert await town.dewi.heard() == ["alert.staff.family_worry"]
    assert await town.sari.heard() == []


async def test_nobody_else_can_worry_in_sitis_name(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    deni = await newcomers.agreed_relative(town, "Deni", "attendance")
    row = await newcomers.relative_row(town, siti)

    await deni.taps_data(f"d:worry:{row.id}:tell")

    assert await deni.heard() == ["answer.anyone.passed"]
    assert await town.sari.heard() == []


async def test_berhenti_is_at_once_and_without_a_question(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", *EVERYTHING)
    await town.budi.heard()

    await siti.writes("/berhenti")

    assert await siti.heard() == ["control.family.left"]
    async with town.database.transaction() as db:
        assert await relatives.of_client(db, town.budi.id) == []
        assert (await consents.current(db, siti.id))["family"] is False
    await remind(town, await booked(town, tomorrow(town)))
    await town.settle()
    assert await siti.heard() == []
    assert await town.budi.heard() == []


async def test_berhenti_in_the_middle_of_the_welcome_ends_it(town: Town) -> None:
    siti, code = await newcomers.relative(town, "Siti", *EVERYTHING)
    await siti.writes(f"/start {code}")

    await siti.writes("/berhenti")
    await siti.writes("Ya, aku mau")

    assert (await siti.heard())[-2:] == ["control.family.left", "welcome.family.not_yet"]
    async with town.database.transaction() as db:
        rows = list(
            await db.scalars(select(ConversationRow).where(ConversationRow.person_id == siti.id))
        )
    assert [row.state for row in rows] == ["ended"]


async def test_siti_sees_what_is_kept_of_her_and_may_have_a_copy(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    await siti.writes("/privasi")
    assert "Kabar apakah ia hadir" in siti.phone.newest.text

    await siti.taps("Salinan dataku")

    sent = siti.phone.newest.picture
    assert sent is not None
    page = json.loads(sent.content)
    assert page["tentang_kamu"][0]["name"] == "Siti"
    assert not page.keys() & {"pendampingan", "sesi", "kehadiran", "kabar"}
    assert {row["person_id"] for row in page["izin"]} == {siti.id}


async def test_budis_copy_does_not_say_that_his_mother_was_worried(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await siti.writes("/khawatir")
    await siti.taps("Beri tahu petugas")
    await town.budi.writes("/bantuan")
    await town.budi.taps("Aku butuh ditelepon")

    await town.budi.writes("/data")
    await town.budi.taps("Kirim sekarang")

    sent = town.budi.phone.newest.picture
    assert sent is not None
    told = json.loads(sent.content)["pemberitahuan_ke_petugas"]
    assert [alert["kind"] for alert in told] == ["wants_contact"]


async def test_siti_cannot_use_the_clients_commands(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")

    for name in ("/keluarga", "/jeda", "/siapa", "/peringatan"):
        await siti.writes(name)

    assert set(await siti.heard()) == {"fallback.family.not_understood", "menu.family.overview"}


async def test_nothing_of_the_family_is_ever_posted_to_the_wrong_reader(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")

    async with town.database.transaction() as db:
        with pytest.raises(outbox.WrongReader):
            outbox.post(
                db,
                Message("check_in.client.already"),
                to=await siti.row(),
                because=Cause("x", town.clock.now()),
            )


# Erasing


async def test_siti_erases_what_is_kept_about_her(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", *EVERYTHING)
    await town.passes(days=3)
    await siti.taps("Sulit di rumah kami")
    await siti.writes("/hapus")

    await siti.taps("Ya, hapus")

    assert (await siti.heard())[-1] == "privacy.family.erased"
    async with town.database.transaction() as db:
        kept = await holdings.of_person(db, siti.id)
        assert kept.keys() <= {"people", "consents", "outbox"}
        assert {one["given"] for one in kept["consents"]} == {True, False}
        assert await relatives.of_client(db, town.budi.id) == []
        everything = [row.content for row in await db.scalars(select(Outgoing))]
    person = await siti.row()
    assert (person.name, person.telegram_id) == (None, None)
    assert "Siti" not in json.dumps(everything)


async def test_after_erasing_nothing_comes_and_budi_keeps_what_is_his(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", *EVERYTHING)
    await siti.writes("/hapus")
    await siti.taps("Ya, hapus")
    await siti.heard()

    await remind(town, await booked(town, tomorrow(town)))
    await town.passes(days=20)

    assert await siti.heard() == []
    assert (await town.budi.row()).name == "Budi"


async def test_an_old_erase_button_of_sitis_destroys_nothing(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    await siti.writes("/hapus")
    await town.passes(hours=2)

    await siti.taps("Ya, hapus")

    assert (await siti.heard())[-1] == "answer.anyone.passed"
    assert (await siti.row()).name == "Siti"
