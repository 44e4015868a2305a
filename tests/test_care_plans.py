"""/rencana: the plan made of a client's own words, as text, as a picture, and gone on request."""

from __future__ import annotations

import struct
from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.casework.exercises import care_plan_picture, care_plans
from aftercare.records import module_runs
from aftercare.records.module_runs import Artefact
from aftercare.rules import discretion
from bot.flows.library import Library
from bot.flows.model import DoStep
from kawan import house
from tests.town import Neighbour, Town


async def keeps(town: Town, kind: str, words: str, who: Neighbour | None = None) -> int:
    async with town.database.transaction() as db:
        one = Artefact(
            client_id=(who or town.budi).id,
            kind=kind,
            words=words,
            module="AMAN",
            made_at=town.clock.now(),
        )
        db.add(one)
        await db.flush()
        return one.id


async def words_of(town: Town, who: Neighbour) -> list[str]:
    """Everything that is in the records, taken back or not."""
    async with town.database.transaction() as db:
        found = await db.scalars(select(Artefact).where(Artefact.client_id == who.id))
        return [one.words for one in found]


async def test_what_was_kept_stands_in_its_section_newest_first(town: Town) -> None:
    await keeps(town, "reason", "Anakku")
    await keeps(town, "reason", "Ibu")
    await keeps(town, "safe_person", "Teh Rina <kakak>")
    await keeps(town, "note", "cerita yang cuma milikku")

    await town.budi.writes("/rencana")

    shown = town.budi.phone.newest.text
    assert "<b>Alasanku</b>\n• Ibu\n• Anakku" in shown
    assert "<b>Orang amanku</b>\n• Teh Rina &lt;kakak&gt;" in shown
    assert "Tanda awalku" not in shown
    assert "cerita yang" not in shown


async def test_the_first_line_tells_a_lock_screen_nothing(town: Town) -> None:
    await keeps(town, "trigger", "Lapas lama")
    await town.budi.writes("/rencana")

    first = town.budi.phone.newest.text.splitlines()[0]
    assert first == "Ini catatanmu, Budi. Cuma kamu yang melihatnya."
    assert discretion.is_neutral(first)


async def test_an_empty_section_leads_to_the_exercise_that_fills_it(town: Town) -> None:
    await keeps(town, "reason", "Anakku")
    await town.budi.writes("/rencana")
    assert "Isi alasanku" not in town.budi.phone.buttons
    assert len([one for one in town.budi.phone.buttons if one.startswith("Isi ")]) == 7

    await town.budi.taps("Isi janjiku")

    assert (await town.budi.heard())[-1] == "keluarga2.client.before"


async def test_with_nothing_kept_there_are_two_ways_to_begin(town: Town) -> None:
    await town.budi.writes("/rencana")
    assert town.budi.phone.buttons == ["Rencana Jaga Diri", "Rencana Aman"]

    await town.budi.taps("Rencana Aman")

    assert await town.budi.heard() == ["plan.client.empty", "aman.client.before"]


async def test_when_every_section_is_filled_nothing_is_asked_for(town: Town) -> None:
    for kind in care_plans.SECTIONS:
        await keeps(town, kind, f"kata {kind}")
    await town.budi.writes("/rencana")

    assert town.budi.phone.buttons == ["Kirim sebagai gambar", "Hapus satu catatan"]
    assert "Semua bagian sudah terisi" in town.budi.phone.newest.text


async def test_the_longest_plan_still_fits_into_one_message(town: Town) -> None:
    for kind in care_plans.SECTIONS:
        for number in range(5):
            await keeps(town, kind, f"{number} " + "panjang sekali & " * 30)
    await town.budi.writes("/rencana")

    assert await town.budi.heard() == ["plan.client.card"]
    assert len(town.budi.phone.newest.text.replace("&amp;", "&")) < 4096


async def test_an_entry_goes_for_good_after_one_more_question(town: Town) -> None:
    await keeps(town, "coping", "Wudu")
    async with town.database.transaction() as db:
        (older,) = await module_runs.artefacts(db, town.budi.id, "coping")
        older.removed_at = town.clock.now()
    await keeps(town, "coping", "wudu")  # said again: the older one was taken back
    await keeps(town, "coping", "Jalan kaki")

    await town.budi.writes("/rencana")
    await town.budi.taps("Hapus satu catatan")
    await town.budi.taps("wudu")
    assert "<b>wudu</b>" in town.budi.phone.newest.text
    assert sorted(await words_of(town, town.budi)) == ["Jalan kaki", "Wudu", "wudu"]
    await town.budi.taps("Ya, hapus")

    assert await words_of(town, town.budi) == ["Jalan kaki"]


