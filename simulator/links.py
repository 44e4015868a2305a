"""Links that start the bot."""

import re

_WEB = re.compile(r"(?:https?://)?t\.me/(\w+)(?:\?start=([A-Za-z0-9_-]{0,64}))?/?$")
_APP = re.compile(r"tg://resolve\?domain=(\w+)&start=([A-Za-z0-9_-]{0,64})$")


def start_code(link: str, username: str) -> str | None:
    """The code a link starts this bot with, empty for none; None where it leads elsewhere."""
    found = _WEB.match(link) or _APP.match(link)
    if not found or found[1].lower() != username.lower():
        return None
    return found[2] or ""
