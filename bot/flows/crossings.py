"""Checks what flows say of each other: flows and modules named in an action's arguments."""

from collections.abc import Collection, Iterable, Mapping

from aftercare.content import FLOW, MODULE
from bot.flows.draft import Draft
from bot.flows.model import Flow


def check(drafts: Iterable[Draft], flows: Mapping[str, Flow]) -> None:
    owners: dict[str, str] = {}
    for draft in drafts:
        module = flows[draft.name].module or {}
        owner = owners.setdefault(str(module["id"]), draft.name) if "id" in module else draft.name
        if owner != draft.name:
            draft.page.wrong(1, f"The module {module['id']!r} is already that of {owner!r}.")
    for draft in drafts:
        _check_arguments(draft, {FLOW: flows.keys(), MODULE: owners.keys()})


def _check_arguments(draft: Draft, there: Mapping[str, Collection[str]]) -> None:
    for step, lines, _ in draft.acts:
        spec = draft.around.actions.get(step.action)
        fields = spec.arguments.model_fields if spec else {}
        for arg, given in step.args.items():
            marks = fields[arg].metadata if arg in fields else []
            for mark in (FLOW, MODULE):
                if mark in marks and isinstance(given, str) and given not in there[mark]:
                    draft.page.wrong(lines[arg], f"{given!r} is not {mark}.")
