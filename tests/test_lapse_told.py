"""Whoever writes of having used: support, the body, who can read it, and then a choice."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from aftercare.records import module_runs
from aftercare.records.alerts import Alert
from aftercare.records.columns import Base
from aftercare.records.conversations import ConversationRow
from aftercare.rules import wording
from tests.town import Neighbour, Town

#: Nobody else writes this word, so that it can be looked for everywhere.
SECRET = "semangkukmelati"
TOLD = f"gw make lagi semalem, di rumah {SECRET}"
BODY = ["understood.client.lapse", "lapse_told.client.body"]


@pytest.fixture
async def budi(town: Town) -> Neighbour:
    await town.budi.heard()
    return town.budi


async def everything(town: Town) -> str:
    """Every value of every row of every table, unlocked."""
    async with town.database.transaction() as db:
        rows: list[Any] = []
        for table in Base.metadata.sorted_tables:
            rows += [tuple(row) for row in await db.execute(select(table))]
    return repr(rows)


async def raw(town: Town) -> bytes:
    """The bytes that the database keeps, as whoever copies it would see them."""
    if town.database.is_sqlite:
        file = Path(str(town.database.url.database))
        return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    async with town.database.transaction() as db:
        found = b""
        for table in Base.metadata.sorted_tables:
            rows = await db.execute(text(f'select t::text from "{table.name}" t'))
            found += "\n".join(str(row[0]) for row in rows).encode()
    return found


async def staff_heard(town: Town) -> list[str]:
    return [key for one in (town.sari, town.dewi, town.hendra) for key in await one.heard()]


async def alerts(town: Town) -> list[Alert]:
    async with town.database.transaction() as db:
        return list(await db.scalars(select(Alert)))


async def test_support_comes_first_then_the_body_then_who_can_read_it_before_anything_is_asked(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    assert await budi.heard() == BODY
    support, body = budi.phone.messages[-2:]
    assert "tidak sampai ke Sari atau keluargamu" in support.text
    assert "gawat" in body.text.lower()

    await budi.taps("Badanku baik")

    assert await budi.heard() == ["lapse_told.client.notice_words"]
    shown = budi.phone.newest.text
    assert "hanya kamu yang pegang" in shown
    assert "tidak otomatis tahu" in shown
    assert "proses hukum" in shown
    assert budi.phone.buttons == [
        "Simpan sendiri", "Hapus", "Minta Sari menghubungiku", "Info tempat berobat (IPWL)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["aku kepleset kemarin", "kemarin nyabu dikit", "tadi siang sempet make dikit pak, maaf",
     "saya relapse", "semalem jebol lagi gw"],
)  # fmt: skip
async def test_it_is_heard_however_it_is_said(town: Town, budi: Neighbour, words: str) -> None:
    await budi.writes(words)

    assert await budi.heard() == BODY


async def test_nothing_goes_to_anybody_by_itself(town: Town, budi: Neighbour) -> None:
    for choice in ("Simpan sendiri", "Hapus", "Info tempat berobat"):
        await budi.writes(TOLD)
        await budi.taps("Badanku baik")
        await budi.taps(choice)
        if choice.startswith("Info"):
            await budi.taps("Hapus")
        await budi.taps("Tidak sekarang")
    await town.passes(days=2)

    heard = await staff_heard(town)
    assert [key for key in heard if key.startswith(("alert", "officer_message", "crisis"))] == []
    assert await alerts(town) == []


async def test_deleted_words_are_nowhere_any_more(
    town: Town, budi: Neighbour, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "aftercare"), caplog.at_level(logging.DEBUG, "bot"):
        await budi.writes(TOLD)
        assert SECRET in await everything(town)
        await budi.taps("Badanku baik")
        await budi.taps("Hapus")

    assert "lapse_told.client.dropped_told" in await budi.heard()
    assert SECRET not in await everything(town)
    assert SECRET.encode() not in await raw(town)
    assert SECRET not in caplog.text


async def test_the_words_stand_nowhere_but_in_the_conversation_while_it_is_open(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    await budi.taps("Badanku baik")

    async with town.database.transaction() as db:
        for row in await db.scalars(select(ConversationRow)):
            row.content = {"answers": {}, "values": {}}

    assert SECRET not in await everything(town)
    assert SECRET.encode() not in await raw(town)


async def test_kept_words_are_the_clients_alone_and_locked(town: Town, budi: Neighbour) -> None:
    await budi.writes(TOLD)
    await budi.taps("Badanku baik")
    await budi.taps("Simpan sendiri")

    assert "lapse_told.client.kept" in await budi.heard()
    async with town.database.transaction() as db:
        (kept,) = await module_runs.artefacts(db, budi.id, "note")
    assert (kept.words, kept.module) == (TOLD, "LAPSE")
    assert SECRET.encode() not in await raw(town)
    async with town.database.transaction() as db:
        await module_runs.forget(db, budi.id, "note", "LAPSE")
    assert SECRET not in await everything(town)


async def test_a_second_wish_for_a_call_on_the_same_day_is_passed_on(
    town: Town, budi: Neighbour
) -> None:
    for _ in range(2):
        await budi.writes(TOLD)
        await budi.taps("Badanku baik")
        await budi.taps("menghubungiku")
        await budi.taps("Tidak sekarang")
        assert "alert.staff.wants_contact" in await town.sari.heard()
        await town.sari.taps("Tutup")
        await town.sari.taps("Sudah bicara")
        await town.sari.heard()
        await town.passes(minutes=20)


async def test_a_call_is_asked_for_without_a_word_of_why(town: Town, budi: Neighbour) -> None:
    await budi.writes(TOLD)
    await budi.taps("Badanku baik")
    await town.sari.heard()
    await budi.taps("menghubungiku")

    assert await town.sari.heard() == ["alert.staff.wants_contact"]
    shown = town.sari.phone.newest.text
    assert not {"make", "pakai", "terpeleset", "kambuh", SECRET} & set(shown.lower().split())
    (alert,) = await alerts(town)
    assert alert.because == [["asked", {}]]
    assert SECRET not in await everything(town)


async def test_information_comes_before_the_choice_and_takes_nothing(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    await budi.taps("Badanku baik")
    await budi.heard()

    await budi.taps("Info tempat berobat (IPWL)")

    told, asked = await budi.heard()
    assert (told, asked) == ("lapse_told.client.clinic_words_told", "lapse_told.client.after_info")
    assert any("tanyakan ke petugas atau LBH" in one.text for one in budi.phone.messages)
    await budi.taps("Hapus")
    assert SECRET not in await everything(town)


async def test_words_about_which_nothing_is_chosen_are_gone_by_themselves(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    await budi.taps("Badanku baik")

    await town.passes(hours=7)

    assert SECRET not in await everything(town)


async def test_leaving_takes_the_words_along(town: Town, budi: Neighbour) -> None:
    await budi.writes(TOLD)
    await budi.writes("/berhenti")

    await budi.taps("Semua pesan")

    assert SECRET not in await everything(town)


async def test_stopping_this_conversation_takes_the_words_along(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    await budi.writes("/berhenti")

    await budi.taps("Obrolan ini saja")

    assert SECRET not in await everything(town)


async def test_a_body_in_danger_brings_people_at_once_and_takes_no_words_along(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    await budi.taps("Gawat, panggil bantuan")

    assert "crisis.client.card_overdose" in await budi.heard()
    assert any(key.startswith("alert.staff.crisis") for key in await town.sari.heard())
    assert SECRET not in await everything(town)


async def test_who_feels_unwell_hears_what_to_do_first(town: Town, budi: Neighbour) -> None:
    await budi.writes(TOLD)
    await budi.heard()

    await budi.taps("Kurang enak, tapi sadar")

    assert await budi.heard() == ["lapse_told.client.unwell", "lapse_told.client.notice_words"]


async def test_more_words_while_it_is_open_are_heard_and_not_kept(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes("gw make lagi semalem")
    await budi.heard()

    await budi.writes(f"tadi pagi gw nyabu lagi bareng {SECRET}")

    assert await budi.heard() == ["understood.client.lapse_again", "lapse_told.client.body"]
    assert SECRET not in await everything(town)


async def test_a_tapped_meaning_brings_no_words_to_keep(town: Town, budi: Neighbour) -> None:
    await budi.taps_data(f"d:meant:{int(town.clock.now().timestamp()) * 10}:lapse")
    await budi.taps("Badanku baik")

    assert (await budi.heard())[-1] == "lapse_told.client.notice"
    assert budi.phone.buttons == [
        "Minta Sari menghubungiku", "Info tempat berobat (IPWL)", "Cukup cerita saja",
    ]  # fmt: skip


async def test_the_exercise_is_offered_afterwards_and_begins_with_one_tap(
    town: Town, budi: Neighbour
) -> None:
    await budi.writes(TOLD)
    for label in ("Badanku baik", "Hapus", "Mau, temani aku"):
        await budi.taps(label)

    assert (await budi.heard())[-1] == "lapse.client.notice"


async def test_an_open_check_in_is_taken_up_again_after_it(town: Town, budi: Neighbour) -> None:
    await budi.writes("/cekin")
    await budi.writes("biasa saja")
    await budi.writes(TOLD)
    for label in ("Badanku baik", "Hapus"):
        await budi.taps(label)
    await budi.heard()

    await budi.taps("Tidak sekarang")

    assert await budi.heard() == ["lapse_told.client.goodbye", "check_in_daily.client.urge"]


async def test_a_lock_screen_tells_nothing(town: Town, budi: Neighbour) -> None:
    await budi.writes(TOLD)
    for label in ("Badanku baik", "Info tempat berobat (IPWL)", "Simpan sendiri"):
        await budi.taps(label)

    for heard in budi.phone.messages:
        first = wording.visible(heard.text)[:60].lower()
        for word in ("sabu", "narkoba", "memakai", "pakai", "rehab", "ipwl", "penjara", "kambuh"):
            assert word not in first
