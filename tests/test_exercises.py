"""Exercises as people live through them: own words come back, choices change the way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from aftercare.records import module_runs
from aftercare.records.outbox import Outgoing
from tests.town import Neighbour, Town


async def begins(who: Neighbour, module: str, *answers: str) -> None:
    """The exercise up to the answer to these; a label where there is one, else own words."""
    await who.taps_data(f"d:module:{who.id}:{module}")
    await answers_with(who, *answers)


async def answers_with(who: Neighbour, *answers: str) -> None:
    for answer in answers:
        if any(answer in label for label in who.phone.buttons):
            await who.taps(answer)
        else:
            await who.writes(answer)


async def kept(town: Town, kind: str) -> list[str]:
    async with town.database.transaction() as db:
        found = await module_runs.artefacts(db, town.budi.id, kind)
    return [one.words for one in found]


async def test_an_answer_in_a_role_play_changes_how_it_goes_on(town: Town) -> None:
    await begins(town.budi, "tolak", "7", "Teman lama", "Lihat nanti", "Diam saja")
    heard = await town.budi.heard()
    assert "tolak.client.soft_silent" in heard

    await answers_with(town.budi, "sebentar saja", "Nggak jadi")
    heard = await town.budi.heard()
    assert heard[-2:] == ["tolak.client.firm_back", "tolak.client.leave"]


async def test_a_refusal_in_own_words_is_said_aloud_and_offered_again(town: Town) -> None:
    first = ("7", "Saudara", "Makasih", "Nggak. Jangan", "Besok juga", "Langsung keluar")
    await begins(town.budi, "tolak", *first)
    await town.passes(minutes=1)
    await town.budi.writes("Aku pilih anakku")
    await town.passes(minutes=1)
    await answers_with(town.budi, "3", "Rumah Teh Rina", "Belum dulu")
    assert await kept(town, "sentence") == ["Aku pilih anakku"]
    assert await kept(town, "plan") == ["Rumah Teh Rina"]

    await begins(town.budi, "tolak", *first)
    await town.passes(minutes=1)
    await town.budi.taps("Pakai yang dulu")
    assert "Aku pilih anakku" in town.budi.phone.newest.text


async def test_five_minutes_come_when_they_were_wished_and_last_five_minutes(town: Town) -> None:
    await begins(town.budi, "nilai", "8", "Keluarga", "Jujur", "Dipercaya lagi", "Ini tigaku")
    await town.passes(minutes=1)
    await answers_with(town.budi, "Bapak selalu pulang", "Video call anak", "Tidak ada")
    await town.budi.taps("1 jam lagi")
    await town.budi.heard()
    asked_at = town.clock.now()
    await town.passes(hours=1, minutes=1)
    assert await town.budi.heard() == ["nilai.client.due"]

    await town.budi.taps("Siap")
    await town.passes(minutes=6)
    assert (await town.budi.heard())[-1] == "nilai.client.done_it"
    async with town.database.transaction() as db:
        due = await db.scalar(select(Outgoing.sent_at).where(Outgoing.key == "nilai.client.due"))
    assert due == asked_at + timedelta(hours=1)
    assert await kept(town, "value") == ["Keluarga, Jujur, Dipercaya lagi"]


async def test_a_step_that_was_too_big_is_made_smaller_the_next_time(town: Town) -> None:
    await begins(town.budi, "masalah", "8", "Motor hilang, cicilan jalan", "Sedikit saja")
    await town.passes(minutes=2)
    await answers_with(town.budi, "Tanya kantornya", "Satu itu saja", "Datangi kantornya")
    await town.budi.taps("Besok pagi")
    await town.passes(minutes=1)
    await town.budi.taps("5")
    (run,) = await runs(town)
    assert (run.module, run.task) == ("MASALAH", "pagi")

    await begins(town.budi, "masalah", "6")
    assert "Datangi kantornya" in town.budi.phone.newest.text
    await town.budi.taps("kecilkan lagi")
    await town.passes(minutes=1)
    assert (await town.budi.heard())[-1] == "masalah.client.first"


async def runs(town: Town) -> list[module_runs.ModuleRun]:
    async with town.database.transaction() as db:
        return await module_runs.of_client(db, town.budi.id)


async def test_who_might_be_threatened_mutes_instead_of_blocking(town: Town) -> None:
    await begins(town.budi, "nomor", "6", "Mungkin ada", "Lanjut sendiri", "WhatsApp", "orang itu")

    assert (await town.budi.heard())[-1] == "nomor.client.mute"


async def test_a_change_that_matters_not_at_all_is_left_at_that(town: Town) -> None:
    await begins(town.budi, "timbang", "7", "Ikut pertemuan", "Tidur siang", "Tidak ada")
    await answers_with(town.budi, "Bangun pagi", "Tidak tahu")
    await town.passes(minutes=1)
    await answers_with(town.budi, "0", "Tidak ada", "Tetap dulu")

    assert "timbang.client.lean_stay" in await town.budi.heard()
    assert await kept(town, "reason") == []
