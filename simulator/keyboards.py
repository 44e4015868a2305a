"""Buttons under a message: read, checked against Telegram's rules, and looked up by label."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulator.limits import Limits
from simulator.refusals import Refusal, bad
from simulator.wire import Json, encode

_DOTTED = re.compile(r"^[^\s.]+(\.[^\s.]+)+$")
_ACTIONS = (
    "callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Button:
    """One button as a person sees it."""

    label: str
    data: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


def read(markup: object, limits: Limits) -> Json | None:
    """The markup as Telegram keeps it: rows cut at eight, everything else checked."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad("Object expected as reply markup")
    if rows := _rows(markup, "keyboard"):
        return {**markup, "keyboard": [_cut(row, limits) for row in rows]}
    if rows := _rows(markup, "inline_keyboard"):
        return _inline(rows, limits)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def rows(markup: Json | None) -> Rows:
    """The inline buttons, or those of a reply keyboard, row by row."""
    markup = markup or {}
    shown = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(tuple(_button(button) for button in row) for row in shown)


def is_inline(markup: Json | None) -> bool:
    return "inline_keyboard" in (markup or {})


def replaces_keyboard(markup: Json | None) -> bool:
    """Whether what stands under the text box changes with this message."""
    return any(name in (markup or {}) for name in ("keyboard", "remove_keyboard"))


def _button(button: Json | str) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(button["text"], button.get("callback_data"), button.get("url"))


def _rows(markup: Json, name: str) -> list[list[Json]]:
    rows = markup.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        of = "" if name == "keyboard" else " of the InlineKeyboardMarkup"
        raise bad(f'Field "{name}"{of} must be an Array of Arrays')
    return [row for row in rows if row]


def _cut(row: list[Json], limits: Limits) -> list[Json]:
    return row[: limits.row]


def _inline(rows: list[list[Json]], limits: Limits) -> Json:
    kept = [[_checked(button, limits) for button in _cut(row, limits)] for row in rows]
    markup = {"inline_keyboard": kept}
    too_big = len(encode(markup).encode()) > limits.markup_bytes
    if too_big or sum(len(row) for row in kept) > limits.buttons:
        raise bad("reply markup is too long")
    return markup


def _checked(button: object, limits: Limits) -> Json:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unparsable('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    if url := button.get("url"):
        _check_url(url, "URL")
    elif data := button.get("callback_data"):
        _check_data(data, limits)
    elif web_app := button.get("web_app"):
        _check_web_app(web_app)
    elif not any(action in button for action in _ACTIONS):
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    return {key: value for key, value in button.items() if value is not None}


def _check_data(data: object, limits: Limits) -> None:
    if not isinstance(data, str):
        raise _unparsable('Field "callback_data" must be of type String')
    if len(data.encode()) > limits.button_data_bytes:
        raise bad("BUTTON_DATA_INVALID")


def _check_url(url: str, kind: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    known = parts.scheme in {"tg", "ton"}
    if not known and not (parts.scheme in {"http", "https"} and _DOTTED.match(parts.netloc)):
        raise bad(f"Inline keyboard button {kind} '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(web_app: Json) -> None:
    url = str(web_app.get("url", ""))
    _check_url(url, "Web App URL")
    if not url.startswith("https://"):
        words = f"Inline keyboard button Web App URL '{url}' is invalid"
        raise bad(f"{words}: Only HTTPS links are allowed")


def _unparsable(words: str) -> Refusal:
    return bad(f"can't parse inline keyboard button: {words}")
