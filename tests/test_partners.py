"""A partner who has had enough of messages: asked once, thanked, and welcome to come back."""

from __future__ import annotations

import pytest

from aftercare.messages import Lane, Message, Terms
from aftercare.records import outbox, people
from aftercare.records.outbox import Cause
from aftercare.rules import discretion
from tests.test_community import SENTENCE, all_activities, joined, published
from tests.town import Neighbour, Town


@pytest.fixture
async def mekar(town: Town) -> Neighbour:
    return await town.staff("Mekar Sari", "partner")


async def stops(mekar: Neighbour) -> None:
    await mekar.writes("/berhenti")
    await mekar.taps("Ya, berhenti")


async def test_mekar_is_asked_once_and_then_told_how_to_come_back(
    town: Town, mekar: Neighbour
) -> None:
    await mekar.writes("/berhenti")
    assert await mekar.heard() == ["control.partner.stop"]
    assert (await mekar.row()).left_at is None

    await mekar.taps("Ya, berhenti")

    assert await mekar.heard() == ["control.partner.left"]
    assert "/start" in mekar.phone.newest.text
    assert discretion.told(mekar.phone.newest.text) is None
    assert (await mekar.row()).left_at == town.clock.now()


async def test_mekar_changes_her_mind(mekar: Neighbour) -> None:
    await mekar.writes("/berhenti")

    await mekar.taps("Tidak jadi")

    assert (await mekar.heard())[-1] == "control.partner.stays"
    assert (await mekar.row()).left_at is None


async def test_the_head_hears_once_that_she_has_stopped(town: Town, mekar: Neighbour) -> None:
    await mekar.writes("/berhenti")
    button = mekar.phone.newest
    await mekar.taps("Ya, berhenti")
    await town.passes(minutes=5)
    mekar.phone.taps_data(next(d for row in button.rows for _, d, _ in row if d), button)
    await town.settle()

    assert await town.hendra.heard() == ["control.staff.partner_left_free"]
    assert "Mekar Sari" in town.hendra.phone.newest.text
    assert await town.sari.heard() == []


async def test_where_no_head_can_be_reached_the_officers_hear(town: Town, mekar: Neighbour) -> None:
    async with town.database.transaction() as db:
        (await people.get(db, town.hendra.id)).left_at = town.clock.now()

    await stops(mekar)

    assert await town.sari.heard() == ["control.staff.partner_left_free"]
    assert await town.dewi.heard() == ["control.staff.partner_left_free"]


async def test_her_activities_go_on_and_she_is_told_so_first(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi)

    await mekar.writes("/berhenti")
    assert await mekar.heard() == ["control.partner.stop_with_activities"]
    await mekar.taps("Ya, berhenti")

    assert [one.state for one in await all_activities(town)] == ["open"]
    assert await town.hendra.heard() == ["control.staff.partner_left"]
    assert await town.budi.heard() == []


async def test_nothing_that_we_start_reaches_her_any_more(town: Town, mekar: Neighbour) -> None:
    await published(mekar)
    await joined(town.budi)
    await stops(mekar)
    await mekar.heard()

    await town.sari.writes("/kegiatan")
    await town.sari.taps("Senam")
    await town.sari.taps("Batalkan")
    await town.sari.taps("Ya, batalkan")
    async with town.database.transaction() as db:
        news, now = Message("community.host.none"), town.clock.now()
        to = await people.get(db, mekar.id)
        outbox.post(db, news, to=to, because=Cause("test", now), terms=Terms(Lane.PROMPT))
    await town.passes(days=7)

    assert await mekar.heard() == []


async def test_meanwhile_she_reads_only_how_to_begin_again_and_whom_to_call(
    town: Town, mekar: Neighbour
) -> None:
    await stops(mekar)
    await mekar.heard()

    for words in (SENTENCE, "/menu", "/berhenti", "halo"):
        await mekar.writes(words)
    assert await mekar.heard() == ["welcome.partner.not_yet"] * 4
    assert await all_activities(town) == []

    await mekar.writes("/bantuan")
    assert await mekar.heard() == ["control.partner.help"]


async def test_with_start_she_is_back_and_can_publish(town: Town, mekar: Neighbour) -> None:
    await stops(mekar)
    await town.passes(days=30)
    await mekar.heard()

    await mekar.writes("/start")
    assert await mekar.heard() == ["control.partner.back", "menu.partner.overview"]

    await published(mekar)
    assert len(await all_activities(town)) == 1


async def test_the_button_that_ends_it_is_good_for_a_day(town: Town, mekar: Neighbour) -> None:
    await mekar.writes("/berhenti")
    await town.passes(days=1, minutes=1)

    await mekar.taps("Ya, berhenti")

    assert (await mekar.row()).left_at is None
    assert (await mekar.heard())[-1] == "answer.anyone.passed"


async def test_an_open_question_ends_with_it(town: Town, mekar: Neighbour) -> None:
    await mekar.writes("/kegiatan_baru")
    await stops(mekar)
    await mekar.heard()

    await mekar.writes("senam Sabtu jam 7 di lapangan")

    assert await mekar.heard() == ["welcome.partner.not_yet"]
    assert await all_activities(town) == []
