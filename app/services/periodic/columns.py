"""What the list of periodic reports shows that no column keeps. By SQL, row by row."""

from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, func, select

from app.models import IssuedPaper

KIND = "periodique"
"""The paper, in `paper_kinds`."""


def issued_at(reviews: FromClause) -> ColumnElement[datetime | None]:
    """When it was last issued; None before."""
    own = IssuedPaper.__table__.alias("issued")
    wanted = own.c.kind == KIND, own.c.record_id == reviews.c.id, own.c.deleted_at.is_(None)
    last = func.max(own.c.issued_at, type_=own.c.issued_at.type)
    return select(last).where(*wanted).correlate(reviews).scalar_subquery()
