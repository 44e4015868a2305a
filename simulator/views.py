"""What the page shows of phones and messages, as JSON."""

from urllib.parse import quote

from simulator import formatting
from simulator.files import size_of
from simulator.formatting import Formatted
from simulator.keyboards import Button
from simulator.messages import Media, Message
from simulator.phones import Phone
from simulator.telegram import Telegram
from simulator.wire import Json

_PREVIEW = 110
_KINDS = {
    "photo": "📷 Foto", "animation": "🎞️ Animasi", "sticker": "Stiker", "voice": "🎤 Pesan suara",
    "video": "🎬 Video", "audio": "🎵 Audio", "location": "📍 Lokasi", "contact": "👤 Kontak",
}  # fmt: skip


def bot(telegram: Telegram) -> Json:
    about = telegram.menus.words("description", "id")
    return {"name": telegram.menus.name("id"), "username": telegram.username, "about": about}


def phone(phone: Phone) -> Json:
    """A phone without its messages."""
    menus = phone.telegram.menus
    return {
        "key": phone.key,
        "id": phone.id,
        "name": phone.name,
        "role": phone.role,
        "started": phone.chat.started,
        "blocked": phone.blocked,
        "pending": phone.pending_link,
        "unread": phone.unread,
        "commands": menus.shown_to(phone.id, str(phone.user.get("language_code", ""))),
        "keyboard": [[_button(button) for button in row] for row in phone.keyboard],
    }


def full_phone(shown: Phone) -> Json:
    return phone(shown) | {"messages": [message(one) for one in shown.chat.in_order()]}


def message(shown: Message) -> Json:
    return {
        "id": shown.id,
        "from_bot": shown.from_bot,
        "at": shown.at.isoformat(),
        "edited": shown.edited_at is not None,
        "silent": shown.silent,
        "text": shown.text,
        "html": formatting.html(shown.body, links=True),
        "buttons": [[_button(button) for button in row] for row in shown.buttons],
        "inline": "inline_keyboard" in (shown.markup or {}),
        "media": _media(shown.media) if shown.media else _sent_by_person(shown),
        "reply_to": shown.reply_to,
        "preview": preview(shown),
    }


def preview(shown: Message) -> str:
    """What a passer-by reads on the lock screen: the first words, spoilers covered."""
    covered = _covered(shown.body)
    said = " ".join(covered.split())
    kind = shown.media.kind if shown.media else ""
    if kind == "document" and shown.media:
        said = f"📎 {shown.media.file.name} {said}".strip()
    elif kind:
        said = f"{_KINDS.get(kind, kind)} {said}".strip()
    return said if len(said) <= _PREVIEW else f"{said[:_PREVIEW].rstrip()}…"


def _covered(body: Formatted) -> str:
    units = body.text.encode("utf-16-le")
    for mark in body.entities:
        if mark["type"] == "spoiler":
            begin, end = mark["offset"] * 2, (mark["offset"] + mark["length"]) * 2
            units = units[:begin] + "▒".encode("utf-16-le") * mark["length"] + units[end:]
    return units.decode("utf-16-le")


def _button(button: Button) -> Json:
    kind = "press" if button.data is not None else "link" if button.url else "word"
    return {"label": button.label, "kind": kind, "url": button.url}


def _media(media: Media) -> Json:
    file = media.file
    address = f"/files/{file.id}/{quote(file.name)}"
    width, height = size_of(file.data) or (0, 0)
    facts = {"kind": media.kind, "name": file.name, "size": len(file.data), "url": address}
    return facts | {"width": width, "height": height}


def _sent_by_person(shown: Message) -> Json | None:
    kinds = [kind for kind, _ in shown.extra if kind in _KINDS or kind == "document"]
    return {"kind": kinds[0], "label": _KINDS.get(kinds[0], "📎 Berkas")} if kinds else None
