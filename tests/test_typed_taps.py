"""Whoever types the words of a button, instead of tapping it, is heard as if it were tapped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.casework.family import family_programmes
from aftercare.messages import Button, Message
from aftercare.records import outbox, people, prompts, timers
from aftercare.records.outbox import Cause
from aftercare.records.prompts import Prompt
from aftercare.records.timers import Timer
from tests import newcomers
from tests.town import Neighbour, Town


async def prompt_arrives(town: Town, who: Neighbour, kind: str = family_programmes.CLIENT) -> None:
    async with town.database.transaction() as db:
        now = town.clock.now()
        await family_programmes.choose(db, await people.get(db, who.id), "family", "safe", now)
        timers.arm(db, Timer(f"person:{who.id}", kind, now + timedelta(minutes=1)))
    await town.passes(minutes=2)
    await who.heard()


async def prompt_of(town: Town, who: Neighbour) -> Prompt:
    async with town.database.transaction() as db:
        return (await prompts.newest_of(db, [who.id]))[who.id]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Oke, kukirim", "did"),
        ("ok kukirim!!", "did"),
        ("nggak cocok buatku deh", "not_mine"),
        ("lain kali aja", "later"),
    ],
)
async def test_a_typed_answer_to_a_weekly_prompt_counts(
    town: Town, words: str, answer: str
) -> None:
    await prompt_arrives(town, town.budi)

    await town.budi.writes(words)

    assert (await prompt_of(town, town.budi)).answer == answer


async def test_it_leads_to_the_same_words_as_the_tap(town: Town) -> None:
    await prompt_arrives(town, town.budi)

    await town.budi.writes("lain kali")

    assert await town.budi.heard() == ["prompt.client.later"]


async def test_the_name_of_an_exercise_starts_it(town: Town) -> None:
    await prompt_arrives(town, town.budi)

    await town.budi.writes("latihan membangun percaya")

    assert (await town.budi.heard())[-1].startswith("keluarga2.client.")


async def test_a_relative_may_type_as_well(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await prompt_arrives(town, siti, family_programmes.RELATIVE)

    await siti.writes("sulit di rumah kami")

    assert (await prompt_of(town, siti)).answer == "hard"
    assert await siti.heard() == ["prompt.family.hard"]


async def test_danger_is_heard_before_any_button(town: Town) -> None:
    await prompt_arrives(town, town.budi)
    async with town.database.transaction() as db:
        person, now = await people.get(db, town.budi.id), town.clock.now()
        person.nickname = "pengen mati aja"  # whatever a label may ever come to say
        label = Button("scopes", "d:menu:0:jadwal", {"name": person.nickname})
        card = Message("family.client.list", {"lines": []}, ((label,),))
        outbox.post(db, card, to=person, because=Cause("test", now))
    await town.settle()
    await town.budi.heard()

    await town.budi.writes("ubah untuk pengen mati aja")

    heard = await town.budi.heard()
    assert heard[0].startswith("crisis.client.card_")
    assert not any(key.startswith("session.") for key in heard)


async def test_only_the_last_message_is_answered_by_its_words(town: Town) -> None:
    await prompt_arrives(town, town.budi)
    await town.budi.writes("/bantuan")

    await town.budi.writes("lain kali")

    assert (await prompt_of(town, town.budi)).answer is None


async def test_more_than_the_words_of_the_button_is_read_as_what_it_says(town: Town) -> None:
    await prompt_arrives(town, town.budi)

    await town.budi.writes("lain kali aku ceritain ya, sekarang lagi pengen banget pakai")

    assert (await prompt_of(town, town.budi)).answer is None
    assert (await town.budi.heard())[0].startswith("understood.client.")


async def test_a_number_is_no_button(town: Town) -> None:
    await prompt_arrives(town, town.budi)

    await town.budi.writes("1")

    assert (await prompt_of(town, town.budi)).answer is None


async def test_an_open_question_reads_its_own_labels(town: Town) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.heard()

    await town.budi.writes("zona waktu")

    assert await town.budi.heard() == ["settings.client.zone"]


async def test_a_prompt_that_came_later_is_answered_and_the_question_stays_open(
    town: Town,
) -> None:
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await prompt_arrives(town, town.budi)

    await town.budi.writes("oke, kukirim")
    await town.budi.writes("zona waktu")

    assert (await prompt_of(town, town.budi)).answer == "did"
    assert (await town.budi.heard())[-1] == "settings.client.zone"


async def test_a_button_of_the_menu_may_be_typed(town: Town) -> None:
    await town.budi.writes("/menu")
    label = town.budi.phone.buttons[0]
    await town.budi.taps(label)
    tapped = (await town.budi.heard())[1:]
    await town.budi.writes("/menu")

    await town.budi.writes(label.casefold())

    assert (await town.budi.heard())[1:] == tapped != []


async def test_an_officer_takes_an_alert_by_typing_it(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.budi.heard()

    await town.sari.writes("terima")

    assert "crisis.client.somebody_has_it" in await town.budi.heard()


async def test_words_that_have_gone_from_the_content_hold_nobody_up(town: Town) -> None:
    async with town.database.transaction() as db:
        person, now = await people.get(db, town.budi.id), town.clock.now()
        gone = Message("prompt.client.later", {}, ((Button("gone", "d:prompt:1:did"),),))
        outbox.post(db, gone, to=person, because=Cause("test", now))
        await db.flush()
    async with town.database.transaction() as db:
        for row in await outbox.waiting(db, town.clock.now(), at_most=5):
            await outbox.settle_sent(db, row.id, 7, town.clock.now())

    await town.budi.writes("terima kasih ya")

    assert await town.budi.heard() != []
