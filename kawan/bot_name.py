"""Asks Telegram for our bot's username, once; without an answer a link says BOT."""

from __future__ import annotations

import json
from threading import Thread
from typing import Final
from urllib.error import URLError
from urllib.request import Request, urlopen

PATIENCE: Final = 2.0
#: No username is this short, so a link that carries it leads nowhere rather than to a stranger.
UNKNOWN: Final = "BOT"


def number(token: str | None) -> int:
    """The bot's own Telegram id, which every token begins with; 0 without a token."""
    return int((token or "0").partition(":")[0])


def ask(token: str, api: str) -> str | None:
    """The username, or None where Telegram does not answer within two seconds."""
    found: list[str] = []
    # Looking up a host's name knows no time-out: a thread that may be left behind does.
    asking = Thread(target=_ask, args=(f"{api}/bot{token}/getMe", found), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return found[0] if found else None


def _ask(address: str, found: list[str]) -> None:
    try:
        with urlopen(Request(address, method="POST"), timeout=PATIENCE) as answer:
            found.append(str(json.load(answer)["result"]["username"]))
    except (URLError, OSError, ValueError, KeyError, TypeError):
        return
