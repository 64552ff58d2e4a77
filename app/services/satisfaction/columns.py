"""What the list of surveys shows that no column keeps. By SQL, row by row."""

from sqlalchemy import ColumnElement, FromClause, func, select

from app.models import SatisfactionResponse


def returned(surveys: FromClause) -> ColumnElement[int | None]:
    """How many sheets came back; None before the first."""
    own = SatisfactionResponse.__table__.alias("returned")
    counted = select(func.count()).where(own.c.survey_id == surveys.c.id, own.c.deleted_at.is_(None))
    return func.nullif(counted.select_from(own).correlate(surveys).scalar_subquery(), 0)
