"""Reads the buttons of a question, and whether people can tell them apart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from aftercare.strict_yaml import Node
from bot.flows import conditions, replies, taps, typed
from bot.flows.draft import Draft
from bot.flows.model import DONE, SKIP, Ask, Kind, Option
from bot.flows.page import near

MOST: Final[dict[Kind, int]] = {"many": 12}
_MOST: Final = 8
_EASY: Final = 5
_KEYS: Final = ("label", "words", "only_if")
_WIDEST_ROW: Final = 6


def add(draft: Draft, ask: Ask, choices: Node | None, at: Node) -> Ask:
    """The question with its buttons."""
    if ask.kind == "scale":
        return _scale(ask)
    if choices is None:
        return ask
    choices = _shared(draft, choices)
    entries = draft.page.mapping(choices, "`choices`")
    found = tuple(_option(draft, ask, choice, node) for choice, node in entries.items())
    ask = _with_synonyms(draft, replace(ask, options=found))
    _check_number(draft, ask, choices)
    _check_scores(draft, ask, choices)
    _check_distinct(draft, ask, at)
    return ask


def _shared(draft: Draft, choices: Node) -> Node:
    """The list of this name, where the choices are only named."""
    if not isinstance(choices.value, str):
        return choices
    if choices.value not in draft.around.lists:
        meant = near(choices.value, draft.around.lists)
        draft.page.wrong(choices, f"There is no list {choices.value!r}{meant}")
    return draft.around.lists.get(choices.value, Node({}, choices.line))


def single(draft: Draft, choice: str, node: Node, known: Sequence[str]) -> Option:
    """A button of its own kind: skip or done; its label alone, or a mapping."""
    if not isinstance(node.value, dict):
        label, needs = draft.label(node)
        return Option(choice, label, needs)
    found = draft.page.entries(node, f"`{choice}`", known=known, needed=("label",))
    label, needs = draft.label(found.get("label"))
    target = draft.target(found["next"]) if "next" in found else None
    return Option(choice, label, needs, next=target)


def _scale(ask: Ask) -> Ask:
    numbers = range(ask.low or 0, (ask.high or 0) + 1)
    size = len(numbers)
    # Rows of equal length: 0-10 stands as six and five, 1-5 in one row.
    columns = size if size <= _WIDEST_ROW else (size + 1) // 2
    options = tuple(Option(f"n{one}", str(one), score=one, value=one) for one in numbers)
    return replace(ask, options=options, columns=ask.columns if ask.columns > 1 else columns)


def _option(draft: Draft, ask: Ask, choice: str, node: Node) -> Option:
    if not taps.CHOICE_ID.fullmatch(choice) or choice in (DONE, SKIP):
        draft.page.wrong(node, f"{choice!r} cannot be the id of a choice.")
    extra = {"choices": ("next", "score"), "many": ("score",)}.get(ask.kind, ("next",))
    if not isinstance(node.value, dict):
        label, needs = draft.label(node)
        found: dict[str, Node] = {}
    else:
        known = (*_KEYS, *extra)
        found = draft.page.entries(node, f"The choice {choice!r}", known=known, needed=("label",))
        label, needs = draft.label(found.get("label"))
    words = _words(draft, found)
    made = Option(choice, label, needs, words=words, **_rest(draft, found))
    return _with_value(draft, ask, made, node)


def _words(draft: Draft, found: dict[str, Node]) -> tuple[str, ...]:
    items = draft.page.items(found["words"], "`words`") if "words" in found else []
    return tuple(draft.page.text(one, "Each of `words`") for one in items)


def _with_synonyms(draft: Draft, ask: Ask) -> Ask:
    """Shared synonyms for buttons without words of their own, unless two buttons would hear one."""
    shared = {
        option.id: draft.around.synonyms.get(option.id, ())
        for option in ask.options
        if not option.words
    }
    everything = (*ask.options, *filter(None, (ask.done, ask.skip)))
    heard = [name for option in everything for name in typed.names(option)]
    heard += [typed.plain(word) for words in shared.values() for word in set(words)]
    options = tuple(
        replace(option, words=tuple(w for w in words if heard.count(typed.plain(w)) == 1))
        if (words := shared.get(option.id))
        else option
        for option in ask.options
    )
    return replace(ask, options=options)


def _rest(draft: Draft, found: dict[str, Node]) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    if "score" in found:
        rest["score"] = draft.page.whole(found["score"], "`score`", -100, 100)
    if "next" in found:
        rest["next"] = draft.target(found["next"])
    if "only_if" in found:
        rest["only_if"] = conditions.read(draft, found["only_if"])
    return rest


def _with_value(draft: Draft, ask: Ask, option: Option, node: Node) -> Option:
    """A button beside a written answer stands for what its label says."""
    if ask.kind in ("choices", "many"):
        return option
    value = replies.value_of(ask, option.label)
    if value is None or "{" in option.label:
        draft.page.wrong(
            node, f"{option.label!r} does not answer this question of kind {ask.kind!r}."
        )
    return replace(option, value=value)


def _check_number(draft: Draft, ask: Ask, node: Node) -> None:
    most = MOST.get(ask.kind, _MOST)
    count = len(ask.options)
    if not 1 <= count <= most:
        draft.page.wrong(node, f"There are {count} choices; a question has 1 to {most}.")
    elif count > _EASY * ask.columns and ask.kind != "many":
        draft.page.warn(node, f"There are {count} choices; {_EASY} rows are easy to read.")
    if ask.options and all(option.only_if for option in ask.options):
        draft.page.wrong(node, "Every choice has an only_if; one must always be shown.")
    if ask.kind == "many" and max(ask.low or 0, ask.high or 0) > count:
        draft.page.wrong(node, "`min` or `max` is larger than the number of choices.")


def _check_scores(draft: Draft, ask: Ask, node: Node) -> None:
    scored = [option for option in ask.options if option.score is not None]
    if scored and len(scored) < len(ask.options):
        left = next(one.id for one in ask.options if one.score is None)
        draft.page.wrong(node, f"The choice {left!r} has no score, the others have one.")


def _check_distinct(draft: Draft, ask: Ask, node: Node) -> None:
    """Two buttons that sound the same cannot be told apart when typed."""
    owners: dict[str, str] = {}
    for option in (*ask.options, *filter(None, (ask.done, ask.skip))):
        for name in sorted(typed.names(option)):
            if owners.setdefault(name, option.id) != option.id:
                both = f"{owners[name]!r} and {option.id!r}"
                draft.page.wrong(node, f"The choices {both} both answer to {name!r}.")
