"""A copy of everything we hold about a person, as a file that people and programs can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from aftercare.casework.family import families
from aftercare.pictures import Drawing, Picture
from aftercare.records import holdings
from aftercare.records.database import Db

PRODUCER: Final = "data_copy"
#: The file's own name says nothing to somebody who looks over a shoulder.
FILE_NAME: Final = "catatanku.json"
#: Headings in the reader's language; a table without one stands under its own name.
_HEADINGS: Final = {
    "people": "tentang_kamu",
    "clients": "pendampingan",
    "consents": "izin",
    "sessions": "sesi",
    "participants": "kehadiran",
    "change_requests": "permintaan_ganti_waktu",
    "check_ins": "kabar",
    "module_runs": "latihan",
    "milestones": "tonggak_jalanmu",
    "artefacts": "catatan_dari_latihan",
    "joinings": "kegiatan_yang_diikuti",
    "activities": "kegiatan",
    "activity_choices": "pilihan_kegiatan",
    "relatives": "keluarga",
    "family_programmes": "pilihan_ajakan_keluarga",
    "prompts": "ajakan_keluarga",
    "family_invitations": "undangan_pertemuan",
    "alerts": "pemberitahuan_ke_petugas",
    "crises": "saat_darurat",
    "audit": "siapa_melihat",
    "conversations": "percakapan",
    "officer_messages": "titipan_pesan",
    "disclosures": "pengingat_bahwa_ini_program",
    "outbox": "pesan_terkirim",
    "work_profiles": "modal_kerja",
    "opportunity_showings": "peluang_yang_ditunjukkan",
    "opportunities": "peluang",
    "applications": "lamaran",
}


#: A relative who asked for help for the client must not be given away by the client's copy.
_BY_FAMILY: Final = frozenset({"by_family", families.WORRY})


async def produce(db: Db, arguments: Mapping[str, Any], now: datetime) -> Drawing:
    """`person` is whose data it is."""
    found = await holdings.of_person(db, arguments["person"])
    found["alerts"] = [row for row in found.get("alerts", ()) if not _came_from_family(row)]
    page = {_HEADINGS.get(table, table): rows for table, rows in found.items() if rows}
    return lambda: _file({"dibuat": now.isoformat(), **page})


def _came_from_family(alert: Mapping[str, Any]) -> bool:
    return any(code in _BY_FAMILY for code, _ in alert["because"])


def _file(page: dict[str, Any]) -> Picture:
    text = json.dumps(page, ensure_ascii=False, indent=1, default=str)
    return Picture("document", FILE_NAME, text.encode())
