"""What the company spends on its computers: by contract, asset, site, month; against its budget; what the fee buys."""

from app.fields import counted
from app.models.money_codes import BudgetPurpose as Purpose
from app.services.spending.book import detail_job
from app.services.spending.book import job as book_job
from app.services.spending.bought import Bought
from app.services.spending.forecast import Column, Forecast, Month, Standing, budget_of, set_budget
from app.services.spending.lines import Nature, Origin, Source
from app.services.spending.shown import (
    Listed,
    Shown,
    bought_job,
    of_contract,
    of_forecast,
    of_group,
    of_month,
    offered_words,
    read_job,
)
from app.services.spending.span import YearSum
from app.services.spending.span import job as span_job
from app.services.spending.views import OF_ASSETS, Dimension, Group

__all__ = [
    "OF_ASSETS",
    "Bought",
    "Column",
    "Dimension",
    "Forecast",
    "Group",
    "Listed",
    "Month",
    "Nature",
    "Origin",
    "Purpose",
    "Shown",
    "Source",
    "Standing",
    "YearSum",
    "book_job",
    "bought_job",
    "budget_of",
    "counted_lines",
    "detail_job",
    "of_contract",
    "of_forecast",
    "of_group",
    "of_month",
    "offered_words",
    "read_job",
    "set_budget",
    "span_job",
]


def counted_lines(count: int) -> str:
    return counted(count, "ligne")
