"""How fast one may speak, and what one is told when one speaks faster."""

import contextlib

import aiohttp
import pytest

from simulator import Limits, Telegram, serving
from simulator.limits import Pace
from simulator.refusals import Refusal
from tests.simulator.asking import Bot


async def test_who_speaks_too_fast_is_told_for_how_long_to_wait(
    http: aiohttp.ClientSession,
) -> None:
    telegram = Telegram(limits=Limits(chat_burst=2, chat_per_second=0.2))
    budi = telegram.phone("Budi", started=True)

    async with serving(telegram) as address:
        bot = Bot(http, f"{address}/bot{telegram.token}")
        for text in ("satu", "dua"):
            await bot.do("sendMessage", chat_id=budi.id, text=text)
        said = {"chat_id": budi.id, "text": "tiga"}
        async with http.post(f"{bot.base}/sendMessage", json=said) as answer:
            refused = await answer.json()

    assert answer.status == 429
    assert answer.headers["Retry-After"] == "5"
    assert refused["description"] == "Too Many Requests: retry after 5"
    assert refused["parameters"] == {"retry_after": 5}
    assert len(budi.heard) == 2


class Stopwatch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def sent_within(pace: Pace, watch: Stopwatch, chats: list[int], *, every: float) -> int:
    """How many of these messages went through, one `every` so many seconds."""
    went = 0
    for chat in chats:
        with contextlib.suppress(Refusal):
            pace.count(chat)
            went += 1
        watch.now += every
    return went


@pytest.mark.parametrize(
    ("chats", "every", "went"),
    [
        (list(range(1, 101)), 0.001, 30),  # a hundred people within a tenth of a second
        (list(range(1, 101)), 1 / 28, 100),  # the same hundred, paced
        ([7] * 20, 0.01, 5),  # one person, a burst
        ([7] * 20, 1.0, 20),  # one person, one a second
        ([-7] * 60, 1.0, 20),  # a group within a minute
    ],
)
def test_thirty_a_second_one_a_chat_twenty_a_minute_in_a_group(
    chats: list[int], every: float, went: int
) -> None:
    watch = Stopwatch()

    assert sent_within(Pace(Limits(), watch), watch, chats, every=every) == went


def test_a_flood_halts_every_chat_until_it_is_over() -> None:
    watch = Stopwatch()
    pace = Pace(Limits(unpaced=True), watch)

    pace.halt(7)
    with pytest.raises(Refusal, match="retry after 7"):
        pace.count(1)
    watch.now = 7.0
    pace.count(1)
