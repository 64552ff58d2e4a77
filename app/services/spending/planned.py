"""What is to be replaced or renewed: by the verdicts of the expertise, the end of a life, the end of a licence."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import day
from app.models import Asset, Expertise, ExpertiseSheet, Family, Licence
from app.models.codes import AssetStatus, LicenceKind, Ownership, SheetState
from app.models.money_codes import BudgetPurpose
from app.rules.notice import add_months
from app.rules.sharing import by_month
from app.services.inventory_report.plan import OUTGOING
from app.services.spending.lines import Costing, Line, Origin

YEAR = 12


def replacements(session: Session, today: date, end: date, costing: Costing) -> Iterator[Line]:
    """Assets to be replaced from today until that day, at what a new one costs. An asset whose verdict is overdue is
    replaced this month; one that nobody judged, in the month where its usual life ends, unless that is past."""
    judged = _last_verdicts(session, today)
    rows = session.execute(
        select(
            Asset.id, Asset.number, Asset.brand, Asset.model, Asset.replacement_value, Asset.price,
            Asset.commissioned_on, Asset.purchased_on, Family.life_years,
        )
        .join(Family, Family.id == Asset.family_id)
        .where(
            Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED,
            Asset.ownership.in_((Ownership.OWNED, Ownership.RENTED, Ownership.LEASED)),
        )
        .order_by(Asset.id)
    )  # fmt: skip
    for row in rows:
        on, why, value = _due(row, judged.get(row.id), today)
        if on is not None and on <= end and value:
            what = " ".join(part for part in (row.number, row.brand, row.model) if part)
            yield Line(
                on.replace(day=1), costing.cents(value), BudgetPurpose.EQUIPMENT, Origin.PLANNED, what, why, "asset",
                row.id, None, ("asset", row.id),
            )  # fmt: skip


def _last_verdicts(session: Session, today: date) -> dict[int, Any]:
    """The last sheet with a verdict of each asset: verdict, day to renew, value, day it was judged."""
    rows = session.execute(
        select(
            ExpertiseSheet.asset_id, ExpertiseSheet.final_verdict, ExpertiseSheet.renew_on,
            ExpertiseSheet.replacement_value, Expertise.held_on,
        )
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.deleted_at.is_(None), Expertise.deleted_at.is_(None),
            ExpertiseSheet.state == SheetState.DONE, ExpertiseSheet.final_verdict.is_not(None),
            Expertise.held_on <= today,
        )
        .order_by(Expertise.held_on, Expertise.id)
    )  # fmt: skip
    return {row.asset_id: row for row in rows}


def _due(row: Any, judged: Any, today: date) -> tuple[date | None, str, int | None]:
    value = row.replacement_value or row.price
    if judged is None:
        since = row.commissioned_on or row.purchased_on
        ends = add_months(since, YEAR * row.life_years) if since and row.life_years else None
        return ends if ends and ends >= today else None, f"fin de vie le {day(ends)}", value
    on = judged.renew_on
    if judged.final_verdict in OUTGOING:
        on = on or add_months(judged.held_on, OUTGOING[judged.final_verdict][1])
    why = f"verdict {judged.final_verdict.value}, à renouveler le {day(on)}"
    return max(on, today) if on else None, why, judged.replacement_value or value


def renewals(session: Session, today: date, first: date, end: date, costing: Costing) -> Iterator[Line]:
    """Licences that renew themselves after today: the same price again, over twelve months for a subscription."""
    rows = session.scalars(
        select(Licence)
        .where(
            Licence.deleted_at.is_(None), Licence.renews.is_(True), Licence.price > 0,
            Licence.expires_on >= today, Licence.expires_on <= end,
        )
        .order_by(Licence.expires_on, Licence.id)
    )  # fmt: skip
    for row in rows:
        assert row.expires_on is not None  # noqa: S101 - asked for above
        begins = row.expires_on + timedelta(days=1)
        lasts = add_months(begins, YEAR) - timedelta(days=1) if row.kind == LicenceKind.SUBSCRIPTION else begins
        for month, cents in by_month(costing.cents(row.price or 0), begins, lasts):
            if first <= month <= end:
                yield Line(
                    month, cents, BudgetPurpose.SOFTWARE, Origin.RENEWAL, f"{row.number} {row.name}",
                    f"à renouveler le {day(begins)}", "licence", row.id, None, ("licence", row.id),
                )  # fmt: skip
