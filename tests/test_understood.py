"""What people write by themselves is understood, answered, and turned into what they need."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from aftercare.casework.attendance import attendance
from aftercare.casework.sessions import sessions
from aftercare.casework.sessions.plans import Plan
from aftercare.records import clients, people
from aftercare.records.alerts import Alert
from aftercare.records.conversations import ConversationRow
from aftercare.records.sessions import Participant
from bot.answers import doubt, table
from bot.understanding import reading
from bot.understanding.reading import Intent
from kawan import house
from tests import newcomers
from tests.town import Neighbour, Town

TOMORROW = timedelta(days=1, hours=1)
#: (what is written, the texts that answer it)
ANSWERED = [
    ("pengen make lagi, gak kuat nih", ["understood.client.craving"]),
    ("kepala gw mumet banget hari ini", ["understood.client.stress"]),
    ("lagi sedih banget pak", ["understood.client.low_mood"]),
    ("gw emosi banget sama dia", ["understood.client.anger"]),
    ("ga bisa tidur dari semalem", ["understood.client.sleep"]),
    ("tetangga ngomongin gw terus", ["understood.client.stigma"]),
    ("ribut mulu sama istri", ["understood.client.family_conflict"]),
    ("susah banget cari kerja", ["understood.client.work"]),
    ("duit abis, bingung bayar kontrakan", ["understood.client.money"]),
    ("ada temen yang nawarin barang", ["understood.client.offer"]),
    ("ga yakin bisa berubah gw", ["understood.client.unmotivated"]),
    ("mau latihan dong", ["understood.client.wants_exercise"]),
    ("ibu mau ikut sesi boleh ga", ["understood.client.family_support"]),
    ("jadwal gw kapan ya", ["session.client.none_ahead"]),
    ("bisa ganti hari ga pak", ["understood.client.nothing_ahead"]),
    ("besok ga bisa dateng, anak sakit", ["understood.client.nothing_ahead"]),
    ("udah 2 bulan ga make, bangga gw", ["understood.client.progress"]),
    ("siapa aja yang bisa baca ini", ["understood.client.privacy", "privacy.client.seen"]),
    ("mau keluar dari program bot ini", ["understood.client.withdraw"]),
    ("rehab gratis dimana ya", ["law.client.rehab"]),
    ("kalo ngaku make dipenjara ga", ["law.client.self_report"]),
    ("tes urine kapan pak", ["law.client.test"]),
    ("gimana cara lolos tes urine", ["understood.client.evading"]),
    ("ngakalin tes kencing pake apa", ["understood.client.evading"]),
    ("makasih ya pak", ["understood.client.thanks"]),
    ("halo", ["menu.client.overview"]),
    ("ini bot apa sih", ["understood.client.what_is_this"]),
    ("info promo indomaret dong", ["understood.client.out_of_scope", "menu.client.overview"]),
    ("oke kak", ["understood.client.nod"]),
]  # fmt: skip


@pytest.fixture
async def budi(town: Town) -> Neighbour:
    await town.budi.heard()
    return town.budi


async def booked(town: Town, at: timedelta = TOMORROW) -> int:
    """Budi meets Sari; the number of his part in it."""
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        officer = await people.get(db, town.sari.id)
        starts = town.clock.now() + at
        plan = Plan(town.office, officer, (client,), "konseling", "Ruang 2", starts)
        made = await sessions.book(db, plan, town.clock.now())
        number = made.session.participants[0].id
    await town.settle()
    await town.budi.heard()
    await town.sari.heard()
    return number


async def part(town: Town, number: int) -> Participant:
    async with town.database.transaction() as db:
        return await db.get_one(Participant, number)


async def open_flow(town: Town) -> str | None:
    async with town.database.transaction() as db:
        return await db.scalar(select(ConversationRow.flow).where(ConversationRow.state == "live"))


@pytest.mark.parametrize(("words", "answers"), ANSWERED, ids=[one for one, _ in ANSWERED])
async def test_each_wish_gets_its_own_answer(
    town: Town, budi: Neighbour, words: str, answers: list[str]
) -> None:
    await budi.writes(words)

    assert await budi.heard() == answers


def test_there_is_one_answer_for_every_intent() -> None:
    assert table.ANSWERS.keys() - {"nlu_fallback"} == reading.known_intents()
    assert all(answer.name() == f"action_{name}" for name, answer in table.ANSWERS.items())


def test_every_conversation_that_an_answer_begins_is_there() -> None:
    stage, _ = house.content()

    table.check(stage.flows)
    with pytest.raises(table.NoSuchFlow, match="action_lapse begins lapse_told"):
        table.check([one for one in stage.flows if one != "lapse_told"])


async def test_an_offer_begins_with_one_tap_and_no_is_an_answer(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("pengen make lagi, gak kuat nih")
    first, second, no = budi.phone.buttons
    await budi.taps("Tidak sekarang")
    assert (await budi.heard())[-1] == "understood.client.not_now"

    await budi.taps(second)

    assert no == "Tidak sekarang"
    assert first != second
    assert (await open_flow(town)) in house.content()[0].flows


# Not sure


async def test_a_doubt_is_one_question_and_never_a_guess(town: Town, budi: Neighbour) -> None:
    await budi.writes("gimana perkembangan gw")
    assert await budi.heard() == ["understood.client.which"]
    *likely, none = budi.phone.buttons
    assert 1 <= len(likely) <= 3

    await budi.taps("Bukan itu")

    assert none == "Bukan itu"
    assert await budi.heard() == ["understood.client.not_that", "menu.client.overview"]
    assert "Titip pesan" in budi.phone.buttons


def test_every_meaning_that_can_be_asked_about_has_a_label() -> None:
    _, book = house.content()
    labels = book.text("understood.client.which").labels
    now = datetime(2026, 11, 23, tzinfo=UTC)

    for name in reading.known_intents() - {reading.NOTHING, "greeting", "thanks"}:
        (asked,) = doubt.which(Intent(name, 0.4, others=("greeting", "thanks")), now)
        assert [button.id for row in asked.buttons for button in row] == [name, "none"]
        assert labels.keys() >= {name, "none"}
    first, _ = doubt.which(Intent("thanks", 0.4, others=("greeting",)), now)
    assert first.key == "fallback.client.not_understood"


async def test_the_tapped_meaning_is_answered_and_stays_alone_under_the_question(
    town: Town, budi: Neighbour
) -> None:
    stamp = int(town.clock.now().timestamp()) * 10
    await budi.writes("gimana perkembangan gw")
    await budi.heard()
    question = budi.phone.newest

    await budi.taps_data(f"d:meant:{stamp}:money")

    assert await budi.heard() == ["understood.client.money"]
    assert question.rows


async def test_a_meaning_tapped_days_later_has_passed(town: Town, budi: Neighbour) -> None:
    stamp = int(town.clock.now().timestamp()) * 10
    await town.passes(days=2)
    await budi.heard()

    for data in (f"d:meant:{stamp}:withdraw", "d:meant:0:withdraw", f"d:meant:{stamp + 9}:money"):
        await budi.taps_data(data)

    assert set(await budi.heard()) == {"answer.anyone.passed"}


async def test_a_meaning_that_nobody_offered_changes_nothing(town: Town, budi: Neighbour) -> None:
    stamp = int(town.clock.now().timestamp()) * 10

    await budi.taps_data(f"d:meant:{stamp}:kabur")

    assert await budi.heard() == ["answer.anyone.passed"]


# Sessions


async def test_an_excuse_with_its_reason_is_recorded_before_the_session_after_one_yes(
    town: Town, budi: Neighbour
) -> None:
    number = await booked(town)
    await budi.writes("maaf besok ga bisa dateng ada kerjaan")
    assert await budi.heard() == ["understood.client.because_work", "excuse.client.help"]
    assert (await part(town, number)).attendance is None

    await budi.taps("Ya, catat izin")

    one = await part(town, number)
    assert (one.attendance, one.reason, one.recorded_by) == ("excused", "work", budi.id)
    assert await town.sari.heard() == ["session.staff.trouble"]
    assert "kerjaan" not in town.sari.phone.newest.text
    assert await budi.heard() == ["excuse.client.excused"]


async def test_somebody_ill_reads_a_wish_first_and_the_reason_is_kept_as_a_code(
    town: Town, budi: Neighbour
) -> None:
    number = await booked(town)

    await budi.writes("pak saya demam, besok tidak bisa hadir")
    await budi.taps("Ya, catat izin")

    assert (await budi.heard())[0] == "understood.client.because_sick"
    assert (await part(town, number)).reason == "sick"


async def test_who_wants_not_to_come_is_heard_and_not_excused(town: Town, budi: Neighbour) -> None:
    number = await booked(town)

    await budi.writes("ngapain sih dateng terus, males")

    assert await budi.heard() == ["understood.client.because_unwilling"]
    assert "🙋 Ada kendala" in budi.phone.buttons
    assert (await part(town, number)).attendance is None


async def test_who_forgot_yesterdays_session_is_asked_kindly_about_that_one(
    town: Town, budi: Neighbour
) -> None:
    number = await booked(town)
    await booked(town, timedelta(days=9))
    await town.passes(days=1, hours=3)
    await town.sari.heard()
    await budi.heard()

    await budi.writes("maap pak lupa kemarin ada sesi")

    assert await budi.heard() == ["understood.client.missed"]
    assert await town.sari.heard() == []
    assert (await part(town, number)).reason is None
    await budi.taps("Ya: lupa")
    assert await budi.heard() == ["attendance.client.thanks_for_saying"]
    assert (await part(town, number)).reason == "forgot"
    assert "attendance.officer.client_says_trouble" in await town.sari.heard()


async def test_a_recorded_absence_gets_its_reason_after_a_yes_or_another_one(
    town: Town, budi: Neighbour
) -> None:
    number = await booked(town)
    await town.passes(days=1, hours=3)
    async with town.database.transaction() as db:
        one, sari = await db.get_one(Participant, number), await people.get(db, town.sari.id)
        await attendance.record(db, one, "absent", by=sari, now=town.clock.now())
    await town.settle()
    await budi.heard()
    await budi.writes("kemarin aku ga dateng karena sakit pak")
    assert (await budi.heard(), (await part(town, number)).reason) == (
        ["understood.client.missed"], None,
    )  # fmt: skip

    await budi.taps("Ya, tapi alasan lain")
    await budi.taps("Kerja")

    assert (await part(town, number)).reason == "work"


async def test_what_was_meant_otherwise_tells_nobody_anything(town: Town, budi: Neighbour) -> None:
    number = await booked(town)
    await town.passes(days=1, hours=3)
    await town.sari.heard()
    await budi.writes("besok ga bisa dateng, anak sakit")

    await budi.taps("Bukan, biar saja")

    assert (await part(town, number)).says is None
    assert await town.sari.heard() == []


async def test_another_hour_is_asked_for_about_the_next_session(
    town: Town, budi: Neighbour
) -> None:
    await booked(town)

    await budi.writes("bisa ganti hari ga pak")

    assert await budi.heard() == ["understood.client.change_schedule", "session_change.client.pick"]


async def test_surely_coming_counts_as_ready_after_one_yes(town: Town, budi: Neighbour) -> None:
    number = await booked(town)

    await budi.writes("insya allah besok hadir pak")

    assert await budi.heard() == ["understood.client.coming"]
    assert (await part(town, number)).readiness is None
    await budi.taps("Ya, aku datang")
    assert (await part(town, number)).readiness == "ready"


async def test_here_means_the_code_is_asked_for(town: Town, budi: Neighbour) -> None:
    await booked(town, timedelta(minutes=20))

    await budi.writes("saya sudah di parkiran pak")

    assert await budi.heard() == ["arrival.client.code"]


# People and rights


async def test_a_wish_to_talk_opens_the_message_to_the_officer(town: Town, budi: Neighbour) -> None:
    await budi.writes("mau ngomong sama pk saya")

    first, *rest = await budi.heard()
    assert first == "understood.client.talk_to_officer"
    assert await open_flow(town) == "officer_message"
    assert rest


async def test_violence_shows_numbers_and_pages_nobody_before_a_tap(
    town: Town, budi: Neighbour
) -> None:
    await budi.taps_data(f"d:meant:{int(town.clock.now().timestamp()) * 10}:violence_at_home")
    assert await budi.heard() == ["understood.client.violence_at_home"]
    assert "112" in budi.phone.newest.text
    assert await town.sari.heard() == []

    await budi.taps("Tolong telepon aku")

    assert await town.sari.heard() != []


async def test_an_application_reaches_the_head_with_choices_only(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("saya mau daftar aftercare")
    for label in ("Tetap pulih", "Ngobrol berdua", "Kesehatan", "Sudah"):
        await budi.taps(label)
    assert await town.hendra.heard() == []

    await budi.taps("Kirim")

    assert await town.hendra.heard() == ["alert.staff.application"]
    shown = town.hendra.phone.newest.text
    assert "Harapan: tetap pulih." in shown
    assert "aftercare" not in shown
    assert await town.sari.heard() == []
    assert (await budi.heard())[-1] == "apply.client.done"


async def test_an_application_that_waits_is_not_sent_twice(town: Town, budi: Neighbour) -> None:
    for _ in range(2):
        await budi.writes("saya mau daftar aftercare")
        for label in ("Tetap pulih", "Ngobrol berdua", "Sudah", "Kirim"):
            await budi.taps(label)

    assert (await budi.heard())[-1] == "apply.client.waits"
    async with town.database.transaction() as db:
        counted = select(func.count()).select_from(Alert).where(Alert.kind == "application")
        assert await db.scalar(counted) == 1


async def test_every_answer_about_the_law_shows_its_day_and_who_to_ask(
    town: Town, budi: Neighbour
) -> None:
    for words in ("rehab gratis dimana ya", "tes urine kapan pak", "bantuan hukum gratis dimana"):
        await budi.writes(words)

        shown = budi.phone.newest.text
        assert "2026" in shown
        assert shown.endswith("tanyakan ke petugas atau LBH.")


async def test_no_way_around_a_test_is_ever_explained(town: Town, budi: Neighbour) -> None:
    await budi.writes("minum apa biar tes urin negatif")

    assert await budi.heard() == ["understood.client.evading"]
    assert budi.phone.buttons == ["Titip pesan ke petugas", "Minta ditelepon", "Tidak sekarang"]


# An open question


async def test_what_fits_the_open_question_answers_it(town: Town, budi: Neighbour) -> None:
    await budi.writes("/cekin")
    await budi.heard()

    await budi.writes("berat sekali")

    assert await budi.heard() == ["check_in_daily.client.urge"]


async def test_what_does_not_fit_is_answered_and_the_question_asked_again(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("/cekin")
    await budi.writes("biasa saja")
    await budi.heard()

    await budi.writes("jadwal gw kapan ya")

    assert await budi.heard() == ["session.client.none_ahead", "check_in_daily.client.urge"]
    await budi.writes("3")
    assert await budi.heard() == ["check_in_daily.client.help"]


async def test_what_is_not_clear_while_a_question_is_open_gets_its_hint(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("/cekin")
    await budi.writes("biasa saja")
    await budi.heard()

    await budi.writes("gimana perkembangan gw")

    assert await budi.heard() == ["answer.client.scale"]


async def test_a_conversation_that_has_to_begin_sets_the_open_one_aside_until_it_is_over(
    town: Town, budi: Neighbour
) -> None:
    await booked(town)
    await budi.writes("/cekin")
    await budi.writes("biasa saja")
    await budi.heard()

    await budi.writes("maaf besok ga bisa dateng ada kerjaan")
    assert await open_flow(town) == "excuse"
    await budi.taps("Tetap datang")

    assert (await budi.heard())[-2:] == ["excuse.client.coming", "check_in_daily.client.urge"]


async def test_own_words_that_were_asked_for_are_never_guessed_at(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("/pesan")
    await budi.heard()

    await budi.writes("pak saya mau ubah jadwal, ribut sama istri")

    assert "understood.client.family_conflict" not in await budi.heard()
    assert await open_flow(town) == "officer_message"


async def test_a_sentence_that_looks_like_a_command_is_none(town: Town, budi: Neighbour) -> None:
    await budi.writes("/pengen make")

    assert await budi.heard() == ["fallback.client.not_understood", "menu.client.overview"]


# Others


async def test_a_relative_who_worries_is_shown_the_way(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await siti.heard()
    await town.budi.heard()

    await siti.writes("kayaknya dia make lagi deh")
    assert await siti.heard() == ["understood.family.worried"]
    await siti.writes("jadwal dia kapan")
    assert await siti.heard() == ["understood.family.not_here"]
    await siti.writes("makasih ya")
    assert await siti.heard() == ["understood.family.thanks"]

    assert await town.budi.heard() == []
    assert await town.sari.heard() == []


async def test_staff_are_pointed_to_their_commands(town: Town) -> None:
    await town.sari.writes("pengen make lagi")

    assert await town.sari.heard() == ["fallback.staff.not_understood", "menu.officer.overview"]


async def test_a_stranger_hears_what_a_stranger_hears(town: Town) -> None:
    stranger = await town.stranger()

    await stranger.writes("pengen make lagi")

    assert "tautan undangan" in stranger.phone.newest.text


async def test_who_has_left_is_not_understood_any_more(town: Town, budi: Neighbour) -> None:
    await budi.writes("/berhenti")
    await budi.taps("Ya, berhenti")
    await budi.heard()

    await budi.writes("pengen make lagi")

    assert await budi.heard() == ["welcome.client.not_yet"]


async def test_whoever_looks_for_work_finds_the_offices_list_one_tap_away(town: Town) -> None:
    await town.budi.writes("susah banget cari kerja")

    await town.budi.taps("Lihat lowongan")

    assert (await town.budi.heard())[-1] == "opportunity.client.first"


async def test_wages_on_their_way_bring_the_safe_payday_first(town: Town) -> None:
    await town.budi.writes("besok gajian, takut duitnya abis lagi")

    assert await town.budi.heard() == ["understood.client.money"]
    assert town.budi.phone.buttons[0] == "Hari gajian aman"
