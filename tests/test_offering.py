"""Two exercises after a check-in, as people meet them: what was said, and what helped before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.casework.check_ins import check_ins as work
from aftercare.casework.exercises import offering
from aftercare.records import clients, family_programmes, module_runs, people, sessions
from aftercare.records.module_runs import ModuleRun
from aftercare.rules.offers import Offer
from aftercare.rules.wording import visible
from kawan import house
from tests.town import Neighbour, Town

SEVEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def budi(town: Town) -> Neighbour:
    async with town.database.transaction() as db:
        work.arm_first(db, await clients.get(db, town.budi.id), town.clock.now())
    return town.budi


async def did(town: Town, module: str, before: int, after: int) -> None:
    """Some days ago."""
    async with town.database.transaction() as db:
        at = town.clock.now() - timedelta(days=3)
        run = ModuleRun(
            client_id=town.budi.id, module=module, before=before, after=after, finished_at=at
        )
        await module_runs.add(db, run)


async def has_a_strong_urge(who: Neighbour) -> list[str]:
    """The two exercises that are offered."""
    for label in ("Biasa saja", "6", "Ada"):
        await who.taps(label)
    return who.phone.buttons[:2]


async def test_both_are_named_and_invited_to_and_no_is_an_answer(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN)
    await has_a_strong_urge(budi)

    shown = budi.phone.newest.text
    assert "• Sepuluh menit aku temani" in shown
    assert "• Coba tunda 15 menit" in shown
    await budi.taps("Tidak sekarang")
    assert (await budi.heard())[-1] == "check_in_daily.client.later"


async def test_the_second_one_begins_as_quickly_as_the_first(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN)
    await has_a_strong_urge(budi)
    await budi.taps("Tunda, Alihkan")

    assert (await budi.heard())[-1] == "tunda.client.before"


async def test_yes_in_own_words_begins_the_first(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN)
    await has_a_strong_urge(budi)
    await budi.writes("ayo")

    assert (await budi.heard())[-1] == "ombak.client.before"


async def test_what_helped_budi_before_is_offered_first(town: Town, budi: Neighbour) -> None:
    await did(town, "RANTAI", 8, 2)
    await did(town, "OMBAK", 6, 6)
    await town.until(SEVEN)

    assert await has_a_strong_urge(budi) == ["Putus Rantai", "Tunda, Alihkan, Putuskan"]


async def test_the_next_evening_begins_with_something_else(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN)
    first_evening = await has_a_strong_urge(budi)
    await budi.taps("Tidak sekarang")
    await town.until(SEVEN + timedelta(days=1))
    second_evening = await has_a_strong_urge(budi)

    assert first_evening[0] == "Selancar Ombak"
    assert second_evening[0] == "Tunda, Alihkan, Putuskan"
    assert "Selancar Ombak" not in second_evening


async def test_what_was_just_done_makes_room_for_something_else(
    town: Town, budi: Neighbour
) -> None:
    await town.until(SEVEN - timedelta(hours=1))
    async with town.database.transaction() as db:
        at = town.clock.now()
        run = ModuleRun(client_id=budi.id, module="OMBAK", before=8, after=2, finished_at=at)
        await module_runs.add(db, run)
    await town.until(SEVEN)

    assert await has_a_strong_urge(budi) == ["Tunda, Alihkan, Putuskan", "Selancar Ombak"]


async def test_a_payday_that_was_noted_brings_the_money_up_second(town: Town) -> None:
    async with town.database.transaction() as db:
        place = await family_programmes.get(db, town.budi.id)
        place = place or family_programmes.add(db, town.budi.id, "off", town.clock.now())
        place.payday = 25
    await town.until(SEVEN + timedelta(days=2))  # the 25th
    await town.budi.writes("/cekin")

    assert await has_a_strong_urge(town.budi) == ["Selancar Ombak", "Hari gajian aman"]


async def test_nobodys_wages_are_guessed_at(town: Town) -> None:
    await town.until(SEVEN + timedelta(days=2))  # the 25th
    await town.budi.writes("/cekin")

    assert await has_a_strong_urge(town.budi) == ["Selancar Ombak", "Tunda, Alihkan, Putuskan"]


@pytest.mark.parametrize(
    ("days_ago", "attendance", "second"),
    [(3, "absent", "HADIR"), (8, "absent", "TUNDA"), (3, "excused", "TUNDA")],
)
async def test_after_a_missed_session_coming_again_is_offered_second(
    town: Town, days_ago: int, attendance: sessions.Attendance, second: str
) -> None:
    now = town.clock.now()
    async with town.database.transaction() as db:
        session = sessions.Session(
            office_id=town.office,
            officer_id=town.sari.id,
            kind="konseling",
            place="Bandung",
            starts_at=now - timedelta(days=days_ago),
            minutes=60,
            code="1234",
            made_at=now - timedelta(days=20),
        )
        session.participants = [sessions.Participant(client_id=town.budi.id, attendance=attendance)]
        db.add(session)

    async with town.database.transaction() as db:
        budi = await people.get(db, town.budi.id)
        found = await offering.choose(db, budi, ("urge",), now)

    assert found == Offer("OMBAK", second)


async def test_a_near_miss_is_met_with_getting_up_again(town: Town, budi: Neighbour) -> None:
    await town.until(SEVEN + timedelta(days=6))
    for number in (3, 3, 1, 3, 1, 3, 3, 3):
        await budi.taps(str(number))
    await budi.taps("Hampir terpeleset")

    assert budi.phone.buttons[0] == "Jatuh Bukan Tamat"
    assert budi.phone.buttons[2:] == ["Bicara dengan Sari", "Cukup dulu"]


def test_the_longest_offer_still_reads_as_a_short_message(town_book: dict[str, str]) -> None:
    kindest = max(
        (body for key, body in town_book.items() if key.startswith("check_in.client.praise_")),
        key=len,
    )
    invitations = sorted(
        (body for key, body in town_book.items() if key.startswith("module.client.invite_")),
        key=len,
    )
    frame = town_book["check_in_daily.client.urgent"]
    said = frame.replace("{praise}", kindest)
    said = said.replace("{first_invite}", invitations[-1]).replace(
        "{second_invite}", invitations[-2]
    )

    assert len(visible(said)) <= 350


@pytest.fixture(scope="module")
def town_book() -> dict[str, str]:
    _, book = house.content()
    return {key: book.text(key).body for key in book.keys()}  # noqa: SIM118