async def test_an_entry_stays_when_its_owner_thinks_again(town: Town) -> None:
    kept = await keeps(town, "place", "Masjid dekat rumah")
    await town.budi.taps_data(f"d:plan_entry:{kept}")
    await town.budi.taps("Simpan saja")

    assert await words_of(town, town.budi) == ["Masjid dekat rumah"]


async def test_many_entries_come_page_by_page(town: Town) -> None:
    for number in range(8):
        await keeps(town, "plan", f"Langkah {number}")
    await town.budi.taps_data("d:plan_remove:1")
    assert len(town.budi.phone.buttons) == 7

    await town.budi.taps("Catatan lain")
    assert town.budi.phone.buttons == ["Langkah 1", "Langkah 0", "Catatan lain"]

    await town.budi.taps_data("d:plan_remove:99")
    assert town.budi.phone.buttons == ["Langkah 1", "Langkah 0", "Catatan lain"]


@pytest.mark.parametrize("deed", ["plan_entry", "plan_forget"])
async def test_nobody_sees_or_removes_what_somebody_else_kept(town: Town, deed: str) -> None:
    ujang = await town.client("Ujang")
    theirs = await keeps(town, "reason", "Adikku", ujang)

    await town.budi.taps_data(f"d:{deed}:{theirs}")

    assert "Adikku" not in town.budi.phone.newest.text
    assert await words_of(town, ujang) == ["Adikku"]


async def test_only_a_client_has_a_plan(town: Town) -> None:
    await keeps(town, "reason", "Anakku")
    await town.sari.writes("/rencana")
    await town.sari.taps_data("d:plan_picture:0")

    assert not any("Anakku" in heard.text for heard in town.sari.phone.messages)
    assert not any(heard.picture for heard in town.sari.phone.messages)


async def test_the_picture_comes_with_words_that_tell_nothing(town: Town) -> None:
    await keeps(town, "safe_person", "Teh Rina")
    await town.budi.writes("/rencana")
    await town.budi.taps("Kirim sebagai gambar")

    newest = town.budi.phone.newest
    assert newest.picture is not None
    assert newest.picture.name == "catatan.png"
    assert size(newest.picture.content)[0] == 800
    assert newest.text.startswith("Ini catatanmu, Budi.")
    assert "Rina" not in newest.text


async def test_an_old_button_for_a_picture_of_nothing_says_so(town: Town) -> None:
    await town.budi.taps_data("d:plan_picture:0")

    assert await town.budi.heard() == ["plan.client.nothing_left"]


async def test_what_was_said_twice_and_what_was_taken_back_is_not_shown(town: Town) -> None:
    kept = await keeps(town, "reason", "Ibu")
    async with town.database.transaction() as db:
        (await db.get_one(Artefact, kept)).removed_at = town.clock.now() - timedelta(days=1)
    await town.budi.writes("/rencana")

    assert await town.budi.heard() == ["plan.client.empty"]


def test_a_picture_takes_any_words_and_is_the_same_every_time() -> None:
    page = {"reason": ["$anak$ & <ibu> 🌊", "kata " * 30], "safe_person": ["🌊"]}

    assert care_plan_picture.draw(page) == care_plan_picture.draw(page)
    assert size(care_plan_picture.draw(page))[1] > size(care_plan_picture.draw({}))[1]
    assert care_plan_picture.drawable("laut 🌊 é") == "laut  é"


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(("kind", "module"), care_plans.SECTIONS.items())
def test_the_exercise_behind_a_section_really_fills_it(kind: str, module: str) -> None:
    stage, _ = house.content()
    assert isinstance(stage.flows, Library)
    flow = stage.flows.modules()[module]
    kept = [
        step.args["kind"]
        for step in flow.steps.values()
        if isinstance(step, DoStep) and step.action == "keep_artefact"
    ]

    assert kind in kept
