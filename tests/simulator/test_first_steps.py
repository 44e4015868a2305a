"""Somebody writes, the bot answers, somebody taps."""

import aiohttp

from simulator import Telegram, serving


async def test_budi_writes_and_taps_and_the_bot_answers() -> None:
    telegram = Telegram()
    budi = telegram.phone("Budi")
    budi.writes("Halo")

    async with serving(telegram) as address, aiohttp.ClientSession() as http:
        base = f"{address}/bot{telegram.token}"

        async def call(method: str, **parameters: object) -> dict[str, object]:
            async with http.post(f"{base}/{method}", json=parameters) as answer:
                return await answer.json()

        updates = (await call("getUpdates"))["result"]
        keyboard = {"inline_keyboard": [[{"text": "Baik", "callback_data": "a:1:1:baik"}]]}
        await call(
            "sendMessage",
            chat_id=budi.id,
            text="Apa <b>kabar</b>?",
            parse_mode="HTML",
            reply_markup=keyboard,
        )
        budi.taps("Baik")
        pressed = await call("getUpdates", offset=updates[0]["update_id"] + 1, timeout=1)
        query = pressed["result"][0]["callback_query"]
        answered = await call("answerCallbackQuery", callback_query_id=query["id"], text="Sip")
        edited = await call(
            "editMessageText", chat_id=budi.id, message_id=budi.last.id, text="Kamu pilih: Baik"
        )

    assert answered["ok"]
    assert edited["ok"], edited
    assert budi.last.text == "Kamu pilih: Baik"
    assert budi.toasts[-1].text == "Sip"
    assert query["data"] == "a:1:1:baik"
