"""Activities: published, seen, joined, reminded, attended, thanked; never an alert."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from aftercare.casework import wanted
from aftercare.casework.community import activities as hosting
from aftercare.casework.community import joinings as work
from aftercare.clock import MovableClock
from aftercare.messages import Lane
from aftercare.records import activities, clients, holdings, joinings, people
from aftercare.records.activities import Activity
from aftercare.records.alerts import Alert
from aftercare.records.database import Database
from aftercare.records.joinings import Joining
from aftercare.records.outbox import Outgoing
from kawan import sample
from kawan.desk import Desk
from tests.town import Neighbour, Town

SATURDAY_AT_SEVEN = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
SENTENCE = "/kegiatan baru senam Sabtu jam 7 di lapangan Tegalega"


@pytest.fixture
async def mekar(town: Town) -> Neighbour:
    """A neighbour who hosts activities."""
    return await town.staff("Mekar Sari", "partner")


async def published(host: Neighbour, sentence: str = SENTENCE) -> None:
    await host.writes(sentence)
    await host.taps("Ya, umumkan")
    await host.heard()


async def joined(client: Neighbour, *, named: bool | None = None) -> None:
    await client.writes("/kegiatan")
    await client.taps("Ikut")
    if named is not None:
        await client.taps("Boleh" if named else "Cukup dihitung")
    await client.heard()


async def all_activities(town: Town) -> list[Activity]:
    async with town.database.transaction() as db:
        return list(await db.scalars(select(Activity).order_by(Activity.starts_at, Activity.id)))


async def places(town: Town) -> dict[int, str]:
    """The state of each client who joined anything."""
    async with town.database.transaction() as db:
        found = await db.scalars(select(Joining))
        return {one.client_id: one.state for one in found}


async def attended(town: Town, client: Neighbour) -> int:
    async with town.database.transaction() as db:
        return await joinings.attended(db, client.id)


async def alerts(town: Town) -> int:
    async with town.database.transaction() as db:
        return await db.scalar(select(func.count()).select_from(Alert)) or 0


def text(who: Neighbour) -> str:
    return who.phone.newest.text


async def test_one_sentence_is_shown_in_full_and_published_with_a_yes(
    town: Town, mekar: Neighbour
) -> None:
    await mekar.writes(f"{SENTENCE}, 20 orang, 3 minggu, catatan: bawa minum")
    shown = text(mekar)
    before = await all_activities(town)
    await mekar.taps("Ya, umumkan")

    assert "Sabtu, 28 November, jam 07.00–08.00 WIB" in shown
    assert "Senam" in shown
    assert "📍 Lapangan Tegalega" in shown
    assert "Setiap minggu, 3 kali" in shown
    assert "20 orang" in shown
    assert "bawa minum" in shown
    assert before == []
    made = await all_activities(town)
    week = timedelta(days=7)
    assert [one.starts_at for one in made] == [SATURDAY_AT_SEVEN + n * week for n in range(3)]
    assert {(one.kind, one.capacity, one.note) for one in made} == {("senam", 20, "bawa minum")}


async def test_what_is_missing_is_asked_for_one_by_one(town: Town, mekar: Neighbour) -> None:
    await mekar.writes("/kegiatan_baru")
    await mekar.writes("lomba masak")
    await mekar.writes("Minggu jam 9 pagi")
    await mekar.writes("balai RW 05")
    await mekar.taps("Ubah")
    await mekar.writes("jam 10, 8 orang")
    await mekar.taps("Ya, umumkan")

    (made,) = await all_activities(town)
    assert (made.kind, made.name, made.place) == ("lain", "Lomba masak", "Balai RW 05")
    assert made.starts_at == datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
    assert made.capacity == 8


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("futsal mantan napi besok jam 9 di GOR", "name_hurts"),
        ("senam besok jam 9 di GOR catatan: khusus pecandu", "note_hurts"),
        ("senam keluarga lapas besok jam 9 di GOR", "name_tells"),
        ("senam besok jam 9 di GOR catatan: tamu dari Bapas", "note_tells"),
        ("ibadah besok jam 9 di aula", "which_worship"),
        ("senam tiap Sabtu jam 9 pagi di GOR", "need_times"),
        ("senam besok jam 9 di GOR 30 kali", "times_range"),
        ("senam besok jam 9 di GOR maks 900", "capacity_range"),
    ],
)
async def test_what_could_hurt_or_is_unclear_is_asked_again(
    mekar: Neighbour, town: Town, sentence: str, key: str
) -> None:
    await mekar.writes(f"/kegiatan baru {sentence}")
    shown = text(mekar)

    expected = town.house.book.text(f"community.host.{key}").body.partition("{")[0]
    assert shown.startswith(expected.strip())
    assert await all_activities(town) == []


async def test_the_whole_way_from_the_list_to_the_thanks(town: Town, mekar: Neighbour) -> None:
    await published(mekar)

    await town.budi.writes("/kegiatan")
    assert "Sabtu, 28 November" in text(town.budi)
    assert "bareng Mekar Sari" in text(town.budi)
    await town.budi.taps("Ikut")
    await town.budi.taps("Boleh")
    assert await town.budi.heard() == [
        "community.client.list",
        "community.client.joined",
        "community.client.name_ask",
        "community.client.named",
    ]

    await town.until(SATURDAY_AT_SEVEN - timedelta(hours=12))
    assert await town.budi.heard() == ["community.client.remind_evening"]
    await town.until(SATURDAY_AT_SEVEN - timedelta(minutes=30))
    assert await town.budi.heard() == ["community.client.remind_same_day"]

    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=61))
    assert await mekar.heard() == ["community.host.over"]
    assert await town.budi.heard() == ["community.client.over"]
    await mekar.taps("Budi")
    assert await town.budi.heard() == ["community.client.thanks_first"]
    await town.budi.taps("4")

    assert await town.budi.heard() == ["community.client.felt_well"]
    assert await attended(town, town.budi) == 1
    async with town.database.transaction() as db:
        (one,) = await joinings.of_activities(db, [1])
    assert one.mood == 4


async def test_a_client_says_himself_that_he_came(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi, named=False)
    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=61))
    await town.budi.heard()

    await town.budi.taps("Aku datang")
    await town.budi.taps("1")

    assert await town.budi.heard() == [
        "community.client.thanks_first",
        "community.client.felt_low",
    ]
    assert await attended(town, town.budi) == 1


async def test_whoever_taps_too_early_is_awaited_and_not_counted(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar, "/kegiatan baru senam Sabtu jam 9 pagi di lapangan")
    await joined(town.budi, named=False)
    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=5))
    await town.budi.taps("Aku datang")
    early = await attended(town, town.budi)
    await town.until(SATURDAY_AT_SEVEN + timedelta(hours=2, minutes=5))
    await town.budi.taps("Aku datang")

    heard = await town.budi.heard()
    assert heard[-2:] == ["community.client.too_early", "community.client.thanks_first"]
    assert (early, await attended(town, town.budi)) == (0, 1)


async def test_who_does_not_come_is_nobodys_concern(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi, named=True)

    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=61))
    await town.budi.taps("Kali ini tidak")
    await town.until(SATURDAY_AT_SEVEN + timedelta(days=4))

    assert await alerts(town) == 0
    assert await attended(town, town.budi) == 0
    async with town.database.transaction() as db:
        told = await db.scalars(
            select(Outgoing.key).where(Outgoing.person_id.in_([town.sari.id, town.hendra.id]))
        )
        assert [key for key in told if not key.startswith("digest.")] == []
        (one,) = await joinings.of_activities(db, [1])
    assert (one.came_at, one.mood) == (None, None)


async def test_without_a_yes_the_host_sees_a_number_and_no_name(
    town: Town, mekar: Neighbour
) -> None:
    ujang = await town.client("Ujang Permana")
    await published(mekar)
    await joined(town.budi, named=True)
    await joined(ujang)

    await mekar.writes("/kegiatan")
    await mekar.taps("Senam")
    card = text(mekar)
    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=61))
    labels = mekar.phone.buttons
    await mekar.taps("1")

    everything = "\n".join(one.text for one in mekar.phone.messages)
    assert "Yang ikut: 2 orang" in card
    assert "Yang boleh disebut namanya: Budi" in card
    assert labels == ["Budi", "0", "1"]
    assert "Ujang" not in everything
    assert [one.others_came for one in await all_activities(town)] == [1]
    assert await attended(town, ujang) == 0


async def test_an_officer_sees_the_number_of_a_partners_activity_and_no_name(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar)
    await joined(town.budi, named=True)

    await town.sari.writes("/kegiatan")
    await town.sari.taps("Senam")

    assert "Yang ikut: 1 orang" in text(town.sari)
    assert "Budi" not in text(town.sari)


async def test_a_partner_sees_nothing_of_another_partners(town: Town, mekar: Neighbour) -> None:
    asep = await town.staff("Asep", "partner")
    await published(mekar)

    await asep.writes("/kegiatan")
    await asep.taps_data("d:activity:1")
    await asep.taps_data("d:activity_off_one:1:1")

    assert await asep.heard() == [
        "community.host.none",
        "answer.anyone.passed",
        "answer.anyone.passed",
    ]
    assert [one.state for one in await all_activities(town)] == ["open"]


async def test_worship_is_shown_to_nobody_who_did_not_ask_for_it(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar, "/kegiatan baru misa Minggu jam 9 pagi di gereja Santo Petrus")
    await town.budi.writes("/kegiatan")
    assert "Misa" not in text(town.budi)

    await town.budi.taps("Atur kabar kegiatan")
    await town.budi.taps("Kegiatan ibadah")
    await town.budi.taps("Boleh")
    await town.budi.taps("Islam")
    await town.budi.writes("/kegiatan")
    assert "Misa" not in text(town.budi)

    await town.budi.taps("Atur kabar kegiatan")
    for label in ("Kegiatan ibadah", "Boleh", "Katolik"):
        await town.budi.taps(label)
    await town.budi.writes("/kegiatan")
    assert "Misa" in text(town.budi)

    await town.budi.taps("Atur kabar")
    await town.budi.taps("Kegiatan ibadah")
    await town.budi.taps("Jangan, atau hapus")
    await town.budi.writes("/kegiatan")
    assert "Misa" not in text(town.budi)
    async with town.database.transaction() as db:
        choice = await activities.choice(db, town.budi.id)
        said = (await holdings.of_person(db, town.budi.id))["consents"]
    assert choice is not None
    assert choice.religion is None
    assert [row["given"] for row in said if row["kind"] == "religion"] == [True, True, False]


async def test_a_full_one_has_a_queue_and_the_first_in_it_moves_up(
    town: Town, mekar: Neighbour
) -> None:
    ujang, siti = await town.client("Ujang"), await town.client("Siti")
    await published(mekar, f"{SENTENCE}, 1 orang")
    await joined(town.budi)
    for one in (ujang, siti):
        await one.writes("/kegiatan")
        await one.taps("Antre")
    assert await places(town) == {
        town.budi.id: "joined", ujang.id: "waiting", siti.id: "waiting",
    }  # fmt: skip
    await ujang.heard()

    await town.budi.writes("/kegiatan")
    await town.budi.taps("Tidak jadi")

    assert await ujang.heard() == ["community.client.moved_up"]
    assert await places(town) == {ujang.id: "joined", siti.id: "waiting"}
    await siti.heard()
    await town.until(SATURDAY_AT_SEVEN - timedelta(minutes=30))
    assert "community.client.remind_evening" in await ujang.heard()
    assert await siti.heard() == []


async def test_a_moved_one_is_told_once_and_reminded_at_the_new_hour(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar)
    await joined(town.budi, named=False)

    await mekar.writes("/kegiatan")
    await mekar.taps("Senam")
    await mekar.taps("Pindahkan")
    await mekar.writes("Minggu jam 8 pagi")
    await mekar.taps("Ya, pindahkan")
    assert await town.budi.heard() == ["community.client.moved"]

    sunday = SATURDAY_AT_SEVEN + timedelta(days=1, hours=1)
    await town.until(sunday - timedelta(hours=3))
    assert await town.budi.heard() == ["community.client.remind_evening"]
    await town.until(sunday - timedelta(hours=1))
    assert await town.budi.heard() == ["community.client.remind_same_day"]


async def test_a_cancelled_one_is_told_and_nothing_else_comes_of_it(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar)
    await joined(town.budi, named=False)

    await mekar.writes("/kegiatan")
    await mekar.taps("Senam")
    await mekar.taps("Batalkan")
    assert await town.budi.heard() == []
    await mekar.taps("Ya, batalkan")
    assert await town.budi.heard() == ["community.client.cancelled"]

    await town.until(SATURDAY_AT_SEVEN + timedelta(days=2))
    assert [key for key in await town.budi.heard() if key.startswith("community.")] == []
    assert await alerts(town) == 0


async def test_what_is_called_off_while_friday_prayers_are_held_is_told_before_it_begins(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar, "/kegiatan baru senam Jumat jam 1 siang di lapangan Tegalega")
    await joined(town.budi, named=False)
    friday_noon = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
    await town.until(friday_noon)
    await town.budi.heard()

    await mekar.writes("/kegiatan")
    await mekar.taps("Senam")
    await mekar.taps("Batalkan")
    await mekar.taps("Ya, batalkan")

    assert await town.budi.heard() == ["community.client.cancelled"]


async def test_nobody_is_asked_days_later_how_it_was(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi, named=False)
    town.clock.move_to(SATURDAY_AT_SEVEN + timedelta(days=3))

    await town.settle()

    assert "community.client.over" not in await town.budi.heard()


async def test_the_rest_of_a_weekly_row_is_cancelled_together(town: Town, mekar: Neighbour) -> None:
    await published(mekar, f"{SENTENCE}, 3 minggu")
    await town.until(SATURDAY_AT_SEVEN + timedelta(hours=2))
    await joined(town.budi, named=False)
    await mekar.heard()

    await mekar.writes("/kegiatan")
    await mekar.taps("Senam")
    await mekar.taps("dan seterusnya")
    await mekar.taps("Ya, batalkan semua")

    states = [one.state for one in await all_activities(town)]
    assert states == ["open", "cancelled", "cancelled"]
    assert await town.budi.heard() == ["community.client.cancelled"]
    assert "2 kali" in text(mekar)


async def test_an_officer_may_call_off_what_a_partner_cannot(town: Town, mekar: Neighbour) -> None:
    await published(mekar)

    await town.sari.writes("/kegiatan")
    await town.sari.taps("Senam")
    await town.sari.taps("Batalkan")
    await town.sari.taps("Ya, batalkan")

    assert await mekar.heard() == ["community.host.cancelled"]


async def test_who_rests_is_not_reminded(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi, named=False)
    await town.until(SATURDAY_AT_SEVEN - timedelta(hours=20))

    await town.budi.writes("/jeda")
    await town.budi.taps("3 hari")
    await town.budi.heard()
    await town.until(SATURDAY_AT_SEVEN + timedelta(hours=3))

    assert await town.budi.heard() == []


async def test_after_danger_was_heard_no_reminder_comes(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi, named=False)
    await town.until(SATURDAY_AT_SEVEN - timedelta(hours=14))
    async with town.database.transaction() as db:
        person = await people.get(db, town.budi.id)
        person.hushed_until = SATURDAY_AT_SEVEN

    await town.until(SATURDAY_AT_SEVEN - timedelta(minutes=1))

    assert await town.budi.heard() == []


async def test_two_hours_before_half_past_seven_is_still_night(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar, "/kegiatan baru senam Sabtu jam 7.30 pagi di lapangan")
    await joined(town.budi, named=False)

    await town.until(SATURDAY_AT_SEVEN - timedelta(hours=1, minutes=1))
    assert await town.budi.heard() == ["community.client.remind_evening"]
    await town.until(SATURDAY_AT_SEVEN - timedelta(minutes=59))
    assert await town.budi.heard() == ["community.client.remind_same_day"]


async def test_who_leaves_kawan_leaves_the_place_to_the_next(town: Town, mekar: Neighbour) -> None:
    ujang = await town.client("Ujang")
    await published(mekar, f"{SENTENCE}, 1 orang")
    await joined(town.budi)
    await ujang.writes("/kegiatan")
    await ujang.taps("Antre")
    await ujang.heard()

    await town.budi.writes("/berhenti")
    await town.budi.taps("Ya, berhenti")

    assert await places(town) == {ujang.id: "joined"}
    assert await ujang.heard() == ["community.client.moved_up"]
    async with town.database.transaction() as db:
        assert await activities.choice(db, town.budi.id) is None


async def test_erasing_takes_every_activity_away_and_the_copy_holds_them_before(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar)
    await joined(town.budi, named=True)
    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=61))
    await town.budi.taps("Aku datang")
    async with town.database.transaction() as db:
        held = await holdings.of_person(db, town.budi.id)
    assert held["joinings"][0]["came_at"] is not None
    assert held["activities"][0]["name"] == "Senam"
    assert held["activity_choices"][0]["wants_news"] is True

    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")

    assert await places(town) == {}
    async with town.database.transaction() as db:
        left = await holdings.of_person(db, town.budi.id)
    assert "joinings" not in left
    assert "activity_choices" not in left


async def test_what_is_new_is_told_once_a_week_to_who_ever_looked(
    town: Town, mekar: Neighbour
) -> None:
    ujang = await town.client("Ujang")
    await town.budi.writes("/kegiatan")
    await town.budi.heard()
    await town.passes(minutes=5)
    await published(mekar, "/kegiatan baru senam Minggu jam 7 pagi di lapangan, 4 minggu")
    await published(mekar, "/kegiatan baru kerja bakti Sabtu jam 7 pagi di RW 05")

    thursday = datetime(2026, 11, 26, 9, 1, tzinfo=UTC)
    await town.until(thursday)
    assert await town.budi.heard() == ["community.client.news_of_week"]
    assert text(town.budi).count("Senam") == 1
    assert "Kerja bakti" in text(town.budi)
    await town.until(thursday + timedelta(days=14))
    heard = [key for key in await town.budi.heard() if key.startswith("community.")]
    assert heard == []
    assert [key for key in await ujang.heard() if key.startswith("community.")] == []

    await published(mekar, "/kegiatan baru voli Sabtu minggu depan jam 4 sore di lapangan")
    await town.until(thursday + timedelta(days=21))
    assert "community.client.news_of_week" in await town.budi.heard()
    await town.budi.taps("Jangan kabari lagi")
    await published(mekar, "/kegiatan baru takraw Sabtu minggu depan jam 4 sore di lapangan")
    await town.until(thursday + timedelta(days=28))
    assert "community.client.news_of_week" not in await town.budi.heard()


async def test_another_offices_activity_can_be_neither_seen_nor_joined(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar)
    async with town.database.transaction() as db:
        from aftercare.records.offices import Office

        other = Office(
            name="Bapas Bogor", time_zone="Asia/Jakarta", waits={}, made_at=town.clock.now()
        )
        db.add(other)
        await db.flush()
        (await people.get(db, town.budi.id)).office_id = other.id

    await town.budi.writes("/kegiatan")
    await town.budi.taps_data("d:activity_join:1:1")

    assert await town.budi.heard() == ["community.client.none", "community.client.passed"]
    assert await places(town) == {}


async def test_moving_ones_body_ends_with_company_that_fits(town: Town, mekar: Neighbour) -> None:
    await published(mekar, "/kegiatan baru kerja bakti Sabtu jam 6 pagi di RW 05")
    await published(mekar)
    await town.budi.taps_data(f"d:module:{town.budi.id}:gerak")
    for label in ("7", "Olahraga", "Senam", "Ayo, sekarang"):
        await town.budi.taps(label)
    await town.passes(minutes=6)
    for label in ("Gerak terus", "Lebih hangat", "4", "Sore, ajak"):
        await town.budi.taps(label)
    shown = text(town.budi)
    await town.budi.taps("Mau ikut")

    assert "Senam" in shown
    assert await places(town) == {town.budi.id: "joined"}
    heard = await town.budi.heard()
    assert heard[-3:] == [
        "community.client.joined",
        "community.client.name_ask",
        "gerak.client.close_joined",
    ]


async def test_a_day_with_a_shape_ends_with_one_point_that_is_certain(
    town: Town, mekar: Neighbour
) -> None:
    await published(mekar)
    await town.budi.taps_data(f"d:module:{town.budi.id}:jadwal")
    for label in ("7", "Sore menjelang", "Jalan kaki", "Kerja", "Ngobrol", "Membaca"):
        await town.budi.taps(label)
    for label in ("Satu untuk badan", "Satu orang", "Satu untuk batin", "Itu yang ada", "ramai"):
        await town.budi.taps(label)
    await town.passes(minutes=3)
    await town.budi.taps("3")
    await town.budi.taps("Mengalir saja")
    heard = await town.budi.heard()
    await town.budi.taps("Ikut")

    assert heard[-2:] == ["community.client.offer", "jadwal.client.close_point"]
    assert await places(town) == {town.budi.id: "joined"}


async def test_who_wants_to_move_alone_is_not_asked_twice(town: Town) -> None:
    await town.budi.taps_data(f"d:module:{town.budi.id}:gerak")
    for label in ("7", "Kerja tangan", "Kerja bakti", "Ayo, sekarang"):
        await town.budi.taps(label)
    await town.passes(minutes=6)
    for label in ("Gerak terus", "Lebih hangat", "4", "Sore, ajak"):
        await town.budi.taps(label)

    assert (await town.budi.heard())[-1] == "gerak.client.close"


async def test_two_who_tap_at_once_do_not_share_the_last_place(
    town: Town, mekar: Neighbour
) -> None:
    ujang = await town.client("Ujang")
    await published(mekar, f"{SENTENCE}, 1 orang")

    async def joins(who: Neighbour) -> None:
        async with town.database.transaction() as db:
            client = await clients.get(db, who.id)
            await work.join(db, 1, client, town.clock.now())

    await asyncio.gather(joins(town.budi), joins(ujang))

    assert sorted((await places(town)).values()) == ["joined", "waiting"]


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        ("moved", "activity moved"),
        ("cancelled", "activity cancelled"),
        ("left", "not joined any more"),
        ("came", "came already"),
        ("paused", "paused by the person"),
    ],
)
async def test_a_reminder_asks_again_at_the_moment_of_sending(
    town: Town, mekar: Neighbour, happens: str, reason: str
) -> None:
    await published(mekar)
    await joined(town.budi, named=False)
    now = town.clock.now()
    row = Outgoing(person_id=town.budi.id, lane=int(Lane.REMINDER), subject="joining:1@1", key="x")

    async with town.database.transaction() as db:
        one = await joinings.get(db, 1)
        assert one is not None
        person, publisher = one.client.person, await people.get(db, mekar.id)
        before = await wanted.verdict(db, row, person, now)
        match happens:
            case "moved":
                later = one.activity.starts_at + timedelta(hours=1)
                await hosting.move(db, one.activity, later, by=publisher, now=now)
            case "cancelled":
                await hosting.cancel(db, [one.activity], by=publisher, now=now)
            case "left":
                await work.let_go(db, one, now)
            case "came":
                one.came_at = now
            case _:
                person.paused_until = now + timedelta(days=1)
        await db.flush()
        after = await wanted.verdict(db, row, person, now)

    assert before == wanted.Send()
    assert after == wanted.Never(reason)


async def test_a_slip_of_the_hosts_finger_is_taken_back(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi, named=True)
    await town.until(SATURDAY_AT_SEVEN + timedelta(minutes=61))

    await mekar.taps("Budi")
    assert await attended(town, town.budi) == 1
    await mekar.taps("Budi")
    assert await attended(town, town.budi) == 0

    await town.budi.taps("Aku datang")
    await mekar.taps("Budi")
    assert await attended(town, town.budi) == 1


async def test_a_partner_finds_everything_in_the_menu(town: Town, mekar: Neighbour) -> None:
    await mekar.writes("/menu")
    await mekar.taps("Buat kegiatan")
    await mekar.writes("voli Sabtu jam 4 sore di lapangan")
    await mekar.taps("Ya, umumkan")
    await mekar.writes("/menu")
    await mekar.taps("Kegiatanku")

    assert "Voli, 0 orang ikut" in text(mekar)


async def test_the_settings_lead_to_the_questions_about_activities(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Kegiatan dan ibadah")

    assert (await town.budi.heard())[-1] == "community.client.what"


async def test_the_demo_has_something_to_join(database: Database, clock: MovableClock) -> None:
    async with database.transaction() as db:
        made = await sample.settle_in(Desk(db, clock.now(), "KawanBot"))
    async with database.transaction() as db:
        ahead = await activities.coming(db, [made.budi.office_id or 0], clock.now())
        been = await joinings.attended(db, made.budi.id)

    assert {one.kind for one in ahead} == {"musik", "senam", "bakti", "kebaktian", "hukum"}
    assert been == 1


async def test_what_arrives_unasked_tells_a_lock_screen_nothing(
    town: Town, mekar: Neighbour
) -> None:
    from aftercare.rules import discretion

    keys = [
        key
        for key in sorted(town.house.book.keys())
        if key.startswith("community.client.") and not key.startswith("community.client.line_")
    ]

    assert len(keys) > 15
    assert {key for key in keys if discretion.told(town.house.book.text(key).body)} == set()
