"""Files on the server: kept by id, measured, and given back."""

import hashlib
import struct
from dataclasses import dataclass

from simulator.limits import Limits
from simulator.refusals import bad, too_large
from simulator.wire import Json

_START = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One uploaded file."""

    id: str
    name: str
    mime: str
    data: bytes

    @property
    def unique_id(self) -> str:
        return f"u{self.id[-15:]}"

    @property
    def path(self) -> str:
        return f"documents/{self.id}/{self.name}"

    def facts(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


class Files:
    """Everything anybody has uploaded."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._kept: dict[str, StoredFile] = {}

    def keep(self, name: str, data: bytes, *, mime: str) -> StoredFile:
        if len(data) > self._limits.file_bytes:
            raise too_large()
        digest = hashlib.sha256(data + name.encode()).hexdigest()[:24]
        stored = StoredFile(f"BQACAgUAAxkB{digest}{len(self._kept):04d}", name, mime, data)
        self._kept[stored.id] = stored
        return stored

    def keep_photo(self, name: str, data: bytes) -> StoredFile:
        """A photo is looked at by the server; what is no picture is refused."""
        if len(data) > self._limits.photo_bytes:
            raise too_large()
        width, height = size_of(data) or (0, 0)
        if not width or not height:
            raise bad("IMAGE_PROCESS_FAILED")
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        return self.keep(name, data, mime=f"image/{kind_of(data)}")

    def find(self, file_id: str) -> StoredFile | None:
        return self._kept.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        found = (stored for stored in self._kept.values() if stored.path == path)
        return next(found, None)


def kind_of(data: bytes) -> str | None:
    """The picture's kind by its first bytes."""
    return next((kind for start, kind in _START.items() if data.startswith(start)), None)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, WebP or JPEG; None for what is no picture."""
    match kind_of(data):
        case "png" if len(data) >= 24:
            width, height = struct.unpack(">II", data[16:24])
            return width, height
        case "gif" if len(data) >= 10:
            width, height = struct.unpack("<HH", data[6:10])
            return width, height
        case "webp":
            return 512, 512
        case "jpg":
            return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
