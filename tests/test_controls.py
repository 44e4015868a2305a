"""Resting, going on, stopping, help, privacy: they work at any moment, and keep their word."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select

from aftercare.clock import MovableClock
from aftercare.messages import Lane, Message, Terms
from aftercare.records import (
    alerts,
    audit,
    check_ins,
    clients,
    consents,
    conversations,
    holdings,
    module_runs,
    outbox,
    people,
    timers,
)
from aftercare.records.clients import Client
from aftercare.records.conversations import ConversationRow
from aftercare.records.module_runs import Artefact
from aftercare.records.outbox import Cause, Outgoing
from tests.town import Neighbour, Town


async def client_of(town: Town, who: Neighbour) -> Client:
    async with town.database.transaction() as db:
        return await clients.get(db, who.id)


async def budi_is_told(town: Town, lane: Lane, cause: str) -> list[str]:
    """Something that we start ourselves; what of it arrives."""
    await town.budi.heard()
    async with town.database.transaction() as db:
        person = await people.get(db, town.budi.id)
        because = Cause(cause, town.clock.now())
        outbox.post(db, Message("link.anyone.used"), to=person, because=because, terms=Terms(lane))
    await town.settle()
    return await town.budi.heard()


async def live(town: Town) -> ConversationRow | None:
    async with town.database.transaction() as db:
        return await conversations.live(db, town.budi.id)


# Resting


async def test_budi_rests_three_days_and_only_reminders_come(town: Town) -> None:
    await town.budi.writes("/jeda")
    await town.budi.taps("3 hari")

    assert (await town.budi.row()).paused_until == town.clock.now() + timedelta(days=3)
    assert "Kamis, 26 November" in town.budi.phone.newest.text
    assert await budi_is_told(town, Lane.PROMPT, "a prompt") == []
    assert await budi_is_told(town, Lane.REMINDER, "a reminder") == ["link.anyone.used"]


async def test_the_rest_is_over_by_itself(town: Town) -> None:
    await town.budi.writes("/jeda")
    await town.budi.taps("1 hari")

    await town.passes(days=1, hours=1)

    assert await budi_is_told(town, Lane.PROMPT, "a prompt") == ["link.anyone.used"]


async def test_an_open_conversation_rests_too_and_goes_on_where_it_stood(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Nama panggilan")
    await town.budi.writes("/jeda")
    await town.budi.taps("1 hari")
    assert await live(town) is None
    await town.budi.heard()

    await town.budi.writes("/lanjut")

    assert await town.budi.heard() == ["control.client.resumed", "settings.client.nickname"]
    assert (await town.budi.row()).paused_until is None
    await town.budi.writes("Bud")
    assert (await town.budi.row()).nickname == "Bud"


async def test_going_on_with_nothing_open_is_answered_kindly(town: Town) -> None:
    await town.budi.writes("/lanjut")

    assert await town.budi.heard() == ["control.client.nothing_open"]


async def test_a_word_while_resting_does_not_drag_the_exercise_back(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.writes("/jeda")
    await town.budi.taps("1 minggu")

    await town.budi.sends(voice={"file_id": "1", "file_unique_id": "1", "duration": 1})

    assert await live(town) is None


# Stopping


async def test_stopping_in_a_conversation_asks_once_which_of_the_two(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.writes("/berhenti")
    assert town.budi.phone.buttons == ["Obrolan ini saja", "Semua pesan", "Tidak jadi"]

    await town.budi.taps("Obrolan ini saja")

    assert await live(town) is None
    assert (await town.budi.heard())[-1] == "control.client.stopped_this"
    assert (await town.budi.row()).left_at is None


async def test_the_button_of_an_older_conversation_does_not_stop_the_newer_one(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.writes("/berhenti")
    old = town.budi.phone.newest.rows[0][0][1]
    await town.budi.taps("Obrolan ini saja")
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.heard()

    await town.budi.taps_data(old or "")

    assert await town.budi.heard() == ["answer.anyone.passed", "sharing.client.level"]
    assert await live(town) is not None


async def test_changing_ones_mind_about_stopping_asks_the_question_again(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.writes("/berhenti")
    await town.budi.heard()

    await town.budi.taps("Tidak jadi")

    assert await town.budi.heard() == ["control.client.stays", "sharing.client.level"]


async def test_leaving_withdraws_every_consent_and_ends_what_we_start(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")

    assert (await town.budi.heard())[-1] == "control.client.left"
    assert (await town.budi.row()).left_at == town.clock.now()
    async with town.database.transaction() as db:
        assert not any((await consents.current(db, town.budi.id)).values())
        assert await timers.of_subject(db, f"client:{town.budi.id}") == []
    assert await budi_is_told(town, Lane.REMINDER, "a reminder") == []
    assert await budi_is_told(town, Lane.PROMPT, "a prompt") == []


async def test_what_budi_once_agreed_to_stays_readable_after_he_left(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")

    async with town.database.transaction() as db:
        rows = list(
            await db.scalars(
                select(consents.Consent).where(
                    consents.Consent.person_id == town.budi.id, consents.Consent.kind == "join"
                )
            )
        )

    assert [row.given for row in rows] == [True, False]


async def test_the_officer_is_told_once_that_leaving_is_budis_right(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")
    await town.budi.taps("Ya, berhenti")

    assert await town.sari.heard() == ["control.officer.left"]
    assert "sukarela" in town.sari.phone.newest.text


async def test_whoever_has_left_hears_only_how_to_come_back_and_how_to_get_help(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")
    await town.budi.heard()

    await town.budi.writes("halo")
    assert await town.budi.heard() == ["welcome.client.not_yet"]
    await town.budi.writes("/bantuan")
    assert await town.budi.heard() == ["control.client.help"]


async def test_start_leads_back_through_the_consents(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")
    await town.budi.heard()

    await town.budi.writes("/start")
    assert (await town.budi.heard())[0] == "welcome.client.hello"
    await town.budi.taps("Ya, aku ikut")

    assert (await town.budi.row()).left_at is None


async def test_a_button_to_stop_everything_is_no_trap_for_later(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.passes(days=2)

    await town.budi.taps("Ya, berhenti")

    assert (await town.budi.heard())[-1] == "answer.anyone.passed"
    assert (await town.budi.row()).left_at is None


async def test_whoever_only_wants_a_rest_finds_it_beside_the_stop(town: Town) -> None:
    await town.budi.writes("/berhenti")
    await town.budi.heard()

    await town.budi.taps("Istirahat saja")

    assert await town.budi.heard() == ["control.client.pause"]


# Help


async def test_help_shows_numbers_and_the_people_budi_feels_safe_with(town: Town) -> None:
    async with town.database.transaction() as db:
        words = "Kang Dede 0812"
        made = town.clock.now()
        db.add(
            Artefact(
                client_id=town.budi.id, kind="safe_person", words=words, module="AMAN", made_at=made
            )
        )

    await town.budi.writes("/bantuan")

    shown = town.budi.phone.newest
    assert "119" in shown.text
    assert "112" in shown.text
    assert "Kang Dede 0812" in shown.text
    assert "24 jam" not in shown.text
    assert [label for row in shown.rows for label, _, _ in row] == [
        "Aku butuh ditelepon", "Napas bareng", "Lanjut",
    ]  # fmt: skip


async def test_budi_asks_to_be_called_and_the_officer_is_told_nothing_else(town: Town) -> None:
    await town.budi.writes("/bantuan")
    await town.budi.taps("Aku butuh ditelepon")
    await town.budi.taps("Aku butuh ditelepon")

    assert (await town.budi.heard())[-2:] == [
        "control.client.call_asked",
        "control.client.call_waits",
    ]
    assert await town.sari.heard() == ["alert.staff.wants_contact"]
    async with town.database.transaction() as db:
        (alert,) = await alerts.unclosed(db, town.office)
    assert alert.client_id == town.budi.id


async def asks_to_be_called(town: Town) -> None:
    await town.budi.writes("/bantuan")
    await town.budi.taps("Aku butuh ditelepon")


async def test_a_wish_that_was_met_does_not_swallow_the_next_one(town: Town) -> None:
    await asks_to_be_called(town)
    await town.sari.taps("Sudah dihubungi")
    await town.sari.heard()
    await town.passes(hours=3)

    await asks_to_be_called(town)

    assert (await town.budi.heard())[-1] == "control.client.call_asked"
    assert await town.sari.heard() == ["alert.staff.wants_contact"]


async def test_whoever_has_taken_the_wish_hears_that_budi_asks_again(town: Town) -> None:
    await asks_to_be_called(town)
    await town.sari.taps("Terima")
    await town.sari.heard()
    await town.passes(hours=3)

    await asks_to_be_called(town)

    assert (await town.budi.heard())[-1] == "control.client.call_waits"
    assert await town.sari.heard() == ["alert.staff.reason_given"]


async def test_a_wish_that_was_taken_and_left_lying_is_told_anew(town: Town) -> None:
    await asks_to_be_called(town)
    await town.sari.taps("Terima")
    await town.passes(days=3)
    await town.sari.heard()

    await asks_to_be_called(town)

    assert "alert.staff.wants_contact" in await town.sari.heard()


async def test_at_night_budi_hears_that_the_office_is_closed(town: Town) -> None:
    await town.passes(hours=14)
    await town.budi.writes("/bantuan")

    await town.budi.taps("Aku butuh ditelepon")

    assert (await town.budi.heard())[-1] == "control.client.call_asked_late"


async def test_breathing_together_begins_from_the_help_card(town: Town) -> None:
    await town.budi.writes("/bantuan")

    await town.budi.taps("Napas bareng")

    begun = await live(town)
    assert begun is not None
    assert begun.flow == "napas"


async def test_going_on_from_the_help_card_asks_the_open_question_again(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.writes("/bantuan")
    await town.budi.heard()

    await town.budi.taps("Lanjut")

    assert await town.budi.heard() == ["control.client.resumed", "sharing.client.level"]


# The menu


async def test_every_button_of_every_menu_does_something(town: Town) -> None:
    for who in (town.budi, town.sari, town.hendra):
        await who.writes("/menu")
        labels = who.phone.buttons
        shown = who.phone.newest
        for label in labels:
            await who.heard()
            data = next(data for row in shown.rows for text, data, _ in row if text == label)

            await who.taps_data(data or "")

            heard = await who.heard()
            assert heard, label
            assert not any("not_understood" in key for key in heard), label


async def test_a_menu_button_is_the_command_typed(town: Town) -> None:
    await town.budi.writes("/privasi")
    typed = await town.budi.heard()
    await town.budi.writes("/menu")
    await town.budi.heard()

    await town.budi.taps("Siapa tahu apa")

    assert await town.budi.heard() == typed


async def test_a_button_of_an_officer_opens_nothing_for_a_client(town: Town) -> None:
    await town.budi.taps_data("d:menu:0:peringatan")

    assert await town.budi.heard() == ["fallback.client.not_understood", "menu.client.overview"]


# Privacy


async def test_privacy_shows_what_is_seen_now_and_each_consent(town: Town) -> None:
    await town.budi.writes("/privasi")

    seen, agreed = town.budi.phone.messages[-2:]
    assert "tanda kalau harimu berat" in seen.text
    assert "Ikut Kawan: ya, 23 November 2026" in agreed.text
    assert "Bapas" not in seen.text


async def test_a_lower_sharing_level_holds_at_once(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")

    await town.budi.taps("0. Kehadiran saja")

    assert (await client_of(town, town.budi)).sharing_level == 0


async def test_a_new_time_zone_moves_the_daily_question(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Zona waktu")

    await town.budi.taps("WIT, seperti Maluku")

    assert (await town.budi.row()).time_zone == "Asia/Jayapura"
    async with town.database.transaction() as db:
        armed = await timers.of_subject(db, f"client:{town.budi.id}")
    daily = next(one for one in armed if one.kind == "check_in.daily")
    assert (daily.due_at.hour, daily.due_at.minute) == (10, 0)  # 19.00 in Jayapura


async def test_taking_back_the_check_ins_ends_them(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Izin yang kuberikan")
    await town.budi.taps("Boleh")
    await town.budi.taps("Boleh")
    async with town.database.transaction() as db:
        assert await timers.of_subject(db, f"client:{town.budi.id}") != []

    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Izin yang kuberikan")
    await town.budi.taps("Jangan")

    async with town.database.transaction() as db:
        assert await timers.of_subject(db, f"client:{town.budi.id}") == []
        assert (await consents.current(db, town.budi.id))["check_ins"] is False


async def test_budi_sees_who_of_the_staff_looked_and_at_what(town: Town) -> None:
    async with town.database.transaction() as db:
        audit.note(db, town.budi.id, by_id=town.sari.id, what="alert", now=town.clock.now())
        audit.note(db, town.budi.id, by_id=town.dewi.id, what="a_new_page", now=town.clock.now())

    await town.budi.writes("/siapa")

    assert "Sari: peringatan" in town.budi.phone.newest.text
    assert "Dewi: catatan pendampingan" in town.budi.phone.newest.text


async def test_nobody_looked_is_said_too(town: Town) -> None:
    await town.budi.writes("/siapa")

    assert await town.budi.heard() == ["privacy.client.nobody_looked"]


async def test_the_copy_holds_what_budi_wrote_and_no_key_to_a_door(town: Town) -> None:
    async with town.database.transaction() as db:
        made = town.clock.now()
        db.add(
            Artefact(
                client_id=town.budi.id, kind="reason", words="anakku", module="X", made_at=made
            )
        )
    await town.budi.writes("/data")
    assert town.budi.phone.newest.picture is None

    await town.budi.taps("Kirim sekarang")

    sent = town.budi.phone.newest.picture
    assert sent is not None
    assert sent.name == "catatanku.json"
    page = json.loads(sent.content)
    assert page["tentang_kamu"][0]["name"] == "Budi"
    assert page["catatan_dari_latihan"][0]["words"] == "anakku"
    assert {"izin", "pendampingan"} <= page.keys()
    assert "dedupe_key" not in sent.content.decode()


async def test_the_copy_of_budi_holds_nothing_of_others(town: Town) -> None:
    asep = await town.client("Asep")
    async with town.database.transaction() as db:
        made = town.clock.now()
        db.add(Artefact(client_id=asep.id, kind="reason", words="ibuku", module="X", made_at=made))
    await town.budi.writes("/data")

    await town.budi.taps("Kirim sekarang")

    sent = town.budi.phone.newest.picture
    assert sent is not None
    assert "ibuku" not in sent.content.decode()
    assert "Asep" not in sent.content.decode()


async def _budi_leaves_traces(town: Town) -> None:
    now = town.clock.now()
    async with town.database.transaction() as db:
        db.add(
            Artefact(client_id=town.budi.id, kind="reason", words="anakku", module="X", made_at=now)
        )
        await check_ins.ask(db, "daily", {town.budi.id: now.date()}, now)
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Nama panggilan")
    await town.budi.writes("Bud")
    await town.budi.writes("/bantuan")
    await town.budi.taps("Aku butuh ditelepon")


async def test_erasing_takes_names_words_and_answers_and_leaves_a_code(town: Town) -> None:
    await _budi_leaves_traces(town)
    await town.budi.writes("/hapus")

    await town.budi.taps("Ya, hapus semuanya")

    assert "Sudah kuhapus" in town.budi.phone.newest.text
    row = await town.budi.row()
    code = (await client_of(town, town.budi)).code
    assert (row.name, row.nickname, row.name_fingerprint, row.telegram_id) == (
        code, None, None, None,
    )  # fmt: skip
    async with town.database.transaction() as db:
        assert await module_runs.artefacts(db, town.budi.id) == []
        assert not (await holdings.of_person(db, town.budi.id)).keys() & {
            "check_ins", "conversations", "artefacts", "module_runs",
        }  # fmt: skip


async def test_after_erasing_no_message_of_ours_still_holds_the_name(town: Town) -> None:
    await _budi_leaves_traces(town)
    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")

    async with town.database.transaction() as db:
        rows = list(await db.scalars(select(Outgoing).where(Outgoing.subject.like("alert:%"))))
        own = list(await db.scalars(select(Outgoing).where(Outgoing.person_id == town.budi.id)))

    assert rows
    assert all(row.content == {} for row in rows)
    assert {row.key for row in own if row.content} == {"privacy.client.erased"}


async def test_erasing_leaves_a_mark_that_says_when_and_nothing_else(town: Town) -> None:
    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")

    async with town.database.transaction() as db:
        (mark,) = await audit.of_client(db, town.budi.id)
    assert (mark.what, mark.at) == ("erased", town.clock.now())


async def test_whoever_was_erased_is_a_stranger_afterwards(town: Town) -> None:
    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")
    await town.passes(minutes=1)

    await town.budi.writes("halo")

    assert "belum terhubung" in town.budi.phone.newest.text


async def test_an_address_is_forgotten_even_if_the_goodbye_cannot_arrive(town: Town) -> None:
    await town.budi.writes("/hapus")
    town.budi.phone.blocked = True
    await town.budi.taps("Ya, hapus semuanya")

    await town.passes(days=1, hours=1)

    assert (await town.budi.row()).telegram_id is None


async def test_thinking_better_of_erasing_keeps_everything(town: Town, clock: MovableClock) -> None:
    await town.budi.writes("/hapus")
    await town.budi.taps("Tidak jadi")
    clock.passes(hours=2)
    await town.budi.taps("Ya, hapus semuanya")

    assert (await town.budi.heard())[-2:] == ["privacy.client.erase_kept", "answer.anyone.passed"]
    assert (await town.budi.row()).name == "Budi"


# What nobody understands

STICKER = {
    "file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1,
    "is_animated": False, "is_video": False,
}  # fmt: skip
PHOTO = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
VOICE = {"file_id": "1", "file_unique_id": "1", "duration": 3}


async def test_a_sticker_a_voice_note_and_a_photo_hear_that_we_read_words(town: Town) -> None:
    for content in ({"sticker": STICKER}, {"voice": VOICE}, {"photo": PHOTO}):
        await town.budi.sends(**content)

        assert await town.budi.heard() == ["fallback.anyone.only_words", "menu.client.overview"]


async def test_a_sticker_in_a_conversation_keeps_the_question_open(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    await town.budi.heard()

    await town.budi.sends(sticker=STICKER)

    assert await town.budi.heard() == ["fallback.anyone.only_words", "sharing.client.level"]


async def test_strange_words_get_a_kind_answer_and_nothing_breaks(town: Town) -> None:
    for text in ("a" * 4096, "🧿🪬🫥", "\u202eterbalik\u202c \u0645\u0631\u062d\u0628\u0627",
                 "<b>tebal <script>&amp;", "{nickname} %s {0}", "/tidakada"):  # fmt: skip
        await town.budi.writes(text)

        heard = await town.budi.heard()
        assert heard[-1] in ("menu.client.overview", "understood.client.which"), text[:20]


async def test_an_edited_message_is_not_a_new_answer(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Nama panggilan")
    await town.budi.heard()
    edited = {**town.budi.phone._message(), "edit_date": 1, "text": "Bud"}

    town.budi.phone.updates({"edited_message": edited})
    await town.settle()

    assert await town.budi.heard() == ["fallback.anyone.edited"]
    assert (await town.budi.row()).nickname is None


async def test_forged_buttons_change_nothing(town: Town) -> None:
    for data in ("d:unknown:1", "a:zz:1:ya", "x", "d:leave:99999999999:burn", "a:1:1:" + "x" * 90):
        await town.budi.taps_data(data)

    heard = await town.budi.heard()
    assert set(heard) <= {"answer.anyone.passed", "control.client.stays"}
    assert (await town.budi.row()).left_at is None


async def test_the_buttons_of_somebody_else_change_nothing(town: Town) -> None:
    asep = await town.client("Asep")
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    data = town.budi.phone.newest.rows[0][0][1] or ""

    await asep.taps_data(data)

    assert await asep.heard() == ["answer.anyone.passed"]
    assert (await client_of(town, asep)).sharing_level == 2
    assert await live(town) is not None


async def test_an_old_button_says_that_its_question_has_passed(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah yang tampak")
    data = town.budi.phone.newest.rows[0][0][1] or ""
    await town.budi.taps("1. Seberapa sering")
    await town.budi.heard()

    await town.budi.taps_data(data)

    assert await town.budi.heard() == ["answer.anyone.passed"]
    assert (await client_of(town, town.budi)).sharing_level == 1
