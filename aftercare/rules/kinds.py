"""What sort of session a word means, and under which of the six treatments (a-f) it falls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

USUAL: Final = "bimbingan"
#: Tags of the aftercare programme: a counselling, b work and schooling, c social support,
#: d supervision, e community, f handling stress.
TREATMENTS: Final[Mapping[str, str]] = {
    "konseling": "a", "konsultasi": "a", "terapi": "a", "asesmen": "a", "assessment": "a",
    "bimbingan": "a", "kepribadian": "a", "wawancara": "a",
    "kemandirian": "b", "pelatihan": "b", "latihan": "b", "keterampilan": "b", "kursus": "b",
    "kelas": "b", "magang": "b",
    "kelompok": "c", "dukungan": "c", "keluarga": "c", "temu": "c",
    "evaluasi": "d", "lapor": "d", "pemantauan": "d", "kunjungan": "d", "pertemuan": "d",
    "pengajian": "e", "kajian": "e", "ibadah": "e", "kerohanian": "e", "sosial": "e",
    "komunitas": "e",
    "relaksasi": "f", "stres": "f", "emosi": "f",
}  # fmt: skip


def treatment(kind: str) -> str:
    """The treatment of the first word that has one."""
    found = (TREATMENTS[word] for word in kind.casefold().split() if word in TREATMENTS)
    return next(found, "a")


def is_kind(word: str) -> bool:
    return word.casefold() in TREATMENTS


def is_family(kind: str) -> bool:
    """Whether relatives may be invited: "keluarga", "konseling keluarga"."""
    return "keluarga" in kind.casefold().split()
