"""The frame holds: an update becomes a reply, a timer becomes a message."""

from __future__ import annotations

from tests.town import Town


async def test_a_stranger_gets_a_friendly_word_and_nothing_else(town: Town) -> None:
    ujang = await town.stranger()

    await ujang.writes("halo")

    assert [heard.text for heard in ujang.phone.messages]
