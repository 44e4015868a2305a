"""Answers one request of the bot: finds the method, checks it, runs it, and notes it down."""

from collections.abc import Awaitable
from inspect import isawaitable

from simulator import methods, parameters, refusals
from simulator.calls import Call, Upload
from simulator.polling import Polling
from simulator.refusals import Refusal
from simulator.telegram import Telegram
from simulator.wire import Json


class Exchange:
    """Between the network and the world: requests in, `ok` or a refusal out."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._polling = Polling(telegram)

    def read(self, method: str, given: Json, uploads: dict[str, Upload]) -> Call:
        """The request with its parameters checked against the Bot API."""
        spelled = parameters.spelling(method)
        if spelled is None:
            raise refusals.method_not_found()
        fields = parameters.methods()[spelled]
        attached = {name: f"attach://{name}" for name in uploads if name in fields}
        strict = self.telegram.limits.refuse_unknown_parameters
        values = parameters.read(spelled, given | attached, refuse_unknown=strict)
        return Call(spelled, values, uploads)

    async def run(self, call: Call) -> object:
        """Do it; the result as it is answered under `result`."""
        if call.method == "setWebhook" and call.text("url"):
            self._polling.make_way_for_webhook()
        if call.method == "getUpdates":
            return await self._polling.get_updates(call)
        result = methods.find(call.method)(self.telegram, call)
        return await result if isawaitable(result) else result

    async def noted(self, call: Call, work: Awaitable[object]) -> object:
        """The same, written into the journal whichever way it ends."""
        try:
            result = await work
        except Refusal as refusal:
            self.note(call, status=refusal.code, words=refusal.description)
            raise
        self.note(call, status=200)
        return result

    def note(self, call: Call, *, status: int, words: str = "") -> None:
        detail: Json = {"status": status, "parameters": call.parameters}
        if words:
            detail["description"] = words
        if call.uploads:
            detail["files"] = {name: len(file.data) for name, file in call.uploads.items()}
        self.telegram.journal.note("call", call.method, chat_id=call.chat_id, detail=detail)
