"""The consultation under way: its project of contract, its criteria and grid, three offers, what was negotiated."""

from datetime import date, timedelta
from typing import Any

from app.models import (
    Consultation,
    Contract,
    ContractService,
    CoveredAsset,
    Criterion,
    NegotiationPoint,
    Offer,
    OfferNote,
    OfferPrice,
    PriceLine,
    Provider,
)
from app.models.codes import ContractStatus, NoticeForm, Renewal
from app.models.contract_codes import (
    ConsultationStatus,
    Frequency,
    Inclusion,
    NegotiationObject,
    Obligation,
    OfferStatus,
    PointState,
    PriceModel,
    ServiceType,
)
from app.rules.notice import add_months
from app.services.example import agreements
from app.services.example.world import Card, Rows, World, data

STARTS_AFTER = 5
"""Months from this one to the first of the project, when the present contract has ended."""
TEXTS = ("subject", "context", "exclusions", "takeover", "visits")


def consult(world: World) -> None:
    told = data("consultation")
    providers = Rows(world, Provider)
    world.providers |= {card["name"]: providers.add(card) for card in told["providers"]}
    providers.write()
    days = {
        f"{name}_until": world.today + timedelta(days=told["calendar"][name])
        for name in ("questions", "answers", "decided")
    }
    rows = Rows(world, Consultation)
    given = rows.add(
        {
            **{name: told[name] for name in TEXTS},
            **days,
            "number": world.number(f"CS-{world.today.year}", 2),
            "status": ConsultationStatus.COMPARING,
            "contract_id": _project(world, told),
            "sent_on": world.today + timedelta(days=told["calendar"]["sent"]),
        }
    )
    rows.write()
    offers = _offers(world, told, given)
    _negotiation(world, told["negotiation"], given, offers)


def _project(world: World, told: Card) -> int:
    """The contract as it is wanted, its number that of the year it would begin."""
    card = told["project"]
    start = add_months(world.today.replace(day=1), STARTS_AFTER)
    rows = Rows(world, Contract)
    same = (
        "purpose", "internal_level", "contract_level", "part_wait_stops", "simultaneous_requests",
        "reversibility_days", "penalty_month_cap",
    )  # fmt: skip
    given = rows.add(
        {
            **{name: card[name] for name in same},
            "number": world.number(f"CT-{start.year}", 2),
            "subject": told["subject"],
            "status": ContractStatus.DRAFT,
            "starts_on": start,
            "exclusions": told["exclusions"],
            "price_model": PriceModel.of(card["price_model"]),
            "renewal": Renewal.EXPRESS,
            "notice_form": NoticeForm.REGISTERED,
        }
    )
    rows.write()
    agreements.hours(world, card, given, start)
    _services(world, card["services"], given)
    _cover(world, card["families"], given, start)
    return given


def _services(world: World, cards: list[Card], contract: int) -> None:
    rows = Rows(world, ContractService)
    for card in cards:
        rows.add(
            {
                "contract_id": contract,
                "label": card["label"],
                "scope": card["scope"],
                "kind": ServiceType.of(card["kind"]),
                "frequency": Frequency.of(card["frequency"]),
                "inclusion": Inclusion.of(card.get("inclusion", "included")),
                "obligation": Obligation.of(card["obligation"]) if "obligation" in card else None,
            }
        )
    rows.write()


def _cover(world: World, families: list[str], contract: int, start: date) -> None:
    rows = Rows(world, CoveredAsset)
    for thing in world.things:
        if thing.family in families and thing.covered and thing.in_use:
            rows.add({"contract_id": contract, "asset_id": thing.id, "since": start})
    rows.write()


def _offers(world: World, told: Card, consultation: int) -> list[int]:
    criteria, lines, offers = Rows(world, Criterion), Rows(world, PriceLine), Rows(world, Offer)
    asked = [
        criteria.add(
            {"consultation_id": consultation, "position": position, "label": label, "weight": weight,
             "is_price": is_price, "meaning": meaning}
        )
        for position, (label, weight, is_price, meaning) in enumerate(told["criteria"], 1)
    ]  # fmt: skip
    grid = [
        lines.add(
            {"consultation_id": consultation, "position": position, "label": label, "unit": unit,
             "quantity": quantity, "optional": optional}
        )
        for position, (label, unit, quantity, optional) in enumerate(told["grid"], 1)
    ]  # fmt: skip
    given = [offers.add(_offer(world, told, card, consultation)) for card in told["offers"]]
    for rows in (criteria, lines, offers):
        rows.write()
    _answers(world, told["offers"], given, grid, asked)
    return given


def _offer(world: World, told: Card, card: Card, consultation: int) -> dict[str, Any]:
    days = {"invited_on": told["calendar"]["sent"], "received_on": card["received"], "valid_until": card["valid"]}
    return {
        **{name: world.today + timedelta(days=shift) for name, shift in days.items()},
        **{name: card[name] for name in ("reference", "strengths", "reserves")},
        "consultation_id": consultation,
        "provider_id": world.providers[card["provider"]],
        "status": OfferStatus.RECEIVED,
    }


def _answers(world: World, cards: list[Card], offers: list[int], grid: list[int], asked: list[int]) -> None:
    prices, notes = Rows(world, OfferPrice), Rows(world, OfferNote)
    for offer, card in zip(offers, cards, strict=True):
        for position, (line, price) in enumerate(zip(grid, card["prices"], strict=True)):
            remark = card["remarks"].get(str(position))
            prices.add({"offer_id": offer, "line_id": line, "price": price, "remark": remark})
        for position, (note, evidence) in card["notes"].items():
            notes.add({"offer_id": offer, "criterion_id": asked[int(position)], "note": note, "evidence": evidence})
    prices.write()
    notes.write()


def _negotiation(world: World, cards: list[Card], consultation: int, offers: list[int]) -> None:
    rows = Rows(world, NegotiationPoint)
    same = ("point", "asked", "threshold", "offered", "obtained", "asked_amount", "obtained_amount", "decision")
    for card in cards:
        rows.add(
            {
                **{name: card.get(name) for name in same},
                "consultation_id": consultation,
                "offer_id": offers[card["offer"]],
                "subject": NegotiationObject.of(card["subject"]),
                "state": PointState.of(card["state"]),
                "noted_on": world.today + timedelta(days=card["on"]),
            }
        )
    rows.write()
