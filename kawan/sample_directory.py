"""Made-up work and learning for the demo, and what its client said he can do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from aftercare.casework.work import opportunities as work
from aftercare.casework.work import work_search
from aftercare.records.clients import Client
from aftercare.records.opportunities import Opportunity
from aftercare.records.work_profiles import WorkProfile
from kawan.desk import Desk

#: Days from the first one of the demo; none of these organisers is real.
_SAMPLES: Final[tuple[dict[str, Any], ...]] = (
    {
        "title": "Pelatihan menjahit seragam", "organiser": "BLK Contoh", "kind": "training",
        "skills": ["jahit"], "district": "Coblong, Bandung", "place": "Jalan Contoh 1",
        "starts": 21, "ends": 45, "closes": 12, "contact": "BLK Contoh, 022-0000001",
        "note": "Bawa KTP dan pasfoto. Dapat makan siang.",
    },
    {
        "title": "Tukang las pagar", "organiser": "Bengkel Contoh", "kind": "job",
        "skills": ["las"], "district": "Cicendo, Bandung", "closes": 20,
        "contact": "Pak Contoh, 0812-0000-0001", "note": "Boleh dicoba kerja satu hari.",
    },
    {
        "title": "Modal usaha pangkas rambut", "organiser": "Dinas Contoh",
        "kind": "business_help", "skills": ["cukur", "dagang"], "closes": 30,
        "contact": "Dinas Contoh, 022-0000002",
    },
    {
        "title": "Penjahit harian", "organiser": "Konveksi Contoh", "kind": "job",
        "skills": ["jahit"], "district": "Cimahi", "contact": "Ibu Contoh, 0812-0000-0002",
    },
    {
        "title": "Kejar Paket C malam hari", "organiser": "PKBM Contoh", "kind": "education",
        "skills": [], "online": True, "starts": 28, "closes": 25, "cost": 100_000,
        "contact": "PKBM Contoh, 0812-0000-0003",
    },
)  # fmt: skip


def fill(desk: Desk, office_id: int, client: Client) -> None:
    """A handful of opportunities, and a client who sews, welds and lets us look for him."""
    for sample in _SAMPLES:
        desk.db.add(_opportunity(desk, office_id, sample))
    desk.db.add(
        WorkProfile(
            client_id=client.id,
            skills=["las", "jahit"],
            district="Coblong, Bandung",
            news=True,
            text_version="demo",
            made_at=desk.now,
            changed_at=desk.now,
        )
    )
    work_search.arm(desk.db, client, desk.now)


def _opportunity(desk: Desk, office_id: int, sample: dict[str, Any]) -> Opportunity:
    today = desk.now.date()
    days = {
        f"{name}_on": today + timedelta(days=sample[name]) if name in sample else None
        for name in ("starts", "ends", "closes")
    }
    given = {name: value for name, value in sample.items() if f"{name}_on" not in days}
    usual = {"district": None, "place": None, "note": None, "cost": 0, "online": False}
    return Opportunity(
        office_id=office_id,
        key=work.key(sample["organiser"], sample["title"]),
        made_at=desk.now,
        changed_at=desk.now,
        confirmed_at=desk.now,
        **{**usual, **given, **days},
    )
