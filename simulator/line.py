"""What a phone may ask of the Telegram around it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from simulator.chats import Chat
from simulator.clock import Clock
from simulator.limits import Limits
from simulator.menus import Menus
from simulator.messages import Message
from simulator.wire import Json


class Line(Protocol):
    """The way from phones to the bot: numbers, chats, and updates that wait."""

    username: str

    @property
    def clock(self) -> Clock: ...

    @property
    def limits(self) -> Limits: ...

    @property
    def menus(self) -> Menus: ...

    @property
    def chats(self) -> Mapping[int, Chat]: ...

    @property
    def me(self) -> Json: ...

    def next_message_id(self) -> int: ...

    def fresh_id(self) -> str: ...

    def await_answer(self, chat: Chat, until: datetime) -> str: ...

    def push(self, kind: str, body: Json, *, about: int, seconds: int | None = None) -> None: ...

    def tell(self, what: str, chat: Chat, message: Message | None = None) -> None: ...
