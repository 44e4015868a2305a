"""Marks arguments that name other content, so that the content check can look it up."""

from typing import Annotated, Final, TypeAlias

FLOW: Final = "the name of a flow"
MODULE: Final = "the id of a module"

FlowName: TypeAlias = Annotated[str, FLOW]
ModuleId: TypeAlias = Annotated[str, MODULE]
