"""The contracts: terms, hours, service levels, and the assets they cover."""

from datetime import date, timedelta
from typing import Any

from app.models import ClosingDay, Contract, CoverageSlot, CoveredAsset, ServiceLevel
from app.models.codes import (
    ContractStatus,
    FeePeriod,
    NoticeForm,
    NoticeReference,
    NoticeUnit,
    Priority,
    Renewal,
    Zone,
)
from app.rules.notice import add_months
from app.services import contracts
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
        )
        _cover(world, card["families"], deal)


def _start(today: date, card: Card) -> date:
    """The period under way is the one numbered `periods`, and ends with a month, `months_to_end` months from now."""
    after_end = add_months(today.replace(day=1), card["months_to_end"] + 1)
    return add_months(after_end, -card["initial_months"] - card["renewal_months"] * (card["periods"] - 1))


def _contract(world: World, card: Card, start: date) -> int:
    same = ("subject", "initial_months", "renewal_months", "notice_value", "fee", "part_wait_stops", "notes")
    rows = Rows(world, Contract)
    given = rows.add(
        {
            **{name: card[name] for name in same},
            "number": world.number(f"CT-{start.year}", 2),
            "provider_id": world.providers[card["provider"]],
            "status": ContractStatus.ACTIVE,
            "starts_on": start,
            "renewal": Renewal.TACIT,
            "notice_unit": NoticeUnit.of(card["notice_unit"]),
            "notice_reference": NoticeReference.PERIOD_END,
            "notice_form": NoticeForm.of(card["notice_form"]),
            "postal_margin": 21,
            "fee_period": FeePeriod.of(card["fee_period"]),
            "zone": Zone.METROPOLE,
            "round_the_clock": False,
            "pentecost_worked": False,
        }
    )
    rows.write()
    return given


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
