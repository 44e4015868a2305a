"""What is said in danger, rule by rule: read the list, and see for each what it would catch.

After the domain page on safety, 6.3 and 6.4. A rule names the texts it is for and what must or must
not stand in them; its counter-example is a text that breaks it, so that no rule is only decoration.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest

from aftercare.words import Book, Text
from kawan import house

BOOK: Final[Book] = house.content()[1]
#: Whole features that are about danger, and single texts elsewhere that are shown in it.
FEATURES: Final = (
    "crisis",
    "crisis_check",
    "crisis_follow_up",
    "hotline",
    "aman",
    "lapse",
    "lapse_told",
)
ELSEWHERE: Final = re.compile(
    r"alert\.staff\.(title_|because_)?crisis\w*|control\.\w+\.(help|call_\w+|program_line)"
    r"|family\.family\.worry_\w+|officer_message\.client\.(hello\w*|nobody\w*|kept)"
    r"|family_session_feedback\.family\.heavy"
)


def _is_about_danger(key: str) -> bool:
    return key.partition(".")[0] in FEATURES or ELSEWHERE.fullmatch(key) is not None


KEYS: Final = sorted(filter(_is_about_danger, BOOK.keys()))
#: Said only once a human has tapped that it is so.
TAKEN: Final = frozenset(
    f"crisis.{audience}.{moment}"
    for audience in ("client", "family")
    for moment in ("somebody_has_it", "somebody_had_it", "nothing_to_fear")
)
CARD: Final = re.compile(
    r"crisis\.(client|family|stranger|anyone)\.(card|nobody_yet|call_is|nobody_to)\w*"
)


@dataclass(frozen=True)
class Rule:
    """`broken` says whether a text breaks it; `example` is one that does."""

    name: str
    about: Callable[[str], bool]
    broken: Callable[[Text], bool]
    example: Text

    def __str__(self) -> str:
        return self.name


def says(*patterns: str) -> Callable[[Text], bool]:
    wanted = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda text: bool(wanted.search(f"{text.body}\n" + "\n".join(text.labels.values())))


def lacks(*patterns: str) -> Callable[[Text], bool]:
    return lambda text: not all(says(pattern)(text) for pattern in patterns)


def everywhere(_key: str) -> bool:
    return True


def named(pattern: str) -> Callable[[str], bool]:
    wanted = re.compile(pattern)
    return lambda key: wanted.fullmatch(key) is not None


def before_anybody_took_it(key: str) -> bool:
    return key not in TAKEN


def a_card(key: str) -> bool:
    return CARD.fullmatch(key) is not None


RULES: Final = (
    Rule(
        "names no means and no way to die",
        everywhere,
        says(
            r"\b(tali|silet|cutter|racun|baygon|pistol|nadi|tambang)(mu|nya)?\b",
            r"\b(menggantung|gantung diri|lompat|loncat|menyayat|nyilet|menenggak|terjun)\b",
            r"\b(jembatan|rel kereta|lantai atas|rooftop)\b",
        ),
        Text("Jauhkan tali dan silet itu."),
    ),
    Rule(
        "gives no dose",
        everywhere,
        says(r"\d+\s*(mg|gram|ml|cc|butir|tablet|pil|strip|kapsul|biji)\b", r"\bdosis(nya)? \d"),
        Text("Minum 2 tablet dulu, lalu tidur."),
    ),
    Rule(
        "blames nobody",
        everywhere,
        says(
            r"(?<!bukan )\bsalahmu\b", r"gara-gara kamu", r"\b(dosa|berdosa|(lemah|kurang) iman)\b",
            r"\b(egois|bodoh|mengecewakan|memalukan|pengecut)\b", r"\bharusnya kamu\b",
        ),
        Text("Harusnya kamu ingat anakmu, itu egois."),
    ),
    Rule(
        "never asks why",
        everywhere,
        says(r"\b(kenapa|mengapa|apa alasanmu)\b[^.!?]*\?"),
        Text("Kenapa kamu ingin begitu?"),
    ),
    Rule(
        "promises no secrecy",
        everywhere,
        says(
            r"\brahasia(kan|mu)?\b", r"tidak akan (ada yang|aku|kuberi) ?(tahu|beri tahu|cerita)",
            r"\bhanya kita (berdua )?yang tahu\b", r"(aku|kujamin) tidak bilang siapa",
            r"\b(aku )?janji\b",
        ),
        Text("Tenang, ini rahasia kita. Hanya kita yang tahu."),
    ),
    Rule(
        "never claims to be a human or a clinician",
        everywhere,
        says(
            r"(?<!bukan )\baku (juga )?(ini )?(orang|manusia|petugas|psikolog|dokter)\b",
            r"\bsebagai (psikolog|dokter|konselor|petugas)\b",
            r"aku (juga )?pernah (merasakan|mengalami)",
            r"aku tahu persis (rasanya|perasaanmu)",
        ),
        Text("Aku petugas, aku tahu persis rasanya."),
    ),
    Rule(
        "never says that somebody knows or comes before a human has taken it",
        before_anybody_took_it,
        says(
            r"(petugas\w*|\{officer\}|\{staff\}|\{reader\}|\{names\}|bantuan|ambulans) "
            r"(sudah|telah) (baca|membaca|tahu|mengetahui|menerima|melihat|berangkat)",
            r"(?<!sampai )(?<!minta )\b(petugas\w*|\{officer\}|\{staff\}|bantuan) "
            r"(akan |sedang )?(segera )?(datang|menuju|meneleponmu)",
        ),
        Text("Petugas sudah membaca tulisanmu dan segera datang."),
    ),
    Rule(
        "diagnoses nothing and quotes no figures",
        everywhere,
        says(
            r"\b(depresi|bipolar|skizofrenia|gangguan jiwa|kamu menderita)\b",
            r"\d+\s*(%|persen|dari \d+ orang)", r"bunuh diri (sukses|gagal|berhasil)",
        ),
        Text("Kamu depresi. 8 dari 10 orang begitu."),
    ),
    Rule(
        "every card leads on: a number, a button or a person",
        a_card,
        lambda text: not text.labels and lacks(r"\{numbers\}|\b11[029]\b|/bantuan|orang")(text),
        Text("Semoga kamu lekas merasa lebih baik."),
    ),
    Rule(
        "every conversation about danger ends with a way on",
        named(r"crisis_(check|follow_up)\.client\.\w+"),
        lambda text: not text.labels
        and lacks(r"\b11[29]\b|/bantuan|/latihan|orang lain|hidung|tenang")(text),
        Text("Baik, terima kasih. Sampai besok."),
    ),
    Rule(
        "a card says that this is a program which nobody watches",
        named(r"crisis\.(client|family|stranger)\.card_\w+"),
        lacks(r"\bprogram\b", r"tidak ada yang berjaga 24 jam"),
        Text("Aku selalu di sini menjagamu.\n{numbers}"),
    ),
    Rule(
        "first aid for somebody who does not wake: numbers, the side, no milk, stay",
        named(r"crisis\.(client|family)\.card_overdose_other"),
        lacks(r"\{numbers\}", r"miringkan", r"jangan beri susu", r"temani"),
        Text("Telepon {numbers} dan beri dia susu."),
    ),
    Rule(
        "in danger of life: away from it, to people, a number",
        named(r"crisis\.client\.card_t3"),
        lacks(r"menjauh", r"panggil orang", r"\{numbers\}"),
        Text("Tunggu di situ. {numbers}"),
    ),
    Rule(
        "what staff are told holds no words of anybody, and says what to do",
        named(r"alert\.staff\.crisis_\w+"),
        lambda text: says(r"\{(words|text|said|draft)\}")(text) or lacks("telepon sekarang")(text),
        Text("{client} menulis: {words}"),
    ),
    Rule(
        "a relative is told what to do and never what was written",
        named(r"crisis\.family\.emergency"),
        lambda text: says(r"bunuh|mati\b|narkoba|overdosis|\{words\}")(text)
        or lacks(r"hubungi \{client\}", r"119")(text),
        Text("{client} menulis ingin mati. Tolong hubungi {client}, atau 119."),
    ),
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_text_about_danger_keeps_the_rule(rule: Rule) -> None:
    concerned = [key for key in KEYS if rule.about(key)]

    assert concerned, "a rule about nothing"
    assert [key for key in concerned if rule.broken(BOOK.text(key))] == []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_rule_catches_the_text_that_breaks_it(rule: Rule) -> None:
    assert rule.broken(rule.example)


def test_every_kind_of_danger_has_a_card_for_everybody_who_may_write() -> None:
    own = ["soft", "t1", "t2", "t3", "overdose", "violence", "violence_own", "withdrawal"]
    unsure = ["overdose_soft", "violence_soft"]
    kinds = [*own, *unsure, "other", "t3_other", "overdose_other"]
    readers = ("client", "family", "stranger", "anyone")

    missing = [
        f"crisis.{reader}.card_{kind}"
        for reader in readers
        for kind in kinds
        if f"crisis.{reader}.card_{kind}" not in BOOK
    ]

    assert missing == []


def test_a_card_in_english_says_the_same_of_the_program() -> None:
    cards = [key for key in KEYS if re.fullmatch(r"crisis\.client\.card_\w+", key)]
    silent = [key for key in cards if "computer program" not in BOOK.text(key, "en").body]

    assert silent == []
