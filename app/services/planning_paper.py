"""What the plannings of maintenance are made of: of a year or of a month, whole or of a contract, a site, somebody."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import PARIS, day, duration, fold, joined, this_day, time_of_day
from app.models import Company, Contract, MaintenanceTask, Provider, Site
from app.models.upkeep_codes import VisitState
from app.reports.identity import Stamp
from app.reports.planning_data import (
    CANCELLED,
    DONE,
    LATE,
    MISSED,
    PLANNED,
    Counts,
    Mark,
    MonthPlan,
    TaskGroup,
    TaskRow,
    VisitLine,
    YearPlan,
)
from app.rules.notice import add_months
from app.services.company_card import company_card
from app.services.planning import visits, words
from app.services.planning.visits import VisitRow

PREFIX = "PLA"
OWN = "Sans contrat\u00a0: faites par l’entreprise"
STATES = {
    VisitState.DONE: DONE,
    VisitState.LATE: LATE,
    VisitState.MISSED: MISSED,
    VisitState.DUE: PLANNED,
    VisitState.PLANNED: PLANNED,
    VisitState.CANCELLED: CANCELLED,
}
_ASKED = re.compile(r"(?:PLA-)?(\d{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choices:
    """`month` 0 is the whole year; `contract` a number, `site` and `technician` names, empty for all."""

    year: int
    month: int = 0
    contract: str = ""
    site: str = ""
    technician: str = ""

    @property
    def reference(self) -> str:
        """« PLA-2026-03-CT-0001 »: the same choice is the same paper, issued again it is its next version."""
        said = [PREFIX, f"{self.year:04d}", f"{self.month:02d}" if self.month else ""]
        said += [self.contract, _bare(self.site), _bare(self.technician)]
        return "-".join(part for part in said if part)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        return date.fromordinal(add_months(self.first, 1 if self.month else 12).toordinal() - 1)


def _bare(name: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "-", fold(name).upper()).strip("-")


def asked(session: Session, ref: str | None, site: str = "", technician: str = "") -> Choices:
    """« 2026 », « 2026-03 » or the number of a contract, for its year; none: this year. NotFound for anything else."""
    today = this_day()
    found = _ASKED.fullmatch(ref or f"{today.year}")
    if found:
        return Choices(int(found[1]), int(found[2] or 0), site=site, technician=technician)
    if session.scalar(select(Contract.id).where(Contract.number == ref, Contract.deleted_at.is_(None))) is None:
        raise NotFound(f"«\u00a0{ref}\u00a0» n’est ni une année (2026), ni un mois (2026-03), ni un contrat.")
    return Choices(today.year, contract=ref or "", site=site, technician=technician)


def any_company(session: Session, _ref: str | None) -> int | None:
    """A planning belongs to the company, whatever its reference."""
    return session.scalar(select(Company.id).where(Company.deleted_at.is_(None)).limit(1))


def planning(
    session: Session, _record_id: int | None, stamp: Stamp, choices: Choices | None = None
) -> YearPlan | MonthPlan:
    """The planning chosen, this year's if none is; as it stands on the day of the stamp."""
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    choices = choices or Choices(today.year)
    found = chosen(session, choices, today)
    company, scope, provider = company_card(session), _scope(session, choices), _provider(session, choices)
    counts = _counts(found)
    if choices.month:
        lines = tuple(_line(one) for one in found)
        return MonthPlan(company, stamp, choices.first, scope, provider, counts, lines)
    return YearPlan(company, stamp, choices.year, scope, provider, counts, _groups(session, found))


def of_contract(session: Session, contract_id: int, stamp: Stamp) -> YearPlan | MonthPlan:
    """The planning of this year for a contract, from its page."""
    number = session.get_one(Contract, contract_id).number
    return planning(session, None, stamp, Choices(this_day().year, contract=number))


def chosen(session: Session, choices: Choices, today: date) -> list[VisitRow]:
    """The visits of the planning, in order; NotFound for a contract or a site that there is not."""
    return visits.between(
        session, choices.first, choices.last, technician=choices.technician or None,
        contract_id=_contract(session, choices), site_id=_site(session, choices), today=today,
    )  # fmt: skip


