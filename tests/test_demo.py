"""The demo as a visitor lives it: from a link to a missed session that is taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from kawan import demo
from simulator import Telegram
from tests.browsers import ARGUMENTS, PATH

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LAPTOP = {"width": 1440, "height": 900}
A_WHILE = 30_000


class Screen:
    """One phone on the page."""

    def __init__(self, page: Any, name: str) -> None:
        self._phone = page.locator(f'[data-phone="{name}"]')

    async def starts(self) -> None:
        await self._phone.locator(".start button").click()

    async def taps(self, label: str) -> None:
        """The newest button with these words."""
        await self._phone.locator(".buttons button", has_text=label).last.click(timeout=A_WHILE)

    async def reads(self, words: str) -> None:
        """Wait until the phone shows these words."""
        await self._phone.locator(".message", has_text=words).last.wait_for(timeout=A_WHILE)

    async def writes(self, name: str, words: str) -> None:
        box = self._phone.get_by_label(f"Pesan dari {name}")
        await box.fill(words)
        await box.press("Enter")


@pytest.fixture
async def shown() -> AsyncIterator[tuple[Any, Telegram]]:
    """The demo's page in a browser, and the simulated Telegram behind it."""
    from playwright.async_api import async_playwright

    async with demo.showing() as (address, telegram), async_playwright() as player:
        browser = await player.chromium.launch(executable_path=PATH, args=list(ARGUMENTS))
        page = await browser.new_page(viewport=LAPTOP)
        page.set_default_timeout(A_WHILE)
        await page.goto(address)
        yield page, telegram
        await browser.close()


async def test_from_the_link_to_a_missed_session_that_the_officer_takes(
    shown: tuple[Any, Telegram],
) -> None:
    page, telegram = shown
    ujang, budi, sari = Screen(page, "ujang"), Screen(page, "budi"), Screen(page, "sari")

    await ujang.starts()
    await ujang.reads("Jadi, boleh aku menemanimu")
    await ujang.taps("Ya, aku ikut")
    await ujang.reads("menanyakan kabarmu")

    await budi.writes("Budi", "/cekin")
    await budi.reads("gimana perasaanmu")
    await budi.taps("Kurang baik")
    await budi.reads("0")

    await telegram.clock.move(timedelta(days=1, hours=2, minutes=30))
    await sari.reads("Siapa yang hadir")
    await sari.taps("Tidak datang")
    await sari.reads("Budi Santoso")
    await sari.taps("Terima")
    await sari.reads("Diterima Sari")
