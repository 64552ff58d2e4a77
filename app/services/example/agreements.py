"""The contracts: terms, hours, service levels, and the assets they cover."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.models import (
    Amendment,
    ClosingDay,
    Contract,
    CoverageSlot,
    CoveredAsset,
    IndexValue,
    Penalty,
    Revision,
    ServiceLevel,
    UnitPrice,
)
from app.models.codes import ContractStatus, Priority
from app.models.contract_codes import AmendmentStatus, IndexSeries, PenaltyTrigger, PenaltyUnit
from app.rules.notice import add_months
from app.services import contracts
from app.services.amendments import AMENDABLE, value_of
from app.services.example.world import Card, Deal, Rows, World, data, minutes


def sign(world: World) -> None:
    staffs = (data("scenarios")["technicians"], data("scenarios")["printer_technicians"])
    for card, technicians in zip(data("contracts"), staffs, strict=True):
        start = _start(world.today, card)
        given = _contract(world, card, start)
        hours(world, card, given, start)
        deal = Deal(
            given,
            contracts.calendar_of(world.session, given, world.today),
            contracts.levels_of(world.session, given, world.today),
            card["part_wait_stops"],
            start,
            technicians,
            card["counted"],
        )
        _cover(world, card["families"], deal)


def _start(today: date, card: Card) -> date:
    """The period under way is the one numbered `periods`, and ends with a month, `months_to_end` months from now."""
    after_end = add_months(today.replace(day=1), card["months_to_end"] + 1)
    return add_months(after_end, -card["initial_months"] - card["renewal_months"] * (card["periods"] - 1))


def _contract(world: World, card: Card, start: date) -> int:
    rows = Rows(world, Contract)
    ends = add_months(start, card["initial_months"]) - timedelta(days=1)
    bank = {"hours_until": ends} if card["counted"] else {}
    base = {"index_base_month": add_months(start, card["index"][0][0])} if card["index"] else {}
    given = rows.add(
        {
            **{name: value_of(AMENDABLE[name], str(text)) for name, text in card["terms"].items() if name in AMENDABLE},
            "subject": card["subject"],
            "initial_months": card["initial_months"],
            "renewal_months": card["renewal_months"],
            "number": world.number(f"CT-{start.year}", 2),
            "provider_id": world.providers[card["provider"]],
            "status": ContractStatus.ACTIVE,
            "starts_on": start,
            "signed_on": start - timedelta(days=card["signed_before"]),
            "notes": card["terms"]["notes"],
            **bank,
            **base,
        }
    )
    rows.write()
    return given


def detail(world: World) -> None:
    """Unit prices, penalties, the index, and the revision that an amendment made of it; after all that is drawn."""
    known = world.session.execute(select(Contract.id, Contract.starts_on).where(Contract.provider_id.is_not(None)))
    for card, (contract, start) in zip(data("contracts"), known.all(), strict=True):
        prices, penalties = Rows(world, UnitPrice), Rows(world, Penalty)
        for told in card["unit_prices"]:
            prices.add({"contract_id": contract, "per_user": False, **told})
        for told in card["penalties"]:
            words = {"trigger": PenaltyTrigger.of(told["trigger"]), "unit": PenaltyUnit.of(told["unit"])}
            penalties.add({"contract_id": contract, **told, **words})
        for rows in (prices, penalties):
            rows.write()
        _index(world, card, start)
        if "revision" in card:
            _revise(world, card, contract, start)


def _index(world: World, card: Card, start: date) -> None:
    """The values published by today, two months and twenty days after their month."""
    rows = Rows(world, IndexValue)
    for offset, value in card["index"]:
        month = add_months(start, offset)
        published = add_months(month, 2).replace(day=20)
        if published <= world.today:
            rows.add(
                {
                    "index_name": card["terms"]["index_name"], "series": IndexSeries.REVISED, "month": month,
                    "value": value, "published_on": published,
                }
            )  # fmt: skip
    rows.write()


def _revise(world: World, card: Card, contract: int, start: date) -> None:
    told, before = card["revision"], card["terms"]
    effective = add_months(start, told["after_months"])
    amendments, revisions = Rows(world, Amendment), Rows(world, Revision)
    month = add_months(start, told["index_month"])
    amendments.add(
        {
            "number": world.number(f"AV-{effective.year}", 2),
            "contract_id": contract,
            "subject": told["subject"],
            "status": AmendmentStatus.SIGNED,
            "signed_on": effective - timedelta(days=told["signed_before"]),
            "effective_on": effective,
            "reason": told["reason"],
            "extra": {"fee": str(told["fee"]), "index_base": str(told["index"]), "index_base_month": month.isoformat()},
        }
    )
    revisions.add(
        {
            "contract_id": contract, "effective_on": effective, "index_from": before["index_base"],
            "index_to": told["index"], "fee_before": before["fee"], "fee_after": told["fee"],
            "notes": told["working"],
        }
    )  # fmt: skip
    for rows in (amendments, revisions):
        rows.write()


def hours(world: World, card: Card, contract: int, start: date) -> None:
    """The slots, closings and levels of a card, for a contract that starts that day."""
    slots, closings, levels = Rows(world, CoverageSlot), Rows(world, ClosingDay), Rows(world, ServiceLevel)
    for first, last, opens, closes in card["slots"]:
        for weekday in range(first, last + 1):
            slots.add({"contract_id": contract, "weekday": weekday, "opens": minutes(opens), "closes": minutes(closes)})
    for year in range(start.year, world.today.year + 2):
        for told in card["closings"]:
            days = {f"{edge}_day": date(year, told["month"], told[edge]) for edge in ("first", "last")}
            closings.add({"contract_id": contract, "label": told["label"], **days})
    for priority, promised in card["levels"].items():
        names = ("take_minutes", "on_site_minutes", "restore_minutes")
        level: dict[str, Any] = dict(zip(names, promised, strict=True))
        levels.add({"contract_id": contract, "priority": Priority.of(priority), **level})
    for rows in (slots, closings, levels):
        rows.write()


def _cover(world: World, families: list[str], deal: Deal) -> None:
    rows = Rows(world, CoveredAsset)
    for thing in world.things:
        if thing.family not in families or not thing.covered:
            continue
        since = max(deal.since, thing.purchased_on)
        until = None if thing.in_use else max(since, world.today - timedelta(days=60))
        rows.add({"contract_id": deal.id, "asset_id": thing.id, "since": since, "until": until})
        world.deals[thing.id] = deal
    rows.write()
