"""A chat and its messages, in the order in which they came."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.messages import Message
from simulator.refusals import forbidden
from simulator.wire import Json


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat with one person, a group, or a channel."""

    id: int
    kind: str
    title: str = ""
    username: str | None = None
    person: Json | None = None
    started: bool = True
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    def as_json(self) -> Json:
        facts: Json = {"id": self.id, "type": self.kind}
        if self.person is not None:
            named = ("first_name", "last_name", "username")
            return facts | {key: self.person[key] for key in named if self.person.get(key)}
        facts["title"] = self.title
        return facts | ({"username": self.username} if self.username else {})

    def accept(self) -> None:
        """Says no where the bot may not write: never started, blocked, gone."""
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked and self.kind == "private":
            raise forbidden("bot was blocked by the user")
        if self.blocked:
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")

    def put(self, message: Message) -> None:
        self.messages[message.id] = message

    def newest_first(self) -> Iterator[Message]:
        return iter([self.messages[key] for key in sorted(self.messages, reverse=True)])

    def in_order(self) -> list[Message]:
        return [self.messages[key] for key in sorted(self.messages)]
