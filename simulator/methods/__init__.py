"""The methods of the Bot API that the simulator answers, by name."""

from collections.abc import Callable

from simulator.calls import Call
from simulator.methods import answering, editing, looking, receiving, sending, telling
from simulator.refusals import Refusal, method_not_found
from simulator.telegram import Telegram

Method = Callable[[Telegram, Call], object]

TABLE: dict[str, Method] = {
    **sending.METHODS,
    **editing.METHODS,
    **answering.METHODS,
    **looking.METHODS,
    **receiving.METHODS,
    **telling.METHODS,
}


def find(name: str) -> Method:
    """The method, or a plain word that this simulator does not play it."""
    if method := TABLE.get(name):
        return method
    raise Refusal(501, f"Not Implemented: the simulator does not play {name}")


def not_found() -> Refusal:
    return method_not_found()
