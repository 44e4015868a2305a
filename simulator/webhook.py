"""Where updates are posted to, and how the last attempts went."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from simulator.refusals import bad
from simulator.wire import Json, stamp

_SECRET = re.compile(r"^[A-Za-z0-9_-]*$")
# The desk has no way out: only an address on this machine can be posted to.
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class Webhook:
    """The address the bot has given, or none."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    failed_at: datetime | None = None
    failure: str = ""

    def point_at(self, url: str, *, secret: str, connections: int) -> None:
        """Take a new address, or refuse it with Telegram's words."""
        _check(url, secret)
        self.url, self.secret = url, secret
        self.connections = max(1, min(connections or 40, 100))
        self.failed_at, self.failure = None, ""

    def take_away(self) -> None:
        self.url, self.secret = "", ""

    def note_failure(self, at: datetime, words: str) -> None:
        self.failed_at, self.failure = at, words

    def as_json(self, *, waiting: int, allowed: list[str]) -> Json:
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": waiting,
        }
        if self.url:
            info |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.failed_at:
            failed = {"last_error_date": stamp(self.failed_at)}
            info |= failed | {"last_error_message": self.failure}
        return info | ({"allowed_updates": allowed} if allowed else {})


def _check(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise bad("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not _SECRET.match(secret):
        raise bad("secret token contains unallowed characters")
    if parts.hostname not in _LOOPBACK:
        words = "the simulator posts only to this machine"
        if parts.scheme != "https":
            words = "An HTTPS URL must be provided for webhook"
        raise bad(f"bad webhook: {words}")
