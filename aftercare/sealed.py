"""Locks names and free text before they reach the database, with a key that is never in it.

AES-256-GCM with a fresh 96-bit nonce a value. `fingerprint` is a keyed hash, so that a sealed
name can still be looked up by equality.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_NO_KEY = "No key is held yet: sealed.unlock() comes before the first record."
_key: bytes | None = None
_cipher: AESGCM | None = None


class SealError(Exception):
    """The stored words cannot be opened: KAWAN_SECRET_KEY is not the key they were locked with."""


def fresh_key() -> str:
    """A new key as `kawan init` writes it: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def unlock(key: str) -> None:
    """Hold this key for the life of the process.

    Raises:
        ValueError: it is not 32 bytes in URL-safe base64.
    """
    global _key, _cipher
    try:
        raw = base64.urlsafe_b64decode(key.encode())
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise ValueError("not 32 bytes in URL-safe base64")
    _key, _cipher = raw, AESGCM(raw)


def seal(text: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _lock().encrypt(nonce, text.encode(), None)


def open_(sealed: bytes) -> str:
    try:
        return _lock().decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
    except InvalidTag as error:
        raise SealError(SealError.__doc__) from error


def fingerprint(text: str) -> str:
    """The same for "Budi" and " budi ", different under another key."""
    folded = " ".join(text.casefold().split())
    return hmac.new(_held(), folded.encode(), hashlib.sha256).hexdigest()[:32]


def _held() -> bytes:
    if _key is None:
        raise SealError(_NO_KEY)
    return _key


def _lock() -> AESGCM:
    if _cipher is None:
        raise SealError(_NO_KEY)
    return _cipher
