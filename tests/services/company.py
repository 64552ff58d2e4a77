"""The company, contract and tickets of domain.md B.3, entered through the services."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models import (
    Asset,
    Contract,
    CoverageSlot,
    CoveredAsset,
    Family,
    Provider,
    ServiceLevel,
)
from app.models.codes import InterventionKind, Priority, TicketKind, WaitReason
from app.models.upkeep_codes import CancelReason
from app.rules.worktime import PARIS
from app.services import interventions, tickets
from app.services.tickets import TicketDraft

TARGETS = {"P1": (60, 240), "P2": (120, 480), "P3": (240, 960), "P4": (480, 2400)}
WHY = "Selon le contrat."
DAY = date(2026, 6, 15)


def june(text: str) -> datetime:
    """« 03 16:00 » -> that day of June 2026 in Paris."""
    return datetime.fromisoformat(f"2026-06-{text}").replace(tzinfo=PARIS).astimezone(UTC)


def add_contract(session: Session, **values: Any) -> int:
    """Monday to Friday 9 to 18, with the targets of B.3; a wait for a part stops the clock."""
    provider = Provider(name="Lumeo Services")
    session.add(provider)
    session.flush()
    usual: dict[str, Any] = {
        "number": "CT-2026-01",
        "subject": "Maintenance du parc",
        "starts_on": date(2026, 1, 1),
        "part_wait_stops": True,
    }
    contract = Contract(provider_id=provider.id, **(usual | values))
    session.add(contract)
    session.flush()
    for weekday in range(5):
        session.add(CoverageSlot(contract_id=contract.id, weekday=weekday, opens=540, closes=1080))
    for priority, (take, restore) in TARGETS.items():
        session.add(
            ServiceLevel(
                contract_id=contract.id, priority=Priority.of(priority), take_minutes=take, restore_minutes=restore
            )
        )
    session.flush()
    return contract.id


def add_asset(session: Session, number: str, contract_id: int | None = None) -> int:
    family = Family(name=f"Famille de {number}", prefix=number.split("-", maxsplit=1)[0])
    session.add(family)
    session.flush()
    asset = Asset(number=number, family_id=family.id)
    session.add(asset)
    session.flush()
    if contract_id is not None:
        session.add(CoveredAsset(contract_id=contract_id, asset_id=asset.id, since=date(2026, 1, 1)))
        session.flush()
    return asset.id


def add_ticket(session: Session, opened: str, priority: str = "P3", **more: Any) -> int:
    values: dict[str, Any] = {
        "subject": "Un ennui",
        "opened_at": june(opened),
        "priority": Priority.of(priority),
        "priority_reason": WHY,
    }
    return tickets.open_ticket(session, TicketDraft(**(values | more)))


def repair(session: Session, ticket_id: int, started: str, ended: str, minutes: int) -> int:
    return interventions.record(
        session,
        {
            "ticket_id": ticket_id,
            "kind": InterventionKind.ON_SITE,
            "started_at": june(started),
            "ended_at": june(ended),
            "repair_minutes": minutes,
        },
    )


def reference_month(session: Session) -> dict[str, int]:
    """T1 to T8 of domain.md B.3; gives the id of each."""
    contract = add_contract(session)
    assets = {name: add_asset(session, name, contract) for name in ("SRV-01", "PC-07", "IMP-02", "PC-11", "PC-12")}
    t1 = add_ticket(session, "01 09:30", "P1", asset_id=assets["SRV-01"], category="Serveur",
                    down_at=june("01 09:30"))  # fmt: skip
    tickets.take(session, t1, june("01 10:00"))
    tickets.contact(session, t1, june("01 10:30"), "Premier contact")
    tickets.contact(session, t1, june("01 11:30"), "Second contact")
    tickets.resolve(session, t1, june("01 14:30"))
    repair(session, t1, "01 10:00", "01 14:30", 180)
    t2 = add_ticket(session, "02 11:00", asset_id=assets["PC-07"], category="Lenteur")
    tickets.take(session, t2, june("02 11:15"))
    tickets.resolve(session, t2, june("02 11:40"))
    repair(session, t2, "02 11:15", "02 11:40", 25)
    t3 = add_ticket(session, "03 16:00", asset_id=assets["IMP-02"], category="Impression", down_at=june("03 16:00"))
    tickets.take(session, t3, june("04 10:00"))
    tickets.start_wait(session, t3, june("04 12:00"), WaitReason.PART, "Four à commander", "Yanis")
    tickets.end_wait(session, t3, june("08 12:00"))
    tickets.resolve(session, t3, june("08 16:00"))
    repair(session, t3, "08 13:00", "08 16:00", 150)
    t4 = add_ticket(session, "08 09:00", "P4", asset_id=assets["PC-12"], kind=TicketKind.REQUEST)
    tickets.take(session, t4, june("08 10:00"))
    tickets.resolve(session, t4, june("09 12:00"))
    t5 = add_ticket(session, "10 14:00", asset_id=assets["PC-07"], category="Lenteur")
    tickets.take(session, t5, june("10 14:30"))
    tickets.resolve(session, t5, june("10 15:30"))
    repair(session, t5, "10 14:45", "10 15:30", 30)
    tickets.reopen(session, t5, june("11 10:00"), "Toujours lent")
    tickets.resolve(session, t5, june("11 12:00"))
    repair(session, t5, "11 10:30", "11 12:00", 60)
    t6 = add_ticket(session, "15 10:00", asset_id=assets["PC-11"])
    tickets.cancel(session, t6, june("15 10:05"), "Doublon", reason=CancelReason.DUPLICATE, duplicate_of=t5)
    t7 = add_ticket(session, "22 08:00", "P2", asset_id=assets["SRV-01"], category="Serveur",
                    down_at=june("22 08:00"))  # fmt: skip
    tickets.take(session, t7, june("22 09:20"))
    tickets.resolve(session, t7, june("22 13:00"))
    repair(session, t7, "22 10:00", "22 13:00", 120)
    t8 = add_ticket(session, "30 15:00", asset_id=assets["PC-11"])
    return {f"T{n}": one for n, one in enumerate((t1, t2, t3, t4, t5, t6, t7, t8), 1)}
