"""How code names content: marks for the check to look up, and the flow of a module."""

from typing import Annotated, Final, TypeAlias

FLOW: Final = "the name of a flow"
MODULE: Final = "the id of a module"

FlowName: TypeAlias = Annotated[str, FLOW]
ModuleId: TypeAlias = Annotated[str, MODULE]


def flow_of(module: str) -> str:
    """A module's flow has its id for a name."""
    return module.lower()
