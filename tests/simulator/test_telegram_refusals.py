"""Every row of Telegram's refusals, in its own words."""

from datetime import timedelta

import pytest

from simulator import Telegram
from simulator.clock import HandClock
from tests.simulator.asking import PNG, Bot, buttons

HTML = {"parse_mode": "HTML"}
CANNOT_PARSE = "Bad Request: can't parse entities: "
NO_BUTTON = "Bad Request: can't parse inline keyboard button: "
INVALID = "Bad Request: inline keyboard button {} is invalid: {}"
WRONG_URL = INVALID.format("URL '{}'", "Wrong HTTP URL")
TOO_MUCH = "Bad Request: reply markup is too long"
NO_JSON = "Bad Request: can't parse reply keyboard markup JSON object"
NOT_SPOILER = 'Tag "span" must have class "tg-spoiler" at byte offset 0'
UNMATCHED = 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'
NO_END = 'Can\'t find end tag corresponding to start tag "b"'
TOO_LONG_HELP = "command description length must not exceed 256"


def under(**button: object) -> dict:
    return {"text": "Halo", "reply_markup": {"inline_keyboard": [[{"text": "Ya", **button}]]}}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({}, "Bad Request: message text is empty"),
        ({"text": " \n\u200b\u2060\ufeff"}, "Bad Request: text must be non-empty"),
        ({"text": "a" * 4097}, "Bad Request: message is too long"),
        ({"text": "é" * 16_385}, "Bad Request: text is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
        ({"text": "a<br>", **HTML}, CANNOT_PARSE + 'Unsupported start tag "br" at byte offset 1'),
        ({"text": "é <p>", **HTML}, CANNOT_PARSE + 'Unsupported start tag "p" at byte offset 3'),
        ({"text": "1 < 2 >", **HTML}, CANNOT_PARSE + 'Unsupported start tag "" at byte offset 2'),
        ({"text": "1 <2", **HTML}, CANNOT_PARSE + "Unclosed start tag at byte offset 2"),
        ({"text": "<b>a", **HTML}, CANNOT_PARSE + NO_END),
        ({"text": "<b>a</i>", **HTML}, CANNOT_PARSE + UNMATCHED),
        ({"text": "a</b>", **HTML}, CANNOT_PARSE + "Unexpected end tag at byte offset 1"),
        ({"text": "<b>a</b", **HTML}, CANNOT_PARSE + "Unclosed end tag at byte offset 4"),
        ({"text": "<span>a</span>", **HTML}, CANNOT_PARSE + NOT_SPOILER),
        (under(), NO_BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (under(callback_data=""), NO_BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (under(callback_data="é" * 33), "Bad Request: BUTTON_DATA_INVALID"),
        (under(url="http://localhost/a"), WRONG_URL.format("http://localhost/a")),
        (under(url="rumah"), WRONG_URL.format("rumah")),
        (
            under(web_app={"url": "http://bapas.go.id"}),
            INVALID.format("Web App URL 'http://bapas.go.id'", "Only HTTPS links are allowed"),
        ),
        ({"text": "x", "reply_markup": buttons(*[["a"]] * 101)}, TOO_MUCH),
        ({"text": "x", "reply_markup": buttons(*[["é" * 30] * 8] * 12)}, TOO_MUCH),
        ({"text": "x", "reply_markup": "{"}, NO_JSON),
        (
            {"text": "x", "reply_parameters": {"message_id": 9}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_what_cannot_be_said_is_refused(
    telegram: Telegram, bot: Bot, said: dict, words: str
) -> None:
    budi = telegram.phone("Budi", started=True)

    assert await bot.refused("sendMessage", chat_id=budi.id, **said) == words
    assert budi.heard == []


async def test_what_just_fits_is_taken(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi", started=True)
    longest = {"inline_keyboard": [[{"text": "Ya", "callback_data": "d" * 64}]]}
    most = buttons(*[["a"] * 8] * 12, ["a"] * 4)

    await bot.do("sendMessage", chat_id=budi.id, text=f"<b>{'😀' * 4096}</b>", **HTML)
    await bot.do("sendMessage", chat_id=budi.id, text="x", reply_markup=longest)
    await bot.do("sendMessage", chat_id=budi.id, text="x", reply_markup=most)
    await bot.upload("sendPhoto", "photo", ("a.png", PNG), chat_id=budi.id, caption="c" * 1024)

    assert [len(message.labels) for message in budi.heard] == [0, 1, 100, 0]


async def test_buttons_beyond_eight_in_a_row_vanish_without_a_word(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)

    await bot.do("sendMessage", chat_id=budi.id, text="x", reply_markup=buttons(list("123456789")))

    assert budi.last.labels == list("12345678")


async def test_a_caption_and_a_file_have_their_own_limits(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi", started=True)
    big = ("b.bin", b"x" * (50 * 1024 * 1024 + 1))

    long = await bot.upload(
        "sendPhoto", "photo", ("a.png", PNG), chat_id=budi.id, caption="c" * 1025
    )
    no_picture = await bot.upload("sendPhoto", "photo", ("a.png", b"text"), chat_id=budi.id)
    heavy = await bot.upload(
        "sendPhoto", "photo", ("a.png", PNG + b"x" * 10 * 2**20), chat_id=budi.id
    )
    heavier = await bot.upload("sendDocument", "document", big, chat_id=budi.id)

    assert long["description"] == "Bad Request: message caption is too long"
    assert no_picture["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    assert (heavy["error_code"], heavy["description"]) == (413, "Request Entity Too Large")
    assert (heavier["error_code"], heavier["description"]) == (413, "Request Entity Too Large")
    assert await bot.refused("sendPhoto", chat_id=budi.id) == (
        "Bad Request: there is no photo in the request"
    )


@pytest.mark.parametrize(("count", "ok"), [(1, False), (2, True), (10, True), (11, False)])
async def test_an_album_holds_two_to_ten(
    telegram: Telegram, bot: Bot, count: int, ok: bool
) -> None:
    budi = telegram.phone("Budi", started=True)
    photo = telegram.files.keep_photo("a.png", PNG)

    album = [{"type": "photo", "media": photo.id}] * count
    answer = await bot.ask("sendMediaGroup", chat_id=budi.id, media=album)

    assert answer["ok"] is ok
    assert len(budi.heard) == (count if ok else 0)


async def test_edits_that_cannot_be(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")
    own = budi.writes("Halo")
    said = await bot.do("sendMessage", chat_id=budi.id, text="Apa?", reply_markup=buttons(["Ya"]))
    place = {"chat_id": budi.id, "message_id": said["message_id"]}
    unchanged = (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )

    same = await bot.refused("editMessageText", **place, text="Apa?", reply_markup=buttons(["Ya"]))
    same_buttons = await bot.refused(
        "editMessageReplyMarkup", **place, reply_markup=buttons(["Ya"])
    )
    missing = await bot.refused("editMessageText", chat_id=budi.id, message_id=999, text="x")
    foreign = await bot.refused("editMessageText", chat_id=budi.id, message_id=own.id, text="x")

    assert same == same_buttons == unchanged
    assert missing == "Bad Request: message to edit not found"
    assert foreign == "Bad Request: message can't be edited"
    caption = await bot.refused("editMessageCaption", **place, caption="x")
    assert caption == "Bad Request: there is no caption in the message to edit"


async def test_only_young_messages_can_be_deleted(
    telegram: Telegram, bot: Bot, clock: HandClock
) -> None:
    budi = telegram.phone("Budi", started=True)
    said = await bot.do("sendMessage", chat_id=budi.id, text="Halo")
    place = {"chat_id": budi.id, "message_id": said["message_id"]}
    await clock.move(timedelta(hours=48, seconds=1))

    assert await bot.refused("deleteMessage", **place) == "Bad Request: message can't be deleted"
    missing = await bot.refused("deleteMessage", chat_id=budi.id, message_id=999)
    assert missing == "Bad Request: message to delete not found"


async def test_a_press_can_be_answered_for_a_hundred_and_fifty_seconds(
    telegram: Telegram, bot: Bot, clock: HandClock
) -> None:
    budi = telegram.phone("Budi", started=True)
    await bot.do("sendMessage", chat_id=budi.id, text="?", reply_markup=buttons(["Ya"]))
    budi.taps("Ya")
    [update] = await bot.do("getUpdates")
    query = {"callback_query_id": update["callback_query"]["id"]}
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"

    await clock.move(timedelta(seconds=149))
    assert await bot.do("answerCallbackQuery", **query)
    await clock.move(timedelta(seconds=1))
    assert await bot.refused("answerCallbackQuery", **query) == too_old
    assert await bot.refused("answerCallbackQuery", callback_query_id="1") == too_old
