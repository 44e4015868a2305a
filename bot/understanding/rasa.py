"""Asks a Rasa server what somebody wants; whatever goes wrong there is no answer, and soon.

It is sent the words and a pseudonym, nothing else. See docs/decisions.md.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp
from yarl import URL

from bot.understanding import reading
from bot.understanding.reading import Intent

log = logging.getLogger(__name__)
#: Seconds from the first byte sent to the last one read.
PATIENCE: Final = 2.0
#: The confidence from which what Rasa reads is acted on; measured by `make rasa-test`.
SURE: Final = 0.88
#: What Rasa's FallbackClassifier calls its own doubt.
DOUBT: Final = "nlu_fallback"
#: After a slow answer nobody else is made to wait for this many seconds.
REST: Final = 30.0
_AT_ONCE: Final = 8
_LONGEST: Final = 256 * 1024
#: RecursionError: JSON nested deeper than anybody can read.
_FAILURES: Final = (aiohttp.ClientError, OSError, TimeoutError, ValueError, RecursionError)


class Nonsense(ValueError):
    """The server answered something that is not a reading of the words."""


@dataclass(slots=True)
class Rasa:
    """`url` may carry the server's own token: `http://127.0.0.1:5005?token=...`."""

    url: URL
    patience: float = PATIENCE
    _doors: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    _rests_until: float = 0.0

    @classmethod
    def at(cls, address: str) -> Rasa:
        return cls(URL(address))

    async def read(self, text: str, sender: str) -> Intent | None:
        """None where it did not answer well or in time: then the embedded reader reads."""
        if asyncio.get_running_loop().time() < self._rests_until:
            return None
        try:
            async with asyncio.timeout(self.patience), self._doors:
                return intent_of(await self._parsed(text, sender), text)
        except _FAILURES as error:
            if isinstance(error, TimeoutError):
                self._rests_until = asyncio.get_running_loop().time() + REST
            log.warning("read without rasa", extra={"error": type(error).__name__})
            return None

    async def _parsed(self, text: str, sender: str) -> Any:
        address = self.url.joinpath("model", "parse").with_query(self.url.query)
        asked = {"text": text, "sender_id": sender}
        # Words are not carried on to another address, whatever this one says.
        async with (
            aiohttp.ClientSession() as http,
            http.post(address, json=asked, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise Nonsense(f"status {answer.status}")
            return json.loads(await _body(answer.content))


async def _body(content: aiohttp.StreamReader) -> bytes:
    body = b""
    async for chunk in content.iter_any():
        body += chunk
        if len(body) > _LONGEST:
            raise Nonsense("longer than any reading")
    return body


def intent_of(parsed: Any, text: str) -> Intent:
    """The reading in what `/model/parse` answers.

    Raises:
        Nonsense: it holds no intent of ours with a confidence between 0 and 1.
    """
    if not isinstance(parsed, dict):
        raise Nonsense("not an object")
    name, confidence = _one(_best(parsed))
    others = [one for one in names(parsed.get("intent_ranking")) if one != name]
    reason = reading.reason_of(name, text)
    sure = confidence >= SURE
    return Intent(name, confidence, reason, sure, tuple(others[: reading.OTHERS]))


def _best(parsed: Mapping[str, Any]) -> Any:
    """What stands first; where Rasa puts its own doubt there, the likeliest after it."""
    ranking = parsed.get("intent_ranking")
    ranked = ranking if isinstance(ranking, list) else []
    candidates = [parsed.get("intent"), *ranked]
    return next((one for one in candidates if not _is_doubt(one)), None)


def _is_doubt(found: Any) -> bool:
    return isinstance(found, Mapping) and found.get("name") == DOUBT


def _one(found: Any) -> tuple[str, float]:
    if not isinstance(found, Mapping):
        raise Nonsense("no intent")
    name, confidence = found.get("name"), found.get("confidence")
    if not isinstance(name, str) or isinstance(confidence, bool):
        raise Nonsense("no intent")
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise Nonsense("no confidence")
    short = name.partition("/")[0]
    if short not in reading.known_intents():
        raise Nonsense("an intent that nobody here knows")
    return short, float(confidence)


def names(ranking: Any) -> list[str]:
    """The intents of a ranking, best first; what cannot be read of it is left aside."""
    found = []
    for one in ranking if isinstance(ranking, list) else ():
        try:
            found.append(_one(one)[0])
        except Nonsense:
            continue
    return list(dict.fromkeys(found))
