"""The documents that providers owe, worked out from what happened: only what was done is kept (domain.md A.5)."""

from app.services.deliverables.acts import expect, receive, refuse, waive
from app.services.deliverables.expected import Delivery, found, in_time
from app.services.deliverables.reminder import reminder
from app.services.deliverables.standings import Standing, standing, standing_job

__all__ = [
    "Delivery",
    "Standing",
    "expect",
    "found",
    "in_time",
    "receive",
    "refuse",
    "reminder",
    "standing",
    "standing_job",
    "waive",
]
