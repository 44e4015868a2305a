"""Lays the words of another language over the flows; what it leaves out stays as it is."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from aftercare import strict_yaml
from aftercare.rules import wording
from aftercare.strict_yaml import ContentErrors, Node, Problem
from bot.flows import replies
from bot.flows.library import Library
from bot.flows.model import Ask, Flow, Option, Reminder, Say, Step, Wording
from bot.flows.page import Page

_PARTS: Final = ("ask", "choices", "nudge", "hint", "skip", "done")
_SPOKEN: Final = ("title", "why")


def load_overlay(folder: Path, base: Library) -> Library:
    """The library in another language: the same steps, other words.

    Raises:
        ContentErrors: everything that is wrong, in every file.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    flows = dict(base.flows)
    for path in sorted(folder.rglob("*.yaml")):
        page = Page(str(path), problems, warnings)
        node = strict_yaml.read(path, problems)
        if path.stem not in base:
            page.wrong(1, f"There is no flow {path.stem!r} to translate.")
            continue
        flows[path.stem] = _translated(page, base[path.stem], node)
    if problems:
        raise ContentErrors(problems)
    return Library(flows, tuple(dict.fromkeys(warnings)), base.files, base.lines)


def _translated(page: Page, flow: Flow, node: Node) -> Flow:
    entries = dict(page.mapping(node, "A translation"))
    module = entries.pop("module", None)
    if module is not None:
        flow = _module(page, flow, module)
    names = {_name(step) for step in flow.steps.values() if isinstance(step, Say | Ask)}
    for name in entries.keys() - names:
        page.wrong(entries[name], f"The flow {flow.name!r} says nothing at {name!r}.")
    for name in sorted(names - entries.keys()):
        page.warn(node, f"{name!r} is not translated.")
    steps = {step_id: _step(page, step, entries) for step_id, step in flow.steps.items()}
    return replace(flow, steps=steps)


def _name(step: Say | Ask) -> str:
    """The step as it is written: all rounds of a repeated step share one text."""
    return step.wording.key.split(".", 2)[2]


def _module(page: Page, flow: Flow, node: Node) -> Flow:
    found = page.entries(node, "`module`", known=_SPOKEN)
    words = {key: page.text(one, f"`{key}`") for key, one in found.items()}
    if flow.module is None:
        page.wrong(node, f"The flow {flow.name!r} is not a module.")
        return flow
    return replace(flow, module={**flow.module, **words})


def _step(page: Page, step: Step, entries: dict[str, Node]) -> Step:
    match step:
        case Say() if _name(step) in entries:
            found = page.entries(entries[_name(step)], "`say`", known=("say",), needed=("say",))
            return replace(step, wording=_wording(page, step.wording, found.get("say")))
        case Ask() if step.id in entries:
            return _ask(page, step, entries[step.id])
    return step


def _ask(page: Page, ask: Ask, node: Node) -> Ask:
    found = page.entries(node, f"The question {ask.id!r}", known=_PARTS, needed=("ask",))
    for part in found:
        if not _has(ask, part):
            page.wrong(found[part], f"The question {ask.id!r} has no {part!r} to translate.")
    nudge = ask.nudge and Reminder(
        ask.nudge.after, _wording(page, ask.nudge.wording, found.get("nudge"))
    )
    return replace(
        ask,
        wording=_wording(page, ask.wording, found.get("ask")),
        options=_options(page, ask, found.get("choices")),
        nudge=nudge,
        hint=ask.hint and _wording(page, ask.hint, found.get("hint")),
        skip=ask.skip and _option(page, ask, ask.skip, found.get("skip")),
        done=ask.done and _option(page, ask, ask.done, found.get("done")),
    )


def _has(ask: Ask, part: str) -> bool:
    if part == "choices":  # the numbers of a scale are the same in every language
        return bool(ask.options) and ask.kind != "scale"
    return part == "ask" or getattr(ask, part) is not None


def _options(page: Page, ask: Ask, node: Node | None) -> tuple[Option, ...]:
    if node is None:
        return ask.options
    found = page.mapping(node, "`choices`")
    ids = {option.id for option in ask.options}
    for choice in found.keys() - ids:
        page.wrong(found[choice], f"The question {ask.id!r} has no choice {choice!r}.")
    for choice in sorted(ids - found.keys()):
        page.warn(node, f"The choice {choice!r} is not translated.")
    return tuple(_option(page, ask, option, found.get(option.id)) for option in ask.options)


def _option(page: Page, ask: Ask, option: Option, node: Node | None) -> Option:
    if node is None:
        return option
    found = {"label": node}
    if isinstance(node.value, dict):
        known = ("label", "words")
        found = page.entries(node, f"The choice {option.id!r}", known=known, needed=("label",))
    if "label" not in found:
        return option
    label = page.text(found["label"], "The label")
    page.label(node, label)
    _check_values(page, node, option.label, label)
    items = page.items(found["words"], "`words`") if "words" in found else []
    words = tuple(page.text(one, "Each of `words`") for one in items)
    value = None if option.value is None else replies.value_of(ask, label)
    if option.value is not None and value is None:
        page.wrong(node, f"{label!r} does not answer this question of kind {ask.kind!r}.")
    return replace(option, label=label, words=(*words, *option.words), value=value)


def _wording(page: Page, base: Wording, node: Node | None) -> Wording:
    if node is None:
        return base
    text = page.text(node, "The text")
    page.wording(node, text, limit=wording.LIMIT)
    _check_values(page, node, base.text, text)
    return replace(base, text=text)


def _check_values(page: Page, node: Node, base: str, text: str) -> None:
    wanted, used = set(wording.placeholders(base)), set(wording.placeholders(text))
    if wanted != used:
        named = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        page.wrong(node, f"The values have to be those of the original: {named}.")
