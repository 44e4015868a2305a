"""Days and hours as people in Bandung write them, read on a Tuesday morning."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from aftercare.casework import dates
from aftercare.rules import hours
from aftercare.rules.unclear import Unclear

#: Tuesday, 24 November 2026, nine in the morning in Bandung.
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BANDUNG = "Asia/Jakarta"

READ = [
    ("besok jam 9", "2026-11-25 09:00"),  # dateparser alone loses the hour
    ("Besok Jam 9 pagi", "2026-11-25 09:00"),
    ("jam 9 besok pagi", "2026-11-25 09:00"),
    ("bsk jam 2", "2026-11-25 14:00"),  # nobody meets at two in the night
    ("besok 9 pagi", "2026-11-25 09:00"),
    ("besok 09.30", "2026-11-25 09:30"),
    ("besok 14:00", "2026-11-25 14:00"),
    ("besok 02.30", "2026-11-25 02:30"),  # written in full it is what it says
    ("besok 2.30", "2026-11-25 14:30"),
    ("besok jam sembilan", "2026-11-25 09:00"),
    ("besok jam setengah 9", "2026-11-25 08:30"),
    ("besok setengah dua", "2026-11-25 13:30"),
    ("besok jam setengah 1", "2026-11-25 12:30"),
    ("besok jam 9 lewat 15", "2026-11-25 09:15"),
    ("besok jam 10 kurang seperempat", "2026-11-25 09:45"),
    ("besok jam 12", "2026-11-25 12:00"),
    ("besok jam 12 siang", "2026-11-25 12:00"),
    ("besok jam 5", "2026-11-25 17:00"),
    ("besok jam 6 sore", "2026-11-25 18:00"),
    ("besok malam jam 7", "2026-11-25 19:00"),
    ("besok jam 10an", "2026-11-25 10:00"),
    ("lusa jam 10", "2026-11-26 10:00"),  # dateparser does not know "lusa"
    ("nanti sore jam 4", "2026-11-24 16:00"),
    ("nanti jam 3", "2026-11-24 15:00"),
    ("siang ini jam 2", "2026-11-24 14:00"),
    ("hari ini jam 15", "2026-11-24 15:00"),
    ("rabu jam 9", "2026-11-25 09:00"),
    ("jumat jam 2 siang", "2026-11-27 14:00"),
    ("Jum'at jam 2 siang", "2026-11-27 14:00"),
    ("jumat ini jam 9", "2026-11-27 09:00"),
    ("jumat minggu depan jam 9", "2026-12-04 09:00"),
    ("senin depan jam 14.00", "2026-11-30 14:00"),
    ("senin jam 14.00", "2026-11-30 14:00"),
    ("selasa depan jam 10", "2026-12-01 10:00"),
    ("minggu jam 9", "2026-11-29 09:00"),  # Sunday, not a week
    ("hari minggu jam 9", "2026-11-29 09:00"),
    ("ahad jam 8", "2026-11-29 08:00"),
    ("minggu depan hari senin jam 8", "2026-11-30 08:00"),
    ("3 hari lagi jam 9", "2026-11-27 09:00"),
    ("dua minggu lagi jam 9", "2026-12-08 09:00"),
    ("seminggu lagi jam 10", "2026-12-01 10:00"),
    ("25 November jam 10", "2026-11-25 10:00"),  # dateparser alone reads the year 2110
    ("25 nov 10.00", "2026-11-25 10:00"),
    ("25 nopember jam 9", "2026-11-25 09:00"),
    ("25 November 2026 pukul 09.30 WIB", "2026-11-25 09:30"),
    ("25/11 jam 10", "2026-11-25 10:00"),
    ("25/11/2026 09:00", "2026-11-25 09:00"),
    ("25.11 jam 10", "2026-11-25 10:00"),
    ("25-11-2026 jam 9", "2026-11-25 09:00"),
    ("2026-12-01 10:00", "2026-12-01 10:00"),
    ("selasa, 1 desember jam 9", "2026-12-01 09:00"),
    ("tanggal 5 jam 9", "2026-12-05 09:00"),  # dateparser alone looks back to November
    ("tgl 30 jam 8", "2026-11-30 08:00"),
    ("tanggal 5 bulan depan jam 9", "2026-12-05 09:00"),
    ("5 mei jam 9", "2027-05-05 09:00"),
    ("12 agt jam 9", "2027-08-12 09:00"),
    ("20 november 2027 jam 9", "2027-11-20 09:00"),
    ("besok jam 9 WIT", "2026-11-25 07:00"),  # nine in Papua
    ("besok rabu jam 9", "2026-11-25 09:00"),
]

REFUSED = [
    ("lusa pagi", "no_hour"),
    ("besok", "no_hour"),
    ("jam 9", "no_day"),
    ("halo", "no_moment"),
    ("2 jam lagi", "no_moment"),
    ("selasa jam 10", "which_of_two"),  # today is Tuesday
    ("jumat depan jam 9", "which_of_two"),  # this week's or next week's
    ("minggu depan jam 9", "which_day"),
    ("bulan depan jam 9", "which_day"),
    ("besok atau lusa jam 9", "two_days"),
    ("besok jam 9 atau jam 10", "two_hours"),
    ("besok jam 6", "ambiguous_hour"),
    ("besok jam setengah 7", "ambiguous_hour"),
    ("besok jam 14 pagi", "hour_and_part"),
    ("besok jam 9 sore", "hour_and_part"),
    ("besok jam 12 malam", "hour_and_part"),  # the end of which day?
    ("besok jam 25", "no_such_hour"),
    ("besok jam 10.75", "no_such_hour"),
    ("31 november jam 9", "no_such_day"),
    ("32 desember jam 9", "no_such_day"),
    ("tgl 31 jam 8", "no_such_day"),
    ("11/25 jam 9", "no_such_day"),  # dateparser alone reads the year 2125
    ("senin 1 desember jam 9", "wrong_weekday"),  # the first is a Tuesday
    ("kemarin jam 9", "day_passed"),
    ("20 november jam 9", "day_passed"),  # four days ago, not in a year
    ("25 desember 2020 jam 9", "day_passed"),
    ("hari ini jam 8", "moment_passed"),
    ("20 desember 2027 jam 9", "too_far"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_day_and_an_hour_are_read_as_they_are_meant(text: str, expected: str) -> None:
    found = dates.find(text, TUESDAY, BANDUNG)

    assert isinstance(found, datetime), found
    assert found.tzinfo is UTC
    assert f"{found.astimezone(ZoneInfo(BANDUNG)):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_can_mean_two_things_or_nothing_is_asked_again(text: str, code: str) -> None:
    found = dates.find(text, TUESDAY, BANDUNG)

    assert isinstance(found, Unclear), found
    assert found.code == code


@pytest.mark.parametrize("text", [text for text, _ in READ])
def test_nothing_of_a_date_is_left_over_as_a_name(text: str) -> None:
    left = dates.read(text, TUESDAY, BANDUNG).rest

    assert not left.replace("|", "").replace(",", "").strip()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("rabu jam 9 1 jam", 60),
        ("rabu jam 9, 90 menit", 90),
        ("rabu jam 9 selama 1,5 jam", 90),
        ("rabu jam 9 setengah jam", 30),
        ("rabu jam 9 dua jam", 120),
        ("rabu jam 9 1 jam 15 menit", 75),
        ("rabu jam 9-11", 120),
        ("rabu jam 9 sampai jam 10.30", 90),
        ("rabu 14.00-15.30", 90),
        ("rabu jam 11-1", 120),
        ("rabu di ruang 2 jam 9", None),  # a room, not two hours
        ("rabu jam 9", None),
    ],
)
def test_how_long_it_lasts(text: str, minutes: int | None) -> None:
    found = dates.read(text, TUESDAY, BANDUNG)

    assert found.minutes == minutes
    assert found.unclear is None


def test_the_day_is_counted_on_the_offices_own_wall() -> None:
    late_on_tuesday_in_bandung = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)

    in_bandung = dates.find("besok jam 9", late_on_tuesday_in_bandung, BANDUNG)
    in_papua = dates.find("besok jam 9", late_on_tuesday_in_bandung, "Asia/Jayapura")

    assert in_bandung == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert in_papua == datetime(2026, 11, 26, 0, 0, tzinfo=UTC)  # there it is Wednesday by now


def test_the_same_words_mean_other_days_as_the_week_goes_on() -> None:
    monday = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    sunday = datetime(2026, 11, 29, 1, 0, tzinfo=UTC)

    assert dates.find("senin depan jam 9", monday, BANDUNG) == datetime(2026, 11, 30, 2, tzinfo=UTC)
    assert dates.find("senin jam 9", sunday, BANDUNG) == datetime(2026, 11, 30, 2, tzinfo=UTC)
    assert isinstance(dates.find("senin jam 9", monday, BANDUNG), Unclear)


def test_names_and_rooms_are_left_for_others_to_read() -> None:
    found = dates.read("Agus 25 agustus 2027 jam 9 di ruang 2", TUESDAY, BANDUNG)

    assert [word for word in found.rest.split() if word != "|"] == ["Agus", "di", "ruang", "2"]


def test_an_hour_is_shown_as_indonesians_write_it() -> None:
    assert hours.show(9 * 60 + 5) == "09.05"
