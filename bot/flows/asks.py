"""Reads a question: its kind and bounds, its nudge, its time-out, its buttons."""

from collections.abc import Mapping
from typing import Any, Final, cast

from aftercare.strict_yaml import Node
from bot.flows import hours, options
from bot.flows.draft import Draft
from bot.flows.model import DONE, SKIP, Ask, Deadline, Kind, Reminder

_COMMON: Final = ("ask", "kind", "nudge", "timeout", "next", "columns", "hint", "skip")
OWN_KEYS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "choices": ("choices",),
    "many": ("choices", "done", "min", "max"),
    "scale": ("range",),
    "number": ("range", "choices"),
    "text": ("min", "max", "choices"),
    "time": ("range", "choices"),
}
_NEEDED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "choices": ("choices",),
    "many": ("choices", "done"),
    "scale": ("range",),
}
_LONGEST_TEXT: Final = 2000
_USUAL_TEXT: Final = 500
_MOST_STEPS_OF_A_SCALE: Final = 11


def read(draft: Draft, step_id: str, node: Node) -> Ask:
    kind = _kind(draft, node)
    found = draft.page.entries(
        node,
        f"A question of kind {kind!r}",
        known=(*_COMMON, *OWN_KEYS[kind]),
        needed=_NEEDED.get(kind, ()),
    )
    low, high = _bounds(draft, kind, found)
    ask = Ask(
        id=step_id,
        wording=draft.wording(found["ask"], step_id),
        kind=kind,
        low=low,
        high=high,
        **_rest(draft, step_id, found),
    )
    return options.add(draft, ask, found.get("choices"), node)


def _kind(draft: Draft, node: Node) -> Kind:
    entries = draft.page.mapping(node, "A question")
    if "kind" not in entries:
        return "choices"
    return cast(Kind, draft.page.one_of(entries["kind"], "`kind`", tuple(OWN_KEYS)))


def _bounds(draft: Draft, kind: Kind, found: Mapping[str, Node]) -> tuple[int | None, int | None]:
    match kind:
        case "many" | "text":
            return _sizes(draft, kind, found)
        case "time":
            return _times(draft, found["range"]) if "range" in found else (None, None)
        case "scale" | "number" if "range" in found:
            low, high = draft.page.pair(found["range"], "`range`")
            if kind == "scale" and not (0 <= low < high < low + _MOST_STEPS_OF_A_SCALE):
                draft.page.wrong(found["range"], "A scale has 2 to 11 numbers from 0 upwards.")
                return 0, 10
            return low, high
    return None, None


def _sizes(draft: Draft, kind: Kind, found: Mapping[str, Node]) -> tuple[int | None, int | None]:
    most = _LONGEST_TEXT if kind == "text" else options.MOST["many"]
    low: int | None = 1 if kind == "text" else 0
    high: int | None = _USUAL_TEXT if kind == "text" else None
    if "min" in found:
        low = draft.page.whole(found["min"], "`min`", 0 if kind == "many" else 1, most)
    if "max" in found:
        high = draft.page.whole(found["max"], "`max`", 1, most)
    if low is not None and high is not None and low > high:
        draft.page.wrong(found.get("min", found["ask"]), "`min` is larger than `max`.")
    return low, high


def _times(draft: Draft, node: Node) -> tuple[int | None, int | None]:
    ends = [one.value for one in draft.page.items(node, "`range`")]
    read = [hours.minutes(one) if isinstance(one, str) else None for one in ends]
    match read:
        case [int(low), int(high)] if low < high:
            return low, high
    draft.page.wrong(
        node, 'The `range` of a time is two times, the earlier first: ["17:00", "22:00"].'
    )
    return None, None


def _rest(draft: Draft, step_id: str, found: Mapping[str, Node]) -> dict[str, Any]:
    rest: dict[str, Any] = {"next": draft.following[step_id]}
    if "next" in found:
        rest["next"] = draft.target(found["next"])
    if "columns" in found:
        rest["columns"] = draft.page.whole(found["columns"], "`columns`", 1, 8)
    if "hint" in found:
        rest["hint"] = draft.wording(found["hint"], f"{step_id}.hint", fixed=("low", "high"))
    if "nudge" in found:
        rest["nudge"] = _nudge(draft, step_id, found["nudge"])
    if "timeout" in found:
        rest["timeout"] = _timeout(draft, found["timeout"])
    if "skip" in found:
        rest["skip"] = options.single(draft, SKIP, found["skip"], ("label", "next"))
    if "done" in found:
        rest["done"] = options.single(draft, DONE, found["done"], ("label",))
    return rest


def _nudge(draft: Draft, step_id: str, node: Node) -> Reminder | None:
    known = ("after", "say")
    found = draft.page.entries(node, "A nudge", known=known, needed=known)
    if len(found) < len(known):
        return None
    words = draft.wording(found["say"], f"{step_id}.nudge")
    return Reminder(draft.page.duration(found["after"], "`after`"), words)


def _timeout(draft: Draft, node: Node) -> Deadline | None:
    known = ("after", "next")
    found = draft.page.entries(node, "A timeout", known=known, needed=known)
    if len(found) < len(known):
        return None
    return Deadline(draft.page.duration(found["after"], "`after`"), draft.target(found["next"]))
