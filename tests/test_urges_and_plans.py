"""Exercises against urges, and plans for hard hours: ridden out, put off, slipped, put together."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from aftercare.records import alerts, module_runs
from aftercare.records.conversations import ConversationRow
from aftercare.records.module_runs import Artefact
from aftercare.records.outbox import Outgoing
from tests.town import MONDAY, Town


async def begins(town: Town, name: str, *answers: str) -> None:
    """The exercise of this flow, and the first labels tapped in it."""
    await town.budi.taps_data(f"d:module:{town.budi.id}:{name}")
    await taps(town, *answers)


async def taps(town: Town, *labels: str) -> None:
    for label in labels:
        await town.budi.taps(label)


async def kept(town: Town, kind: str) -> list[str]:
    async with town.database.transaction() as db:
        return [one.words for one in await module_runs.artefacts(db, town.budi.id, kind)]


async def keeps(town: Town, kind: str, words: str) -> None:
    """Another exercise has left this in Budi's hands."""
    artefact = Artefact(
        client_id=town.budi.id,
        kind=kind,
        words=words,
        module="TOLAK",
        made_at=town.clock.now(),
    )
    async with town.database.transaction() as db:
        db.add(artefact)


async def open_alerts(town: Town) -> list[str]:
    async with town.database.transaction() as db:
        return [one.kind for one in await alerts.unclosed(db, town.office)]


async def minutes_of(town: Town, *keys: str) -> list[float]:
    """When, after eight o'clock, each of these was said for the first time."""
    async with town.database.transaction() as db:
        rows = await db.scalars(
            select(Outgoing).where(Outgoing.key.in_(keys)).order_by(Outgoing.id.desc())
        )
        first = {row.key: row.sent_at for row in rows if row.verb == "say" and row.sent_at}
    return [(first[key] - MONDAY) / timedelta(minutes=1) for key in keys]


def said(town: Town, *words: str) -> bool:
    """Whether one message to Budi holds all of these."""
    return any(all(word in one.text for word in words) for one in town.budi.phone.messages)


async def rides(town: Town, *levels: int) -> None:
    """A whole urge: before, at three, at six and at ten minutes."""
    await begins(town, "ombak", str(levels[0]), "Dada")
    for level, minutes in zip(levels[1:], (3, 3, 4), strict=True):
        await town.passes(minutes=minutes)
        await town.budi.taps(str(level))


SLIDERS = ("ombak.client.check_3", "ombak.client.check_6", "ombak.client.after")


async def test_an_urge_is_asked_about_at_three_six_and_ten_minutes(town: Town) -> None:
    await rides(town, 7, 8, 5, 2)

    assert await minutes_of(town, *SLIDERS) == [3, 6, 10]
    assert said(town, "Naik ke 8")
    assert said(town, "Mulai di 7", "sekarang 2", "turun 5")


async def test_who_only_watches_the_urge_is_asked_at_the_same_minutes(town: Town) -> None:
    await begins(town, "ombak", "7", "Perut")
    await town.passes(minutes=11)

    assert await minutes_of(town, *SLIDERS) == [3, 6, 10]


async def test_the_second_urge_is_counted_and_met_with_the_words_of_the_first(town: Town) -> None:
    await rides(town, 7, 6, 5, 2)
    await taps(town, "Tidak tahu")
    await town.budi.writes("Ingat si kecil")
    await taps(town, "Tidak dulu")
    assert said(town, "Ombak ke-1 kulewati")

    await rides(town, 6, 6, 5, 1)

    assert said(town, "Ombak ke-2 kulewati")
    assert said(town, "Di ombak yang dulu", "Ingat si kecil")


async def test_an_urge_that_stays_high_leads_to_somebody_whose_name_is_remembered(
    town: Town,
) -> None:
    await rides(town, 7, 8, 8, 9)
    await taps(town, "Orang yang aman")
    await town.budi.writes("Teh Rina")

    assert "Telepon Teh Rina sekarang" in town.budi.phone.newest.text
    assert await kept(town, "safe_person") == ["Teh Rina"]


async def test_nobody_has_to_wait_ten_minutes_for_a_person(town: Town) -> None:
    await begins(town, "ombak", "7", "Dada")
    await town.passes(minutes=3)
    await taps(town, "Aku butuh orang", "Sari")

    assert await open_alerts(town) == ["wants_contact"]


