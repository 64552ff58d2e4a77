"""Two expertises of the fleet, eighteen and six months ago, judged by the program's own rules."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.fields import PARIS
from app.models import Asset, Expertise, ExpertiseSheet, Family
from app.models.codes import AssetStatus, Condition, ExpertiseStatus, Finding, Verdict
from app.rules.notice import add_months
from app.services.example.world import Card, Rows, World, data
from app.services.expertises import opening
from app.services.expertises.facts import Known, known
from app.services.expertises.sheets import Answers, evaluate, first_answers, judged_columns, with_proposals

REPAIR_SHARE = {4: 0, 3: 0, 2: 9, 1: 34, 0: 72}
"""What putting an asset right costs, by its condition, in percent of its value."""
PARTS_YEARS = (3, 5, 7)
"""Beyond each, parts are harder to find by one note."""
ROUNDING = 500
MADE_AGAIN = 90_000
"""Cents to make again what was not bought: a virtual machine."""
AGELESS = 4
"""The note of what has no target life: it does not age."""
NOT_NETWORKED = ("Écran", "Onduleur", "Périphérique")


def judge_all(world: World) -> None:
    for card in data("upkeep")["expertises"]:
        _expertise(world, card)


def _expertise(world: World, card: Card) -> None:
    on = add_months(world.today, -card["months"]) + timedelta(days=2)
    rows = Rows(world, Expertise)
    given = rows.add(
        {
            "number": world.number(f"EXP-{on.year}", 3),
            "title": card["title"],
            "held_on": on,
            "expert": card["expert"],
            "provider_id": world.providers[card["provider"]],
            "status": ExpertiseStatus.CLOSED,
            "annual_price": opening.yearly_fees(world.session, on),
            "notes": card["notes"],
        }
    )
    rows.write()
    before = opening.previous(world.session, given, on)
    cards = {label: one for one in card["sheets"] for label in one["assets"]}
    families = _families(world)
    there = (Asset.status != AssetStatus.RETIRED) & (Asset.purchased_on <= on)
    sheets = Rows(world, ExpertiseSheet)
    for of in known(world.session, on, there):
        label, family = families[of.asset_id]
        answers = _answers(of, family, card["better"], cards.get(label, {}))
        verdict, hundredths = before.get(of.asset_id, (None, None))
        sheets.add(
            {
                "expertise_id": given,
                "asset_id": of.asset_id,
                "previous_verdict": verdict,
                "previous_hundredths": hundredths,
                "assessed_at": datetime.combine(on, time(16), PARIS),
                "assessed_by": card["expert"],
                **_columns(answers, of, cards.get(label, {})),
            }
        )
    sheets.write()


def _families(world: World) -> dict[int, tuple[str, str]]:
    """By asset: what it is called, and its family."""
    rows = world.session.execute(
        select(Asset.id, Asset.name, Asset.brand, Asset.model, Family.name.label("family")).join(
            Family, Family.id == Asset.family_id
        )
    )
    return {row.id: (row.name or f"{row.brand} {row.model}", row.family) for row in rows}


def _answers(of: Known, family: str, better: int, card: Card) -> Answers:
    """As the expert answers: the asset was `better` by so much then; what its card says goes before."""
    first = first_answers(of)
    condition = card.get("condition", min(4, int((of.condition or Condition.GOOD).value) + better))
    years = (of.on - of.since).days // 365 if of.since else 0
    parts = first.notes.parts if first.notes.parts is not None else 3 - sum(years >= n for n in PARTS_YEARS[1:])
    fit = card.get("fit", 4 if condition >= 3 and years <= PARTS_YEARS[0] else 3 if condition >= 2 else 2)  # noqa: PLR2004 - notes
    age = AGELESS if first.notes.age is None else first.notes.age
    value = of.replacement_value or MADE_AGAIN
    return replace(
        first,
        notes=replace(first.notes, condition=condition, age=age, parts=parts, fit=fit),
        networked=first.networked and family not in NOT_NETWORKED,
        isolated=card.get("isolated"),
        repair_cost=card.get("repair", value * REPAIR_SHARE[condition] // 100 // ROUNDING * ROUNDING),
        replacement_value=first.replacement_value or MADE_AGAIN,
        finding=of.finding,
        seen_on=of.on if of.finding == Finding.SEEN else None,
        observations=card.get("observations"),
    )


def _columns(answers: Answers, of: Known, card: Card) -> dict[str, Any]:
    override = Verdict.of(card["override"]) if "override" in card else None
    kept = judged_columns(with_proposals(answers, evaluate(answers, of)), override)
    return {**kept, "override": override, "override_reason": card.get("reason")}
