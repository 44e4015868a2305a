"""How Telegram says no: the code, its exact words, and how long to wait."""

from simulator.wire import Json

_PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 409: "Conflict"}


class Refusal(Exception):
    """A request answered with `ok: false`."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def answer(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad(words: str) -> Refusal:
    return Refusal(400, f"{_PREFIXES[400]}: {_lowered(words)}")


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"{_PREFIXES[403]}: {words}")


def conflict(words: str) -> Refusal:
    return Refusal(409, f"{_PREFIXES[409]}: {words}")


def too_many(seconds: int) -> Refusal:
    words = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, words, retry_after=seconds)


def too_large() -> Refusal:
    return Refusal(413, "Request Entity Too Large")


def unauthorized() -> Refusal:
    return Refusal(401, "Unauthorized")


def method_not_found() -> Refusal:
    return Refusal(404, "Not Found: method not found")


def _lowered(words: str) -> str:
    # Telegram lowers the first letter unless the words are a CONSTANT.
    if len(words) > 1 and (words[1] == "_" or words[1].isupper()):
        return words
    return words[:1].lower() + words[1:]
