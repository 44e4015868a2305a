"""What people do, as the updates the bot gets of it."""

from datetime import timedelta

from simulator.chats import Chat
from simulator.formatting import Formatted
from simulator.line import Line
from simulator.messages import Message
from simulator.wire import Json, stamp


def speak(line: Line, user: Json, chat: Chat, **parts: object) -> Message:
    """Put a person's message into a chat and queue it for the bot."""
    number, now = line.next_message_id(), line.clock.now()
    message = Message(number, chat.id, now, user, **parts)  # type: ignore[arg-type]
    chat.put(message)
    line.tell("message", chat, message)
    line.push("message", message.as_json(chat.as_json()), about=chat.id)
    return message


def press(line: Line, user: Json, shown: Message, *, data: str) -> None:
    """Tap a button: the bot has a short while to answer the person who tapped."""
    life = line.limits.press_life
    until = line.clock.now() + timedelta(seconds=life)
    number = line.await_answer(line.chats[user["id"]], until)
    chat = line.chats[shown.chat_id]
    query = {
        "id": number,
        "from": user,
        "message": shown.as_json(chat.as_json()),
        "chat_instance": str(chat.id * 7919),
        "data": data,
    }
    line.push("callback_query", query, about=user["id"], seconds=life)


def tell_of_blocking(line: Line, user: Json, chat: Chat, *, blocked: bool) -> None:
    """The bot learns that a person has blocked or unblocked it."""
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (_member(line.me, status) for status in statuses)
    about = {"chat": chat.as_json(), "from": user}
    changed = about | {"date": stamp(line.clock.now())}
    members = {"old_chat_member": old, "new_chat_member": new}
    line.push("my_chat_member", changed | members, about=chat.id)


def publish(line: Line, channel: Chat, *, text: str) -> Message:
    """A channel writes something; the bot gets a `channel_post`."""
    sender = {"id": channel.id, "title": channel.title}
    number, now = line.next_message_id(), line.clock.now()
    post = Message(number, channel.id, now, sender, Formatted(text))
    channel.put(post)
    written = post.as_json(channel.as_json()) | {"sender_chat": channel.as_json()}
    del written["from"]
    line.push("channel_post", written, about=channel.id)
    return post


def _member(user: Json, status: str) -> Json:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
