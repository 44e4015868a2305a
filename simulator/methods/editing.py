"""Methods that change or take back what was said."""

from datetime import timedelta

from simulator import journal, uploads
from simulator.calls import Call
from simulator.chats import Chat
from simulator.messages import Media, Message
from simulator.methods import words
from simulator.refusals import bad
from simulator.telegram import Telegram
from simulator.wire import Json

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
_DELETABLE = timedelta(hours=48)


def edit_text(telegram: Telegram, call: Call) -> Json:
    body, markup = words.text(telegram, call), words.inline_markup(telegram, call)
    chat, message = _own_message(telegram, call)
    if message.media or message.extra:
        raise bad("there is no text in the message to edit")
    return _change(telegram, chat, message, body=body, markup=markup)


def edit_caption(telegram: Telegram, call: Call) -> Json:
    body, markup = words.caption(telegram, call), words.inline_markup(telegram, call)
    chat, message = _own_message(telegram, call)
    if not message.media:
        raise bad("there is no caption in the message to edit")
    return _change(telegram, chat, message, body=body, markup=markup)


def edit_markup(telegram: Telegram, call: Call) -> Json:
    markup = words.inline_markup(telegram, call)
    chat, message = _own_message(telegram, call)
    return _change(telegram, chat, message, markup=markup)


def edit_media(telegram: Telegram, call: Call) -> Json:
    item, markup = call.parameters["media"], words.inline_markup(telegram, call)
    caption = words.caption(telegram, Call(call.method, item))
    chat, message = _own_message(telegram, call)
    kind = item.get("type", "")
    media = Media(
        kind, uploads.stored(telegram.files, call, kind=kind, named=item.get("media", ""))
    )
    return _change(telegram, chat, message, body=caption, media=media, markup=markup)


def delete_message(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.parameters["chat_id"])
    message = chat.messages.get(call.number("message_id"))
    if message is None:
        raise bad("message to delete not found")
    if telegram.clock.now() - message.at > _DELETABLE:
        raise bad("message can't be deleted")
    _take_back(telegram, chat, message)
    return True


def delete_messages(telegram: Telegram, call: Call) -> bool:
    numbers = call.parameters["message_ids"]
    if len(numbers) > 100:
        raise bad("too many message identifiers specified")
    chat = telegram.chat(call.parameters["chat_id"])
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    if any(telegram.clock.now() - message.at > _DELETABLE for message in found):
        raise bad("message can't be deleted")
    for message in found:
        _take_back(telegram, chat, message)
    return True


def _own_message(telegram: Telegram, call: Call) -> tuple[Chat, Message]:
    if not call.parameters.get("chat_id"):
        raise bad("chat_id is empty")
    chat = telegram.chat(call.parameters["chat_id"])
    message = chat.messages.get(call.number("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if not message.from_bot:
        raise bad("message can't be edited")
    return chat, message


def _change(telegram: Telegram, chat: Chat, message: Message, **parts: object) -> Json:
    if chat.deactivated:
        chat.accept()
    # Telegram does not call a message edited when only its buttons changed.
    edited_at = message.edited_at if parts.keys() == {"markup"} else telegram.clock.now()
    changed = message.changed(edited_at, **parts)
    if changed.is_same_as(message):
        raise bad(_NOT_MODIFIED)
    chat.put(changed)
    _note(telegram, journal.EDITED, chat, changed)
    telegram.tell("edited", chat, changed)
    return changed.as_json(chat.as_json())


def _take_back(telegram: Telegram, chat: Chat, message: Message) -> None:
    del chat.messages[message.id]
    _note(telegram, journal.DELETED, chat, message)
    telegram.tell("deleted", chat, message)


def _note(telegram: Telegram, what: str, chat: Chat, message: Message) -> None:
    detail = {"message_id": message.id, "text": message.text, "labels": message.labels}
    telegram.journal.note(what, "", chat_id=chat.id, detail=detail)


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
