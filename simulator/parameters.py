"""Checks a request against the Bot API's own list: names, what is required, and types."""

import json
from functools import cache
from importlib import resources

from simulator.refusals import Refusal, bad
from simulator.wire import Json

_REQUIRED = "required"
_TRUE, _FALSE = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no", ""})
# Telegram's own words where a required parameter is missing; the rest share one sentence.
_MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "animation": "there is no animation in the request",
    "action": "wrong parameter action in request",
    "message_ids": "message identifiers are not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id not specified",
}


@cache
def methods() -> dict[str, dict[str, list[str]]]:
    """Every method of the Bot API with its parameters, as `[required, type, ...]`."""
    written = resources.files("simulator").joinpath("bot_api.json").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = json.loads(written)
    return found


@cache
def spelling(method: str) -> str | None:
    """The method's name as the Bot API writes it; Telegram reads any case."""
    return {name.lower(): name for name in methods()}.get(method.lower())


def read(method: str, given: Json, *, refuse_unknown: bool) -> Json:
    """The parameters as values of their types, or Telegram's refusal."""
    fields = methods()[method]
    if refuse_unknown and (unknown := sorted(given.keys() - fields.keys())):
        raise bad(f'{method} has no parameter "{unknown[0]}" (only the simulator says so)')
    known = {name: value for name, value in given.items() if name in fields}
    values = {name: _value(name, value, fields[name]) for name, value in known.items()}
    for name, types in fields.items():
        if _REQUIRED in types and values.get(name) in (None, "", []):
            _refuse_missing(name, method)
    return values


def _refuse_missing(name: str, method: str) -> None:
    if name == "url" and method == "setWebhook":
        return  # an empty address is how a webhook is taken away
    if name == "commands":
        return  # an empty list of commands is a list
    raise bad(_MISSING.get(name, f'parameter "{name}" is required'))


def _value(name: str, value: object, types: list[str]) -> object:
    kinds = [kind for kind in types if kind != _REQUIRED]
    if value is None:
        return None
    if kinds == ["Boolean"]:
        return _boolean(name, value)
    if "Integer" in kinds and (number := _integer(value)) is not None:
        return number
    if kinds == ["Float"]:
        return _float(name, value)
    if "String" in kinds or "InputFile" in kinds:
        return _string(name, value)
    if kinds == ["Integer"]:
        raise _mistyped(name, "an Integer")
    return _object(name, value, kinds)


def _boolean(name: str, value: object) -> bool:
    written = str(value).lower()
    if written not in _TRUE | _FALSE:
        raise _mistyped(name, "a Boolean")
    return written in _TRUE


def _integer(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None


def _float(name: str, value: object) -> float:
    try:
        return float(str(value))
    except ValueError as error:
        raise _mistyped(name, "a Float") from error


def _string(name: str, value: object) -> str:
    if isinstance(value, dict | list | bool):
        raise _mistyped(name, "a String")
    return str(value)


def _object(name: str, value: object, kinds: list[str]) -> object:
    decoded = _decoded(name, value) if isinstance(value, str) else value
    expected = list if kinds[0].startswith("Array") else dict
    if decoded not in (None, "") and not isinstance(decoded, expected):
        raise _mistyped(name, "an Array" if expected is list else "an Object")
    return decoded


def _decoded(name: str, written: str) -> object:
    if not written:
        return None
    try:
        return json.loads(written)
    except ValueError as error:
        what = "reply keyboard markup" if name == "reply_markup" else name
        raise bad(f"can't parse {what} JSON object") from error


def _mistyped(name: str, expected: str) -> Refusal:
    return bad(f'parameter "{name}" must be {expected}')
