"""Erased also where others were told of a client, and handed over whole before that."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select

from aftercare.casework.rights import erasing
from aftercare.records import clients
from aftercare.records.outbox import Outgoing
from tests import newcomers
from tests.test_sessions import book
from tests.town import Neighbour, Town


async def test_after_erasing_nobody_else_has_the_name_in_their_messages(town: Town) -> None:
    """Officer, mother and host were told of Budi by name, each in their own way."""
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders", "invitations")
    mekar = await town.staff("Mekar Sari", "partner")
    await mekar.writes("/kegiatan baru senam Sabtu jam 7 di lapangan Tegalega")
    await mekar.taps("Ya, umumkan")
    await town.budi.writes("/kegiatan")
    await town.budi.taps("Ikut")
    await town.budi.taps("Boleh")
    await book(town, town.clock.now() + timedelta(days=6), kind="konseling keluarga")
    await town.budi.taps("Undang Siti")
    await town.passes(days=9)

    others = [town.sari, siti, mekar]
    assert all([await _named(town, one) for one in others])
    await town.budi.writes("/hapus")
    await town.budi.taps("Ya, hapus semuanya")

    left = [key for one in others for key in await _named(town, one)]
    assert left == ["control.officer.left"]  # said at this very moment


async def _named(town: Town, who: Neighbour) -> list[str]:
    async with town.database.transaction() as db:
        found = await db.scalars(select(Outgoing).where(Outgoing.person_id == who.id))
        return [row.key for row in found if "Budi" in str(row.content)]


async def test_the_copy_holds_the_other_hours_budi_wished_for(town: Town) -> None:
    await book(town, town.clock.now() + timedelta(days=6))
    await town.budi.taps("Ubah jadwal")
    await town.budi.taps(town.budi.phone.buttons[0])
    await town.budi.writes("/data")

    await town.budi.taps("Kirim sekarang")

    sent = town.budi.phone.newest.picture
    assert sent is not None
    (wish,) = json.loads(sent.content)["permintaan_ganti_waktu"]
    assert wish["answer"] is None


async def test_whoever_says_yes_again_after_erasing_takes_part_anew(town: Town) -> None:
    async with town.database.transaction() as db:
        await erasing.erase(db, await clients.get(db, town.budi.id), town.clock.now())
    await town.budi.writes("/start")

    await town.budi.taps("Ya, aku ikut")

    async with town.database.transaction() as db:
        assert (await clients.get(db, town.budi.id)).takes_part
        caseload = await clients.of_officer(db, town.sari.id)
    assert town.budi.id in [one.id for one in caseload]
