"""The documents that providers owe, worked out from what happened: only what was done is kept (domain.md A.5)."""

from app.services.deliverables.acts import expect, receive, refuse, waive
from app.services.deliverables.expected import Delivery, Standing, found, in_time, standing
from app.services.deliverables.reminder import reminder

__all__ = ["Delivery", "Standing", "expect", "found", "in_time", "receive", "refuse", "reminder", "standing", "waive"]
