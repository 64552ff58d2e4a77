"""A contract at 450 € a month, with penalties, and tickets late under it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models import Contract, Penalty
from app.models.contract_codes import PenaltyTrigger, PenaltyUnit
from app.services import tickets
from tests.services.company import add_asset, add_contract, add_ticket, june

JUNE = date(2026, 6, 1)
JULY_2 = datetime.fromisoformat("2026-07-02T08:00:00+00:00")


def penalty(session: Session, contract: int, trigger: str = "restore", unit: str = "breach", **values: Any) -> Penalty:
    """2 % of the fee a breach of P1 or P2, unless told otherwise."""
    usual = {"percent": 200, "priorities": "P1, P2"} if not values else {}
    made = Penalty(contract_id=contract, trigger=PenaltyTrigger.of(trigger), unit=PenaltyUnit.of(unit),
                   **{**usual, **values})  # fmt: skip
    session.add(made)
    session.flush()
    return made


def agreed(session: Session, **values: Any) -> tuple[int, int]:
    """The contract and an asset that it covers."""
    contract = add_contract(session, **{"fee": 45_000, "penalty_month_cap": 1_500, **values})
    return contract, add_asset(session, f"PC-{contract:02d}", contract)


def late(session: Session, asset: int, day: str, priority: str = "P1", done: str = "16:00", **more: Any) -> int:
    """Opened at 9, taken at 9:30, restored at 16: seven hours, three more than promised for P1."""
    made = add_ticket(session, f"{day} 09:00", priority, asset_id=asset, **more)
    tickets.take(session, made, june(f"{day} 09:30"))
    tickets.resolve(session, made, june(f"{day} {done}"))
    return made


def contract(session: Session, contract_id: int) -> Contract:
    return session.get_one(Contract, contract_id)
