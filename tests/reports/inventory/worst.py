"""The same text wherever a person may write."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.reports.inventory.data import InventoryReport

KEPT = {"stamp", "sections", "synthesis", "lot", "verdict", "ruled", "base", "content", "source", "number"}
"""What no person writes, or writes in a few letters."""


def with_words(report: InventoryReport, text: str) -> InventoryReport:
    """The report with this text in each of its texts, chapter by chapter."""
    made: InventoryReport = _worded(report, text)
    return replace(made, stamp=report.stamp)


def _worded(value: Any, text: str) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _worded(getattr(value, f.name), text) for f in fields(value) if f.name not in KEPT}
        return replace(value, **told)
    if isinstance(value, tuple):
        return tuple(_worded(one, text) for one in value)
    return text if isinstance(value, str) else value
