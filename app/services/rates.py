"""The rate that a late payment asks for, semester by semester (domain.md C.5; art. L441-10 C. com.).

The table is the company's own: a new base is given the rates known when the program was made, each with its source, and
those of the semesters since are typed in. Nothing is sought on the net.
"""

import json
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import clean_line
from app.models import Contract, SemesterRate
from app.paths import resource
from app.rules.payment import Semester, least_rate, silent_rate

TABLE = "taux-semestres.json"


def install(session: Session) -> None:
    """Give a new base the rates that come with the program."""
    for one in json.loads(resource(TABLE).read_text(encoding="utf-8"))["taux"]:
        session.add(
            SemesterRate(
                year=one["annee"],
                half=one["semestre"],
                legal=one["legal"],
                ecb=one["bce"],
                source=clean_line(one["source"]),
            )
        )


def rate_of(session: Session, contract_terms: Contract | None) -> Callable[[Semester], Decimal | None]:
    """Percents a year of each semester, for an invoice under those terms (`amendments.on_day`), or under no contract.

    The rate written in the contract, never under three times the legal one where that is known; else the ECB's and ten
    points, None for a semester whose rate nobody entered. The rates are read once.
    """
    table = {
        (row.year, row.half): row
        for row in session.scalars(select(SemesterRate).where(SemesterRate.deleted_at.is_(None)))
    }
    written = None if contract_terms is None else _percents(contract_terms.late_rate)

    def percents(half: Semester) -> Decimal | None:
        row = table.get(half)
        if written is None:
            ecb = _percents(row.ecb) if row else None
            return None if ecb is None else silent_rate(ecb)
        legal = _percents(row.legal) if row else None
        return written if legal is None else max(written, least_rate(legal))

    return percents


def _percents(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100
