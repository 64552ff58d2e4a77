"""The promises missed in a period, one by one: what the rates count as late, with why and what it costs (C.7, D.4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.fields import joined, lowered
from app.kpi import REGISTRY, Measure
from app.models import BreachNote
from app.models.judgement_codes import Promise
from app.reports.periodic_data import Breach
from app.services.behind import tickets_behind
from app.services.penalties.months import Month
from app.services.periodic.asked import Asked

CODES = {"gti": Promise.TAKE, "gts": Promise.ON_SITE, "gtr": Promise.RESTORE}
CHUNK = 10_000
Priced = Mapping[tuple[int, str], int | None]
"""Cents by ticket and promise."""


def breaches(asked: Asked, months: Sequence[Month]) -> tuple[Breach, ...]:
    """By promise, then in the order in which they were due."""
    priced, notes = _priced(asked, months), _notes(asked)
    return tuple(
        _explained(one, notes)
        for code in CODES
        if code in REGISTRY
        for one in sorted(_of_rate(asked, code, priced), key=lambda one: (one.due, one.number))
    )


def _of_rate(asked: Asked, code: str, priced: Priced) -> Iterator[Breach]:
    kpi, cohort = REGISTRY[code], asked.cohorts.cohort(asked.period, detail=True)
    measure = kpi.compute(cohort)
    late = Measure(None, 0, rows={one: row for one, row in measure.rows.items() if row.hit is False})
    promise = CODES[code]
    told = {row.id: row for row in _moments(asked, promise, late.ids)}
    for row in tickets_behind(cohort, kpi, late):
        due, done, contract = told[row.id].due, told[row.id].done, asked.number(told[row.id].contract_id)
        done = done if done is not None and done < cohort.cutoff else None
        what = joined(row.asset, lowered(row.subject) if row.asset else row.subject, by=", ")
        cents = priced.get((row.id, promise.value))
        yield Breach(
            row.id, row.number, what, row.priority.value, promise.value, due, done, row.gap or 0, cents, contract
        )


def _moments(asked: Asked, promise: Promise, wanted: Sequence[int]) -> Iterator[Any]:
    of = asked.cohorts.cohort(asked.period).tickets
    due, done = {
        Promise.TAKE: (of.take_due_at, of.taken_at),
        Promise.ON_SITE: (of.on_site_due_at, of.on_site_at),
        Promise.RESTORE: (of.restore_due_at, of.resolved_at),
    }[promise]
    columns = select(of.id, of.contract_id, due.label("due"), done.label("done"))
    for start in range(0, len(wanted), CHUNK):
        yield from asked.session.execute(columns.where(of.id.in_(wanted[start : start + CHUNK])))


def _priced(asked: Asked, months: Sequence[Month]) -> Priced:
    lines = (line for month in months if month.month <= asked.period.end for line in month.lines)
    return {
        (line.late.record_id, line.late.penalty.trigger.value): line.cents
        for line in lines
        if line.late.entity == "ticket"
    }


def _notes(asked: Asked) -> Mapping[tuple[int, str], BreachNote]:
    kept = asked.session.scalars(select(BreachNote).where(BreachNote.deleted_at.is_(None)))
    return {(one.ticket_id, one.promise.value): one for one in kept}


def _explained(one: Breach, notes: Mapping[tuple[int, str], BreachNote]) -> Breach:
    note = notes.get((one.ticket_id, one.promise))
    if note is None:
        return one
    return replace(
        one,
        cause=note.cause or "",
        explanation=note.explanation or "",
        explained_on=note.explained_on,
        decision=note.decision or "",
        decided_by=note.decided_by or "",
        decided_on=note.decided_on,
    )
