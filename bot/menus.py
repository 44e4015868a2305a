"""The menu of each audience as a message; a button of it is the command of its name."""

from __future__ import annotations

from typing import Final

from aftercare.messages import Button, Message, Rows

_ROWS: Final = {
    "client": (
        ("jadwal", "perkembangan"),
        ("latihan", "rencana"),
        ("kegiatan", "peluang"),
        ("keluarga", "pesan"),
        ("privasi", "bantuan"),
    ),
    "family": (("belajar", "khawatir"), ("bantuan", "privasi")),
    "officer": (("hari_ini", "peringatan"), ("klien", "balas"), ("kegiatan", "cuti")),
    "head": (("hari_ini", "peringatan"), ("ringkasan",)),
    "partner": (("kegiatan", "kegiatan_baru"), ("bantuan",)),
}


def overview(audience: str) -> Message:
    return Message(f"menu.{audience}.overview", {}, rows(*_ROWS[audience]))


def button(name: str, label: str | None = None) -> Button:
    """A button that does what `/name` does. `label` is its id in the text's labels."""
    return Button(label or name, f"d:menu:0:{name}")


def row(*names: str) -> Rows:
    return (tuple(button(name) for name in names),)


def rows(*names: tuple[str, ...]) -> Rows:
    return tuple(tuple(button(name) for name in row) for row in names)
