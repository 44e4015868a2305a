"""Exercises for home, work and the day: what they keep, how long they wait, what they never do."""

from __future__ import annotations

import pytest

from aftercare.records import module_runs
from tests.town import Neighbour, Town


async def begins(neighbour: Neighbour, flow: str, before: int = 6) -> None:
    await neighbour.taps_data(f"d:module:{neighbour.id}:{flow}")
    await neighbour.taps(str(before))


async def kept(town: Town, neighbour: Neighbour, kind: str) -> list[str]:
    async with town.database.transaction() as db:
        found = await module_runs.artefacts(db, neighbour.id, kind)
    return [one.words for one in found]


async def plans_a_day(neighbour: Neighbour) -> None:
    """JADWAL, up to the evening."""
    await begins(neighbour, "jadwal")
    await neighbour.taps("Malam sesudah jam 9")
    await neighbour.taps("Jalan kaki")
    await neighbour.writes("narik ojek")
    await neighbour.taps("Olahraga bareng")
    await neighbour.taps("Musik pelan")


async def test_four_parts_of_a_day_are_kept_as_one_day(town: Town) -> None:
    await plans_a_day(town.budi)

    assert await kept(town, town.budi, "plan") == [
        "Jalan kaki, narik ojek, Olahraga bareng, Musik pelan"
    ]


async def test_a_day_without_a_person_in_it_is_asked_for_one(town: Town) -> None:
    await plans_a_day(town.budi)
    await town.budi.taps("Satu untuk badan")
    await town.budi.taps("Satu untuk batin")
    await town.budi.heard()

    await town.budi.taps("Itu yang ada")
    await town.budi.writes("Kang Asep")

    assert (await town.budi.heard())[:2] == [
        "jadwal.client.lacks_people",
        "jadwal.client.added_person",
    ]


async def test_red_anger_waits_twenty_minutes_and_is_looked_at_after_ten(town: Town) -> None:
    await begins(town.budi, "marah", before=9)
    await town.budi.taps("🔴 Merah, hampir meledak")
    await town.budi.taps("Tidak ada")
    await town.budi.heard()

    await town.passes(minutes=10, seconds=5)
    assert await town.budi.heard() == ["marah.client.look"]
    await town.budi.taps("Masih merah")
    assert await town.budi.heard() == ["marah.client.look_red"]
    await town.passes(minutes=9)
    assert await town.budi.heard() == []
    await town.passes(minutes=2)
    assert await town.budi.heard() == ["marah.client.where"]


async def test_somebody_hurt_comes_before_the_exercise(town: Town) -> None:
    await begins(town.budi, "marah", before=10)
    await town.budi.taps("🔴 Merah, hampir meledak")
    await town.budi.heard()

    await town.budi.taps("Sudah ada yang terluka")

    heard = await town.budi.heard()
    assert "crisis.client.card_violence" in heard
    assert "marah.client.pause" not in heard


async def test_who_is_not_safe_at_home_is_not_sent_to_talk_there(town: Town) -> None:
    await begins(town.budi, "keluarga1")
    await town.budi.taps("Bisa ada yang main tangan")
    await town.budi.taps("Latihan di sini saja")
    await town.budi.taps("Ayah")
    await town.budi.taps("cemas")
    await town.budi.writes("ditanya sambil teriak")
    await town.budi.writes("waktu sendiri")
    await town.passes(minutes=1)
    await town.budi.taps("“Kamu cemas menungguku?”")
    await town.passes(minutes=2)
    await town.budi.heard()

    await town.budi.taps("3")

    assert "keluarga1.client.task_alone" in await town.budi.heard()
    assert not [one for one in town.budi.phone.buttons if "makan malam" in one]


async def test_the_work_card_names_what_the_client_can_do(town: Town) -> None:
    await begins(town.budi, "kerja1")
    await town.budi.taps("Menjahit")
    await town.budi.taps("Itu modalku")
    await town.budi.writes("servis kipas")
    await town.budi.taps("Bisa dilepas sendiri")
    await town.budi.taps("Sertifikat")

    assert "Saya bisa: Menjahit, servis kipas." in town.budi.phone.newest.text
    assert await kept(town, town.budi, "skill") == ["Menjahit, servis kipas"]


async def test_a_promise_that_is_too_big_is_cut_before_it_is_made(town: Town) -> None:
    await begins(town.budi, "keluarga2")
    await town.budi.taps("Jam pulangku")
    await town.budi.taps("Di rumah sebelum jam 9")
    await town.budi.taps("Ragu")
    await town.budi.writes("kirim kabar kalau telat")
    await town.budi.taps("Centang di kertas dinding")
    await town.passes(hours=8)

    await begins(town.budi, "keluarga2")

    assert "kirim kabar kalau telat" in town.budi.phone.newest.text


@pytest.mark.parametrize(
    ("finished", "shown"),
    [(False, "Mulai dari yang mana pun boleh."), (True, "Sejauh ini 1 dari ")],
)
async def test_the_list_of_needs_says_how_far_one_has_come(
    town: Town, finished: bool, shown: str
) -> None:
    async with town.database.transaction() as db:
        run = module_runs.ModuleRun(
            client_id=town.budi.id,
            module="GERAK",
            before=6,
            after=3 if finished else None,
            finished_at=town.clock.now(),
        )
        await module_runs.add(db, run)

    await town.budi.writes("/latihan")

    assert shown in town.budi.phone.newest.text


async def test_an_exercise_lived_through_twice_is_listed_with_its_count(town: Town) -> None:
    async with town.database.transaction() as db:
        for _ in range(2):
            run = module_runs.ModuleRun(
                client_id=town.budi.id,
                module="GERAK",
                before=6,
                after=3,
                finished_at=town.clock.now(),
            )
            await module_runs.add(db, run)

    await town.budi.taps_data(f"d:module_need:{town.budi.id}:kegiatan")

    shown = town.budi.phone.newest.text
    assert "<b>Gerak dulu</b> (sudah 2 kali)" in shown
    assert "<b>Jadwal hariku</b>: " in shown
