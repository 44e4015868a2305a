"""Reads one answer to one question: taken, toggled, skipped, or not understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.flows import hours, typed
from bot.flows.events import Answer
from bot.flows.model import DONE, SKIP, Ask, Option, Value


@dataclass(frozen=True, slots=True)
class Taken:
    value: Value
    next: str


@dataclass(frozen=True, slots=True)
class Toggled:
    picked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    hint: str  # the last part of a general hint's key


@dataclass(frozen=True, slots=True)
class Unknown:
    """The button tapped is no longer part of the question."""


Reply: TypeAlias = Taken | Toggled | Unclear | Unknown


def read(ask: Ask, answer: Answer, options: Sequence[Option], picked: Sequence[str]) -> Reply:
    """What the answer says; `options` are those the person can see, `picked` those ticked."""
    if not isinstance(answer.value, str):
        return Unknown()
    if answer.words:
        return _read_words(ask, answer.value, options, picked)
    return _read_tap(ask, answer.value, options, picked)


def value_of(ask: Ask, text: str) -> Value:
    """A number, time or written text within the question's bounds, or None."""
    match ask.kind:
        case "scale" | "number":
            found = typed.number(text)
            return found if found is not None and _within(ask, found) else None
        case "time":
            return hours.read(text, ask.low, ask.high)
        case _:
            return text.strip() if _within(ask, len(text.strip())) else None


def _read_tap(ask: Ask, choice: str, options: Sequence[Option], picked: Sequence[str]) -> Reply:
    if choice == SKIP and ask.skip:
        return Taken(None, ask.skip.next or ask.next)
    if choice == DONE and ask.done:
        return _finished(ask, options, picked)
    option = next((one for one in options if one.id == choice), None)
    if option is None:
        return Unknown()
    if ask.kind == "many":
        return Toggled(_toggled(options, picked, choice))
    return _chosen(ask, option)


def _read_words(ask: Ask, text: str, options: Sequence[Option], picked: Sequence[str]) -> Reply:
    if ask.skip and typed.pick(text, [ask.skip]) and typed.number(text) is None:
        return Taken(None, ask.skip.next or ask.next)
    match ask.kind:
        case "choices":
            option = typed.pick(text, options)
            return _chosen(ask, option) if option else Unclear("choose_button")
        case "many":
            return _listed(ask, text, options, picked)
        case _:
            return _written(ask, text, options)


def _chosen(ask: Ask, option: Option) -> Taken:
    value = option.id if option.value is None else option.value
    return Taken(value, option.next or ask.next)


def _listed(ask: Ask, text: str, options: Sequence[Option], picked: Sequence[str]) -> Reply:
    if ask.done and typed.plain(text) in typed.names(ask.done):
        return _finished(ask, options, picked)
    listed = typed.pick_many(text, options)
    if listed is None:
        return Unclear("choose_many")
    return _finished(ask, options, [one.id for one in listed])


def _finished(ask: Ask, options: Sequence[Option], picked: Sequence[str]) -> Reply:
    # In the order shown, and only what still can be seen.
    chosen = [one for one in options if one.id in picked]
    if len(chosen) < (ask.low or 0):
        return Unclear("too_few")
    if ask.high is not None and len(chosen) > ask.high:
        return Unclear("too_many")
    return Taken([one.id for one in chosen], ask.next)


def _toggled(options: Sequence[Option], picked: Sequence[str], choice: str) -> tuple[str, ...]:
    ticked = set(picked) ^ {choice}
    return tuple(one.id for one in options if one.id in ticked)


def _written(ask: Ask, text: str, options: Sequence[Option]) -> Reply:
    offered = [one for one in options if typed.plain(text) in typed.names(one)]
    if offered and ask.kind != "scale":
        return _chosen(ask, offered[0])
    value = value_of(ask, text)
    if value is not None:
        return Taken(value, ask.next)
    if ask.kind == "number" and typed.number(text) is not None:
        return Unclear("range")
    if ask.kind != "text":
        return Unclear(ask.kind)
    return Unclear("too_short" if len(text.strip()) < (ask.low or 1) else "too_long")


def _within(ask: Ask, size: int) -> bool:
    return (ask.low is None or size >= ask.low) and (ask.high is None or size <= ask.high)
