"""Spells the forms an Indonesian verb root is heard in: who does it, and to whom it is done."""

from collections.abc import Iterator

NASAL = {"p": "m", "t": "n", "k": "ng", "s": "ny", "c": "ny"}
KEPT = {"b": "m", "c": "n", "d": "n", "g": "ng", "j": "n", "h": "ng", "z": "n"}
ENDINGS = ("", "in", "i", "kan", "keun", "ke")


def active(root: str) -> frozenset[str]:
    """pukul: pukul, mukul, mukulin, memukul, memukuli, ngepukul."""
    return frozenset(start + ending for start in _active_starts(root) for ending in ENDINGS)


def passive(root: str) -> frozenset[str]:
    """pukul: dipukul, dipukulin, dipukuli, kepukul stays out (it happens by itself)."""
    return frozenset(f"di{root}{ending}" for ending in ENDINGS)


def _active_starts(root: str) -> Iterator[str]:
    first, rest = root[0], root[1:]
    yield root
    yield f"nge{root}"
    yield f"ng{root}"
    if first in NASAL:
        yield NASAL[first] + rest
        yield f"me{NASAL[first]}{rest}"
    if first in KEPT:
        yield f"{KEPT[first]}{root}"
        yield f"me{KEPT[first]}{root}"
    yield f"meng{root}" if first in "aiueo" else f"me{root}"