async def test_fifteen_minutes_are_filled_from_an_own_list_that_is_there_again(town: Town) -> None:
    await begins(town, "tunda", "7", "Setuju", "Jalan kaki keluar", "Itu pilihanku")
    await town.budi.writes("ngoprek motor")
    await town.passes(minutes=5)
    await taps(town, "Lagi kukerjakan")
    await town.passes(minutes=10)
    await taps(town, "3", "Yang ini kulewatkan", "Lewatkan")
    assert await minutes_of(town, "tunda.client.after") == [15]

    await begins(town, "tunda", "7", "Setuju")

    assert said(town, "dulu pernah menolongmu", "ngoprek motor, Jalan kaki keluar")


async def test_nobody_is_argued_with_who_hears_the_side_that_pulls(town: Town) -> None:
    await begins(town, "tunda", "7", "Rasanya kelamaan", "Putar lagu", "Itu pilihanku")
    await taps(town, "Cukup yang tadi")
    await town.passes(minutes=15)
    await taps(town, "6", "Aku masih bimbang", "Yang menarik ke sana", "Tidak kesepian")

    heard = await town.budi.heard()
    assert heard[-2:] == ["tunda.client.company", "tunda.client.task"]


async def slips(town: Town) -> None:
    """Through the exercise after a slip, up to what becomes of the words."""
    await begins(town, "lapse", "Lanjut", "Badanku baik", "8", "Sendirian")
    await town.passes(minutes=5)
    await taps(town, "Terjadi sekali")
    await town.budi.writes("habis berantem di rumah")


TO_THE_END = ("Mandi, lalu makan", "4", "Belum ada", "Tidak usah")


async def test_a_slip_is_told_to_nobody(town: Town) -> None:
    await slips(town)
    await taps(town, "Simpan, buatku sendiri", *TO_THE_END, "Tetap simpan")
    await town.passes(hours=8)

    assert await open_alerts(town) == []
    assert await town.sari.heard() == []
    assert await town.hendra.heard() == []
    assert await kept(town, "note") == ["habis berantem di rumah"]


async def test_who_may_read_it_is_said_before_a_word_is_written(town: Town) -> None:
    await begins(town, "lapse")

    assert said(town, "cuma kamu yang pegang", "Sari tidak otomatis tahu", "proses hukum")


async def test_words_about_a_slip_that_were_thrown_away_are_nowhere(town: Town) -> None:
    await slips(town)
    await taps(town, "Hapus", *TO_THE_END)

    assert await kept(town, "note") == []
    async with town.database.transaction() as db:
        rows = [*await db.scalars(select(ConversationRow)), *await db.scalars(select(Outgoing))]
        assert rows != []
        assert not any("berantem" in str(row.content) for row in rows)


async def test_a_kept_note_is_read_and_thrown_away_by_its_owner_and_no_other_note(
    town: Town,
) -> None:
    await keeps(town, "note", "aku tidak sendirian")
    await slips(town)
    await taps(town, "Simpan, buatku sendiri", *TO_THE_END)
    assert "habis berantem di rumah" in town.budi.phone.newest.text

    await taps(town, "Hapus semuanya")

    assert await kept(town, "note") == ["aku tidak sendirian"]


async def test_wanting_to_be_called_after_a_slip_tells_the_officer_nothing_else(
    town: Town,
) -> None:
    await slips(town)
    await taps(town, "Hapus", TO_THE_END[0], "4", "Minta Sari menghubungiku")

    async with town.database.transaction() as db:
        (alert,) = await alerts.unclosed(db, town.office)
    assert (alert.kind, alert.because) == ("wants_contact", [["asked", {}]])


async def test_a_body_in_danger_comes_before_every_question(town: Town) -> None:
    await begins(town, "lapse", "Lanjut", "Gawat, panggil bantuan")

    heard = await town.budi.heard()
    assert heard[-2:] == ["crisis.client.card_overdose", "lapse.client.danger_stay"]
    assert await open_alerts(town) == ["crisis_overdose"]


async def makes_a_safety_plan(town: Town) -> None:
    await begins(town, "aman", "6")
    for words in ("susah tidur", "berkebun", "pos ronda", "Kang Ujang"):
        await town.budi.writes(words)
    await taps(town, "Rumahku aman")
    await town.budi.writes("anakku, Siti")
    await town.passes(minutes=3)
    await taps(town, "Terkirim", "3")


