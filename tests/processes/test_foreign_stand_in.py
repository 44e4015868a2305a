"""The product against a Bot API that nobody here wrote: lo-bot-api-emulator refuses what is wrong.

It knows the contract of every request, and keeps no words: what was said is read from our rows.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator
from sqlalchemy import select

from aftercare.records.conversations import ConversationRow
from aftercare.records.database import Database
from aftercare.records.outbox import Outgoing
from tests.processes import machines

pytestmark = pytest.mark.slow
BUDI = 5_400_000_777


@pytest.fixture
async def emulator() -> AsyncIterator[tuple[LoBotApiEmulator, str]]:
    made = LoBotApiEmulator()
    runner = web.AppRunner(made.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield made, f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def test_a_client_opens_the_link_and_taps_and_no_request_is_refused(
    emulator: tuple[LoBotApiEmulator, str], database: Database, tmp_path: Path
) -> None:
    telegram, address = emulator
    url = database.url.render_as_string(hide_password=False)
    variables = {"KAWAN_DATABASE_URL": url, "KAWAN_TELEGRAM_API": address}
    await machines.ask(tmp_path, variables, "office", "add", "Bapas Bandung")
    await machines.ask(tmp_path, variables, "staff", "add", "Sari", "--role", "officer")
    budi = await machines.ask(tmp_path, variables, "client", "add", "Budi", "--officer", "Sari")
    process = await machines.start("run", tmp_path, variables)

    try:
        await telegram.enqueue_update(
            wrote(f"/start {code_of(budi['link'])}"), token=machines.TOKEN
        )
        question = await first_question(database)
        await telegram.enqueue_update(taps(question), token=machines.TOKEN)
        await asked_for(telegram, "answerCallbackQuery", "editMessageReplyMarkup")
    finally:
        status = await machines.end(process)

    assert status == 0
    refused = [one for one in telegram.requests if one["status"] != 200]
    assert refused == []
    used = {one["method"] for one in telegram.requests}
    assert used >= {"getMe", "getUpdates", "setMyCommands", "sendMessage"}
    assert machines.TOKEN.partition(":")[2] not in machines.log_of(tmp_path)


def code_of(link: str) -> str:
    return link.partition("?start=")[2]


def someone() -> dict[str, Any]:
    return {"id": BUDI, "is_bot": False, "first_name": "Budi"}


def wrote(text: str) -> dict[str, Any]:
    chat = {"id": BUDI, "type": "private", "first_name": "Budi"}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": someone(), "text": text}
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message": message}


def taps(question: Outgoing) -> dict[str, Any]:
    """The first button under this message, as its own row says it was sent."""
    button = question.message.buttons[0][0]
    chat = {"id": BUDI, "type": "private", "first_name": "Budi"}
    message = {"message_id": question.telegram_message_id, "date": 1, "chat": chat, "text": "?"}
    query = {"id": "77", "from": someone(), "chat_instance": "1", "data": button.data}
    return {"callback_query": {**query, "message": message}}


async def first_question(database: Database) -> Outgoing:
    """The first message with buttons that reached Budi."""
    async with asyncio.timeout(60):
        while True:
            async with database.transaction() as db:
                sent = await db.scalars(select(Outgoing).where(Outgoing.state == "sent"))
                live = await db.scalar(select(ConversationRow))
                asked = [one for one in sent if one.verb == "say" and one.message.buttons]
            if asked and live is not None:
                return asked[-1]
            await asyncio.sleep(0.2)


async def asked_for(telegram: LoBotApiEmulator, *methods: str) -> None:
    async with asyncio.timeout(60):
        while set(methods) - {one["method"] for one in telegram.requests}:  # noqa: ASYNC110 - no bell
            await asyncio.sleep(0.1)
