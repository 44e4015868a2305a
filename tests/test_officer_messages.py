"""Words for the officer: who reads them is said first, and nobody is said to have read anything."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, text

from aftercare.casework.alerts import absent_staff
from aftercare.casework.rights import data_copy, erasing
from aftercare.casework.staff import digests
from aftercare.records import alerts, audit, clients, officer_messages, people
from aftercare.records.officer_messages import Note
from aftercare.records.outbox import Cause, Outgoing
from tests.town import Neighbour, Town

WORDS = "Bu, aku belum berani datang minggu ini"


async def leaves(who: Neighbour, words: str = WORDS) -> None:
    await who.writes("/pesan")
    await who.writes(words)
    await who.taps("Kirim")


async def notes(town: Town) -> list[Note]:
    async with town.database.transaction() as db:
        return await officer_messages.of_client(db, town.budi.id)


async def goes_away(town: Town, who: Neighbour, days: int) -> None:
    async with town.database.transaction() as db:
        until = (town.clock.now() + timedelta(days=days)).date()
        cause = Cause(f"leave{who.id}", town.clock.now())
        await absent_staff.leave(db, await people.get(db, who.id), until, cause)


async def test_budi_reads_first_who_will_read_it_and_that_it_is_not_for_emergencies(
    town: Town,
) -> None:
    await town.budi.writes("/pesan")

    assert await town.budi.heard() == [
        "officer_message.client.hello",
        "officer_message.client.what",
    ]
    said = town.budi.phone.messages[-2].text
    assert "Sari" in said
    assert "30 hari" in said
    assert "/bantuan" in said


async def test_nothing_goes_before_budi_has_seen_it_again_and_said_yes(town: Town) -> None:
    await town.budi.writes("/pesan")
    await town.budi.writes(WORDS)
    assert WORDS in town.budi.phone.newest.text
    assert await notes(town) == []

    await town.budi.taps("Tidak jadi")

    assert await notes(town) == []
    assert await town.sari.heard() == []


async def test_sari_reads_the_words_with_who_and_when(town: Town) -> None:
    await leaves(town.budi)

    assert await town.sari.heard() == ["officer_message.officer.card"]
    assert WORDS in town.sari.phone.newest.text
    assert "Budi" in town.sari.phone.newest.text
    assert "08.00" in town.sari.phone.newest.text
    assert (await town.budi.heard())[-1] == "officer_message.client.now"


async def test_a_ready_choice_is_sent_in_its_own_words(town: Town) -> None:
    await town.budi.writes("/pesan")
    await town.budi.taps("Tolong telepon aku")
    await town.budi.taps("Kirim")

    assert "Tolong telepon aku" in town.sari.phone.newest.text


async def test_words_behind_the_command_are_shown_at_once(town: Town) -> None:
    await town.budi.writes("/pesan aku telat setengah jam ya")

    assert (await town.budi.heard())[-1] == "officer_message.client.check"
    assert "aku telat setengah jam ya" in town.budi.phone.newest.text


async def test_budi_is_told_that_it_was_read_only_once_sari_has_tapped_so(town: Town) -> None:
    await leaves(town.budi)
    await town.passes(hours=2)
    assert "officer_message.client.read" not in await town.budi.heard()

    await town.sari.taps("Sudah dibaca")

    assert await town.budi.heard() == ["officer_message.client.read"]
    assert town.budi.phone.newest.text.startswith("Sari")


async def test_sari_answers_under_her_name_and_budi_answers_again(town: Town) -> None:
    await leaves(town.budi)
    await town.budi.heard()

    await town.sari.taps("Balas")
    await town.sari.writes("Tidak apa-apa, kita cari waktu lain ya")
    assert await town.budi.heard() == []
    await town.sari.taps("Kirim")

    assert await town.budi.heard() == ["officer_message.client.reply"]
    assert "Sari" in town.budi.phone.newest.text
    assert "kita cari waktu lain ya" in town.budi.phone.newest.text
    await town.budi.taps("Balas")
    assert (await town.budi.heard())[-1] == "officer_message.client.what"


async def test_the_first_line_of_an_answer_says_nothing_on_a_locked_phone(town: Town) -> None:
    await leaves(town.budi)
    await town.sari.taps("Balas")
    await town.sari.writes("Sidang TPP jam 9")
    await town.sari.taps("Kirim")

    assert "Sidang" not in town.budi.phone.newest.text[:60]


async def test_sari_finds_what_she_has_not_answered_and_each_is_a_button(town: Town) -> None:
    siti = await town.client("Siti")
    await leaves(town.budi)
    await leaves(siti, "boleh ketemu besok?")
    await town.sari.writes("/balas")

    await town.sari.taps("Siti, Sen 23 Nov")
    await town.sari.writes("Boleh, jam 9 ya")
    await town.sari.taps("Kirim")
    assert "Boleh, jam 9 ya" in siti.phone.newest.text

    await town.sari.heard()
    await town.sari.writes("/balas")
    assert await town.sari.heard() == ["officer_reply.officer.what"]


async def test_sari_writes_first(town: Town) -> None:
    await town.sari.writes("/pesan Budi besok aku tunggu jam 9 ya")
    await town.sari.taps("Kirim")

    assert await town.budi.heard() == ["officer_message.client.reply"]
    assert "besok aku tunggu jam 9 ya" in town.budi.phone.newest.text


async def test_a_name_that_is_not_clear_is_asked(town: Town) -> None:
    await town.client("Budiman")

    await town.sari.writes("/pesan Bud halo")
    assert await town.sari.heard() == ["officer_message.officer.to_whom"]
    await town.sari.taps("Budiman")

    assert await town.sari.heard() == ["officer_reply.officer.what"]


async def test_sari_cannot_write_to_the_client_of_another_office(town: Town) -> None:
    rudi = await town.staff("Rudi", "officer")
    await rudi.taps_data(f"d:note_to:{town.budi.id}")

    assert await rudi.heard() == ["answer.anyone.passed"]


async def test_danger_is_heard_first_and_budi_can_go_on_afterwards(town: Town) -> None:
    await town.budi.writes("/pesan")
    await town.budi.writes("bilangin bu sari aku pengen mati aja")

    heard = await town.budi.heard()
    assert heard[-2:] == ["crisis.client.card_t2", "crisis_check.client.safe"]
    assert await notes(town) == []
    await town.budi.taps("Aku aman")
    await town.budi.taps("Sudah reda")
    assert (await town.budi.heard())[-1] == "officer_message.client.what"

    await town.budi.writes(WORDS)
    await town.budi.taps("Kirim")
    assert [one.words for one in await notes(town)] == [WORDS]


async def test_sari_can_answer_a_client_about_danger(town: Town) -> None:
    await leaves(town.budi)
    await town.sari.taps("Balas")
    await town.sari.heard()

    await town.sari.writes("Budi, jangan pernah mikir bunuh diri ya. Saya telepon sekarang.")

    heard = await town.sari.heard()
    assert heard[0].startswith("crisis.anyone.card_")
    assert heard[-1] == "officer_reply.officer.check"
    await town.sari.taps("Kirim")
    assert (await town.budi.heard())[-1] == "officer_message.client.reply"


async def test_words_about_danger_behind_saris_command_are_still_hers_to_send(town: Town) -> None:
    await town.sari.writes("/pesan Budi kalau kamu ingin mati, telepon saya dulu ya")

    heard = await town.sari.heard()
    assert heard[0].startswith("crisis.anyone.card_")
    assert heard[-1] == "officer_reply.officer.check"
    await town.sari.taps("Kirim")
    assert (await town.budi.heard())[-1] == "officer_message.client.reply"


async def test_in_the_evening_nobody_is_woken_and_budi_hears_when_it_can_be_seen(
    town: Town,
) -> None:
    await town.passes(hours=13)
    await leaves(town.budi)

    assert await town.sari.heard() == []
    assert (await town.budi.heard())[-1] == "officer_message.client.later"
    assert "besok, Selasa, 24 November jam 08.00" in town.budi.phone.newest.text
    await town.passes(hours=10, minutes=59)
    assert "officer_message.officer.card" not in await town.sari.heard()

    await town.passes(minutes=2)
    assert await town.sari.heard() == ["officer_message.officer.card"]


async def test_while_sari_is_away_whoever_covers_reads_it_and_budi_knows_who(town: Town) -> None:
    await goes_away(town, town.sari, 3)
    await town.settle()
    await town.dewi.heard()

    await leaves(town.budi)

    assert "Dewi" in town.budi.phone.newest.text
    assert await town.dewi.heard() == ["officer_message.officer.card"]
    assert await town.sari.heard() == []


async def test_what_sari_has_not_read_goes_to_dewi_when_sari_goes_away(town: Town) -> None:
    await leaves(town.budi)
    await town.dewi.heard()

    await town.sari.writes("/cuti")
    await town.sari.taps("Sampai")

    assert "officer_message.officer.card" in await town.dewi.heard()
    await town.dewi.taps("Sudah dibaca")
    assert town.budi.phone.newest.text.startswith("Dewi")


async def test_what_sari_has_read_stays_with_her(town: Town) -> None:
    await leaves(town.budi)
    await town.sari.taps("Sudah dibaca")

    await town.sari.writes("/cuti")
    await town.sari.taps("Sampai")

    assert "officer_message.officer.card" not in await town.dewi.heard()


async def test_where_nobody_is_there_to_read_it_budi_is_told_so(town: Town) -> None:
    await goes_away(town, town.sari, 3)
    await goes_away(town, town.dewi, 3)

    await town.budi.writes("/pesan")

    assert await town.budi.heard() == ["officer_message.client.nobody"]
    assert "officer_message.head.card" not in await town.hendra.heard()


async def test_whoever_goes_away_before_the_office_opens_does_not_hold_it_up(town: Town) -> None:
    await town.passes(hours=13)
    await leaves(town.budi)
    await goes_away(town, town.sari, 3)

    await town.passes(hours=12)

    assert "officer_message.officer.card" in await town.dewi.heard()


async def test_after_one_working_day_budi_hears_honestly_that_nobody_has_read_it(
    town: Town,
) -> None:
    await leaves(town.budi)
    await town.budi.heard()
    await town.passes(hours=23, minutes=59)
    assert "officer_message.client.nobody_yet_1" not in await town.budi.heard()

    await town.passes(minutes=2)
    assert "officer_message.client.nobody_yet_1" in await town.budi.heard()


async def test_the_digest_counts_what_nobody_has_read_since_yesterday(town: Town) -> None:
    async with town.database.transaction() as db:
        await digests.arm(db, await people.get(db, town.sari.id), town.clock.now())
    await leaves(town.budi)

    await town.passes(days=1)

    assert "Titipan pesan yang belum dibaca: 1" in town.sari.phone.newest.text
    assert WORDS not in town.sari.phone.newest.text


async def test_after_two_working_days_an_alert_is_opened_without_a_word_of_it(town: Town) -> None:
    await leaves(town.budi)
    await leaves(town.budi, "halo bu, masih di sana?")
    await town.passes(days=2, minutes=1)

    async with town.database.transaction() as db:
        (alert,) = await alerts.unclosed(db, town.office)
    assert (alert.kind, alert.level) == ("message_unanswered", "low")
    assert "alert.staff.message_unanswered" in await town.sari.heard()
    assert not any(WORDS in one.text for one in town.sari.phone.messages[-1:])
    heard = await town.budi.heard()
    assert heard.count("officer_message.client.nobody_yet_2") == 1


async def test_a_weekend_does_not_count_as_waiting(town: Town) -> None:
    await town.passes(days=4)
    await leaves(town.budi)
    await town.budi.heard()

    await town.passes(days=2, hours=12)
    assert "officer_message.client.nobody_yet_1" not in await town.budi.heard()

    await town.passes(hours=13)
    assert "officer_message.client.nobody_yet_1" in await town.budi.heard()


async def test_reading_it_ends_the_waiting_and_takes_the_alert_back(town: Town) -> None:
    await leaves(town.budi)
    await town.passes(days=2, minutes=1)
    (note,) = await notes(town)

    await town.sari.taps_data(f"d:note_read:{note.id}")
    await town.budi.heard()
    await town.passes(days=3)

    async with town.database.transaction() as db:
        assert await alerts.unclosed(db, town.office) == []
    assert not any("nobody_yet" in key for key in await town.budi.heard())


async def test_the_head_reads_no_words_also_where_the_alert_reaches_him(town: Town) -> None:
    await leaves(town.budi)
    (note,) = await notes(town)

    await town.hendra.taps_data(f"d:note_read:{note.id}")
    await town.passes(days=9)

    heard = await town.hendra.heard()
    assert "alert.staff.message_unanswered" in heard
    assert not any(key.startswith("officer_message") for key in heard)
    assert not any(WORDS in one.text for one in town.hendra.phone.messages)


async def test_a_stranger_with_a_forged_button_reads_nothing(town: Town) -> None:
    siti = await town.client("Siti")
    await leaves(town.budi)
    (note,) = await notes(town)

    await siti.taps_data(f"d:note_read:{note.id}")

    assert (await notes(town))[0].read_at is None


async def test_the_words_are_kept_locked(town: Town) -> None:
    await leaves(town.budi)

    async with town.database.transaction() as db:
        stored = (await db.execute(text("SELECT words FROM officer_messages"))).scalar_one()
    assert b"berani" not in bytes(stored)


async def test_that_they_were_shown_is_written_down_and_budi_can_see_to_whom(town: Town) -> None:
    await leaves(town.budi)

    async with town.database.transaction() as db:
        looks = await audit.of_client(db, town.budi.id)
    assert [(one.by_id, one.what) for one in looks] == [(town.sari.id, "officer_message")]
    await town.budi.writes("/siapa")
    assert "Sari: titipan pesanmu" in town.budi.phone.newest.text


async def test_after_thirty_days_the_words_are_gone_and_the_row_stays(town: Town) -> None:
    await leaves(town.budi)
    await town.sari.taps("Balas")
    await town.sari.writes("Sampai besok ya")
    await town.sari.taps("Kirim")
    await town.passes(days=30, minutes=1)

    assert [one.words for one in await notes(town)] == [None, None]
    shown = [one.text for one in town.sari.phone.messages]
    assert not any(WORDS in one for one in shown)
    async with town.database.transaction() as db:
        rows = list(await db.scalars(select(Outgoing)))
    assert not any(WORDS in str(row.content) for row in rows)
    assert not any("Sampai besok ya" in str(row.content) for row in rows)


async def test_what_was_forgotten_unread_keeps_no_later_words_from_being_missed(town: Town) -> None:
    await leaves(town.budi)
    await town.passes(days=31)
    await town.budi.heard()

    await leaves(town.budi, "Bu, aku sudah mulai kerja")
    await town.passes(days=4)

    assert "officer_message.client.nobody_yet_1" in await town.budi.heard()


async def test_before_that_they_are_there(town: Town) -> None:
    await leaves(town.budi)

    await town.passes(days=29)

    assert [one.words for one in await notes(town)] == [WORDS]


async def test_erasing_takes_the_words_away_from_every_row(town: Town) -> None:
    await leaves(town.budi)
    async with town.database.transaction() as db:
        await erasing.erase(db, await clients.get(db, town.budi.id), town.clock.now())

    assert [one.words for one in await notes(town)] == [None]
    async with town.database.transaction() as db:
        rows = list(await db.scalars(select(Outgoing)))
    assert not any(WORDS in str(row.content) for row in rows)


async def test_erasing_takes_the_words_off_saris_phone_too(town: Town) -> None:
    await leaves(town.budi)
    assert any(WORDS in one.text for one in town.sari.phone.messages)

    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")

    assert not any(WORDS in one.text for one in town.sari.phone.messages)


async def test_what_was_erased_before_the_office_opened_is_never_shown(town: Town) -> None:
    await town.passes(hours=13)
    await leaves(town.budi)
    async with town.database.transaction() as db:
        await erasing.erase(db, await clients.get(db, town.budi.id), town.clock.now())

    await town.passes(hours=12)

    assert "officer_message.officer.card" not in await town.sari.heard()
    (note,) = await notes(town)
    assert note.shown_at is None


async def test_the_copy_of_the_data_holds_what_was_written(town: Town) -> None:
    await leaves(town.budi)

    async with town.database.transaction() as db:
        draw = await data_copy.produce(db, {"person": town.budi.id}, town.clock.now())
    assert WORDS in draw().content.decode()


async def test_many_that_waited_for_the_morning_are_all_shown(town: Town) -> None:
    await town.passes(hours=13)
    for number in range(5):
        await leaves(town.budi, f"pesan {number}")

    await town.passes(hours=12)

    assert (await town.sari.heard()).count("officer_message.officer.card") == 5
