"""What is to come: the assets of the replacement plan, the licences that renew themselves."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import day
from app.models import Licence
from app.models.codes import LicenceKind
from app.models.money_codes import BudgetPurpose
from app.rules.notice import add_months
from app.rules.sharing import by_month
from app.services.replacements import plan
from app.services.spending.lines import Costing, Line, Origin

YEAR = 12


def replacements(session: Session, today: date, end: date) -> Iterator[Line]:
    """What the replacement plan counts from today until that day; what has no budget is told there, not here."""
    for one in plan.plan(session, today).items:
        if one.on is not None and one.on <= end and one.cents:
            yield Line(
                one.on.replace(day=1), one.cents, BudgetPurpose.EQUIPMENT, Origin.PLANNED, one.title, one.why, "asset",
                one.asset_id, None, ("asset", one.asset_id),
            )  # fmt: skip


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
