"""The assets: those of resources/example/assets.json, then the same again with other owners and ages."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.jobs import Job, Progress
from app.models import Asset, Family
from app.models.codes import AssetStatus, Condition, Criticality, Finding, Ownership, Zone
from app.rules.holidays import business_day_before
from app.rules.notice import add_months
from app.services.example.world import Card, Rows, Someone, Thing, World, data

BATCH = 1000
NAMED = ("Poste fixe", "Ordinateur portable", "Serveur", "Machine virtuelle", "NAS")
OUT_MONTHS = 5
"""How long ago what is out left."""
PLACES = ("Dijon", "Beaune")


def equip(world: World, count: int | None) -> Job[None]:
    told = data("assets")
    families = {family.name: family for family in world.session.scalars(select(Family))}
    rows = Rows(world, Asset)
    total = len(told["assets"]) if count is None else count
    for n in range(total):
        copy, rank = divmod(n, len(told["assets"]))
        _asset(world, rows, told, told["assets"][rank], families, is_copy=copy > 0)
        if n % BATCH == BATCH - 1:
            rows.write()
            yield Progress(n + 1, total, "Inventaire de l’entreprise d’exemple")
    rows.write()


def _asset(world: World, rows: Rows, told: Card, card: Card, families: dict[str, Family], *, is_copy: bool) -> None:
    family = families[card["family"]]
    person = _owner(world, card, is_copy)
    status = AssetStatus.of(card.get("status", "in_service"))
    service = card.get("service") or (person.service if person else None)
    values = {
        "number": world.number(family.prefix),
        "family_id": family.id,
        "name": card.get("name"),
        "brand": card.get("brand"),
        "model": card.get("model"),
        "serial": _serial(world) if "brand" in card else None,
        "status": status,
        "retired_on": add_months(world.today, -OUT_MONTHS) if status == AssetStatus.RETIRED else None,
        "person_id": person.id if person else None,
        "service": service,
        "site_id": _site(world, card, person, is_copy),
        "room": card.get("room"),
        "notes": card.get("notes"),
        **_bought(world, card, world.rng.randrange(-6, 7) if is_copy else 0),
        **_judged(world, card, status),
        **_system(told["systems"], card),
    }
    _network(world, card, values)
    given = rows.add(values)
    covered, in_use = card.get("brand") != "Apple", status not in {AssetStatus.RETIRED, AssetStatus.IN_STOCK}
    label = card.get("name") or f"{card['brand']} {card['model']}"
    world.things.append(
        Thing(
            given, label, family.name, service or "", person, values["site_id"], values["purchased_on"], covered, in_use
        )
    )


def _owner(world: World, card: Card, is_copy: bool) -> Someone | None:
    if "person" not in card:
        return None
    if is_copy:
        return world.rng.choice(world.people)
    return next(someone for someone in world.people if someone.name.endswith(card["person"]))


def _site(world: World, card: Card, person: Someone | None, is_copy: bool) -> int:
    if person:
        return person.site_id
    return world.rng.choice(list(world.sites.values())) if is_copy else world.sites[card.get("site", PLACES[0])]


def _serial(world: World) -> str:
    """Ten signs that begin by EX, so that nobody takes it for a true one."""
    return "EX" + "".join(world.rng.choices("0123456789BCDFGHJKLMNPQRSTVWXYZ", k=8))


def _bought(world: World, card: Card, shift: int) -> dict[str, Any]:
    """`shift` months make a copy older or younger."""
    around = add_months(world.today, -max(1, card["age"] + shift)) - timedelta(days=world.rng.randrange(20))
    purchased = business_day_before(around, Zone.METROPOLE)
    rented = card.get("ownership") == "rented"
    price, warranty = card.get("price"), card.get("warranty")
    supplier = card.get("provider", "Hautecour Matériel") if price else None
    return {
        "ownership": Ownership.of(card.get("ownership", "owned")),
        "supplier": supplier,
        "invoice": f"F{purchased:%Y%m}-{world.rng.randrange(100, 1000)}" if supplier and not rented else None,
        "purchased_on": purchased,
        "price": None if rented else price,
        "commissioned_on": purchased + timedelta(days=world.rng.randrange(2, 15)),
        "replacement_value": round(price * 1.04, -3) if price else None,
        "warranty_end": add_months(purchased, warranty) - timedelta(days=1) if warranty else None,
    }


def _judged(world: World, card: Card, status: AssetStatus) -> dict[str, Any]:
    """State as of the inventory made in the spring, which did not meet everything."""
    finding = Finding.of(card.get("finding", "seen"))
    seen = finding == Finding.SEEN and status != AssetStatus.RETIRED
    return {
        "criticality": Criticality.of(card.get("criticality", "1")),
        "condition": Condition.of(card["condition"]) if "condition" in card else None,
        "finding": finding,
        "seen_on": add_months(world.today, -6) + timedelta(days=world.rng.randrange(3)) if seen else None,
        "personal_data": card.get("data", False),
        "encrypted": card.get("encrypted"),
    }


def _system(systems: dict[str, Any], card: Card) -> dict[str, Any]:
    name, version, support_end = systems.get(card.get("system", ""), (None, None, None))
    return {
        "system": name,
        "system_version": version,
        "support_end": date.fromisoformat(support_end) if support_end else None,
        "processor": card.get("cpu"),
        "memory_mb": card["ram"] * 1024 if "ram" in card else None,
        "disk_gb": card.get("disk"),
    }


def _network(world: World, card: Card, values: dict[str, Any]) -> None:
    """A name, a locally administered MAC address and a private IP, for what has a system or carries the network."""
    rank = len(world.things) + 1
    if card["family"] in NAMED:
        values["hostname"] = "MORVAN-" + values["number"].replace("-", "")
    if "system" in card or card["family"] in {"Commutateur", "Pare-feu", "Borne Wi-Fi", "Imprimante"}:
        values["mac"] = f"02:00:5e:{rank >> 16 & 255:02x}:{rank >> 8 & 255:02x}:{rank & 255:02x}"
        values["ip"] = f"10.{20 + (rank >> 16)}.{rank >> 8 & 255}.{rank & 255}"
