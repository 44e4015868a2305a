"""The two libraries the product uses find everything as they know it."""

import pytest

from simulator import Telegram
from tests.simulator.asking import PNG


async def test_python_telegram_bot_sends_words_pictures_and_documents(
    telegram: Telegram, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    import telegram as ptb
    from telegram.constants import ParseMode
    from telegram.error import BadRequest, Forbidden, RetryAfter

    budi = telegram.phone("Budi", started=True)
    rows = [[ptb.InlineKeyboardButton("Ya", callback_data="a:1:1:ya")]]

    async with ptb.Bot(telegram.token, base_url=f"{address}/bot") as bot:
        await bot.send_message(
            budi.id, "<b>Halo</b>", parse_mode=ParseMode.HTML,
            reply_markup=ptb.InlineKeyboardMarkup(rows),
        )  # fmt: skip
        await bot.send_photo(budi.id, PNG, caption="Lihat")
        await bot.send_document(budi.id, b"%PDF-1.4", filename="surat.pdf")
        await bot.edit_message_reply_markup(budi.id, budi.heard[0].id)
        with pytest.raises(BadRequest, match="Can't parse entities"):
            await bot.send_message(budi.id, "<br>", parse_mode=ParseMode.HTML)
        budi.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(budi.id, "Halo")
        telegram.faults.next("sendMessage", status=429, retry_after=7)
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(budi.id, "Halo")
        updates = await bot.get_updates()

    assert [message.text for message in budi.heard] == ["Halo", "Lihat", ""]
    assert budi.heard[1].photo.data == PNG
    assert budi.heard[2].document.name == "surat.pdf"
    assert budi.heard[0].labels == []
    assert int(told.value.retry_after.total_seconds()) == 7
    assert updates[0].my_chat_member.new_chat_member.status == "kicked"


async def test_aiogram_gets_every_kind_of_update(telegram: Telegram, address: str) -> None:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import BotCommand, BotCommandScopeChat, BufferedInputFile

    budi = telegram.phone("Budi")
    budi.opens(telegram.link("abc"))
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))

    async with Bot(telegram.token, session=session) as bot:
        await bot.send_photo(budi.id, BufferedInputFile(PNG, "a.png"), caption="Lihat")
        [started] = await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
        commands = [BotCommand(command="menu", description="Pilihan")]
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=budi.id))
        budi.taps_data("a:1:1:ya")
        budi.sends_photo("Ini")
        pressed, photo = await bot.get_updates(offset=started.update_id + 1)
        await pressed.callback_query.answer("Sip").as_(bot)

    assert started.message.text == "/start abc"
    assert started.message.from_user.id == budi.id
    assert pressed.callback_query.message.caption == "Lihat"
    assert photo.message.photo[-1].width == 900
    assert budi.toasts[-1].text == "Sip"
    assert telegram.menus.shown_to(budi.id, "id")[0]["command"] == "menu"
