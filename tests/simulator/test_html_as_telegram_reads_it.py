"""What Telegram makes of HTML, and of a text without any."""

import pytest

from simulator import entities, formatting
from simulator.formatting import Formatted


def marks(source: str) -> list[tuple[str, int, int]]:
    _, found = entities.read_html(source)
    return [(mark["type"], mark["offset"], mark["length"]) for mark in found]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<b>a</b><strong>b</strong>", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", [("strikethrough", n, 1) for n in range(3)]),
        ("<u>a</u><ins>b</ins>", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">b</span>', [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", [("blockquote", 0, 1)]),
        ("<blockquote expandable>b</blockquote>", [("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="12">👍</tg-emoji>', [("custom_emoji", 0, 2)]),
        ('<pre><code class="language-python">a</code></pre>', [("pre", 0, 1)]),
        ("<B>a</B>", [("bold", 0, 1)]),
        ("<b></b>a", []),
        ("😀<b>é</b>", [("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<a href='bapas.go.id'>a</a>", [("text_link", 0, 1)]),
        ("<a href='javascript:alert(1)'>a</a>", []),
        ("<a href='tg://user?id=5'>a</a>", [("text_mention", 0, 1)]),
    ],
)
def test_tags_become_entities_counted_as_telegram_counts(source: str, found: list) -> None:
    assert marks(source) == found


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("a & b", "a & b"),
        ("&lt;b&gt; &amp;&quot;", '<b> &"'),
        ("&nbsp;&copy;", "&nbsp;&copy;"),
        ("&#65;&#x42;", "AB"),
        ("&ltx &lt5", "&ltx <5"),
        ("&#0;", "&#0;"),
    ],
)
def test_only_four_names_and_numbers_are_read_after_an_ampersand(source: str, plain: str) -> None:
    assert entities.read_html(source)[0] == plain


@pytest.mark.parametrize(
    "source",
    [
        "<b>a</b> <i>b</i>",
        "<b>a<i>b</i></b> &lt;c&gt; &amp;",
        '<a href="https://bapas.go.id/?a=1&amp;b=2">Bapas</a>',
        "<blockquote>a\nb</blockquote>",
        '<pre><code class="language-python">x = 1</code></pre>',
        "<tg-spoiler>😀</tg-spoiler><code>1</code><u>2</u><s>3</s>",
    ],
)
def test_what_was_read_can_be_written_again(source: str) -> None:
    plain, found = entities.read_html(source)

    assert formatting.html(Formatted(plain, tuple(found))) == source


def test_blanks_at_both_ends_go_and_the_marks_move_along() -> None:
    plain, found = entities.read_html("\n  <b> Halo </b> \n")

    cleaned = formatting.clean(plain, found)

    assert cleaned == Formatted("Halo", ({"type": "bold", "offset": 0, "length": 4},))


def test_telegram_finds_commands_links_and_names_by_itself() -> None:
    text = Formatted("Tulis /menu@KawanPulihBot, tanya @budi_s atau lihat t.me/a. 1/2 #sesi")

    found = formatting.with_links(text)

    pieces = [
        (mark["type"], text.text[mark["offset"] : mark["offset"] + mark["length"]])
        for mark in found.entities
    ]
    assert pieces == [
        ("bot_command", "/menu@KawanPulihBot"), ("mention", "@budi_s"),
        ("url", "t.me/a"), ("hashtag", "#sesi"),
    ]  # fmt: skip


def test_nobody_writes_a_script_into_the_page() -> None:
    evil = Formatted('<script>alert(1)</script> https://a.id/?<b>"')

    written = formatting.html(formatting.with_links(evil), links=True)

    assert "<script" not in written
    assert "<b>" not in written
