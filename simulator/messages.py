"""One message in a chat, as the person sees it and as the bot gets it."""

from dataclasses import dataclass, replace
from datetime import datetime

from simulator import formatting, keyboards
from simulator.files import StoredFile, size_of
from simulator.formatting import NO_WORDS, Formatted
from simulator.keyboards import Button, Rows
from simulator.wire import Json, stamp

_VISUAL = {"photo", "animation", "video", "video_note", "sticker"}


@dataclass(frozen=True, slots=True)
class Media:
    """A file inside a message, and what kind of thing it is there."""

    kind: str
    file: StoredFile

    def as_json(self) -> Json:
        facts = self.file.facts()
        width, height = size_of(self.file.data) or (320, 320)
        sized = {**facts, "width": width, "height": height}
        named = {**facts, "file_name": self.file.name, "mime_type": self.file.mime}
        match self.kind:
            case "photo":
                return {"photo": [sized]}
            case "animation":
                moving = {**sized, **named, "duration": 1}
                return {"animation": moving, "document": named}
            case "sticker":
                plain = {"type": "regular", "is_animated": False, "is_video": False}
                return {"sticker": {**sized, **plain}}
            case "voice" | "audio" | "video" | "video_note":
                length = 320 if self.kind == "video_note" else None
                timed = {**(sized if self.kind in _VISUAL else named), "duration": 1}
                return {self.kind: {**timed, **({"length": length} if length else {})}}
        return {"document": named}


@dataclass(frozen=True, slots=True)
class Message:
    """What was said, by whom, with which buttons; a changed message is a new value."""

    id: int
    chat_id: int
    at: datetime
    sender: Json
    body: Formatted = NO_WORDS
    media: Media | None = None
    extra: tuple[tuple[str, object], ...] = ()
    markup: Json | None = None
    edited_at: datetime | None = None
    reply_to: int | None = None
    silent: bool = False

    @property
    def from_bot(self) -> bool:
        return bool(self.sender.get("is_bot"))

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def html(self) -> str:
        return formatting.html(self.body)

    @property
    def buttons(self) -> Rows:
        return keyboards.rows(self.markup)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.buttons for button in row]

    @property
    def photo(self) -> StoredFile | None:
        return self.media.file if self.media and self.media.kind == "photo" else None

    @property
    def document(self) -> StoredFile | None:
        return self.media.file if self.media and self.media.kind == "document" else None

    def find_button(self, label: str) -> Button | None:
        found = (button for row in self.buttons for button in row if button.label == label)
        return next(found, None)

    def changed(self, at: datetime | None, **parts: object) -> "Message":
        """The same message with other words or buttons, and when its words were edited."""
        return replace(self, edited_at=at, **parts)  # type: ignore[arg-type]

    def is_same_as(self, other: "Message") -> bool:
        mine = (self.body, self.media, self.markup)
        return mine == (other.body, other.media, other.markup)

    def as_json(self, chat: Json) -> Json:
        content = self._text_json() | (self.media.as_json() if self.media else {})
        message = {
            "message_id": self.id,
            "from": self.sender,
            "chat": chat,
            "date": stamp(self.at),
            **content,
            **dict(self.extra),
        }
        if keyboards.is_inline(self.markup):
            message["reply_markup"] = self.markup
        if self.edited_at:
            message["edit_date"] = stamp(self.edited_at)
        return message

    def _text_json(self) -> Json:
        if not self.body.text:
            return {}
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        written: Json = {text: self.body.text}
        return written | ({entities: list(self.body.entities)} if self.body.entities else {})