def _contract(session: Session, choices: Choices) -> int | None:
    if not choices.contract:
        return None
    wanted = select(Contract.id).where(Contract.number == choices.contract, Contract.deleted_at.is_(None))
    return _known(session.scalar(wanted), f"Aucun contrat ne porte le numéro «\u00a0{choices.contract}\u00a0».")


def _site(session: Session, choices: Choices) -> int | None:
    if not choices.site:
        return None
    sites = session.execute(select(Site.id, Site.name).where(Site.deleted_at.is_(None)))
    named = [one.id for one in sites if fold(one.name) == fold(choices.site)]
    return _known(named[0] if named else None, f"Aucun site ne s’appelle «\u00a0{choices.site}\u00a0».")


def _known(found: int | None, told: str) -> int:
    if found is None:
        raise NotFound(told)
    return found


def _provider(session: Session, choices: Choices) -> str:
    wanted = select(Provider.name).join(Contract, Contract.provider_id == Provider.id)
    return session.scalar(wanted.where(Contract.id == _contract(session, choices))) or ""


def _scope(session: Session, choices: Choices) -> str:
    contract = joined("Contrat", choices.contract, _provider(session, choices)) if choices.contract else ""
    site = f"Site de {choices.site}" if choices.site else ""
    told = joined(contract, site, choices.technician, by=" · ")
    return told or "Toute la maintenance préventive"


def _counts(found: Iterable[VisitRow]) -> Counts:
    return Counts(**Counter(STATES[one.state] for one in found))


def _groups(session: Session, found: Sequence[VisitRow]) -> tuple[TaskGroup, ...]:
    """By contract, those of the company last; in each, by task and site."""
    tasks = {one.id: one for one in session.scalars(select(MaintenanceTask))}
    rows: dict[str, dict[tuple[str, str], list[VisitRow]]] = {}
    for one in found:
        label = tasks[one.task_id].label if one.task_id else one.label
        rows.setdefault(one.contract, {}).setdefault((label, joined(one.asset, one.site, by=", ")), []).append(one)
    titles = _titles(session)
    order = sorted(rows, key=lambda contract: (not contract, contract))
    return tuple(
        TaskGroup(
            titles[contract] if contract else OWN,
            tuple(_row(tasks, label, place, rows[contract][label, place]) for label, place in _sorted(rows[contract])),
        )
        for contract in order
    )


def _sorted(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(keys, key=lambda key: (fold(key[0]), fold(key[1])))


def _titles(session: Session) -> dict[str, str]:
    """« CT-0001 Infogérance, Nexalia », by number."""
    wanted = select(Contract.number, Contract.subject, Provider.name)
    rows = session.execute(wanted.outerjoin(Provider, Provider.id == Contract.provider_id))
    return {number: joined(joined(number, told), provider, by=", ") for number, told, provider in rows}


def _row(tasks: dict[int, MaintenanceTask], label: str, place: str, found: Sequence[VisitRow]) -> TaskRow:
    task = next((tasks[one.task_id] for one in found if one.task_id), None)
    rhythm = words.every(task.every, task.unit) if task else "une fois"
    who = sorted({one.technician for one in found if one.technician})
    months: tuple[list[Mark], ...] = tuple([] for _ in range(12))
    for one in found:
        months[one.planned_on.month - 1].append(Mark(one.planned_on.day, STATES[one.state]))
    return TaskRow(label, place, rhythm, ", ".join(who), tuple(tuple(month) for month in months))


def _line(one: VisitRow) -> VisitLine:
    return VisitLine(
        one.planned_on, time_of_day(one.starts_at) if one.starts_at is not None else "", one.number, one.label,
        one.asset, one.site, one.technician, duration(one.duration_minutes), STATES[one.state], told(one),
    )  # fmt: skip


def told(one: VisitRow) -> str:
    """Where it stands: « Faite le 03/03/2026 », « Prévue, déplacée : congés »."""
    state = one.state.label
    if one.done_on is not None:
        return f"{state}, le {day(one.done_on)}"
    return f"{state}\n{one.moved_reason}" if one.moved_reason else state