async def test_the_plan_for_dark_hours_is_shown_whole_in_own_words(town: Town) -> None:
    await makes_a_safety_plan(town)

    assert said(town, "susah tidur", "berkebun", "pos ronda", "Kang Ujang", "anakku, Siti", "119")


async def test_a_person_named_in_the_plan_for_dark_hours_stands_on_the_help_card(
    town: Town,
) -> None:
    await makes_a_safety_plan(town)
    before = len(town.budi.phone.messages)

    await town.budi.writes("/bantuan")

    assert any("Kang Ujang" in one.text for one in town.budi.phone.messages[before:])


async def test_who_is_not_safe_now_gets_people_and_not_a_form(town: Town) -> None:
    await begins(town, "aman", "10", "Tidak aman")

    heard = await town.budi.heard()
    assert heard[-2:] == ["crisis.client.card_t3", "aman.client.near"]
    assert await open_alerts(town) == ["crisis_t3"]


async def test_danger_is_heard_in_the_middle_of_an_exercise(town: Town) -> None:
    await begins(town, "pemicu", "7")
    await town.budi.writes("aku mau bunuh diri malam ini")

    assert "crisis.client.card_t3" in await town.budi.heard()


async def test_twelve_signs_are_counted_and_the_officer_comes_only_when_asked(town: Town) -> None:
    await begins(town, "tanda", "6", "Teringat enaknya saja", "“Percuma berubah”", "Lanjut")
    await taps(town, "Gampang tersinggung", "Bosan terus", "Lanjut")
    await taps(town, "Jam tidur berantakan", "Menutupi hal kecil", "Selesai")
    await town.budi.writes("jam tidur kebalik")
    assert "6 dari 12" in town.budi.phone.newest.text
    assert await open_alerts(town) == []

    await taps(town, "Minta Sari menghubungi")

    assert await open_alerts(town) == ["wants_contact"]
    assert await kept(town, "warning_sign") == ["jam tidur kebalik"]


async def test_what_other_exercises_kept_stands_in_the_plan_already(town: Town) -> None:
    await keeps(town, "trigger", "Sabtu malam, rumah sepi")
    await keeps(town, "safe_person", "Bu Tini")
    await begins(town, "rencana", "6")
    await town.budi.writes("malas jawab pesan")
    await taps(town, "Tetap yang itu")
    await town.budi.writes("nyapu halaman")
    await taps(town, "Cukup satu", "Masih bisa")
    await town.budi.writes("buat ibu")

    assert said(town, "Rencanaku", "Rawan: Sabtu malam, rumah sepi", "Orangku: Bu Tini", "buat ibu")


async def plans_by_tapping(town: Town, person: str) -> None:
    await begins(town, "rencana", "6", "Begadang sampai subuh", "Habis ribut di rumah")
    await taps(town, "Mandi air dingin", "Putar lagu lama", person, "Biar anakku bangga")


async def test_a_plan_made_without_typing_is_told_to_one_person_while_the_clock_runs(
    town: Town,
) -> None:
    await plans_by_tapping(town, "Kakak")
    assert said(town, "Kirim ini ke", "Kakak", "tandaku: Begadang sampai subuh")
    assert await kept(town, "coping") == ["Mandi air dingin", "Putar lagu lama"]

    await town.passes(minutes=3)
    await taps(town, "Sudah kukirim")

    assert (await town.budi.heard())[-2:] == ["rencana.client.told", "rencana.client.drill"]


async def test_who_did_not_dare_to_send_it_gets_two_words_and_two_more_minutes(town: Town) -> None:
    await plans_by_tapping(town, "Ibu")
    await town.passes(minutes=3)

    await taps(town, "Belum")
    assert (await town.budi.heard())[-1] == "rencana.client.smaller"

    await town.passes(minutes=2)
    assert (await town.budi.heard())[-1] == "rencana.client.drill"


async def test_who_has_nobody_to_name_finishes_the_plan_and_is_sent_to_nobody(town: Town) -> None:
    await plans_by_tapping(town, "Belum ada")
    await town.passes(minutes=2)

    heard = await town.budi.heard()
    expected = ["rencana.client.card_alone", "rencana.client.record_voice", "rencana.client.drill"]
    assert heard[-3:] == expected
    assert town.budi.phone.buttons == ["Pakai baris 3", "Paling kudiamkan"]
    assert await kept(town, "safe_person") == []


