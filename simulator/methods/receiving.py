"""Methods that say where updates go: to a webhook, or nowhere special."""

from simulator.calls import Call
from simulator.telegram import Telegram
from simulator.wire import Json


def set_webhook(telegram: Telegram, call: Call) -> bool:
    if not call.text("url"):
        return delete_webhook(telegram, call)
    secret, connections = call.text("secret_token"), call.number("max_connections")
    telegram.webhook.point_at(call.text("url"), secret=secret, connections=connections)
    if (allowed := call.parameters.get("allowed_updates")) is not None:
        telegram.updates.allow(allowed)
    _drop(telegram, call)
    telegram.updates.ring()
    return True


def delete_webhook(telegram: Telegram, call: Call) -> bool:
    telegram.webhook.take_away()
    _drop(telegram, call)
    return True


def get_webhook_info(telegram: Telegram, call: Call) -> Json:
    waiting = len(telegram.updates.waiting())
    return telegram.webhook.as_json(waiting=waiting, allowed=telegram.updates.allowed)


def _drop(telegram: Telegram, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        telegram.updates.clear()


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
