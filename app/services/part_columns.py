"""What the list of parts shows that no column keeps."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause


def amount(own: FromClause) -> ColumnElement[Any]:
    """Price before tax of all of them, in cents; NULL while the price of one is not known."""
    found: ColumnElement[Any] = own.c.quantity * own.c.unit_price
    return found
