"""Who cannot be reached, and requests that no method takes."""

import pytest

from simulator import Telegram
from tests.simulator.asking import Bot

TOO_LONG_HELP = "command description length must not exceed 256"


async def test_people_who_cannot_be_reached(telegram: Telegram, bot: Bot) -> None:
    stranger, budi, asep = (telegram.phone(name) for name in ("Rina", "Budi", "Asep"))
    budi.starts()
    budi.blocks()
    asep.starts()
    asep.deactivates()

    async def try_to_reach(chat_id: object) -> tuple[int, str]:
        answer = await bot.ask("sendMessage", chat_id=chat_id, text="Halo")
        return answer["error_code"], answer["description"]

    assert await try_to_reach(12345) == (400, "Bad Request: chat not found")
    assert await try_to_reach("@nobody") == (400, "Bad Request: chat not found")
    assert await try_to_reach("") == (400, "Bad Request: chat_id is empty")
    words = "Forbidden: bot can't initiate conversation with a user"
    assert await try_to_reach(stranger.id) == (403, words)
    assert await try_to_reach(budi.id) == (403, "Forbidden: bot was blocked by the user")
    assert await try_to_reach(asep.id) == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Mulai", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a-b", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a", "description": "x" * 257}, TOO_LONG_HELP),
        ({"command": "a", "description": ""}, "command description must be non-empty"),
        ({"command": "a"}, "can't parse BotCommand: Can't find field \"description\""),
    ],
)
async def test_commands_have_a_shape(bot: Bot, command: dict, words: str) -> None:
    assert await bot.refused("setMyCommands", commands=[command]) == f"Bad Request: {words}"


async def test_a_hundred_commands_are_enough(bot: Bot) -> None:
    many = [{"command": f"c{n}", "description": "x"} for n in range(101)]

    assert await bot.do("setMyCommands", commands=many[:100])
    assert await bot.refused("setMyCommands", commands=many) == "Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_a_misspelt_parameter_and_a_wrong_type_are_noticed(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)

    misspelt = await bot.refused("sendMessage", chat_id=budi.id, text="x", parsemode="HTML")
    mistyped = await bot.refused("deleteMessage", chat_id=budi.id, message_id="satu")
    no_list = await bot.refused("setMyCommands", commands={"command": "a"})

    assert 'no parameter "parsemode"' in misspelt
    assert mistyped == 'Bad Request: parameter "message_id" must be an Integer'
    assert no_list == 'Bad Request: parameter "commands" must be an Array'


async def test_an_unknown_method_and_a_wrong_token(bot: Bot, address: str) -> None:
    unknown = await bot.ask("sendLove")
    unplayed = await bot.ask("sendDice", chat_id=1)
    async with bot.http.get(f"{address}/bot1:wrong/getMe") as answer:
        wrong = await answer.json()
        assert answer.status == 401

    assert (unknown["error_code"], unknown["description"]) == (404, "Not Found: method not found")
    assert unplayed["error_code"] == 501
    assert wrong == {"ok": False, "error_code": 401, "description": "Unauthorized"}
