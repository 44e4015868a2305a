"""The words in a request: parsed, trimmed, and held to Telegram's lengths."""

from simulator import entities, formatting, keyboards
from simulator.calls import Call
from simulator.formatting import Formatted
from simulator.refusals import bad
from simulator.telegram import Telegram
from simulator.wire import Json


def text(telegram: Telegram, call: Call) -> Formatted:
    """The text of a message: never blank, never longer than Telegram takes."""
    written = _formatted(telegram, call, name="text")
    if formatting.is_blank(written.text):
        raise bad("text must be non-empty")
    if len(written.text) > telegram.limits.text:
        raise bad("message is too long")
    return written


def caption(telegram: Telegram, call: Call) -> Formatted:
    written = _formatted(telegram, call, name="caption")
    if len(written.text) > telegram.limits.caption:
        raise bad("message caption is too long")
    return formatting.NO_WORDS if formatting.is_blank(written.text) else written


def markup(telegram: Telegram, call: Call) -> Json | None:
    return keyboards.read(call.parameters.get("reply_markup"), telegram.limits)


def inline_markup(telegram: Telegram, call: Call) -> Json | None:
    """The markup of an edit: only inline buttons can be put under an old message."""
    read = markup(telegram, call)
    if read is not None and not keyboards.is_inline(read):
        raise bad("inline keyboard expected")
    return read


def _formatted(telegram: Telegram, call: Call, *, name: str) -> Formatted:
    raw = call.text(name)
    if len(raw.encode()) > telegram.limits.raw_text_bytes:
        raise bad("text is too long")
    plain, marks = _parsed(call, name)
    return formatting.with_links(formatting.clean(plain, marks))


def _parsed(call: Call, name: str) -> tuple[str, list[Json]]:
    raw = call.text(name)
    match call.text("parse_mode").lower():
        case "html":
            return entities.read_html(raw)
        case "" | "none":
            given = "entities" if name == "text" else "caption_entities"
            return raw, list(call.parameters.get(given) or [])
        case "markdown" | "markdownv2":
            raise bad("can't parse entities: the simulator reads HTML only")
    raise bad("unsupported parse_mode")
