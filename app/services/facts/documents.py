"""The documents that providers owed over a period, and whether they came in time (domain.md A.5)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.kpi import Cohort
from app.kpi.facts import Documents, Owed
from app.kpi.scoping import of_asset, of_contract
from app.models import Contract, Intervention, Ticket
from app.models.upkeep_codes import DeliveryState
from app.services import done_for
from app.services.deliverables import expected
from app.services.deliverables.expected import Delivery


def read(cohort: Cohort, first: date, last: date) -> Sequence[Delivery]:
    """Those of the scope, due between these days, as they stood at `cohort.now`."""
    found = expected.found(cohort.session, cohort.today, cohort.scope.contract_id, after=first, known=cohort.known_day)
    return _asked(cohort, [one for one in found if one.due_on <= last])


def _asked(cohort: Cohort, found: Sequence[Delivery]) -> Sequence[Delivery]:
    """Those of the provider; for a site or a family, those that an intervention or an incident there made due."""
    scope = cohort.scope
    if scope.provider_id is not None:
        held = set(cohort.session.scalars(select(Contract.id).where(*of_contract(scope, Contract.id))))
        found = [one for one in found if one.contract_id in held]
    if scope.site_id is None and scope.family_id is None and scope.priority is None:
        return found
    marks = _marks(cohort)
    return [one for one in found if one.mark in marks]


def _marks(cohort: Cohort) -> set[str]:
    """The occasions whose asset and severity are those of the scope."""
    grave = [Ticket.priority == cohort.scope.priority] if cohort.scope.priority is not None else []
    done = done_for.beside(select(Intervention.id).select_from(Intervention))
    kept = {
        "intervention": done.where(*of_asset(cohort.scope, done_for.asset()), *grave),
        "ticket": select(Ticket.id).where(*of_asset(cohort.scope, Ticket.asset_id), *grave),
    }
    return {f"{kind}:{one}" for kind, wanted in kept.items() for one in cohort.session.scalars(wanted)}


def count(cohort: Cohort, found: Sequence[Delivery]) -> Documents:
    """Those whose day came within the period (B.1, A.5), or that came before it did."""
    due = [one for one in found if cohort.start <= one.due_on <= cohort.end]
    waived = sum(one.state == DeliveryState.WAIVED for one in due)
    waiting = sum(_waiting(cohort, one) for one in due)
    owed = [Owed(one.document_id, _in_time(one)) for one in due if _judged(cohort, one)]
    return Documents(owed, waived, waiting)


def _waiting(cohort: Cohort, one: Delivery) -> bool:
    return one.due_on >= cohort.today and one.state in {DeliveryState.EXPECTED, DeliveryState.REFUSED}


def _judged(cohort: Cohort, one: Delivery) -> bool:
    return one.state != DeliveryState.WAIVED and not _waiting(cohort, one)


def _in_time(one: Delivery) -> bool:
    return one.is_received and one.received_on is not None and one.received_on <= one.due_on
