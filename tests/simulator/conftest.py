"""A simulated Telegram for each test, a bot that asks it, and a Chromium if there is one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from simulator import Limits, Telegram, desk
from simulator.clock import HandClock
from tests.simulator import chromium
from tests.simulator.asking import Bot

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests run where a Chromium is found; where not, the end of the run says so."""
    if chromium.PATH:
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    config.stash[_LEFT_OUT] = len(browser)
    config.hook.pytest_deselected(items=browser)
    items[:] = [item for item in items if item not in browser]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if left_out := config.stash.get(_LEFT_OUT, 0):
        words = f"NO CHROMIUM FOUND: {left_out} browser tests were NOT run (apt install chromium)"
        terminalreporter.section("browser tests", sep="!", red=True, bold=True)
        terminalreporter.line(words, red=True, bold=True)


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
