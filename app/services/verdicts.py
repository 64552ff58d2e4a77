"""The verdict that holds for an asset, as a column of lists (domain.md A.7)."""

from sqlalchemy import FromClause, ScalarSelect, select

from app.models import Expertise, ExpertiseSheet
from app.models.codes import Verdict


def of_row(assets: FromClause) -> ScalarSelect[Verdict | None]:
    """For a row of `asset`, the verdict of its last sheet that has one: found by the index on the asset."""
    last = (
        select(ExpertiseSheet.final_verdict)
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.asset_id == assets.c.id,
            ExpertiseSheet.final_verdict.is_not(None),
            ExpertiseSheet.deleted_at.is_(None),
            Expertise.deleted_at.is_(None),
        )
        .order_by(Expertise.held_on.desc(), Expertise.id.desc())
        .limit(1)
    )
    return last.correlate(assets).scalar_subquery()
