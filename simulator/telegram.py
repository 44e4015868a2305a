"""The simulated Telegram around one bot: its people, its chats, and what waits for it."""

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from simulator import journal
from simulator.chats import Chat
from simulator.clock import Clock, RealClock
from simulator.faults import Faults
from simulator.files import Files
from simulator.journal import Journal
from simulator.limits import Limits, Pace
from simulator.menus import Menus
from simulator.messages import Message
from simulator.phones import Phone
from simulator.refusals import bad
from simulator.taps import Toast
from simulator.updates import Updates
from simulator.webhook import Webhook
from simulator.wire import Json

TOKEN = "7100000001:AAF-simulated-token-for-the-desk-only"
# Real ids have long outgrown 32 bits; a column that is too narrow should fail here.
_FIRST_PERSON = 5_400_000_001
_QUEUES = {"callback_query": "press", "my_chat_member": "member", "inline_query": "inline"}
Listener = Callable[[str, Chat, Message | None], None]


@dataclass(frozen=True, slots=True)
class Press:
    """A tapped button that waits for its answer."""

    chat: Chat
    expires_at: datetime


class Telegram:
    """One bot's world. Holds facts only; `simulator.server` puts it on the network."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        username: str = "KawanPulihBot",
        journal_file: Path | None = None,
    ) -> None:
        self.token = token
        self.username = username
        self.clock: Clock = clock or RealClock()
        self.limits = limits or Limits()
        self.pace = Pace(self.limits)
        self.faults = Faults()
        self.journal = Journal(self.clock.now, journal_file)
        self.updates = Updates(self.clock.now)
        self.files = Files(self.limits)
        self.menus = Menus("Kawan Pulih")
        self.webhook = Webhook()
        self.chats: dict[int, Chat] = {}
        self.phones: dict[str, Phone] = {}
        self.presses: dict[str, Press] = {}
        self._listeners: list[Listener] = []
        self._namesakes: Counter[str] = Counter()
        self._owners: dict[int, Phone] = {}
        self._people = itertools.count(_FIRST_PERSON, 1009)
        self._groups = itertools.count(-1_002_000_000_001, -1)
        self._message_ids = itertools.count(1)
        self._fresh = itertools.count(8_100_000_000_000_001)

    @property
    def me(self) -> Json:
        number = int(self.token.split(":")[0])
        names = {"first_name": self.menus.name(""), "username": self.username}
        return {"id": number, "is_bot": True, **names}

    def link(self, code: str) -> str:
        """The deep link that starts the bot with a code."""
        return f"https://t.me/{self.username}?start={code}"

    def phone(
        self,
        first_name: str,
        *,
        role: str = "",
        last_name: str | None = None,
        username: str | None = None,
        started: bool = False,
    ) -> Phone:
        """A new person with a phone, who has never met the bot unless `started`."""
        user: Json = {"id": next(self._people), "is_bot": False, "first_name": first_name}
        named = {"last_name": last_name, "username": username, "language_code": "id"}
        user |= {key: value for key, value in named.items() if value}
        chat = Chat(user["id"], "private", person=user, started=started)
        phone = Phone(self, self._free_key(first_name), user, chat, role=role)
        self.chats[chat.id] = chat
        self.phones[phone.key] = phone
        self._owners[chat.id] = phone
        self.tell("phone", chat)
        return phone

    def group(self, title: str, *, kind: str = "supergroup", username: str | None = None) -> Chat:
        """A group or a channel in which the bot is."""
        chat = Chat(next(self._groups), kind, title=title, username=username)
        self.chats[chat.id] = chat
        return chat

    def say(self, chat: Chat, **parts: object) -> Message:
        """Put a message of the bot into a chat."""
        message = Message(self.next_message_id(), chat.id, self.clock.now(), self.me, **parts)  # type: ignore[arg-type]
        chat.put(message)
        detail = {"message_id": message.id, "text": message.text, "labels": message.labels}
        self.journal.note(journal.DELIVERED, "", chat_id=chat.id, detail=detail)
        if phone := self.phone_of(chat):
            phone.unread += 1
        self.tell("message", chat, message)
        return message

    def await_answer(self, chat: Chat, until: datetime) -> str:
        """Keep a press of whose chat this is until it is answered or too old; its number."""
        number = self.fresh_id()
        self.presses[number] = Press(chat, until)
        return number

    def answer_press(self, number: str, toast: Toast) -> None:
        press = self.presses.get(number)
        if press is None or press.expires_at <= self.clock.now():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self._owners[press.chat.id].toasts.append(toast)
        self.tell("toast", press.chat)

    def push(self, kind: str, body: Json, *, about: int, seconds: int | None = None) -> None:
        """Queue an update; a press and a message of one person wait in different queues."""
        queue = f"{_QUEUES.get(kind, 'chat')}:{about}"
        life = seconds or self.limits.message_life
        self.updates.push({kind: body}, queue=queue, seconds=life)

    def inject(self, update: Json) -> int:
        """Queue any JSON at all as an update, also what no library can read; its number."""
        return self.updates.push_raw(update, seconds=self.limits.message_life)

    def chat(self, chat_id: int | str) -> Chat:
        """The chat by its number or @name, or Telegram's "chat not found"."""
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            found = (chat for chat in self.chats.values() if f"@{chat.username}" == chat_id)
            if public := next(found, None):
                return public
        if isinstance(chat_id, int) and chat_id in self.chats:
            return self.chats[chat_id]
        raise bad("chat not found")

    def phone_of(self, chat: Chat) -> Phone | None:
        """Whose private chat this is."""
        return self._owners.get(chat.id)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of everything that changes on a phone; call the result to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, what: str, chat: Chat, message: Message | None = None) -> None:
        for listener in list(self._listeners):
            listener(what, chat, message)

    def tell_all(self, what: str) -> None:
        for phone in self.phones.values():
            self.tell(what, phone.chat)

    def fresh_id(self) -> str:
        return str(next(self._fresh))

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def _free_key(self, first_name: str) -> str:
        base = re.sub(r"[^a-z0-9]+", "-", first_name.lower()).strip("-") or "phone"
        key = base
        while key in self.phones:
            self._namesakes[base] += 1
            key = f"{base}-{self._namesakes[base] + 1}"
        return key
