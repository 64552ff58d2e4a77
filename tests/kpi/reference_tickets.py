"""The indicators of tickets, slowly (tests.kpi.reference)."""

from datetime import datetime, timedelta
from fractions import Fraction

from tests.kpi.reference import ALWAYS, MINUTE, NOTHING, Ask, Company, Folded, Found, moment

CORRECTIVE = {"palliative", "curative"}


def mean(minutes: list[int]) -> Found:
    return (Fraction(sum(minutes), 60 * len(minutes)), len(minutes)) if minutes else NOTHING


def share(hits: list[bool]) -> Found:
    return (Fraction(sum(hits), len(hits)), len(hits)) if hits else NOTHING


def restored(company: Company, ask: Ask) -> list[Folded]:
    return [one for one in company.tickets(ask) if ask.within(one.resolved)]


def incidents(found: list[Folded]) -> list[Folded]:
    return [one for one in found if one.row["kind"] == "incident"]


def mtta(company: Company, ask: Ask) -> Found:
    taken = [one for one in company.tickets(ask) if ask.within(one.taken)]
    hours = {one.row["id"]: company.of(one) if ask.working else ALWAYS for one in taken}
    return mean([hours[one.row["id"]].minutes(one.opened, one.taken or one.opened) for one in taken])


def mttres(company: Company, ask: Ask) -> Found:
    spent = []
    for one in incidents(restored(company, ask)):
        assert one.resolved is not None
        hours, holes = (company.of(one), one.pauses(one.resolved)) if ask.working else (ALWAYS, list(one.gaps))
        spent.append(hours.minutes(one.opened, one.resolved, holes))
    return mean(spent)


def mttr(company: Company, ask: Ask) -> Found:
    spent = []
    for one in incidents(restored(company, ask)):
        done = [
            (start, max(start + timedelta(minutes=row["repair_minutes"]), moment(row["ended_at"]) or start), row)
            for row in company.rows("intervention")
            if row["ticket_id"] == one.row["id"] and row["repair_minutes"] is not None
            and row["maintenance_type"] in CORRECTIVE and (start := moment(row["started_at"])) and start < ask.now
        ]  # fmt: skip
        if len(done) == 1:
            spent.append(done[0][2]["repair_minutes"])
        elif done:
            spent.append(_together([(start, end, row["repair_minutes"]) for start, end, row in done]))
    return mean(spent)


def _together(done: list[tuple[datetime, datetime, int]]) -> int:
    """Those at work at once count for no more than the time that they cover together."""
    total, group = 0, list[tuple[datetime, datetime, int]]()
    for one in [*sorted(done), None]:
        if group and (one is None or one[0] >= max(end for _, end, _ in group)):
            covered = max(end for _, end, _ in group) - group[0][0]
            total += min(sum(minutes for _, _, minutes in group), int(covered.total_seconds()) // MINUTE)
            group = []
        group += [one] if one else []
    return total


def _kept(company: Company, ask: Ask, what: str) -> Found:
    hits = []
    for one in company.tickets(ask):
        actual = {"take": one.taken, "on_site": one.on_site, "restore": one.resolved}[what]
        due = company.due(one, what)
        if due is not None and ask.within(actual):
            hits.append(actual <= due)  # type: ignore[operator]  # within says that it came
        elif due is not None and due < ask.cutoff and (actual is None or actual >= ask.cutoff):
            hits.append(False)
    return share(hits)


def gti(company: Company, ask: Ask) -> Found:
    return _kept(company, ask, "take")


def gts(company: Company, ask: Ask) -> Found:
    return _kept(company, ask, "on_site")


def gtr(company: Company, ask: Ask) -> Found:
    return _kept(company, ask, "restore")


def fcr(company: Company, ask: Ask) -> Found:
    hits = []
    for one in incidents(restored(company, ask)):
        begun = [moment(row["started_at"]) for row in company.rows("intervention") if row["ticket_id"] == one.row["id"]]
        again = any(at and (one.taken or one.opened) < at < ask.now for at in begun)
        hits.append(one.contacts <= 1 and not (one.transfers or one.reopenings or again))
    return share(hits)


def recurrence(company: Company, ask: Ask) -> Found:
    every = incidents(company.tickets(ask, scoped=False))
    opened = [one for one in incidents(company.tickets(ask)) if ask.within(one.opened)]
    return share([any(_same(before, one) for before in every) for one in opened])


def _same(before: Folded, one: Folded) -> bool:
    first, second = before.row, one.row
    if first["id"] == second["id"] or second["asset_id"] is None or second["category"] is None:
        return False
    alike = (first["asset_id"], first["category"]) == (second["asset_id"], second["category"])
    at = before.resolved
    return alike and at is not None and one.opened - timedelta(days=90) <= at <= one.opened


def reouverture(company: Company, ask: Ask) -> Found:
    return share([one.reopenings > 0 for one in restored(company, ask)])


def volume(company: Company, ask: Ask) -> Found:
    every = company.tickets(ask)
    count = sum(ask.within(one.opened) for one in every)
    return (Fraction(count), count) if count or any(one.opened < ask.cutoff for one in every) else NOTHING


def _open(company: Company, ask: Ask) -> list[Folded]:
    """Open at the cutoff, whatever came of them since."""
    found = []
    for one in company.tickets(ask):
        then = company.folded(one.row, ask.cutoff)
        if then is not None and then.resolved is None:
            found.append(one)
    return found


def backlog(company: Company, ask: Ask) -> Found:
    count = len(_open(company, ask))
    known = any(one.opened < ask.cutoff for one in company.tickets(ask))
    return (Fraction(count), count) if count or known else NOTHING


def backlog_age(company: Company, ask: Ask) -> Found:
    waiting = _open(company, ask)
    return mean([(company.of(one) if ask.working else ALWAYS).minutes(one.opened, ask.cutoff) for one in waiting])
