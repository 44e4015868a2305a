"""What people do, as the updates the bot gets of it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from simulator.chats import Chat
from simulator.formatting import Formatted
from simulator.messages import Message
from simulator.wire import Json, stamp

if TYPE_CHECKING:
    from simulator.phones import Phone
    from simulator.telegram import Telegram


def speak(phone: "Phone", chat: Chat, **parts: object) -> Message:
    """Put a person's message into a chat and queue it for the bot."""
    telegram = phone.telegram
    number, now = telegram.next_message_id(), telegram.clock.now()
    message = Message(number, chat.id, now, phone.user, **parts)  # type: ignore[arg-type]
    chat.put(message)
    if chat is phone.chat:
        phone.unread = 0
    telegram.tell("message", chat, message)
    telegram.push("message", message.as_json(chat.as_json()), about=chat.id)
    return message


def press(phone: "Phone", shown: Message, *, data: str) -> None:
    """Tap a button: the bot has a short while to answer."""
    telegram = phone.telegram
    life = telegram.limits.press_life
    number = telegram.await_answer(phone, telegram.clock.now() + timedelta(seconds=life))
    chat = telegram.chats[shown.chat_id]
    query = {
        "id": number,
        "from": phone.user,
        "message": shown.as_json(chat.as_json()),
        "chat_instance": str(chat.id * 7919),
        "data": data,
    }
    telegram.push("callback_query", query, about=phone.id, seconds=life)


def tell_of_blocking(phone: "Phone", *, blocked: bool) -> None:
    """The bot learns that a person has blocked or unblocked it."""
    telegram = phone.telegram
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (_member(telegram.me, status) for status in statuses)
    about = {"chat": phone.chat.as_json(), "from": phone.user}
    changed = about | {"date": stamp(telegram.clock.now())}
    members = {"old_chat_member": old, "new_chat_member": new}
    telegram.push("my_chat_member", changed | members, about=phone.id)


def publish(telegram: "Telegram", channel: Chat, *, text: str) -> Message:
    """A channel writes something; the bot gets a `channel_post`."""
    sender = {"id": channel.id, "title": channel.title}
    number, now = telegram.next_message_id(), telegram.clock.now()
    post = Message(number, channel.id, now, sender, Formatted(text))
    channel.put(post)
    written = post.as_json(channel.as_json()) | {"sender_chat": channel.as_json()}
    del written["from"]
    telegram.push("channel_post", written, about=channel.id)
    return post


def _member(user: Json, status: str) -> Json:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
