"""What the manager did beside the tickets: needs collected, loans, the inventory of the spring, one exit."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.fields import PARIS
from app.models import Asset, Campaign, CampaignLine, Erasure, Loan, Need, Retirement
from app.models.codes import (
    AssetStatus,
    CampaignResult,
    CampaignStatus,
    Condition,
    Criticality,
    ErasureCheck,
    ErasureLevel,
    ExitKind,
    MediumKind,
    Moscow,
    NeedDecision,
    NeedFrequency,
    NeedSource,
    Sensitivity,
)
from app.rules.notice import add_months
from app.services.example.fleet import OUT_MONTHS
from app.services.example.world import Card, Rows, World, data

FRESH_DAYS = 40
"""Since when the last needs were collected."""


def keep_up(world: World) -> None:
    told = data("upkeep")
    _needs(world, told["needs"])
    _loans(world, told["loans"])
    _campaign(world, told["campaign"])
    _exit(world, told["exit"])


def _person(world: World, surname: str | None) -> int | None:
    return next((one.id for one in world.people if surname and one.name.endswith(surname)), None)


def _asset(world: World, label: str | None) -> int | None:
    return next((thing.id for thing in world.things if thing.name == label), None)


def _needs(world: World, cards: list[Card]) -> None:
    rows = Rows(world, Need)
    for card in cards:
        stated = world.today - timedelta(days=FRESH_DAYS + world.rng.randrange(20))
        decided = card["decision"] != "pending"
        rows.add(
            {
                **{name: card.get(name) for name in ("statement", "stated_by", "service", "expectation")},
                "number": world.number(f"B-{stated.year}", 3),
                "source": NeedSource.of(card["source"]),
                "person_id": _person(world, card.get("person")),
                "asset_id": _asset(world, card.get("asset")),
                "stated_on": stated,
                "criticality": Criticality.of(card["criticality"]),
                "frequency": NeedFrequency.of(card["frequency"]),
                "priority": Moscow.of(card["priority"]),
                "decision": NeedDecision.of(card["decision"]),
                "decision_reason": card.get("reason"),
                "decided_on": stated + timedelta(days=15) if decided else None,
            }
        )
    rows.write()


def _loans(world: World, cards: list[Card]) -> None:
    rows = Rows(world, Loan)
    for card in sorted(cards, key=lambda one: -one["days"]):
        asset = _asset(world, card["asset"])
        if asset is None:
            continue
        lent = world.today - timedelta(days=card["days"])
        rows.add(
            {
                "number": world.number(f"PR-{lent.year}"),
                "asset_id": asset,
                "person_id": _person(world, card.get("person")),
                "borrower": card.get("borrower"),
                "lent_on": lent,
                "due_on": world.today - timedelta(days=card["due"]),
                "returned_on": world.today - timedelta(days=card["back"]) if "back" in card else None,
                "condition_out": Condition.of(card["out"]),
                "condition_in": Condition.of(card["in"]) if "in" in card else None,
                "notes": card.get("notes"),
            }
        )
    rows.write()


def _campaign(world: World, card: Card) -> None:
    opened = add_months(world.today, -card["months"])
    rows = Rows(world, Campaign)
    given = rows.add(
        {
            "number": world.number(f"INV-{opened.year}", 3),
            "title": card["title"],
            "opened_on": opened,
            "closed_on": opened + timedelta(days=3),
            "status": CampaignStatus.CLOSED,
            "held_by": card["held_by"],
        }
    )
    rows.write()
    lines = Rows(world, CampaignLine)
    seen = datetime.combine(opened + timedelta(days=1), time(9), PARIS)
    rooms = {row.id: row.room for row in world.session.execute(select(Asset.id, Asset.room))}
    for thing in world.things:
        if thing.purchased_on <= opened and thing.family != "Machine virtuelle" and thing.in_use:
            expected = {"expected_site_id": thing.site_id, "expected_room": rooms[thing.id]}
            lines.add({"campaign_id": given, **expected, **_line(card, thing.id, thing.name, seen)})
    for found in card["unexpected"]:
        more = {"code_read": found["code"], "room": found["room"], "notes": found["notes"]}
        lines.add({"campaign_id": given, "result": CampaignResult.UNEXPECTED, "seen_at": seen, **more})
    lines.write()


def _line(card: Card, asset: int, label: str, seen: datetime) -> dict[str, Any]:
    if label in card["missing"]:
        return {"asset_id": asset, "result": CampaignResult.MISSING}
    return {"asset_id": asset, "result": CampaignResult.FOUND, "seen_at": seen, "room": card["moved"].get(label)}


def _exit(world: World, card: Card) -> None:
    """Of the assets already out: how they left, and what became of their data."""
    out = world.session.scalars(select(Asset.id).where(Asset.status == AssetStatus.RETIRED).order_by(Asset.id))
    left = add_months(world.today, -OUT_MONTHS)
    erasures, exits = Rows(world, Erasure), Rows(world, Retirement)
    for asset in out:
        erasures.add(_erasure(world, card, asset, left))
        same = {name: card[name] for name in ("recipient", "proof", "reason")}
        number = world.number(f"SOR-{left.year}", 3)
        exits.add({"number": number, "asset_id": asset, "kind": ExitKind.of(card["kind"]), "retired_on": left, **same})
    erasures.write()
    exits.write()


def _erasure(world: World, card: Card, asset: int, left: date) -> dict[str, Any]:
    same = ("medium_serial", "capacity", "method", "tool", "operator", "witness", "place", "destination")
    return {
        **{name: card[name] for name in same},
        "number": world.number(f"EFF-{left.year}", 3),
        "asset_id": asset,
        "medium": MediumKind.of(card["medium"]),
        "sensitivity": Sensitivity.PERSONAL,
        "level": ErasureLevel.of(card["level"]),
        "verification": ErasureCheck.FULL,
        "succeeded": True,
        "done_on": left - timedelta(days=4),
    }
