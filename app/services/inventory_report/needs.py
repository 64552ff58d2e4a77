"""Chapter 8: the needs collected, by source."""

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import joined
from app.models import Asset, Need, Person
from app.models.codes import NeedDecision, NeedSource
from app.reports.inventory.lines import NeedGroup, NeedLine

SOURCES = {NeedSource.TECHNICIAN: "Techniciens", NeedSource.USER: "Utilisateurs", NeedSource.BUYER: "Acheteurs"}


def needs(session: Session) -> tuple[NeedGroup, ...]:
    """All of them, whatever was decided: what is set aside says why."""
    statement = (
        select(Need, Asset.number, Person.first_name, Person.last_name)
        .outerjoin(Asset, Asset.id == Need.asset_id)
        .outerjoin(Person, Person.id == Need.person_id)
        .where(Need.deleted_at.is_(None))
        .order_by(Need.number)
    )
    order = list(SOURCES)
    found = sorted(session.execute(statement), key=lambda row: order.index(row.Need.source))
    return tuple(
        NeedGroup(SOURCES[source], tuple(_line(row.Need, row.number, row.first_name, row.last_name) for row in rows))
        for source, rows in groupby(found, key=lambda row: row.Need.source)
    )


def _line(need: Need, asset: str | None, first_name: str | None, last_name: str | None) -> NeedLine:
    by = need.stated_by or joined(first_name, last_name)
    return NeedLine(
        number=need.number,
        statement=f"{need.statement}\n{by}" if by else need.statement,
        thing=joined(asset, need.service, by=", "),
        criticality=need.criticality.value if need.criticality else "",
        frequency=need.frequency.label if need.frequency else "",
        expectation=need.expectation or "",
        priority=need.priority.label if need.priority else "",
        decision=_decision(need),
    )


def _decision(need: Need) -> str:
    rejected = need.decision == NeedDecision.REJECTED and need.decision_reason
    return f"{need.decision.label}\u00a0: {need.decision_reason}" if rejected else need.decision.label
