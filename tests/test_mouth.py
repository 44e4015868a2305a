"""The mouth tells apart what Telegram refuses, what it puts off, and what the line swallowed."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from aftercare.settings import WrongToken
from aftercare.words import Worded
from kawan import logs
from scheduler.mouth import Refused, Said, TelegramMouth, Unheard, Wait
from simulator import Limits, Telegram, desk
from simulator.phones import Phone

HELLO = Worded("<b>Halo</b>", ((("Iya", "a:1:2:yes", None), ("Peta", None, "https://a.id")),))


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(limits=Limits(unpaced=True))


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    async with desk.serving(telegram) as address:
        yield address


@pytest.fixture
async def mouth(telegram: Telegram, address: str) -> AsyncIterator[TelegramMouth]:
    made = TelegramMouth(telegram.token, address, rate=1000)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def budi(telegram: Telegram) -> Phone:
    return telegram.phone("Budi", started=True)


async def test_words_and_buttons_arrive_as_they_were_meant(
    mouth: TelegramMouth, budi: Phone
) -> None:
    outcome = await mouth.say(budi.chat.id, HELLO, None)

    assert outcome == Said(budi.last.id)
    assert budi.last.text == "Halo"
    assert budi.last.labels == ["Iya", "Peta"]


async def test_whoever_blocked_us_or_never_came_is_gone(
    mouth: TelegramMouth, telegram: Telegram, budi: Phone
) -> None:
    budi.blocks()
    never_came = telegram.phone("Siti")

    outcomes = [await mouth.say(who, HELLO, None) for who in (budi.chat.id, never_came.chat.id, 9)]

    assert all(isinstance(one, Refused) and one.gone for one in outcomes)


async def test_a_429_says_how_long_to_wait(
    mouth: TelegramMouth, telegram: Telegram, budi: Phone
) -> None:
    telegram.faults.next("sendMessage", status=429, retry_after=7)

    assert await mouth.say(budi.chat.id, HELLO, None) == Wait(7.0)


async def test_a_broken_template_is_refused_for_good(mouth: TelegramMouth, budi: Phone) -> None:
    outcome = await mouth.say(budi.chat.id, Worded("<b>Halo", ()), None)

    assert isinstance(outcome, Refused)
    assert not outcome.gone


async def test_an_answer_that_never_comes_may_have_arrived(
    mouth: TelegramMouth, telegram: Telegram, budi: Phone
) -> None:
    telegram.faults.next("sendMessage", reset=True, delivered=True)

    outcome = await mouth.say(budi.chat.id, HELLO, None)

    assert isinstance(outcome, Unheard)
    assert outcome.left
    assert len(telegram.journal.delivered(budi.chat.id)) == 1


@pytest.mark.parametrize("fault", [{"status": 502, "html": True}, {"status": 500}])
async def test_a_server_out_of_order_has_not_taken_the_message(
    mouth: TelegramMouth, telegram: Telegram, budi: Phone, fault: dict[str, object]
) -> None:
    telegram.faults.next("sendMessage", **fault)  # type: ignore[arg-type]

    outcome = await mouth.say(budi.chat.id, HELLO, None)

    assert isinstance(outcome, Unheard)
    assert not outcome.left


async def test_a_file_too_large_is_refused_and_not_tried_for_ever(
    mouth: TelegramMouth, telegram: Telegram, budi: Phone
) -> None:
    telegram.faults.next("sendMessage", status=413, description="Request Entity Too Large")

    assert isinstance(await mouth.say(budi.chat.id, HELLO, None), Refused)


async def test_a_line_that_is_down_has_not_taken_the_message() -> None:
    mouth = TelegramMouth("1:nobody", "http://127.0.0.1:9", rate=1000)
    await mouth.open()

    outcome = await mouth.say(1, HELLO, None)
    await mouth.close()

    assert outcome == Unheard("ConnectError", left=False)


async def test_a_wrong_token_stops_the_start_and_loses_no_message(address: str) -> None:
    mouth = TelegramMouth("7100000001:wrong", address, rate=1000)
    await mouth.open()

    with pytest.raises(WrongToken, match="KAWAN_BOT_TOKEN"):
        await mouth.name()
    outcome = await mouth.say(1, HELLO, None)
    await mouth.close()

    assert outcome == Unheard("token refused", left=False)


async def test_nobody_home_at_the_start_is_no_error() -> None:
    mouth = TelegramMouth("1:nobody", "http://127.0.0.1:9", rate=1000)
    await mouth.open()

    assert await mouth.name() is None

    await mouth.close()


async def test_no_log_line_holds_the_token(
    mouth: TelegramMouth, telegram: Telegram, budi: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers.clear()
    logs.begin(telegram.token)
    telegram.faults.next("sendMessage", status=502, html=True)

    await mouth.say(budi.chat.id, HELLO, None)
    logging.getLogger("anybody").error("asked %s", f"https://x/bot{telegram.token}/getMe")
    root.handlers[:] = before

    written = capsys.readouterr().err
    assert "asked https://x/bot" in written
    assert telegram.token.partition(":")[2] not in written
