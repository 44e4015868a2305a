"""Reads HTML the way Telegram does, with its words and byte offsets for what it cannot read."""

import re
from dataclasses import dataclass, field

from simulator import tags
from simulator.refusals import Refusal, bad
from simulator.wire import Json, utf16

_USER_LINK = re.compile(r"tg://user\?id=(\d+)$")


@dataclass(frozen=True, slots=True)
class OpenTag:
    name: str
    argument: str
    offset: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    length: int = 0
    plain: list[str] = field(default_factory=list)
    open: list[OpenTag] = field(default_factory=list)
    found: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        if self.open:
            name = self.open[-1].name
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self.plain), self._outermost_first()

    def _outermost_first(self) -> list[Json]:
        # Of two tags around the same words, the one closed last stands outside.
        self.found.reverse()
        return sorted(self.found, key=lambda mark: (mark["offset"], -mark["length"]))

    def _step(self) -> None:
        sign = self.source[self.at]
        if sign == "&" and (entity := tags.ENTITY.match(self.source, self.at)):
            self.at = entity.end()
            return self._take(tags.sign(entity))
        if sign != "<":
            self.at += 1
            return self._take(sign)
        if self.source.startswith("</", self.at):
            return self._close()
        return self._start()

    def _take(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16(text)

    def _start(self) -> None:
        begin = self.at
        name = self._tag_name(begin + 1)
        if name not in tags.KINDS:
            where = _byte(self.source, begin)
            raise _unreadable(f'Unsupported start tag "{name}" at byte offset {where}')
        argument = self._argument(name, begin)
        if name == "span" and argument != "spoiler":
            where = _byte(self.source, begin)
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(OpenTag(name, argument, self.length))

    def _tag_name(self, begin: int) -> str:
        end = begin
        while end < len(self.source) and self.source[end] != ">" and not self.source[end].isspace():
            end += 1
        if end == len(self.source):
            where = _byte(self.source, self.at)
            raise _unreadable(f"Unclosed start tag at byte offset {where}")
        self.at = end
        return self.source[begin:end].lower()

    def _argument(self, name: str, begin: int) -> str:
        argument = ""
        while not self._at_tag_end(begin):
            attribute = tags.ATTRIBUTE.match(self.source, self.at)
            if attribute is None:
                words = f'Empty attribute name in the tag "{name}"'
                raise _unreadable(f"{words} at byte offset {_byte(self.source, begin)}")
            self.at = attribute.end()
            argument = tags.meaning(name, attribute) or argument
        self.at += 1
        return argument

    def _at_tag_end(self, begin: int) -> bool:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1
        if self.at == len(self.source):
            where = _byte(self.source, begin)
            raise _unreadable(f"Unclosed start tag at byte offset {where}")
        return self.source[self.at] == ">"

    def _close(self) -> None:
        begin, where = self.at, _byte(self.source, self.at)
        if not self.open:
            raise _unreadable(f"Unexpected end tag at byte offset {where}")
        end = self.source.find(">", begin)
        if end < 0:
            raise _unreadable(f"Unclosed end tag at byte offset {where}")
        name, tag = self.source[begin + 2 : end].strip().lower(), self.open.pop()
        if name and name != tag.name:
            expected = f'expected "</{tag.name}>", found "</{name}>"'
            raise _unreadable(f"Unmatched end tag at byte offset {where}, {expected}")
        self.at = end + 1
        if self.length > tag.offset:
            self._keep(tag)

    def _keep(self, tag: OpenTag) -> None:
        inside = {"offset": tag.offset, "length": self.length - tag.offset}
        match tag.name:
            case "a":
                written = _utf16_slice("".join(self.plain), tag.offset)
                self.found += _link(tag.argument or written, inside)
            case "tg-emoji":
                self.found.append(_custom_emoji(tag.argument, inside))
            case "pre" if self._joins_code(inside):
                pass
            case "blockquote" if tag.argument:
                self.found.append({"type": "expandable_blockquote", **inside})
            case "code" if tag.argument:
                self.found.append({"type": "code", **inside, "language": tag.argument})
            case _:
                self.found.append({"type": tags.KINDS[tag.name], **inside})

    def _joins_code(self, inside: Json) -> bool:
        last = self.found[-1] if self.found else {}
        joins = "language" in last and all(last[key] == inside[key] for key in inside)
        if joins:
            last["type"] = "pre"
        return joins


def read_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities; refuses exactly what Telegram refuses."""
    plain, found = _Reader(source).read()
    for entity in found:
        if entity["type"] == "code":
            entity.pop("language", None)
    return plain, found


def _link(url: str, inside: Json) -> list[Json]:
    if user := _USER_LINK.match(url):
        return [{"type": "text_mention", **inside, "user": {"id": int(user[1])}}]
    if re.match(r"^(https?|tg|ton)://.", url) or re.match(r"^[^\s/:]+\.[^\s/:.]{2,}", url):
        return [{"type": "text_link", **inside, "url": url if "://" in url else f"http://{url}/"}]
    return []


def _custom_emoji(identifier: str, inside: Json) -> Json:
    if not identifier.isdigit():
        raise _unreadable("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", **inside, "custom_emoji_id": identifier}


def _unreadable(words: str) -> Refusal:
    return bad(f"can't parse entities: {words}")


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def _utf16_slice(text: str, offset: int) -> str:
    return text.encode("utf-16-le")[offset * 2 :].decode("utf-16-le")
