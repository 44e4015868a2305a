"""The page with the phones, as somebody in front of it sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from simulator import Telegram
from tests.browsers import ARGUMENTS, PATH
from tests.simulator.asking import PNG, Bot, buttons, until

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1440, "height": 900}
POCKET = {"width": 390, "height": 844}


@pytest.fixture
async def page(telegram: Telegram, address: str) -> AsyncIterator:
    from playwright.async_api import async_playwright

    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=PATH, args=list(ARGUMENTS))
        page = await browser.new_page(viewport=LAPTOP)
        page.set_default_timeout(5000)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda request: wrong.append(request.url))
        page.on("request", lambda request: _note_stranger(request.url, address, wrong))
        page.address = address
        yield page
        await browser.close()
    assert [one for one in wrong if not one.endswith("/stream")] == []


def _note_stranger(url: str, address: str, wrong: list[str]) -> None:
    if not url.startswith((address, "data:")):
        wrong.append(f"asked a stranger: {url}")


async def test_somebody_writes_taps_and_reads_on_the_page(
    telegram: Telegram, bot: Bot, page
) -> None:
    budi = telegram.phone("Budi", role="klien", started=True)
    await page.goto(page.address)
    phone = page.locator('[data-phone="budi"]')

    await page.get_by_label("Pesan dari Budi").fill("Halo <i>kawan</i>")
    await page.get_by_label("Pesan dari Budi").press("Enter")
    await until(lambda: telegram.updates.waiting())
    said = "Apa <b>kabar</b>? <tg-spoiler>rahasia</tg-spoiler>"
    keyboard = buttons(["Baik", "Kurang baik"])
    await bot.do(
        "sendMessage", chat_id=budi.id, text=said, parse_mode="HTML", reply_markup=keyboard
    )
    await phone.locator(".buttons button", has_text="Kurang baik").click()
    await until(lambda: len(telegram.updates.waiting()) == 2)
    press = telegram.updates.waiting()[-1].body["callback_query"]
    await bot.do("answerCallbackQuery", callback_query_id=press["id"], text="Makasih sudah jujur")
    place = {"chat_id": budi.id, "message_id": budi.last.id}
    await bot.do("editMessageText", **place, text="Kamu pilih: Kurang baik")

    await phone.locator(".message", has_text="Kamu pilih: Kurang baik").wait_for()
    await phone.locator(".toast", has_text="Makasih sudah jujur").wait_for()
    assert press["data"] == "Kurang baik"
    assert await phone.get_attribute("data-role") == "klien"
    assert await phone.locator(".mine .body").inner_text() == "Halo <i>kawan</i>"
    assert await phone.locator(".buttons").count() == 0
    await bot.do("deleteMessage", **place)
    await phone.locator(".message", has_text="Kamu pilih").wait_for(state="detached")
    assert await page.locator("html").get_attribute("lang") == "id"


async def test_formatting_pictures_and_documents_are_shown(
    telegram: Telegram, bot: Bot, page
) -> None:
    budi = telegram.phone("Budi", started=True)
    tags = ("b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler")
    html = " ".join(f"<{tag}>{tag}</{tag}>" for tag in tags)
    await bot.do("sendMessage", chat_id=budi.id, text=html, parse_mode="HTML")
    await bot.upload("sendPhoto", "photo", ("a.png", PNG), chat_id=budi.id, caption="Lihat")
    await bot.upload("sendDocument", "document", ("surat 1.pdf", b"%PDF"), chat_id=budi.id)
    await page.goto(page.address)

    body = page.locator(".message .body").first
    await body.wait_for()
    assert [await body.locator(tag).count() for tag in tags] == [1] * len(tags)
    await page.wait_for_function("document.querySelector('img.picture')?.naturalWidth === 2")
    async with page.expect_download() as download:
        await page.locator("a.file").click()
    assert (await download.value).suggested_filename == "surat 1.pdf"
    await page.locator("tg-spoiler").click()
    assert await page.locator("tg-spoiler.seen").count() == 1


async def test_a_link_in_a_message_brings_the_start_button(
    telegram: Telegram, bot: Bot, page
) -> None:
    budi, rina = telegram.phone("Budi", started=True), telegram.phone("Rina")
    await bot.do("sendMessage", chat_id=budi.id, text=f"Buka {telegram.link('abc')} atau /menu")
    await page.goto(page.address)
    budis, rinas = (page.locator(f'[data-phone="{key}"]') for key in ("budi", "rina"))

    await budis.locator(".message a", has_text="t.me").click()
    await budis.get_by_role("button", name="MULAI").click()
    rina.offered(telegram.link("xyz"))
    await rinas.locator(".offer", has_text="xyz").wait_for()
    await rinas.get_by_role("button", name="MULAI").click()
    await budis.locator(".message a", has_text="/menu").first.click()
    await until(lambda: len(telegram.updates.waiting()) == 3)

    waiting = [update.body["message"]["text"] for update in telegram.updates.waiting()]
    assert waiting == ["/start abc", "/start xyz", "/menu"]
    await rinas.locator(".composer").wait_for(state="visible")


async def test_the_commands_stand_behind_their_button(telegram: Telegram, bot: Bot, page) -> None:
    telegram.phone("Budi", started=True)
    await bot.do("setMyCommands", commands=[{"command": "jadwal", "description": "Sesi berikut"}])
    await page.goto(page.address)

    await page.get_by_label("Menu perintah").click()
    await page.locator(".commands button", has_text="Sesi berikut").click()
    await until(lambda: telegram.updates.waiting())

    assert telegram.updates.waiting()[0].body["message"]["text"] == "/jadwal"
    assert not await page.locator(".commands").is_visible()


async def test_blocking_unread_typing_and_the_lock_screen(
    telegram: Telegram, bot: Bot, page
) -> None:
    budi = telegram.phone("Budi", started=True)
    await page.goto(page.address)
    phone = page.locator('[data-phone="budi"]')
    await phone.wait_for()

    await bot.do("sendChatAction", chat_id=budi.id, action="typing")
    await phone.locator(".typing", has_text="sedang mengetik").wait_for()
    await bot.do("sendMessage", chat_id=budi.id, text="Besok ada janji jam 09.00")
    await phone.locator(".lockscreen.shown", has_text="Besok ada janji").wait_for()
    await phone.locator(".badge", has_text="1").wait_for()
    await phone.locator(".scroll").click()
    await phone.locator(".badge").wait_for(state="hidden")
    await phone.get_by_label("Budi memblokir bot").click()
    await until(lambda: budi.blocked)

    await phone.get_by_role("button", name="BUKA BLOKIR").wait_for()
    assert not await phone.locator(".composer").is_visible()


async def test_the_clock_jumps_visibly_in_indonesian_local_time(telegram: Telegram, page) -> None:
    await page.goto(page.address)
    clock = page.locator("[data-clock]")
    await clock.locator(".time", has_text="09.00").wait_for()

    await page.get_by_role("button", name="+1 hari").click()
    await clock.locator(".day", has_text="Selasa, 24 November 2026").wait_for()
    await page.get_by_role("button", name="+10 menit").click()
    await clock.locator(".time", has_text="09.10").wait_for()
    await page.get_by_role("button", name="Acara berikutnya").click()

    await page.locator(".notice", has_text="Tidak ada acara berikutnya.").wait_for()
    assert (telegram.clock.now() + timedelta(hours=7)).strftime("%d %H:%M") == "24 09:10"


async def test_three_hundred_messages_end_at_the_newest_and_nothing_sticks_out(
    telegram: Telegram, bot: Bot, page
) -> None:
    people = [telegram.phone(name, started=True) for name in ("Budi", "Siti", "Ujang", "Asep")]
    for number in range(300):
        long = f"Pesan {number} " + "kata " * (number % 9) + "https://bapas.go.id/" + "a" * 60
        await bot.do("sendMessage", chat_id=people[0].id, text=long, reply_markup=buttons(["Ya"]))
    await page.goto(page.address)

    await page.locator('[data-phone="budi"] .message', has_text="Pesan 299").wait_for()
    assert await page.locator('[data-phone="budi"] .message').count() == 300
    for size in (LAPTOP, POCKET):
        await page.set_viewport_size(size)
        await page.wait_for_function(
            "() => { const area = document.querySelector('[data-phone=budi] .scroll');"
            " return area.scrollHeight - area.scrollTop - area.clientHeight < 5; }"
        )
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        too_wide = "[...document.querySelectorAll('.screen *')].filter(one => one.offsetParent"
        too_wide += " && one.scrollWidth > one.clientWidth + 1 && one.clientWidth).length"
        assert await page.evaluate(too_wide) == 0


async def test_a_pocket_shows_one_phone_at_a_time(telegram: Telegram, bot: Bot, page) -> None:
    _budi, siti = (telegram.phone(name, started=True) for name in ("Budi", "Siti"))
    await page.set_viewport_size(POCKET)
    await page.goto(page.address)
    budis, sitis = (page.locator(f'[data-phone="{key}"]') for key in ("budi", "siti"))
    await budis.wait_for()

    await bot.do("sendMessage", chat_id=siti.id, text="Halo")
    tab = page.get_by_role("tab", name="Siti")
    await tab.locator(".badge", has_text="1").wait_for()
    hidden_before = await sitis.is_visible()
    await tab.click()

    await sitis.wait_for()
    assert hidden_before is False
    assert not await budis.is_visible()
    await until(lambda: siti.unread == 0)
