"""The report of June 2026 as it is read some days later."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.reports.identity import Stamp
from app.reports.periodic_data import PeriodReport
from app.services.periodic import gather, when

JULY_3 = datetime.fromisoformat("2026-07-03T08:00:00+00:00")
JULY_20 = datetime.fromisoformat("2026-07-20T08:00:00+00:00")


def june_report(
    session: Session, now: datetime = JULY_3, contract: int | None = None, mark: str = "2026-06"
) -> PeriodReport:
    stamp = Stamp("Rapport périodique de maintenance", f"RP-{mark}", data_at=now)
    return gather.report(session, when.read(mark), contract, stamp)
