"""Whose words they are, as a Rasa server knows it: a pseudonym that nobody else can make up."""

import hmac
import re

from aftercare import sealed

_SENDER = re.compile(r"k(\d{1,15})-([0-9a-f]{32})")


def pseudonym(person_id: int) -> str:
    return f"k{person_id}-{_mark(person_id)}"


def person_of(sender: str) -> int | None:
    """The person's number; None for a pseudonym that was not made here."""
    found = _SENDER.fullmatch(sender)
    if found is None or not hmac.compare_digest(found[2], _mark(int(found[1]))):
        return None
    return int(found[1])


def _mark(person_id: int) -> str:
    return sealed.fingerprint(f"rasa sender {person_id}")
