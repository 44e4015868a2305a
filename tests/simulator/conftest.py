"""A simulated Telegram for each test, and a bot that asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from simulator import Limits, Telegram, desk
from simulator.clock import HandClock
from tests.simulator.asking import Bot

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
def telegram(clock: HandClock) -> Telegram:
    """A world at 09.00 on a Monday in Bandung, where nobody minds speed."""
    return Telegram(clock=clock, limits=Limits(unpaced=True, webhook_second=0.01))


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    async with desk.serving(telegram) as address:
        yield address


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(telegram: Telegram, address: str, http: aiohttp.ClientSession) -> Bot:
    return Bot(http, f"{address}/bot{telegram.token}")
