"""People write and tap, the bot answers, edits and takes back."""

import pytest

from simulator import CannotDo, Telegram, contents, deeds
from tests.simulator.asking import PNG, Bot, buttons


async def test_budi_writes_and_taps_and_the_bot_answers(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")
    budi.writes("Halo")
    [hello] = await bot.do("getUpdates")
    question = {"text": "Apa <b>kabar</b>?", "parse_mode": "HTML"}
    await bot.do("sendMessage", chat_id=budi.id, **question, reply_markup=buttons(["Baik"]))

    budi.taps("Baik")
    [tap] = await bot.do("getUpdates", offset=hello["update_id"] + 1)
    await bot.do("answerCallbackQuery", callback_query_id=tap["callback_query"]["id"], text="Sip")
    await bot.do("editMessageText", chat_id=budi.id, message_id=budi.last.id, text="Kamu baik")

    assert hello["message"]["text"] == "Halo"
    assert tap["callback_query"]["data"] == "Baik"
    assert tap["callback_query"]["message"]["text"] == "Apa kabar?"
    assert [message.text for message in budi.heard] == ["Kamu baik"]
    assert budi.last.labels == []
    assert budi.toasts[-1].text == "Sip"


async def test_a_start_command_is_marked_so_that_libraries_recognise_it(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi")

    budi.opens(telegram.link("k7Qm-2"))

    [update] = await bot.do("getUpdates")
    assert update["message"]["text"] == "/start k7Qm-2"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_an_offered_link_waits_until_start_is_pressed(telegram: Telegram, bot: Bot) -> None:
    rina = telegram.phone("Rina")

    rina.offered("t.me/KawanPulihBot?start=abc")
    before = await bot.do("getUpdates")
    rina.starts()

    assert before == []
    assert (await bot.do("getUpdates"))[0]["message"]["text"] == "/start abc"
    assert rina.pending_link is None


@pytest.mark.parametrize(
    "link", ["https://t.me/SomeoneElse?start=a", "https://t.me/KawanPulihBot?start=a b", "hello"]
)
def test_a_link_that_is_not_the_bots_opens_nothing(telegram: Telegram, link: str) -> None:
    budi = telegram.phone("Budi")

    with pytest.raises(CannotDo):
        budi.opens(link)


async def test_the_newest_button_with_a_label_is_the_one_that_is_tapped(
    telegram: Telegram, bot: Bot
) -> None:
    siti = telegram.phone("Siti", started=True)
    for data in ("old", "new"):
        keyboard = {"inline_keyboard": [[{"text": "Ya", "callback_data": data}]]}
        await bot.do("sendMessage", chat_id=siti.id, text=data, reply_markup=keyboard)

    siti.taps("Ya")
    siti.taps("Ya", message=siti.heard[0])
    siti.taps_data("a:gone:1:ya")

    taps = [update["callback_query"] for update in await bot.do("getUpdates")]
    assert [tap["data"] for tap in taps] == ["new", "old", "a:gone:1:ya"]
    assert [tap["message"]["text"] for tap in taps] == ["new", "old", "new"]


def test_a_button_nobody_shows_cannot_be_tapped(telegram: Telegram) -> None:
    budi = telegram.phone("Budi")

    with pytest.raises(CannotDo, match="sees no button 'Ya'"):
        budi.taps("Ya")


async def test_a_keyboard_under_the_text_box_says_its_words(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi", started=True)
    rows = {"keyboard": [["Menu", {"text": "Bantuan"}]]}
    said = await bot.do("sendMessage", chat_id=budi.id, text="Pilih", reply_markup=rows)

    budi.taps("Bantuan")
    shown = [[button.label for button in row] for row in budi.keyboard]
    gone = {"remove_keyboard": True}
    await bot.do("sendMessage", chat_id=budi.id, text="Makasih", reply_markup=gone)

    assert shown == [["Menu", "Bantuan"]]
    assert "reply_markup" not in said
    assert (await bot.do("getUpdates"))[0]["message"]["text"] == "Bantuan"
    with pytest.raises(CannotDo):
        budi.taps("Bantuan")


def test_namesakes_have_phones_of_their_own(telegram: Telegram) -> None:
    keys = [telegram.phone(name).key for name in ("Budi", "Budi 2", "Budi", "Budi", "Ütomo")]

    assert keys == ["budi", "budi-2", "budi-3", "budi-4", "tomo"]


async def test_blocking_and_coming_back_are_told_to_the_bot(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi", started=True)

    budi.blocks()
    refused = await bot.ask("sendMessage", chat_id=budi.id, text="Halo")
    budi.starts()

    kinds = [next(iter(update.keys() - {"update_id"})) for update in await bot.do("getUpdates")]
    assert refused["error_code"] == 403
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert (await bot.ask("sendMessage", chat_id=budi.id, text="Halo"))["ok"]


async def test_everything_a_person_can_send_reaches_the_bot(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi")
    group = telegram.group("Kelompok Pagi")

    said = budi.writes("Satu")
    budi.rewrites(said, "Dua")
    budi.sends_photo("Ini fotonya")
    budi.sends(contents.sticker("👍"))
    budi.sends(contents.voice(4))
    budi.sends(contents.document("surat.pdf"))
    budi.shares_contact()
    budi.shares_location()
    budi.writes("Halo semua", to=group)
    budi.asks_inline("jadwal")
    deeds.publish(telegram, telegram.group("Kabar", kind="channel"), text="Kabar baru")

    updates = await bot.do("getUpdates")
    messages = [update["message"] for update in updates if "message" in update]
    assert updates[1]["edited_message"]["text"] == "Dua"
    assert [next(iter(set(message) - _ALWAYS)) for message in messages] == [
        "text", "photo", "sticker", "voice", "document", "contact", "location", "text",
    ]  # fmt: skip
    assert messages[1]["caption"] == "Ini fotonya"
    assert messages[-1]["chat"]["type"] == "supergroup"
    assert updates[-2]["inline_query"]["query"] == "jadwal"
    assert updates[-1]["channel_post"]["text"] == "Kabar baru"


_ALWAYS = {"message_id", "from", "chat", "date", "caption"}


async def test_any_json_can_be_injected_also_what_no_library_reads(
    telegram: Telegram, bot: Bot
) -> None:
    telegram.inject({"update_id": 77, "message": "not a message"})
    telegram.inject({"future_kind": {"what": None}})

    assert await bot.do("getUpdates") == [
        {"update_id": 77, "message": "not a message"},
        {"update_id": 78, "future_kind": {"what": None}},
    ]


async def test_pictures_and_documents_arrive_and_can_be_fetched(
    telegram: Telegram, bot: Bot, address: str
) -> None:
    budi = telegram.phone("Budi", started=True)

    sent = await bot.upload("sendPhoto", "photo", ("a.png", PNG), chat_id=budi.id, caption="Lihat")
    await bot.upload("sendDocument", "document", ("b.pdf", b"%PDF"), chat_id=budi.id)
    file_id = sent["result"]["photo"][-1]["file_id"]
    found = await bot.do("getFile", file_id=file_id)
    again = await bot.do("sendPhoto", chat_id=budi.id, photo=file_id)

    async with bot.http.get(f"{address}/file/bot{telegram.token}/{found['file_path']}") as answer:
        assert await answer.read() == PNG
    assert budi.heard[0].photo.data == PNG
    assert budi.heard[0].text == "Lihat"
    assert budi.heard[1].document.name == "b.pdf"
    assert again["photo"][0]["width"] == 2


async def test_a_form_an_address_line_and_json_are_read_alike(telegram: Telegram, bot: Bot) -> None:
    budi = telegram.phone("Budi", started=True)
    said = {"chat_id": str(budi.id), "text": "Halo", "disable_notification": "true"}

    async with bot.http.post(f"{bot.base}/sendMessage", data=said) as form:
        assert (await form.json())["ok"]
    async with bot.http.get(f"{bot.base}/sendmessage", params=said) as line:
        assert (await line.json())["ok"]

    assert [(message.text, message.silent) for message in budi.heard] == [("Halo", True)] * 2


async def test_an_edited_message_keeps_its_place_and_a_deleted_one_is_gone(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)
    first, second, third = [
        await bot.do("sendMessage", chat_id=budi.id, text=text) for text in ("1", "2", "3")
    ]

    edit = {"chat_id": budi.id, "message_id": first["message_id"]}
    await bot.do("editMessageText", **edit, text="Satu", reply_markup=buttons(["Ya"]))
    await bot.do("editMessageReplyMarkup", **edit)
    await bot.do("deleteMessage", chat_id=budi.id, message_id=second["message_id"])
    await bot.do("deleteMessages", chat_id=budi.id, message_ids=[third["message_id"], 999])

    assert [(message.text, message.labels) for message in budi.heard] == [("Satu", [])]


async def test_a_person_sees_the_commands_of_the_closest_scope(
    telegram: Telegram, bot: Bot
) -> None:
    budi, ujang = telegram.phone("Budi"), telegram.phone("Ujang")
    menu = [{"command": "menu", "description": "Semua pilihan"}]
    staff = [{"command": "antrean", "description": "Yang menunggu"}]

    await bot.do("setMyCommands", commands=menu)
    await bot.do("setMyCommands", commands=staff, scope={"type": "chat", "chat_id": ujang.id})

    assert telegram.menus.shown_to(budi.id, "id") == menu
    assert telegram.menus.shown_to(ujang.id, "id") == staff
    await bot.do("deleteMyCommands", scope={"type": "chat", "chat_id": ujang.id})
    assert telegram.menus.shown_to(ujang.id, "id") == menu


async def test_the_bot_can_say_who_it_is(telegram: Telegram, bot: Bot) -> None:
    await bot.do("setMyName", name="Kawan")
    await bot.do("setMyDescription", description="Halo")
    await bot.do("setMyShortDescription", short_description="Hai")
    await bot.do("setChatMenuButton", menu_button={"type": "commands"})

    assert (await bot.do("getMe"))["first_name"] == "Kawan"
    assert (await bot.do("getMyDescription"))["description"] == "Halo"
    assert (await bot.do("getMyShortDescription"))["short_description"] == "Hai"
    assert await bot.do("getChatMenuButton") == {"type": "commands"}


async def test_each_delivered_message_and_each_call_stands_in_the_journal(
    telegram: Telegram, bot: Bot
) -> None:
    budi = telegram.phone("Budi", started=True)

    await bot.do("sendMessage", chat_id=budi.id, text="Halo")
    await bot.refused("sendMessage", chat_id=budi.id, text=" ")

    assert [entry.detail["text"] for entry in telegram.journal.delivered(budi.id)] == ["Halo"]
    assert [entry.detail["status"] for entry in telegram.journal.calls("sendMessage")] == [200, 400]