async def test_a_plan_for_dark_hours_needs_no_name_either(town: Town) -> None:
    await begins(town, "aman", "6", "Merasa cuma jadi beban", "Jalan pelan", "Warung dekat rumah")
    await taps(town, "Belum ada", "Rumahku aman", "Ibu masih nunggu aku")
    await town.passes(minutes=2)
    await taps(town, "3")

    assert said(town, "Merasa cuma jadi beban", "Jalan pelan keliling gang", "Orang: menyusul")


async def test_a_fair_sentence_is_offered_that_fits_the_kind_of_thought(town: Town) -> None:
    await begins(town, "pikir", "7", "Ditolak waktu cari kerja", "Ujung-ujungnya", "Meramal")
    await taps(town, "Buktinya tidak ada")
    await town.passes(seconds=45)

    await taps(town, "Ada janji yang kutepati")

    offered = town.budi.phone.buttons
    assert offered == [
        "Memang takut, tapi besok belum terjadi",
        "Memang terjadi, tapi bukan seluruh aku",
    ]


async def test_a_plan_for_the_slippery_road_is_begun_before_it_is_imagined(town: Town) -> None:
    await begins(
        town, "pemicu", "5", "Lanjut", "Lanjut", "Lanjut", "Selesai", "Habis gajian, lewat"
    )
    await taps(town, "95", "Aku minta ditemani")
    assert (await town.budi.heard())[-1] == "pemicu.client.start_now"

    await town.passes(minutes=2)

    assert said(town, "dilatih di kepala", "Aku minta ditemani")


async def test_saying_the_same_again_is_kept_once(town: Town) -> None:
    await keeps(town, "safe_person", "teh rina")
    await begins(town, "aman", "6")
    for words in ("begadang", "lari pagi", "teras"):
        await town.budi.writes(words)

    await town.budi.writes("Teh Rina")

    assert await kept(town, "safe_person") == ["Teh Rina"]


async def test_what_was_ticked_on_the_map_is_kept_in_words(town: Town) -> None:
    await begins(town, "pemicu", "5", "Lanjut", "Uang di tangan", "Lanjut", "Lanjut")
    await taps(town, "Bosan", "Kesal", "Selesai")
    await town.budi.writes("gajian dan sendirian")

    assert await kept(town, "note") == ["Uang di tangan, Kesal, Bosan"]
    assert await kept(town, "trigger") == ["gajian dan sendirian"]


async def test_a_slippery_road_is_avoided_and_a_dry_one_is_only_known(town: Town) -> None:
    for number, step in (("90", "avoid"), ("40", "prepare"), ("10", "notice")):
        await begins(town, "pemicu", "5", "Lanjut", "Lanjut", "Lanjut", "Selesai")
        await town.budi.writes("gajian")
        await town.budi.writes(number)

        assert (await town.budi.heard())[-1] == f"pemicu.client.{step}"


async def test_a_pause_while_the_clock_runs_takes_up_the_same_wait(town: Town) -> None:
    await begins(town, "lmsl", "5", "Iya, lapar", "Tidak ada", "Sudah", "Segar")
    await town.budi.writes("/jeda")
    await town.passes(hours=3)
    assert (await town.budi.heard())[-1] == "module.client.paused"

    await town.budi.writes("/lanjut")
    await town.passes(minutes=5)

    assert (await town.budi.heard())[-2:] == ["lmsl.client.eat", "lmsl.client.did"]


async def test_the_next_day_the_same_exercise_is_offered_again(town: Town) -> None:
    await rides(town, 7, 6, 5, 2)
    await taps(town, "Tidak tahu", "Belum ada", "Besok cerita ke satu orang")
    await town.until(MONDAY + timedelta(days=1, hours=12))
    assert "bercerita ke satu orang" in town.budi.phone.newest.text
    await taps(town, "Belum sempat", "Mau, sekarang")

    assert (await town.budi.heard())[-1] == "ombak.client.before"


async def test_nobody_is_asked_about_an_exercise_that_is_no_more(town: Town) -> None:
    await rides(town, 7, 6, 5, 2)
    await taps(town, "Tidak tahu", "Belum ada", "Besok cerita ke satu orang")
    async with town.database.transaction() as db:
        (run,) = await module_runs.of_client(db, town.budi.id)
        run.module = "LAYANG"

    await town.passes(days=2)

    assert "module_follow_up.client.asked" not in await town.budi.heard()
