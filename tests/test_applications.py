"""The client's own log of applications: asked about kindly for weeks, read by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from aftercare.casework import facts
from aftercare.casework.work import applications as work
from aftercare.records import applications, clients, conversations, holdings, outbox, timers
from aftercare.records.applications import Application
from aftercare.rules import wording
from bot.flows import walk
from kawan import house
from tests.test_opportunities import agrees, enters
from tests.town import Neighbour, Town

WHERE = "bengkel Pak Dedi di ujung gang"


async def notes(who: Neighbour, state: str = "Sudah kirim", where: str = WHERE) -> None:
    await who.writes("/lamaran")
    await who.taps("Catat lamaran")
    await who.writes(where)
    await who.taps(state)


async def log_of(town: Town, who: Neighbour) -> list[Application]:
    async with town.database.transaction() as db:
        return await applications.of_client(db, who.id)


async def questions(town: Town, who: Neighbour) -> int:
    """How often this person was asked for news."""
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(outbox.Outgoing).where(
                outbox.Outgoing.person_id == who.id,
                outbox.Outgoing.key == "application_log.client.news",
                outbox.Outgoing.verb == "say",
                outbox.Outgoing.state == "sent",
            )
        )
        return len(list(found))


async def test_a_note_is_asked_about_after_a_week_at_the_clients_hour(town: Town) -> None:
    await notes(town.budi)
    (one,) = await log_of(town, town.budi)
    assert (one.words, one.state) == (WHERE, "sent")
    await town.budi.heard()

    await town.until(town.clock.now() + timedelta(days=7, hours=10))  # six in the evening
    assert await town.budi.heard() == []
    await town.passes(hours=1)

    assert await town.budi.heard() == ["application_log.client.news"]
    assert WHERE in town.budi.phone.newest.text


async def test_a_lock_screen_shows_none_of_the_clients_words(town: Town) -> None:
    await notes(town.budi)
    await town.passes(days=8)

    first = wording.visible(town.budi.phone.newest.text).splitlines()[0]
    assert first == "Ada kabar dari yang kamu tunggu, Budi?"


@pytest.mark.parametrize(
    ("label", "state", "heard", "way", "leads_to"),
    [
        ("Dipanggil", "called", "called", "Mau, latihan sekarang", "kerja2.client.before"),
        ("Diterima", "accepted", "accepted", "Mau, kita siapkan", "uang.client.before"),
        ("Belum berhasil", "not_yet", "not_yet", "Latihan menjawab", "kerja2.client.before"),
        ("Belum berhasil", "not_yet", "not_yet", "Soal omongan orang", "stigma.client.before"),
        ("Belum berhasil", "not_yet", "not_yet", "Istirahat dulu", "application_log.client.rest"),
    ],
)
async def test_every_outcome_has_its_own_answer_and_a_way_on(
    town: Town, label: str, state: str, heard: str, way: str, leads_to: str
) -> None:
    await notes(town.budi)
    await town.passes(days=8)
    await town.budi.heard()

    await town.budi.taps(label)
    assert await town.budi.heard() == [f"application_log.client.{heard}"]
    await town.budi.taps(way)

    assert (await town.budi.heard())[-1] == leads_to
    assert [one.state for one in await log_of(town, town.budi)] == [state]


async def test_waiting_is_asked_about_weekly_and_not_for_ever(town: Town) -> None:
    await notes(town.budi)
    for week in range(1, 7):
        await town.passes(days=7, hours=12) if week == 1 else await town.passes(days=7)
        assert await questions(town, town.budi) == week
        await town.budi.taps("Masih menunggu")

    assert (await town.budi.heard())[-1] == "application_log.client.enough"
    await town.passes(days=21)
    assert await questions(town, town.budi) == 6


async def test_two_questions_without_an_answer_are_an_answer(town: Town) -> None:
    await notes(town.budi)

    await town.passes(days=40)

    assert await questions(town, town.budi) == 2


async def test_once_accepted_nobody_asks_again(town: Town) -> None:
    await notes(town.budi, state="Diterima")
    assert "Selamat, Budi!" in town.budi.phone.newest.text

    await town.passes(days=15)

    assert await questions(town, town.budi) == 0


async def test_news_can_be_told_any_time_from_the_list(town: Town) -> None:
    await notes(town.budi)
    await town.budi.writes("/lamaran")
    assert f"• {WHERE}: sudah kirim" in town.budi.phone.newest.text

    await town.budi.taps(town.budi.phone.buttons[0])
    await town.budi.taps("Dipanggil")
    await town.budi.taps("Nanti saja")
    await town.budi.writes("/lamaran")

    assert f"• {WHERE}: dipanggil" in town.budi.phone.newest.text


async def test_an_application_for_a_shown_opportunity_needs_no_typing(town: Town) -> None:
    number = await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")

    await town.budi.taps("Aku sudah melamar")
    await town.budi.taps("Sudah kirim")

    (one,) = await log_of(town, town.budi)
    assert (one.opportunity_id, one.words) == (number, "Pelatihan jahit dasar, BLK Contoh")


async def test_what_interested_the_client_is_offered_when_a_new_one_is_noted(town: Town) -> None:
    number = await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    await town.budi.writes("/lamaran")
    await town.budi.taps("Catat lamaran")

    await town.budi.taps("Pelatihan jahit dasar")
    await town.budi.taps("Sudah kirim")

    (one,) = await log_of(town, town.budi)
    assert one.opportunity_id == number


async def test_another_interest_meanwhile_changes_nothing_about_the_button_that_is_shown(
    town: Town,
) -> None:
    number = await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    await town.budi.writes("/lamaran")
    await town.budi.taps("Catat lamaran")
    await enters(town, "Pelatihan obras")
    await town.budi.writes("/peluang")
    await town.budi.taps("Tertarik")

    await town.budi.taps("Pelatihan jahit dasar")
    await town.budi.taps("Sudah kirim")

    (one,) = await log_of(town, town.budi)
    assert one.opportunity_id == number


@pytest.mark.parametrize(("level", "seen"), [(0, False), (1, True), (3, True)])
async def test_the_officer_sees_counts_and_only_as_far_as_the_client_shares(
    town: Town, level: int, seen: bool
) -> None:
    await notes(town.budi)
    await notes(town.budi, state="Diterima", where="warung Bu Tuti")
    async with town.database.transaction() as db:
        (await clients.get(db, town.budi.id)).sharing_level = level

    await town.sari.taps_data(f"d:client:{town.budi.id}")

    card = town.sari.phone.newest.text
    assert ("Lamaran kerja: 2 (terkirim 1, dipanggil 0, diterima 1" in card) is seen
    said = "".join(one.text for who in (town.sari, town.hendra) for one in who.phone.messages)
    assert "Dedi" not in said
    assert "Tuti" not in said


async def test_the_words_are_locked_in_every_table(town: Town) -> None:
    await notes(town.budi)

    async with town.database.transaction() as db:
        raw = await db.scalar(text("SELECT words FROM applications"))
        left = await db.scalars(select(conversations.ConversationRow))
        assert all(WHERE not in str(one.content) for one in left)
    assert raw
    assert b"Dedi" not in bytes(raw)


async def test_one_note_is_forgotten_for_good_and_not_asked_about(town: Town) -> None:
    await notes(town.budi)
    await town.budi.writes("/lamaran")
    await town.budi.taps("Hapus satu")
    await town.budi.taps(town.budi.phone.buttons[0])
    await town.budi.heard()

    await town.passes(days=15)

    assert await log_of(town, town.budi) == []
    assert await town.budi.heard() == []


async def test_nobody_can_look_at_or_forget_the_note_of_somebody_else(town: Town) -> None:
    await notes(town.budi)
    (one,) = await log_of(town, town.budi)
    asep = await town.client("Asep")

    await asep.taps_data(f"d:application:{one.id}")
    await asep.taps_data(f"d:application_forget:{one.id}")

    assert (await asep.heard())[0] == "answer.anyone.passed"
    assert len(await log_of(town, town.budi)) == 1


async def test_who_rests_or_has_left_is_not_asked(town: Town) -> None:
    await notes(town.budi)
    siti = await town.client("Siti")
    await notes(siti)
    async with town.database.transaction() as db:
        budi, hers = await clients.get(db, town.budi.id), await clients.get(db, siti.id)
        budi.person.paused_until = town.clock.now() + timedelta(days=10)
        hers.person.left_at = town.clock.now()

    await town.passes(days=8)
    assert (await questions(town, town.budi), await questions(town, siti)) == (0, 0)

    await town.passes(days=7)
    assert (await questions(town, town.budi), await questions(town, siti)) == (1, 0)


async def test_the_copy_of_ones_data_holds_the_log_and_erasing_empties_it(town: Town) -> None:
    await notes(town.budi)

    async with town.database.transaction() as db:
        held = await holdings.of_person(db, town.budi.id)
        assert held["applications"][0]["words"] == WHERE
        await holdings.forget_words(db, town.budi.id)

    assert await log_of(town, town.budi) == []


async def test_a_thousand_questions_take_a_few_queries_and_not_one_a_client(town: Town) -> None:
    async with town.database.transaction() as db:
        at = town.clock.now()
        made: list[Any] = [
            Application(
                client_id=town.budi.id, words=str(n), state="sent", asked=0, unanswered=0,
                made_at=at, changed_at=at,
            )
            for n in range(300)
        ]  # fmt: skip
        db.add_all(made)
        await db.flush()
        due = [timers.Timer(one.about, work.ASK, at) for one in made]
        queries = 0
        execute = db.execute

        async def counting(*args: Any, **kwargs: Any) -> Any:
            nonlocal queries
            queries += 1
            return await execute(*args, **kwargs)

        db.execute = counting  # type: ignore[method-assign]
        waiting = await work.ask(db, due, at)

    assert len(waiting) == 300
    assert queries <= 10


def test_every_path_ends() -> None:
    stage, _ = house.content()
    flow = stage.flows["application_log"]
    found = walk.every_path(flow, stage.actions, facts.KNOWN)

    assert found.problems == ()
    assert found.visited == flow.steps.keys()
