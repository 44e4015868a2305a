"""Reads one flow from its file: first what it is, then its scores, then its steps."""

from pathlib import PurePath
from typing import Any, Final, cast, get_args

from aftercare.strict_yaml import Node
from bot.flows import graph, references, scoring, steps
from bot.flows.draft import Draft
from bot.flows.model import Audience, Band, Flow, OnBusy, Score
from bot.flows.page import NAME

_KEYS: Final = ("flow", "audience", "expires", "on_busy", "values", "scores", "renamed")
_MORE: Final = ("on_expire", "module", "steps")
_SPOKEN: Final = ("title", "why")  # the parts of `module` that a person reads


def read(draft: Draft, node: Node) -> Flow | None:
    """The flow; None when so much is missing that nothing else can be checked."""
    needed = ("flow", "expires", "steps")
    found = draft.page.entries(node, "A flow", known=(*_KEYS, *_MORE), needed=needed)
    if "steps" not in found:
        return None
    _identify(draft, found)
    _scores(draft, found)
    steps.read(draft, found["steps"])
    expires = draft.page.duration(found["expires"], "`expires`") if "expires" in found else None
    flow = Flow(
        name=draft.name,
        audience=draft.audience,
        # Already a problem when missing; a year keeps it from causing others.
        expires=expires or graph.YEAR,
        steps=draft.steps,
        scores=draft.scores,
        **_rest(draft, found),
    )
    references.check(draft, flow)
    scoring.check(draft, flow)
    graph.check(draft, flow)
    return flow


def _identify(draft: Draft, found: dict[str, Node]) -> None:
    if "audience" in found:
        named = draft.page.one_of(found["audience"], "`audience`", get_args(Audience))
        draft.audience = cast(Audience, named)
    if "flow" not in found:
        return
    draft.name = draft.page.name(found["flow"], "`flow`")
    stem = PurePath(draft.page.file).stem
    if NAME.fullmatch(draft.name) and draft.name != stem:
        sentence = (
            f"The flow {draft.name!r} stands in a file of another name; call it {draft.name}.yaml."
        )
        draft.page.wrong(found["flow"], sentence)


def _rest(draft: Draft, found: dict[str, Node]) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    if "on_busy" in found:
        rest["on_busy"] = draft.page.one_of(found["on_busy"], "`on_busy`", get_args(OnBusy))
    if "values" in found:
        rest["values"] = draft.page.names(found["values"], "`values`")
    if "renamed" in found:
        rest["renamed"] = _renamed(draft, found["renamed"])
    if "on_expire" in found:
        rest["on_expire"] = steps.act(draft, "", found["on_expire"], known=("do", "with"))
    if "module" in found:
        rest["module"] = _module(draft, found["module"])
    tested = (test.name for test, _ in draft.tests if test.subject == "fact")
    return {**rest, "facts": tuple(dict.fromkeys(tested))}


def _renamed(draft: Draft, node: Node) -> dict[str, str]:
    renamed = {}
    for old, new in draft.page.mapping(node, "`renamed`").items():
        if old in draft.targets:
            draft.page.wrong(new, f"{old!r} is renamed, and is still a step.")
        renamed[old] = draft.target(new)
    return renamed


def _module(draft: Draft, node: Node) -> dict[str, Any]:
    found = draft.page.mapping(node, "`module`")
    if "id" not in found:
        draft.page.wrong(node, "A module needs an 'id'.")
    for key in _SPOKEN:
        if key in found:
            text = draft.page.text(found[key], f"`{key}`")
            draft.page.wording(found[key], text, limit=draft.text_limit())
    return {key: one.plain for key, one in found.items()}


def _scores(draft: Draft, found: dict[str, Node]) -> None:
    entries = draft.page.mapping(found["scores"], "`scores`") if "scores" in found else {}
    for name, node in entries.items():
        draft.lines[f"scores.{name}"] = node.line
        draft.scores[name] = _score(draft, name, node)


def _score(draft: Draft, name: str, node: Node) -> Score:
    if not NAME.fullmatch(name):
        draft.page.wrong(node, f"{name!r} cannot be the name of a score.")
    found = draft.page.entries(node, f"The score {name!r}", known=("sum", "bands"), needed=("sum",))
    summed = draft.page.names(found["sum"], "`sum`") if "sum" in found else ()
    entries = draft.page.mapping(found["bands"], "`bands`") if "bands" in found else {}
    pairs = {band: draft.page.pair(one, f"The band {band!r}") for band, one in entries.items()}
    return Score(name, summed, tuple(Band(band, *pair) for band, pair in pairs.items()))
