"""The fee of a contract today, as a column of lists: the one signed, or that of its last amendment (domain.md C.4)."""

from sqlalchemy import ColumnElement, FromClause, Integer, cast, func, select

from app.fields import this_day
from app.models import Amendment
from app.models.contract_codes import AmendmentStatus

PATH = "$.fee"


def fee_now(contracts: FromClause) -> ColumnElement[int | None]:
    """For a row of `contract`, cents."""
    amended = (
        select(cast(func.json_extract(Amendment.extra, PATH), Integer))
        .where(
            Amendment.contract_id == contracts.c.id,
            Amendment.status == AmendmentStatus.SIGNED,
            Amendment.effective_on <= this_day(),
            Amendment.deleted_at.is_(None),
            func.json_type(Amendment.extra, PATH).is_not(None),
        )
        .order_by(Amendment.effective_on.desc(), Amendment.id.desc())
        .limit(1)
        .correlate(contracts)
        .scalar_subquery()
    )
    return func.coalesce(amended, contracts.c.fee)
