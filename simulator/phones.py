"""A person with a phone: writes, taps, opens links, blocks, and sees what came."""

from dataclasses import dataclass, field

from simulator import contents, deeds, formatting, keyboards, links, taps
from simulator.chats import Chat
from simulator.formatting import Formatted
from simulator.keyboards import Button, Rows
from simulator.line import Line
from simulator.messages import Message
from simulator.taps import CannotDo, Toast
from simulator.wire import Json


@dataclass(slots=True, eq=False)
class Phone:
    """One person's phone. Its chat with the bot has the person's id."""

    telegram: Line
    key: str
    user: Json
    chat: Chat
    role: str = ""
    pending_link: str | None = None
    unread: int = 0
    toasts: list[Toast] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def name(self) -> str:
        return str(self.user["first_name"])

    @property
    def heard(self) -> list[Message]:
        """What the bot has said and not taken back, oldest first, as it reads now."""
        return [message for message in self.chat.in_order() if message.from_bot]

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        if not (heard := self.heard):
            raise CannotDo(f"{self.name} has heard nothing yet.")
        return heard[-1]

    @property
    def keyboard(self) -> Rows:
        """The reply keyboard under the text box, if the bot has put one there."""
        for message in self.chat.newest_first():
            if keyboards.replaces_keyboard(message.markup):
                return message.buttons
        return ()

    @property
    def blocked(self) -> bool:
        return self.chat.blocked

    def writes(
        self, text: str, *, to: Chat | None = None, reply_to: Message | None = None
    ) -> Message:
        """Send words to the bot, or into a group where it listens."""
        body = formatting.with_links(formatting.clean(text, []))
        chat = to or self.chat
        quoted = reply_to.as_json(chat.as_json()) if reply_to else None
        return self._says(chat, body=body, extra=(("reply_to_message", quoted),) if quoted else ())

    def sends(self, content: Json, *, caption: str = "", to: Chat | None = None) -> Message:
        """Send anything made by `simulator.contents`, with a caption if it takes one."""
        extra = dict(content)
        if caption:
            extra["caption"] = caption
        return self._says(to or self.chat, extra=tuple(extra.items()))

    def sends_photo(self, caption: str = "") -> Message:
        return self.sends(contents.photo(), caption=caption)

    def shares_contact(self, number: str = "+6281200000000") -> Message:
        return self.sends(contents.contact(self.name, number, user_id=self.id))

    def shares_location(self, latitude: float = -6.9147, longitude: float = 107.6098) -> Message:
        return self.sends(contents.location(latitude, longitude))

    def rewrites(self, message: Message, text: str) -> Message:
        """Change one's own message; the bot gets an `edited_message`."""
        chat = self.telegram.chats[message.chat_id]
        body = formatting.with_links(formatting.clean(text, []))
        changed = message.changed(self.telegram.clock.now(), body=body)
        chat.put(changed)
        self.telegram.tell("edited", chat, changed)
        self.telegram.push("edited_message", changed.as_json(chat.as_json()), about=chat.id)
        return changed

    def taps(self, label: str, *, message: Message | None = None) -> None:
        """Tap the newest visible button with that label, or the one under a given message."""
        looked_at = [message] if message else list(self.chat.newest_first())
        if found := taps.by_label(looked_at, label):
            return self._tap(*found)
        if message is None and label in [button.label for row in self.keyboard for button in row]:
            self.writes(label)
            return None
        seen = [one for shown in looked_at for one in shown.labels]
        raise CannotDo(f"{self.name} sees no button {label!r}, only {seen}.")

    def taps_data(self, data: str, *, message: Message | None = None) -> None:
        """Send a press with exactly that data, also when no such button is shown any more."""
        shown = message or taps.carrying(self.chat, data) or self.last
        deeds.press(self.telegram, self.user, shown, data=data)

    def presses(self, message: Message, *, row: int, column: int) -> None:
        """Tap the button at a place, as a thumb does where two labels are alike."""
        if not (button := taps.by_place(message, row=row, column=column)):
            raise CannotDo(f"{self.name} sees no button there any more.")
        self._tap(message, button)

    def opens(self, link: str) -> Message:
        """Follow a deep link and press START."""
        self.offered(link)
        return self.starts()

    def offered(self, link: str) -> None:
        """Be shown a link and its START button without pressing it yet."""
        self._code_in(link)
        self.pending_link = link
        self.telegram.tell("phone", self.chat)

    def starts(self) -> Message:
        """Press START: with the code of the link that was offered, if there was one."""
        link, self.pending_link = self.pending_link, None
        code = self._code_in(link) if link else ""
        self.unblocks()
        return self.writes(f"/start {code}".strip())

    def blocks(self) -> None:
        """Block the bot, which is told so."""
        self._set_blocked(True)

    def unblocks(self) -> None:
        self._set_blocked(False)

    def deactivates(self) -> None:
        """Delete the account; the bot learns it only when it writes."""
        self.chat.deactivated = True

    def asks_inline(self, query: str) -> None:
        """Type the bot's name and some words in any chat."""
        asked = {"id": self.telegram.fresh_id(), "from": self.user, "query": query, "offset": ""}
        self.telegram.push("inline_query", asked, about=self.id, seconds=30)

    def reads(self) -> None:
        """Look at the chat: nothing is unread now."""
        self.unread = 0
        self.telegram.tell("phone", self.chat)

    def _tap(self, shown: Message, button: Button) -> None:
        if button.data is not None:
            deeds.press(self.telegram, self.user, shown, data=button.data)
        elif button.url is None:
            self.writes(button.label)
        elif links.start_code(button.url, self.telegram.username) is not None:
            self.opens(button.url)
        else:
            self.opened.append(button.url)

    def _code_in(self, link: str) -> str:
        code = links.start_code(link, self.telegram.username)
        if code is None:
            raise CannotDo(f"{link!r} is no link to @{self.telegram.username}.")
        return code

    def _set_blocked(self, blocked: bool) -> None:
        if self.chat.blocked == blocked:
            return
        self.chat.blocked = blocked
        deeds.tell_of_blocking(self.telegram, self.user, self.chat, blocked=blocked)
        self.telegram.tell("phone", self.chat)

    def _says(
        self,
        chat: Chat,
        *,
        body: Formatted | None = None,
        extra: tuple[tuple[str, object], ...] = (),
    ) -> Message:
        if chat is self.chat and chat.blocked:
            raise CannotDo(f"{self.name} has blocked the bot and cannot write to it.")
        chat.started = True
        if chat is self.chat:
            self.unread = 0
        words = body or formatting.NO_WORDS
        return deeds.speak(self.telegram, self.user, chat, body=words, extra=extra)
