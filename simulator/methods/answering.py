"""Methods that answer a press or an inline query."""

from simulator.calls import Call
from simulator.refusals import bad
from simulator.taps import Toast
from simulator.telegram import Telegram


def answer_callback_query(telegram: Telegram, call: Call) -> bool:
    if len(call.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    toast = Toast(call.text("text"), call.flag("show_alert"), call.text("url") or None)
    telegram.answer_press(call.text("callback_query_id"), toast)
    return True


def answer_inline_query(telegram: Telegram, call: Call) -> bool:
    if len(call.parameters["results"]) > 50:
        raise bad("RESULTS_TOO_MUCH")
    return True


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
