"""Whether a ticket was solved at the first contact (domain.md B.2, FCR)."""

from collections.abc import Iterable
from datetime import datetime

from app.rules.service_level import Course

ONE = 1


def solved_at_first_contact(course: Course, visits: Iterable[datetime]) -> bool | None:
    """`visits`: when its interventions began. Taking the ticket is the first contact: whoever comes back later, hands
    it over or sees it again has not solved it then. None while it is not solved."""
    if course.resolved_at is None:
        return None
    again = any(start > (course.taken_at or course.opened_at) for start in visits)
    return course.contacts <= ONE and not (again or course.transfers or course.reopenings)
