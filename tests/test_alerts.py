"""What staff do with an alert: each tap a row with its time, and nobody left in the dark."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.casework.alerts import alerts as work
from aftercare.casework.alerts.alerts import Concern
from aftercare.records import alerts, audit, clients
from aftercare.records.alerts import Alert, Level
from tests.town import Neighbour, Town


async def raised(
    town: Town, client: Neighbour | None = None, *, level: Level = "medium", about: str = ""
) -> int:
    """An alert that a client cannot be reached; its id."""
    async with town.database.transaction() as db:
        who = await clients.get(db, (client or town.budi).id)
        subject = f"client:{who.id}@{about or 'now'}"
        made = await work.open_(db, who, Concern("unreachable", subject, level), town.clock.now())
        assert made is not None
        number = made.id
    await town.settle()
    return number


async def kept(town: Town, number: int) -> Alert:
    async with town.database.transaction() as db:
        found = await alerts.get(db, number)
        assert found is not None
        return found


async def what_happened(town: Town, number: int) -> list[str]:
    async with town.database.transaction() as db:
        return [one.what for one in await alerts.steps(db, number)]


async def test_every_tap_is_a_step(town: Town) -> None:
    number = await raised(town)

    await town.sari.taps("Terima")
    await town.sari.taps("Sudah dihubungi")
    await town.sari.taps("Tutup")
    await town.sari.taps("Tidak perlu tindakan")

    assert await what_happened(town, number) == [
        "opened",
        "told",
        "taken",
        "contacted",
        "closed:not_needed",
    ]
    alert = await kept(town, number)
    assert (alert.state, alert.close_reason, alert.taken_by) == (
        "closed",
        "not_needed",
        town.sari.id,
    )


async def test_speaking_to_the_client_takes_the_alert_in_the_same_tap(town: Town) -> None:
    number = await raised(town)

    await town.sari.taps("Sudah dihubungi")
    await town.passes(days=10)

    assert await what_happened(town, number) == ["opened", "told", "taken", "contacted"]


async def test_tapping_twice_is_tapping_once(town: Town) -> None:
    number = await raised(town)

    for _ in range(3):
        await town.sari.taps_data(f"d:alert_take:{number}")

    assert (await what_happened(town, number)).count("taken") == 1


async def test_the_second_to_take_it_reads_who_was_first(town: Town) -> None:
    number = await raised(town)
    await town.passes(days=2)
    await town.sari.taps("Terima")
    await town.dewi.heard()

    await town.dewi.taps_data(f"d:alert_take:{number}")

    assert "alert.staff.somebody_was_faster" in await town.dewi.heard()
    assert (await kept(town, number)).taken_by == town.sari.id
    assert "Diterima Sari" in town.dewi.phone.newest.text


async def test_a_closed_alert_cannot_be_closed_again(town: Town) -> None:
    number = await raised(town)
    await town.sari.taps_data(f"d:alert_close:{number}:reached")
    await town.sari.heard()

    await town.sari.taps_data(f"d:alert_close:{number}:false_alarm")

    assert await town.sari.heard() == ["answer.anyone.passed"]
    assert (await kept(town, number)).close_reason == "reached"


async def test_a_reason_that_is_not_ours_closes_nothing(town: Town) -> None:
    number = await raised(town)

    await town.sari.taps_data(f"d:alert_close:{number}:bosan")

    assert (await kept(town, number)).state == "open"


@pytest.mark.parametrize("deed", ["show", "take", "contacted", "close", "rebook"])
async def test_staff_of_another_office_and_clients_cannot_touch_it(town: Town, deed: str) -> None:
    number = await raised(town)
    ujang = await town.client("Ujang")
    asep = await town.staff("Asep", "officer")

    for nobody in (ujang, asep):
        await nobody.taps_data(f"d:alert_{deed}:{number}")
        assert await nobody.heard() == ["answer.anyone.passed"]

    assert (await kept(town, number)).state == "open"


async def test_the_list_shows_the_most_urgent_first(town: Town) -> None:
    siti, ujang = await town.client("Siti"), await town.client("Ujang")
    await raised(town, siti, level="low")
    await raised(town, ujang, level="high")
    await raised(town, town.budi, level="medium")

    await town.sari.writes("/peringatan")

    text = town.sari.phone.newest.text
    assert text.index("Ujang") < text.index("Budi") < text.index("Siti")


async def test_a_long_list_is_read_ten_at_a_time(town: Town) -> None:
    for n in range(12):
        await raised(town, about=str(n))
    await town.sari.writes("/peringatan")
    assert len(town.sari.phone.newest.rows) == 11
    count = len(town.sari.phone.messages)

    await town.sari.taps("Berikutnya")

    assert len(town.sari.phone.messages) == count
    assert len(town.sari.phone.newest.rows) == 3


async def test_nothing_open_is_said_in_one_line(town: Town) -> None:
    await town.sari.writes("/peringatan")

    assert await town.sari.heard() == ["alert.staff.none"]


async def test_the_head_sees_what_nobody_told_the_head_of(town: Town) -> None:
    await raised(town)

    await town.hendra.writes("/peringatan")

    assert "Budi" in town.hendra.phone.newest.text


async def test_whoever_looks_at_an_alert_is_written_down(town: Town) -> None:
    await raised(town)
    await town.sari.writes("/peringatan")

    await town.sari.taps("Budi")

    async with town.database.transaction() as db:
        looks = await audit.of_client(db, town.budi.id)
    assert [(one.by_id, one.what) for one in looks] == [(town.sari.id, "alert")]


async def test_danger_does_not_wait_for_the_office_to_open(town: Town) -> None:
    await town.passes(hours=14)

    number = await raised(town, level="crisis")
    await town.passes(minutes=20)

    async with town.database.transaction() as db:
        told = [one for one in await alerts.steps(db, number) if one.what == "told"]
    assert [one.person_id for one in told] == [town.sari.id, town.dewi.id, town.hendra.id]
    assert told[2].at - told[0].at == timedelta(minutes=15)


async def test_going_on_leave_hands_on_what_waits(town: Town) -> None:
    number = await raised(town)
    await town.dewi.heard()

    await town.sari.writes("/cuti")
    await town.sari.taps("Sampai")

    async with town.database.transaction() as db:
        told = [one.person_id for one in await alerts.steps(db, number) if one.what == "told"]
    assert told == [town.sari.id, town.dewi.id]
    assert set(await town.dewi.heard()) == {"officer.officer.stands_in", "alert.staff.unreachable"}


async def test_the_same_thing_is_not_opened_twice(town: Town) -> None:
    await raised(town)

    async with town.database.transaction() as db:
        budi = await clients.get(db, town.budi.id)
        concern = Concern("unreachable", f"client:{budi.id}@now", "high")
        assert await work.open_(db, budi, concern, town.clock.now()) is None


async def test_without_an_earlier_session_there_is_nothing_to_book_anew(town: Town) -> None:
    number = await raised(town)

    await town.sari.taps_data(f"d:alert_rebook:{number}")

    assert "alert.staff.nothing_to_rebook" in await town.sari.heard()
