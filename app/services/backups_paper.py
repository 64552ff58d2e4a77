"""What the register of backups is made of: each plan with its points, its promises and its trials of the year."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.fields import MISSING, PARIS, counted, day, duration, joined, this_day
from app.models import Asset, BackupPlan, Contract
from app.models.upkeep_codes import VisitResult
from app.reports.backups_data import BackupRegister, BackupSheet, Point, Trial
from app.reports.identity import Pair, Stamp
from app.rules.notice import add_months
from app.services.backups import reading
from app.services.backups.columns import CHECK, TEST
from app.services.backups.reading import Followed, Measure, Seen
from app.services.company_card import company_card

PREFIX = "SAU"
MONTHS = 12
EVERY = 10_000
ENDED = {
    VisitResult.GOOD: "sans remarque", VisitResult.REMARKS: "avec remarques", VisitResult.FAILED: "en échec",
}  # fmt: skip


def register(session: Session, _record_id: int | None, stamp: Stamp) -> BackupRegister:
    """As it stands on the day of the stamp, with twelve months of checks and tests."""
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    since = add_months(today, -MONTHS)
    found = sorted(reading.followed(session, today), key=lambda one: one.number)
    proved = sum(one.test_result not in {None, VisitResult.FAILED} and one.test_due >= today for one in found)
    sheets = tuple(_sheet(session, one, since) for one in found)
    return BackupRegister(company_card(session), stamp, since, proved, sheets)


def _sheet(session: Session, followed: Followed, since: date) -> BackupSheet:
    plan = session.get_one(BackupPlan, followed.id)
    seen = [one for one in reading.history(session, plan, EVERY) if one.on >= since]
    return BackupSheet(
        plan.number,
        plan.label,
        followed.state.label,
        _last(followed.checked_on, followed.check_result),
        _last(followed.tested_on, followed.test_result),
        _facts(session, plan),
        tuple(Point(one.label, one.told, one.tone) for one in reading.points(plan, followed)),
        tuple(_promise(one) for one in reading.promises(session, plan)),
        _checks([one for one in seen if one.kind == CHECK]),
        tuple(_trial(one) for one in seen if one.kind == TEST),
    )


def _last(on: date | None, result: VisitResult | None) -> str:
    return f"{day(on)}\n{result.label.lower()}" if on and result else "jamais"


def _facts(session: Session, plan: BackupPlan) -> tuple[Pair, ...]:
    asset = session.get(Asset, plan.asset_id) if plan.asset_id else None
    contract = session.get(Contract, plan.contract_id) if plan.contract_id else None
    told = (
        ("Bien", joined(asset.number, asset.name or joined(asset.brand, asset.model)) if asset else ""),
        ("Contrat", joined(contract.number, contract.subject) if contract else ""),
        ("Responsable", plan.owner or ""),
        ("Méthode", plan.method or ""),
        ("Copies", plan.destination or ""),
        ("Fréquence", plan.frequency.label),
        ("Conservation", plan.retention or ""),
        ("Chiffrées", MISSING if plan.encrypted is None else "Oui" if plan.encrypted else "Non"),
    )
    return tuple((label, value or MISSING) for label, value in told)


def _promise(one: Measure) -> Point:
    """« 2 h 10, au plus 4 h 00 »."""
    return Point(one.label, joined(one.measured, one.allowed, by=", ") if one.tone != "mute" else one.told, one.tone)


def _checks(seen: Sequence[Seen]) -> str:
    if not seen:
        return "Aucun contrôle noté sur cette période."
    by = Counter(one.result for one in seen)
    told = [f"{by[result]} {words}" for result, words in ENDED.items() if by[result]]
    return f"{counted(len(seen), 'contrôle')} sur la période\u00a0: {', '.join(told)}."


def _trial(one: Seen) -> Trial:
    result = one.result.label if one.result else MISSING
    return Trial(day(one.on), result, duration(one.measured), duration(one.lost), one.who or MISSING, one.notes)
