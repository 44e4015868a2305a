"""One-time links: good once, for one person, on one phone at a time."""

from __future__ import annotations

import asyncio

from aftercare.casework.taking_part import linking
from aftercare.casework.taking_part.linking import Link
from aftercare.clock import MovableClock
from aftercare.records import invites, people
from tests import newcomers
from tests.town import Town


async def test_a_link_makes_the_phone_that_opens_it_the_client_it_was_made_for(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")

    await asep.writes(f"/start {code}")

    assert (await asep.row()).telegram_id == asep.phone.chat
    assert (await asep.heard())[0] == "welcome.client.hello"
    assert asep.phone.messages[0].text.startswith("Halo Asep, salam kenal.")


async def test_each_role_finds_its_own_commands_in_the_menu(town: Town) -> None:
    asep, of_client = await newcomers.client(town, "Asep")
    rina, of_officer = await newcomers.staff(town, "Rina", "officer")

    await asep.writes(f"/start {of_client}")
    await rina.writes(f"/start {of_officer}")

    assert "jeda" in dict(asep.phone.menu)
    assert "jadwalkan" in dict(rina.phone.menu)
    assert "jeda" not in dict(rina.phone.menu)
    assert await rina.heard() == ["welcome.officer.hello"]


async def test_a_head_and_a_partner_are_greeted_in_their_own_words(town: Town) -> None:
    for name, role in (("Wati", "head"), ("Yayasan", "partner")):
        newcomer, code = await newcomers.staff(town, name, role)

        await newcomer.writes(f"/start {code}")

        assert await newcomer.heard() == [f"welcome.{role}.hello"]


async def test_a_second_phone_cannot_use_the_same_link(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")
    await asep.writes(f"/start {code}")
    ujang = await town.stranger()

    await ujang.writes(f"/start {code}")

    assert "pernah dipakai" in ujang.phone.newest.text
    assert (await asep.row()).telegram_id == asep.phone.chat


async def test_two_phones_that_open_a_link_in_the_same_moment_are_one_client(town: Town) -> None:
    _, code = await newcomers.client(town, "Asep")

    async def opens(chat: int) -> Link:
        async with town.database.transaction() as db:
            visitor = people.add(db, "stranger", None, now=town.clock.now())
            visitor.telegram_id = chat
            await db.flush()
            link, _ = await linking.open_(db, code, visitor, town.clock.now())
            return link

    found = await asyncio.gather(opens(901), opens(902))

    assert sorted(link.name for link in found) == ["OPENED", "USED"]


async def test_the_same_person_may_tap_the_link_again(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")
    await asep.writes(f"/start {code}")
    await asep.heard()

    await asep.writes(f"/start {code}")

    assert await asep.heard() == ["welcome.client.join"]


async def test_a_link_ends_after_fourteen_days(town: Town, clock: MovableClock) -> None:
    asep, code = await newcomers.client(town, "Asep")
    clock.passes(days=14)

    await asep.writes(f"/start {code}")

    assert "lewat masa berlakunya" in asep.phone.newest.text
    assert (await asep.row()).telegram_id is None


async def test_a_link_that_nobody_made_is_answered_kindly(town: Town) -> None:
    ujang = await town.stranger()

    await ujang.writes("/start ini-bukan-kode")

    assert "tidak mengenali tautan ini" in ujang.phone.newest.text


async def test_an_account_that_is_somebody_else_here_cannot_take_a_link(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")

    await town.budi.writes(f"/start {code}")

    assert await town.budi.heard() == ["link.anyone.taken"]
    await asep.writes(f"/start {code}")
    assert (await asep.row()).telegram_id == asep.phone.chat


async def test_a_client_who_lost_the_phone_goes_on_from_a_new_one(town: Town) -> None:
    old = town.budi.phone
    async with town.database.transaction() as db:
        code = invites.make(db, town.budi.id, town.clock.now())
    town.budi.phone = town.phones.phone(555)

    await town.budi.writes(f"/start {code}")

    assert await town.budi.heard() == ["link.client.back", "menu.client.overview"]
    assert (await town.budi.row()).telegram_id == 555
    old.writes("halo")
    await town.settle()
    assert "belum terhubung" in old.newest.text


async def test_the_officer_hears_that_a_client_writes_from_a_new_account(town: Town) -> None:
    async with town.database.transaction() as db:
        code = invites.make(db, town.budi.id, town.clock.now())
    town.budi.phone = town.phones.phone(555)

    await town.budi.writes(f"/start {code}")

    assert await town.sari.heard() == ["link.officer.moved"]


async def test_a_first_link_is_no_news_for_the_officer(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")

    await asep.writes(f"/start {code}")

    assert await town.sari.heard() == []


async def test_an_officer_who_had_left_is_back_with_a_new_link(town: Town) -> None:
    async with town.database.transaction() as db:
        (await people.get(db, town.sari.id)).left_at = town.clock.now()
        code = invites.make(db, town.sari.id, town.clock.now())

    await town.sari.writes(f"/start {code}")

    assert (await town.sari.row()).left_at is None


async def test_a_stranger_hears_one_explanation_an_hour_and_nothing_else(town: Town) -> None:
    ujang = await town.stranger()

    await ujang.writes("halo")
    await ujang.writes("siapa ini?")
    await ujang.writes("/menu")
    await ujang.writes("/start")
    await ujang.sends(sticker={"file_id": "1", "file_unique_id": "1", "type": "regular",
                               "width": 1, "height": 1, "is_animated": False,
                               "is_video": False})  # fmt: skip

    assert len(ujang.phone.messages) == 1
    assert "program pendamping, bukan orang" in ujang.phone.newest.text
    await town.passes(hours=1)
    await ujang.writes("masih di sini")
    assert len(ujang.phone.messages) == 2


async def test_of_a_stranger_only_an_empty_row_is_kept(town: Town) -> None:
    ujang = await town.stranger()

    await ujang.writes("namaku Ujang")

    async with town.database.transaction() as db:
        row = await people.by_telegram_id(db, ujang.phone.chat)
    assert row is not None
    assert (row.audience, row.name, row.nickname, row.office_id) == ("stranger", None, None, None)


async def test_a_group_is_not_answered(town: Town) -> None:
    chat = {"id": -5, "type": "group", "title": "Warga"}

    await town.budi.sends(text="/menu", chat=chat)

    assert await town.budi.heard() == []
    assert town.phones.phone(-5).messages == []
