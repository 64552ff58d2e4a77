"""What the inventory agent saw: one survey per computer, its software and its parts; then the licences held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from app.fields import PARIS
from app.models import Asset, Component, Family, Installation, Licence, LicenceSeat, Software, Survey
from app.models.codes import AssetStatus, ComponentKind, LicenceKind, LicenceNeed
from app.rules.notice import add_months
from app.services.example.world import Card, Rows, World, data

COMPUTERS = ("Poste fixe", "Ordinateur portable", "Serveur")
AGENT = "GLPI Agent 1.15"
ANTIVIRUS = "ESET Endpoint Security"
EVERYWHERE = (ANTIVIRUS, "GLPI Agent")
DDR4_MONTHS = 40
"""Older machines have the memory of the generation before."""
MAGNETIC_GB = 500
"""The size of the disks that turn."""
SYSTEM_TAKES = 90
"""GB that a system and its software fill on any disk."""
AWAY_DAYS = 131
"""How long ago the machine that nobody sees any more was seen."""
AWAY = "Poste de la cabine de vernissage"
FULL = ("Station de dessin 3", "Poste des expéditions")
UNPROTECTED = ("Poste du débit", "Poste du ponçage")
UNSEEN = ("Portable de diagnostic des machines",)
WORN = "HP EliteBook 840 G8"
MONTHS_TO_HALF = 70


@dataclass(frozen=True, slots=True)
class Computer:
    id: int
    label: str
    family: str
    service: str
    memory_mb: int
    disk_gb: int
    encrypted: bool | None
    person_id: int | None
    age: int
    """Months."""
    on_mac: bool


@dataclass(frozen=True, slots=True)
class Product:
    id: int
    name: str
    version: str
    share: float
    services: Sequence[str]


def look(world: World) -> None:
    """Survey every computer that the agent reaches."""
    software = _catalogue(world)
    surveys, parts = Rows(world, Survey), Rows(world, Component)
    installed: list[dict[str, Any]] = []
    for computer in _computers(world):
        if computer.label in UNSEEN:
            continue
        own = list(_software_of(world.rng, computer, software))
        given = surveys.add(_survey(world, computer, own))
        installed += [{"survey_id": given, "software_id": one.id, "version": one.version} for one in own]
        for part in _parts(computer):
            parts.add({"asset_id": computer.id, "from_tool": True, **part})
    surveys.write()
    parts.write()
    if installed:
        world.session.execute(insert(Installation), installed)


def _catalogue(world: World) -> list[Product]:
    rows = Rows(world, Software)
    made = []
    for card in data("software")["catalogue"]:
        same = {name: card[name] for name in ("name", "publisher")}
        given = rows.add({**same, "need": LicenceNeed.of(card["need"])})
        made.append(Product(given, card["name"], card["version"], card["share"], card.get("services", ())))
    rows.write()
    return made


def _computers(world: World) -> Iterator[Computer]:
    own = Asset.__table__.c
    rows = world.session.execute(
        select(own.id, own.name, own.brand, own.model, Family.name.label("family"), own.service, own.memory_mb,
               own.disk_gb, own.encrypted, own.person_id, own.commissioned_on, own.system)
        .join(Family, Family.id == own.family_id)
        .where(Family.name.in_(COMPUTERS), own.status != AssetStatus.RETIRED)
        .order_by(own.id)
    )  # fmt: skip
    for row in rows:
        age = (world.today - row.commissioned_on).days // 30
        yield Computer(
            row.id, row.name or f"{row.brand} {row.model}", row.family, row.service or "", row.memory_mb or 0,
            row.disk_gb or 0, row.encrypted, row.person_id, age, "macOS" in (row.system or ""),
        )  # fmt: skip


def _survey(world: World, computer: Computer, own: Sequence[Product]) -> dict[str, Any]:
    days = AWAY_DAYS if computer.label == AWAY else world.rng.randrange(1, 4)
    protected = any(one.name == ANTIVIRUS for one in own)
    share = 0.06 if computer.label in FULL else world.rng.uniform(0.2, 0.7)
    free = round(max(computer.disk_gb - SYSTEM_TAKES, 30) * share)
    return {
        "asset_id": computer.id,
        "taken_at": datetime.combine(world.today - timedelta(days=days), time(8, world.rng.randrange(60)), PARIS),
        "tool": AGENT,
        "antivirus": ANTIVIRUS if protected else None,
        "antivirus_on": protected,
        "antivirus_current": protected and days != AWAY_DAYS,
        "firewall_on": True,
        "disk_total_gb": computer.disk_gb,
        "disk_free_gb": free,
        "disk_encrypted": bool(computer.encrypted),
        "battery_health": _battery(computer) if computer.family == "Ordinateur portable" else None,
        "software_count": len(own),
    }


def _battery(computer: Computer) -> int:
    """Percent of the capacity when new: half of it after about six years of use."""
    return max(38, 100 - 50 * computer.age // MONTHS_TO_HALF - (12 if computer.label == WORN else 0))


def _software_of(rng: Random, computer: Computer, catalogue: Sequence[Product]) -> Iterator[Product]:
    """What is installed there."""
    for product in catalogue:
        meant = computer.family != "Serveur" and computer.service in (product.services or [computer.service])
        barred = product.name == ANTIVIRUS and (computer.label in UNPROTECTED or computer.on_mac)
        if rng.random() < product.share and (meant or product.name in EVERYWHERE) and not barred:
            yield product


def _parts(computer: Computer) -> Iterator[dict[str, Any]]:
    if computer.memory_mb:
        label = "Mémoire DDR4" if computer.age > DDR4_MONTHS else "Mémoire DDR5"
        yield {"kind": ComponentKind.MEMORY, "label": label, "size": f"{computer.memory_mb // 1024} Go"}
    if computer.disk_gb:
        label = "Disque magnétique" if computer.disk_gb == MAGNETIC_GB else "Disque SSD"
        yield {"kind": ComponentKind.DISK, "label": label, "size": f"{computer.disk_gb} Go"}
    if computer.family == "Ordinateur portable":
        yield {"kind": ComponentKind.BATTERY, "label": "Batterie", "size": None}


def license_all(world: World) -> None:
    """The licences held, given to the people whose machine has the software."""
    session, own = world.session, Software.__table__.c
    ids: dict[str, int] = {row.name: row.id for row in session.execute(select(own.name, own.id))}
    licences, seats = Rows(world, Licence), Rows(world, LicenceSeat)
    for card in data("software")["licences"]:
        given = licences.add(_licence(world, card, ids))
        for asset in _holders(world, ids.get(card.get("software", "")))[: card["give"]]:
            seats.add({"licence_id": given, "asset_id": asset, "assigned_on": add_months(world.today, -card["months"])})
    licences.write()
    seats.write()


def _licence(world: World, card: Card, ids: dict[str, int]) -> dict[str, Any]:
    same = ("name", "seats", "supplier", "price", "renews", "key_place")
    return {
        **{name: card.get(name) for name in same},
        "number": world.number("LIC"),
        "software_id": ids.get(card.get("software", "")),
        "kind": LicenceKind.of(card["kind"]),
        "purchased_on": add_months(world.today, -card["months"]),
        "expires_on": add_months(world.today, card["ends"]) if "ends" in card else None,
    }


def _holders(world: World, software: int | None) -> list[int]:
    """The assets on which a software was seen."""
    seen = (
        select(Survey.asset_id)
        .join(Installation, Installation.survey_id == Survey.id)
        .where(Installation.software_id == software)
        .order_by(Survey.asset_id)
    )
    return list(world.session.scalars(seen))
