"""The indicators of assets, upkeep, opinions and costs, slowly (tests.kpi.reference)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.kpi.reference import (
    ALWAYS,
    HOLIDAYS,
    NOTHING,
    ONE_DAY,
    PARIS,
    Ask,
    Company,
    Found,
    Hours,
    Span,
    cut,
    day_of,
    days,
    joined,
    length,
    midnight,
    moment,
    without,
)
from tests.kpi.reference_tickets import CORRECTIVE, mean, share

DUE_IN = {"after_visit": 2, "monthly": 10}


@dataclass
class Life:
    """What was required of an asset in the period, in open spans of its hours, and when it was down."""

    weight: int
    required: list[Span]
    failures: list[list[Span]] = field(default_factory=list)

    @property
    def share(self) -> Fraction:
        return 1 - Fraction(sum(length(one) for one in self.failures), length(self.required))


def lives(company: Company, ask: Ask) -> list[Life]:
    """One by one, day by day."""
    found = [_life(company, ask, row) for row in company.rows("asset") if company.asset_in(ask, row["id"])]
    return [one for one in found if length(one.required) or one.failures]


def _life(company: Company, ask: Ask, asset: dict[str, Any]) -> Life:
    life = Life(int(asset["user_count"] or asset["criticality"] or 1), [])
    if asset["status"] == "in_stock" or (asset["status"] == "retired" and not asset["retired_on"]):
        return life
    first = max(day_of(asset["commissioned_on"] or asset["purchased_on"]) or ask.start, ask.start)
    last = min(day_of(asset["retired_on"]) or ask.end, ask.end)
    present: list[Span] = []
    for day in days(first, last):
        contract = company.covering(asset["id"], day)
        if not company.contract_in(ask, contract):
            continue
        hours: Hours = company.hours(contract, day) if ask.working else ALWAYS
        life.required += cut(hours.of_day(day), ask.since, ask.cutoff)
        present += cut([(midnight(day), midnight(day + ONE_DAY))], ask.since, ask.cutoff)
    failed, planned = _stops(company, ask, asset["id"])
    service = without(life.required, joined(planned))
    touched = [one for one in failed if any(a < one[1] and b > one[0] for a, b in present)]
    life.failures = [[part for span in service for part in cut([span], *one)] for one in touched]
    life.required = service
    return life


def _stops(company: Company, ask: Ask, asset: int) -> tuple[list[Span], list[Span]]:
    """Failures put together, and stops that were planned."""
    failed: list[Span] = []
    planned: list[Any] = []
    every = Ask(ask.start, ask.end, ask.now, priority=ask.priority)
    for one in company.tickets(every):
        if one.row["asset_id"] == asset:
            wanted = one.row["is_failure"] or one.row["kind"] not in {"request", "change"}
            told = [(a, min(b or ask.cutoff, ask.cutoff)) for a, b in one.downs if a < ask.cutoff]
            (failed if wanted else planned).extend(told)
    for row in company.rows("intervention"):
        visit = company.by_id("visit").get(row["visit_id"] or 0)
        task = company.by_id("maintenance_task").get((visit or {}).get("task_id") or 0)
        if visit and task and task["stops_asset"] and visit["asset_id"] == asset and row["ended_at"]:
            planned.append((moment(row["started_at"]), moment(row["ended_at"])))
    return joined(failed), [(a, b) for a, b in planned if a and b]


def mdt(company: Company, ask: Ask) -> Found:
    return mean([length(one) for life in lives(company, ask) for one in life.failures])


def mtbf(company: Company, ask: Ask) -> Found:
    found = lives(company, ask)
    required, n = sum(length(one.required) for one in found), sum(len(one.failures) for one in found)
    down = sum(length(one) for life in found for one in life.failures)
    return (Fraction(required - down, 60 * (n or 1)), n) if required and _followed(company, ask) else NOTHING


def _followed(company: Company, ask: Ask) -> bool:
    """Whether anybody had told of a ticket."""
    firsts = (moment(acts[0]["at"]) for acts in company.acts.values())
    return any(at is not None and at < ask.cutoff for at in firsts)


def dispo(company: Company, ask: Ask) -> Found:
    found = [one for one in lives(company, ask) if length(one.required) and _followed(company, ask)]
    return (sum((one.share for one in found), Fraction()) / len(found), len(found)) if found else NOTHING


def dispo_ponderee(company: Company, ask: Ask) -> Found:
    found = [one for one in lives(company, ask) if length(one.required) and _followed(company, ask)]
    weights = sum(one.weight for one in found)
    return (sum((one.weight * one.share for one in found), Fraction()) / weights, len(found)) if found else NOTHING


def worked(row: dict[str, Any]) -> int | None:
    """Minutes of an intervention."""
    if row["repair_minutes"] is not None:
        return int(row["repair_minutes"])
    start, end = moment(row["started_at"]), moment(row["ended_at"])
    return int((end - start).total_seconds()) // 60 if start and end else None


def ratio_preventif(company: Company, ask: Ask) -> Found:
    minutes = [(spent, kind) for spent, kind in _hours(company, ask) if spent is not None]
    total = sum(spent for spent, _ in minutes)
    return (Fraction(sum(spent for spent, kind in minutes if kind), total), len(minutes)) if total else NOTHING


def _hours(company: Company, ask: Ask) -> list[tuple[int | None, bool]]:
    """Minutes, and whether they were preventive."""
    gone = {row["id"] for row in company.rows("ticket")}
    every = Ask(ask.start, ask.end, ask.now)
    gone -= {one.row["id"] for one in company.tickets(every)}
    found: list[tuple[int | None, bool]] = []
    for row in company.rows("intervention"):
        ticket = company.by_id("ticket").get(row["ticket_id"] or 0)
        preventive = row["maintenance_type"] == "preventive"
        repairs = row["maintenance_type"] in CORRECTIVE and (not ticket or ticket["kind"] in {"incident", "problem"})
        if row["ticket_id"] not in gone and ask.within(moment(row["started_at"])) and company.work_in(ask, row):
            found += [(worked(row), preventive)] if preventive or repairs else []
    told = {row["visit_id"] for row in company.rows("intervention")}
    for row in _visits(company, ask):
        done = day_of(row["done_on"])
        if row["status"] == "done" and done and ask.start <= done <= min(ask.end, ask.known) and row["id"] not in told:
            found.append((row["duration_minutes"], True))
    return found


def _visits(company: Company, ask: Ask) -> list[dict[str, Any]]:
    return [row for row in company.rows("visit") if row["kind"] == "maintenance" and company.visit_in(ask, row)]


def realisation_preventif(company: Company, ask: Ask) -> Found:
    hits = []
    for row in _visits(company, ask):
        planned, done = day_of(row["planned_on"]), day_of(row["done_on"])
        last = day_of(row["latest_on"]) or planned
        assert planned is not None
        assert last is not None
        if row["status"] == "cancelled" or not ask.start <= last <= ask.end:
            continue
        if done is not None and done <= ask.known:
            hits.append((day_of(row["earliest_on"]) or date.min) <= done <= last)
        elif max(last, planned) < ask.today:
            hits.append(False)
    return share(hits)


def csat(company: Company, ask: Ask) -> Found:
    hits = []
    for row in company.rows("evaluation"):
        done = company.by_id("intervention").get(row["intervention_id"] or 0)
        on = day_of(row["received_on"])
        if row["state"] != "received" or not on or not ask.start <= on <= min(ask.end, ask.known):
            continue
        if done is None and (ask.contract or ask.provider or ask.site or ask.family):
            continue
        if done is None or company.work_in(ask, done):
            answers = [row[f"c{n}"] for n in range(1, 10)]
            hits += [one >= 4 for one in answers if one]
    return share(hits)


def documents(company: Company, ask: Ask) -> Found:
    hits = []
    kept = {(row["due_document_id"], row["mark"]): row for row in company.rows("received_document")}
    for owed in company.rows("due_document"):
        if not company.contract_in(ask, owed["contract_id"]):
            continue
        for mark, due in occasions(company, ask, owed):
            told = kept.get((owed["id"], mark))
            came = day_of(told["received_on"]) if told else None
            known = told if told and (came is None or came <= ask.known) else None
            if due < date.fromisoformat(owed["since"]) or not ask.start <= due <= ask.end:
                continue
            if known and known["state"] == "waived":
                continue
            if known and known["state"] == "received":
                hits.append(came is not None and came <= due)
            elif due < ask.today:
                hits.append(False)
    return share(hits)


def occasions(company: Company, ask: Ask, owed: dict[str, Any]) -> list[tuple[str, date]]:
    if owed["rule"] == "after_visit":
        found = []
        for row in company.rows("intervention"):
            visit = company.by_id("visit").get(row["visit_id"] or 0, {})
            source = company.by_id("ticket").get(row["ticket_id"] or 0) or visit
            at: datetime | None = moment(row["ended_at"] or row["started_at"])
            if source["contract_id"] != owed["contract_id"] or not company.asset_in(ask, source["asset_id"]) or not at:
                continue
            on = at.astimezone(PARIS).date()
            if ask.priority in {None, source.get("priority")} and on <= company.ends(owed["contract_id"]):
                found.append((f"intervention:{row['id']}", _after(on, owed["delay_days"])))
        return found
    if ask.site or ask.family or ask.priority:
        return []
    starts = date.fromisoformat(company.by_id("contract")[owed["contract_id"]]["starts_on"])
    months = [starts.replace(day=1)]
    while months[-1] <= ask.end:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    return [
        (f"{first:%Y-%m}", _after(after - ONE_DAY, owed["delay_days"]))
        for first, after in pairwise(months)
        if first <= company.ends(owed["contract_id"])
    ]


def _after(day: date, count: int) -> date:
    while count:
        day += ONE_DAY
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day
