"""What travels as JSON, and how Telegram measures it."""

import json
from datetime import datetime
from typing import Any

Json = dict[str, Any]


def utf16(text: str) -> int:
    """How long Telegram says a text is: entity offsets count UTF-16 units."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def stamp(moment: datetime) -> int:
    return int(moment.timestamp())


def encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
