"""What keeps a date, an hour or a name from being understood, as a code that content words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unclear:
    """`code` is the last part of a key; `values` are what its sentence names."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
