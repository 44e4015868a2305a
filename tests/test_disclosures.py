"""Every thirty days a client reads again that this is a program which nobody watches."""

from __future__ import annotations

from aftercare.messages import Lane, Message, Terms
from aftercare.records import outbox, people
from aftercare.records.outbox import Cause
from tests.town import Town

LINE = "aku program komputer, bukan orang"
SENT_ANYWAY = Message("crisis_follow_up.client.here")


async def hears(town: Town, cause: str, lane: Lane = Lane.PROMPT) -> str:
    async with town.database.transaction() as db:
        budi = await people.get(db, town.budi.id)
        because = Cause(cause, town.clock.now())
        outbox.post(db, SENT_ANYWAY, to=budi, because=because, terms=Terms(lane))
    await town.settle()
    return town.budi.phone.newest.text


async def test_in_the_first_month_nothing_is_added(town: Town) -> None:
    await town.passes(days=29)

    assert LINE not in await hears(town, "a")


async def test_after_thirty_days_it_stands_once_below_what_is_sent_anyway(town: Town) -> None:
    await town.passes(days=30)

    first = await hears(town, "a")
    second = await hears(town, "b")

    assert first.startswith("Baik.")
    assert LINE in first
    assert LINE not in second


async def test_thirty_days_later_it_is_said_again(town: Town) -> None:
    await town.passes(days=30)
    await hears(town, "a")

    await town.passes(days=30)

    assert LINE in await hears(town, "b")


async def test_an_answer_carries_no_line_and_does_not_count_as_having_said_it(town: Town) -> None:
    await town.passes(days=30)

    assert LINE not in await hears(town, "a", Lane.REPLY)
    assert LINE in await hears(town, "b")


async def test_staff_are_not_reminded(town: Town) -> None:
    await town.passes(days=31)

    assert not any(LINE in heard.text for heard in town.sari.phone.messages)
