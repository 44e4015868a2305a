"""An officer books in chat, in one sentence or step by step; nothing counts before the yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.records import clients, people
from aftercare.records import sessions as records
from aftercare.records.sessions import Session
from tests.town import MONDAY, Town

TUESDAY_AT_NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def of_sari(town: Town) -> list[Session]:
    async with town.database.transaction() as db:
        start = MONDAY - timedelta(days=1)
        return await records.of_officer(db, town.sari.id, start, start + timedelta(days=400))


async def test_one_sentence_is_shown_in_full_and_booked_with_a_yes(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi besok jam 9 konseling di ruang 2")
    shown = town.sari.phone.newest.text
    before = await of_sari(town)
    await town.sari.taps("Ya, jadwalkan")

    assert "Budi" in shown
    assert "Selasa, 24 November, jam 09.00–10.00 WIB" in shown
    assert "konseling" in shown
    assert "ruang 2" in shown
    assert before == []
    (session,) = await of_sari(town)
    assert session.starts_at == TUESDAY_AT_NINE
    assert (session.kind, session.treatment, session.place) == ("konseling", "a", "ruang 2")
    assert (session.mode, session.minutes) == ("in_person", 60)
    assert await town.budi.heard() == ["session.client.booked"]


@pytest.mark.parametrize(
    "sentence",
    [
        "/jadwalkan besok jam 9 konseling Budi di ruang 2",
        "/jadwalkan konseling Budi di ruang 2 besok jam 9",
        "/jadwalkan sesi konseling dengan Budi besok pukul 09.00 di ruang 2",
        "/jadwalkan untuk Budi 24 November jam 9 pagi di ruang 2 konseling",
        "/Jadwalkan budi bsk jam 9-10 konseling di ruang 2",
        "/jadwalkan@kawan_bot Budi besok jam 9, 1 jam, konseling, di ruang 2",
    ],
)
async def test_the_order_of_the_words_does_not_matter(town: Town, sentence: str) -> None:
    await town.sari.writes(sentence)
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert (session.starts_at, session.minutes) == (TUESDAY_AT_NINE, 60)
    assert (session.kind, session.place) == ("konseling", "ruang 2")
    assert [one.client_id for one in session.participants] == [town.budi.id]


@pytest.mark.parametrize(
    ("words", "kind", "treatment", "place", "minutes"),
    [
        ("pelatihan menjahit di aula 90 menit", "pelatihan menjahit", "b", "aula", 90),
        ("kelompok di ruang konseling", "kelompok", "c", "ruang konseling", 60),
        ("di Griya Abhipraya Bandung jam 9-11", "bimbingan", "a", "Griya Abhipraya Bandung", 120),
        ("pengajian di masjid", "pengajian", "e", "masjid", 60),
    ],
)
async def test_kind_place_and_length_are_read(
    town: Town, words: str, kind: str, treatment: str, place: str, minutes: int
) -> None:
    hour = "" if "jam 9-" in words else "jam 9 "
    await town.sari.writes(f"/jadwalkan Budi besok {hour}{words}")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert (session.kind, session.treatment) == (kind, treatment)
    assert (session.place, session.minutes) == (place, minutes)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("online", "Online"),
        ("lewat zoom", "Zoom"),
        ("https://meet.example.org/abc", "https://meet.example.org/abc"),
    ],
)
async def test_a_session_on_a_screen(town: Town, words: str, place: str) -> None:
    await town.sari.writes(f"/jadwalkan Budi besok jam 9 konseling {words}")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert (session.mode, session.place, session.kind) == ("online", place, "konseling")


async def test_a_group_is_named_one_by_one(town: Town) -> None:
    ujang = await town.client("Ujang Suherman")

    await town.sari.writes("/jadwalkan Budi dan Ujang lusa jam 10 kelompok di aula")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert {one.client_id for one in session.participants} == {town.budi.id, ujang.id}
    assert await ujang.heard() == ["session.client.booked"]


async def test_the_whole_caseload_at_once(town: Town) -> None:
    await town.client("Ujang")
    await town.client("Asep", officer=town.dewi)

    await town.sari.writes("/jadwalkan semua klien lusa jam 10 kelompok di aula")

    assert "Budi, Ujang" in town.sari.phone.newest.text
    assert "Asep" not in town.sari.phone.newest.text


async def test_two_of_one_name_are_asked_apart_with_buttons(town: Town) -> None:
    cecep = await town.client("Asep Cecep")
    await town.client("Asep Dadang")

    await town.sari.writes("/jadwalkan Asep besok jam 9 di ruang 2")
    asked = town.sari.phone.buttons
    await town.sari.taps("Asep Cecep")
    await town.sari.taps("Ya, jadwalkan")

    assert asked == ["Asep Cecep", "Asep Dadang", "Tulis nama lain"]
    (session,) = await of_sari(town)
    assert [one.client_id for one in session.participants] == [cecep.id]
    assert session.starts_at == TUESDAY_AT_NINE


async def test_the_whole_name_needs_no_question(town: Town) -> None:
    await town.client("Asep Cecep")
    dadang = await town.client("Asep Dadang")

    await town.sari.writes("/jadwalkan asep dadang besok jam 9 di ruang 2")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert [one.client_id for one in session.participants] == [dadang.id]


async def test_a_misspelt_name_is_asked_and_never_guessed(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budy besok jam 9 di ruang 2")

    assert "Budy" in town.sari.phone.newest.text
    assert town.sari.phone.buttons == ["Budi", "Tulis nama lain"]
    await town.sari.taps("Budi")
    await town.sari.taps("Ya, jadwalkan")
    (session,) = await of_sari(town)
    assert [one.client_id for one in session.participants] == [town.budi.id]


async def test_a_client_of_a_colleague_is_not_on_the_list(town: Town) -> None:
    await town.client("Siti", officer=town.dewi)

    await town.sari.writes("/jadwalkan Siti besok jam 9 di ruang 2")

    assert "“Siti” tidak ada di daftar klienmu" in town.sari.phone.newest.text
    assert await of_sari(town) == []


async def test_an_unknown_name_beside_a_known_one_is_not_passed_over(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi dan Rahmat besok jam 9 di ruang 2")
    said = town.sari.phone.newest.text
    await town.sari.writes("Budi")

    assert "Rahmat" in said
    assert "Ini yang akan dijadwalkan" in town.sari.phone.newest.text


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("/jadwalkan Budi besok di ruang 2", "Jam berapa?"),
        ("/jadwalkan Budi jam 9 di ruang 2", "harinya belum"),
        ("/jadwalkan Budi di ruang 2", "Kapan?"),
        ("/jadwalkan besok jam 9 di ruang 2", "Untuk siapa?"),
        ("/jadwalkan Budi besok jam 9", "Di mana?"),
        ("/jadwalkan Budi besok jam 6 di ruang 2", "Jam 6 pagi atau sore?"),
        ("/jadwalkan Budi senin jam 9 di ruang 2", "bisa juga"),
        ("/jadwalkan Budi kemarin jam 9 di ruang 2", "sudah lewat"),
        ("/jadwalkan Budi 31 november jam 9 di ruang 2", "tidak ada di kalender"),
        ("/jadwalkan Budi besok jam 9 di ruang 2 selama 3 menit", "5 menit"),
    ],
)
async def test_what_is_missing_is_asked_in_one_sentence_with_an_example(
    town: Town, sentence: str, asked: str
) -> None:
    await town.sari.writes(sentence)

    assert asked in town.sari.phone.newest.text
    assert "ontohnya" in town.sari.phone.newest.text
    assert town.sari.phone.buttons == ["Batal"]
    assert await of_sari(town) == []


async def test_without_more_words_it_asks_step_by_step(town: Town) -> None:
    await town.sari.writes("/jadwalkan")
    await town.sari.writes("Budi")
    await town.sari.writes("besok")
    await town.sari.writes("jam 9")
    await town.sari.writes("Ruang 2")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert (session.starts_at, session.place) == (TUESDAY_AT_NINE, "Ruang 2")
    assert [one.client_id for one in session.participants] == [town.budi.id]


async def test_one_part_is_changed_and_the_rest_is_kept(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi besok jam 9 konseling di ruang 2")
    await town.sari.taps("Ubah")
    await town.sari.writes("jam 10")
    await town.sari.taps("Ubah")
    await town.sari.writes("di ruang 3, 90 menit")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert session.starts_at == TUESDAY_AT_NINE + timedelta(hours=1)
    assert (session.kind, session.place, session.minutes) == ("konseling", "ruang 3", 90)


async def test_a_no_books_nothing(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi besok jam 9 di ruang 2")

    await town.sari.taps("Batal")

    assert (await town.sari.heard())[-1] == "session_booking.officer.cancelled"
    assert await of_sari(town) == []
    assert await town.budi.heard() == []


async def test_a_second_tap_on_the_yes_does_not_book_twice(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi besok jam 9 di ruang 2")
    yes = str(town.sari.phone.newest.rows[0][0][1])
    await town.sari.taps_data(yes)

    await town.sari.taps_data(yes)

    assert len(await of_sari(town)) == 1
    assert (await town.sari.heard())[-1] == "answer.anyone.passed"


async def test_a_yes_that_comes_too_late_is_asked_again(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi hari ini jam 9 di ruang 2")
    await town.passes(minutes=59)
    town.clock.passes(minutes=1)

    await town.sari.taps("Ya, jadwalkan")

    assert await of_sari(town) == []


async def test_holidays_and_overlaps_stand_on_the_card(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi 25 desember jam 9 di ruang 2")
    on_christmas = town.sari.phone.newest.text
    await town.sari.taps("Ya, jadwalkan")

    await town.sari.writes("/jadwalkan Budi 25 desember jam 9.30 di ruang 3")

    assert "Hari libur: Hari Raya Natal" in on_christmas
    assert "Kamu sudah punya sesi" in town.sari.phone.newest.text
    assert "Budi sudah punya sesi" in town.sari.phone.newest.text


async def test_a_time_in_another_zone_is_meant_as_it_is_written(town: Town) -> None:
    await town.sari.writes("/jadwalkan Budi besok jam 11 WIT di ruang 2")

    assert "jam 09.00–10.00 WIB" in town.sari.phone.newest.text


async def test_an_office_in_the_east_books_on_its_own_clock(town: Town) -> None:
    async with town.database.transaction() as db:
        from aftercare.records import offices

        (await offices.get(db, town.office)).time_zone = "Asia/Jayapura"
        (await people.get(db, town.sari.id)).time_zone = "Asia/Jayapura"

    await town.sari.writes("/jadwalkan Budi besok jam 9 di ruang 2")
    await town.sari.taps("Ya, jadwalkan")

    (session,) = await of_sari(town)
    assert session.starts_at == TUESDAY_AT_NINE - timedelta(hours=2)


async def test_only_officers_book(town: Town) -> None:
    await town.budi.writes("/jadwalkan Budi besok jam 9 di ruang 2")

    assert "session_booking" not in "".join(await town.budi.heard())
    assert await of_sari(town) == []


async def test_somebody_whose_programme_has_ended_is_not_on_the_list(town: Town) -> None:
    async with town.database.transaction() as db:
        (await clients.get(db, town.budi.id)).ended_at = MONDAY

    await town.sari.writes("/jadwalkan Budi besok jam 9 di ruang 2")

    assert "tidak ada di daftar" in town.sari.phone.newest.text


async def booked_for_budi(town: Town) -> Session:
    await town.sari.writes("/jadwalkan Budi besok jam 9 konseling di ruang 2")
    await town.sari.taps("Ya, jadwalkan")
    await town.budi.heard()
    (session,) = await of_sari(town)
    return session


async def test_the_officer_moves_a_session_and_is_read_back_first(town: Town) -> None:
    await booked_for_budi(town)

    await town.sari.taps("Pindahkan")
    await town.sari.writes("rabu jam 6")
    await town.sari.writes("rabu jam 10")
    read_back = town.sari.phone.newest.text
    await town.sari.taps("Ya, pindahkan")

    assert "Rabu, 25 November jam 10.00" in read_back
    (session,) = await of_sari(town)
    assert session.starts_at == TUESDAY_AT_NINE + timedelta(hours=25)
    assert await town.budi.heard() == ["session.client.moved"]


async def test_the_officer_calls_a_session_off_with_a_second_tap(town: Town) -> None:
    await booked_for_budi(town)

    await town.sari.taps("Batalkan sesi")
    asked = await town.budi.heard()
    await town.sari.taps("Ya, batalkan")

    assert asked == []
    assert await of_sari(town) == []
    assert await town.budi.heard() == ["session.client.cancelled"]


async def test_a_colleagues_session_is_not_moved_or_called_off(town: Town) -> None:
    session = await booked_for_budi(town)
    rahmat = await town.staff("Rahmat", "officer")

    for deed in ("session_move", "session_cancel", "session_cancel_yes"):
        await rahmat.taps_data(f"d:{deed}:{session.id}:1")

    assert await rahmat.heard() == ["answer.anyone.passed"] * 3
    assert len(await of_sari(town)) == 1


async def test_the_officers_old_button_changes_nothing(town: Town) -> None:
    session = await booked_for_budi(town)
    await town.sari.taps("Pindahkan")
    await town.sari.writes("rabu jam 10")
    await town.sari.taps("Ya, pindahkan")

    await town.sari.taps_data(f"d:session_cancel_yes:{session.id}:1")

    assert len(await of_sari(town)) == 1
