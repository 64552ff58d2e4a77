"""Companies whose years never happened: random calendars, covers, journals, stops, visits, forms, papers and bills."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import (
    Amendment,
    Asset,
    ClosingDay,
    Contract,
    CoverageSlot,
    CoveredAsset,
    DueDocument,
    Evaluation,
    Family,
    Intervention,
    Invoice,
    InvoiceLine,
    MaintenanceTask,
    Part,
    Provider,
    ReceivedDocument,
    ServiceLevel,
    Site,
    Ticket,
    TicketEvent,
    Visit,
)
from app.models.base import Record
from app.services import journal, preferences
from tests.kpi.reference import Ask, Company
from tests.kpi.reference_assets import occasions
from tests.kpi.reference_costs import RATE

FIRST, DAYS = date(2026, 1, 1), 210
"""The days of these histories: January to July 2026."""
PRIORITIES = ("P1", "P2", "P3", "P4")
KINDS = ("incident", "incident", "incident", "problem", "request", "change")
WAITS = (("client", True), ("part", False), ("third_party", True), ("subcontractor", False))
TYPES = ("preventive", "palliative", "curative", "curative", "evolutive", "assistance")


class Histories:
    """Fills a base; the same seed, the same company."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.seed, self.rng = session, seed, random.Random(seed)
        self.sites = [self.put(Site, name=name) for name in ("Dijon", "Beaune")]
        self.families = [self.put(Family, name=name, prefix=name[:2]) for name in ("Serveur", "Poste", "Imprimante")]
        self.providers = [self.put(Provider, name=name) for name in ("Lumeo", "Ardent")]
        self.contracts = [self.contract(n) for n in range(4)]
        self.assets = [self.asset(n) for n in range(14)]
        preferences.save(session, {"internal_rate": RATE})

    def put(self, model: type[Record], **values: Any) -> int:
        row = model(**values)
        self.session.add(row)
        self.session.flush()
        return row.id

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def day(self, first: int = 0, last: int = DAYS) -> date:
        return FIRST + timedelta(days=self.rng.randrange(first, last))

    def moment(self, first: int = 0, last: int = DAYS) -> datetime:
        started = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self.rng.randrange(first, last))
        return started + timedelta(minutes=self.rng.randrange(1440))

    def contract(self, n: int) -> int:
        rng = self.rng
        made = self.put(
            Contract, number=f"CT-{n}", subject="Maintenance", provider_id=rng.choice(self.providers),
            starts_on=date(2025, rng.randrange(1, 13), 1), initial_months=rng.choice([10, 12, 15]),
            renewal=rng.choice(["none", "tacit"]), round_the_clock=self.maybe(0.25),
            status="draft" if n == 3 else "active", fee=rng.randrange(20_000, 60_000),
            hourly_rate=rng.choice([None, 6_500]),
        )  # fmt: skip
        self.terms(made)
        if self.maybe(0.6):
            kept = {"status": "signed", "effective_on": self.day(60), "replaces_hours": True, "replaces_levels": True}
            self.terms(made, self.put(Amendment, number=f"AV-{n}", contract_id=made, subject="Avenant", **kept))
        if self.maybe(0.7):
            closed = self.day(30)
            self.put(ClosingDay, contract_id=made, first_day=closed, last_day=closed + timedelta(days=3))
        return made

    def terms(self, contract: int, amendment: int | None = None) -> None:
        source = {"contract_id": contract, "amendment_id": amendment}
        lunch = self.maybe(0.5)
        for weekday in range(self.rng.choice([5, 6])):
            for opens, closes in ((480, 720), (780, 1080)) if lunch else ((540, 1110),):
                self.put(CoverageSlot, weekday=weekday, opens=opens, closes=closes, **source)
        for priority in PRIORITIES[: self.rng.choice([3, 4])]:
            minutes = {
                f"{what}_minutes": self.rng.choice([None, 60, 240, 960]) for what in ("take", "on_site", "restore")
            }
            self.put(ServiceLevel, priority=priority, **minutes, **source)

    def asset(self, n: int) -> int:
        rng = self.rng
        status = rng.choice(["in_service"] * 6 + ["in_stock", "retired", "lent"])
        gone = self.day() if status == "retired" and self.maybe(0.8) else None
        made = self.put(
            Asset, number=f"B-{n:04d}", family_id=rng.choice(self.families), site_id=rng.choice([None, *self.sites]),
            criticality=rng.choice([None, "1", "2", "4"]), user_count=rng.choice([None, None, 3, 12]), status=status,
            retired_on=gone,
            commissioned_on=rng.choice([None, self.day()]), purchased_on=rng.choice([None, self.day()]),
            replacement_value=rng.choice([None, 0, 90_000]), price=rng.choice([None, 70_000, 120_000]),
            ownership=rng.choice(["owned", "owned", "rented", "third_party"]),
        )  # fmt: skip
        for _ in range(rng.choice([0, 1, 1, 2])):
            since = self.day(-60)
            until = rng.choice([None, since + timedelta(days=rng.randrange(1, 120))])
            self.put(CoveredAsset, contract_id=rng.choice(self.contracts), asset_id=made, since=since, until=until)
        return made

    def tickets(self, count: int) -> None:
        """Their journals as rows, then what the program makes of them."""
        rng = self.rng
        for n in range(count):
            kind, opened = rng.choice(KINDS), self.moment()
            ticket = self.put(
                Ticket, number=f"TI-{n:04d}", subject="Ennui", kind=kind, asset_id=rng.choice([None, *self.assets]),
                category=rng.choice([None, "Réseau", "Poste"]), contract_id=rng.choice([None, *self.contracts[:3]]),
                is_failure=kind == "incident" and self.maybe(0.5), opened_at=opened,
            )  # fmt: skip
            acts = [{"ticket_id": ticket, **_NO_ACT, **act} for act in self.course(opened)]
            self.session.execute(insert(TicketEvent), acts)
            journal.project(self.session, ticket)
            for _ in range(rng.choice([0, 0, 1, 1, 2])):
                self.work(ticket_id=ticket, started_at=opened + timedelta(minutes=rng.randrange(3000)))

    def course(self, opened: datetime) -> Iterator[dict[str, Any]]:
        """Acts of one ticket, in the order of time."""
        rng, at = self.rng, opened
        down = self.maybe(0.4)
        if down:
            yield {"kind": "down", "at": opened - timedelta(minutes=rng.choice([0, 30]))}
        yield {"kind": "opened", "at": opened, "value": rng.choice(PRIORITIES)}
        for kind, told in self.acts():
            at += timedelta(minutes=rng.randrange(1, 1500))
            yield {"kind": kind, "at": at, **told}
            if down and self.maybe(0.2):
                at += timedelta(minutes=rng.randrange(1, 300))
                yield {"kind": "up", "at": at}
                if self.maybe(0.2):
                    yield {"kind": "down", "at": at + timedelta(minutes=1)}
        if down and self.maybe(0.8):
            yield {"kind": "up", "at": at + timedelta(minutes=rng.randrange(2, 4000))}

    def acts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        if self.maybe(0.06):
            yield "cancelled", {"value": "mistake"}
            return
        yield from (("contact", {}) for _ in range(self.rng.choice([0, 0, 1, 2])))
        yield from [("taken", {"author": "Yanis"})] * self.maybe(0.8)
        yield from [("transferred", {"value": "Ardent"})] * self.maybe(0.15)
        yield from [("priority", {"value": self.rng.choice(PRIORITIES)})] * self.maybe(0.15)
        yield from [("on_site", {})] * self.maybe(0.4)
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            reason, stops = self.rng.choice(WAITS)
            yield "wait_started", {"wait_reason": reason, "stops_clock": stops}
            yield from [("wait_ended", {"wait_reason": reason})] * self.maybe(0.7)
        for again in range(3):
            if not self.maybe(0.85):
                return
            around = self.maybe(0.15)
            yield (
                "resolved",
                {"value": "workaround" if around else "final", "stops_clock": self.maybe(0.5) if around else None},
            )
            if again == 2 or not self.maybe(0.2):
                break
            yield "reopened", {}
        yield from [("closed", {})] * self.maybe(0.3)

    def work(self, **of: Any) -> int:
        """An intervention, its parts, and the form that follows."""
        rng, started = self.rng, of["started_at"]
        lasted = rng.choice([None, rng.randrange(10, 300)])
        repair = rng.choice([None, rng.randrange(5, 200)])
        if lasted is not None and repair is not None:
            repair = min(lasted, repair)
        done = self.put(
            Intervention, number=f"FI-{rng.random()}", maintenance_type=rng.choice(TYPES), repair_minutes=repair,
            ended_at=started + timedelta(minutes=lasted) if lasted else None,
            charge=rng.choice(["included", "counted", "billable", "warranty"]), **of,
        )  # fmt: skip
        if self.maybe(0.2):
            self.put(Part, intervention_id=done, label="Disque", quantity=rng.choice([1, 2]), unit_price=4_900)
        if self.maybe(0.4):
            self.form(done, started.date())
        return done

    def form(self, done: int | None, on: date) -> None:
        back = self.maybe(0.7)
        answers = {f"c{n}": self.rng.choice([None, 0, 1, 2, 3, 4, 4, 5, 5]) for n in range(1, 10)} if back else {}
        self.put(
            Evaluation, number=f"FE-{self.rng.random()}", intervention_id=done, printed_on=self.rng.choice([None, on]),
            received_on=on + timedelta(days=self.rng.randrange(9)) if back else None,
            state="received" if back else "expected", **answers,
        )  # fmt: skip

    def visits(self, count: int) -> None:
        rng = self.rng
        tasks = [
            self.put(
                MaintenanceTask, number=f"TM-{n}", label="Entretien", first_on=FIRST, stops_asset=self.maybe(0.5),
                active=False, family_id=rng.choice([None, *self.families]),
            )
            for n in range(5)
        ]  # fmt: skip
        for n in range(count):
            planned = FIRST + timedelta(days=3 * n + rng.randrange(3))
            margin = rng.choice([None, timedelta(days=rng.randrange(5))])
            status = rng.choice(["planned", "done", "done", "cancelled"])
            done = planned + timedelta(days=rng.randrange(-6, 9)) if status == "done" else None
            visit = self.put(
                Visit, number=f"V-{n:04d}", label="Entretien", task_id=rng.choice([None, *tasks]), status=status,
                contract_id=rng.choice([None, *self.contracts[:3]]), site_id=rng.choice([None, *self.sites]),
                asset_id=rng.choice([None, *self.assets]), planned_on=planned, done_on=done,
                earliest_on=planned - margin if margin is not None else None,
                latest_on=planned + margin if margin is not None else None,
                duration_minutes=rng.choice([None, 45, 90]), kind=rng.choice(["maintenance"] * 4 + ["awareness"]),
            )  # fmt: skip
            if done and self.maybe(0.6):
                at = datetime(done.year, done.month, done.day, 8, tzinfo=UTC)
                self.work(visit_id=visit, started_at=at + timedelta(minutes=rng.randrange(500)))

    def papers(self) -> None:
        """What the provider owes after each visit and each month, of which something was done now and then."""
        for contract in self.contracts[:3]:
            for rule, delay in (("after_visit", 2), ("monthly", 10)):
                self.put(DueDocument, contract_id=contract, label="Papier", rule=rule, delay_days=delay, since=FIRST)
        company = Company(self.session)
        whole = Ask(FIRST, FIRST + timedelta(days=DAYS), datetime(2026, 12, 1, tzinfo=UTC))
        for owed in company.rows("due_document"):
            for mark, due in occasions(company, whole, owed):
                if self.maybe(0.6):
                    self.received(owed, mark, due)

    def received(self, owed: dict[str, Any], mark: str, due: date) -> None:
        state = self.rng.choice(["received", "received", "received", "refused", "waived"])
        on = due + timedelta(days=self.rng.randrange(-4, 4)) if state == "received" else None
        of = {"contract_id": owed["contract_id"], "due_document_id": owed["id"], "mark": mark}
        self.put(ReceivedDocument, **of, due_on=due, state=state, received_on=on)

    def bills(self) -> None:
        """Some months of the fee, and some acts, that invoices say."""
        for contract in self.contracts[:3]:
            for month in range(1, 8):
                first = date(2026, month, 1)
                if self.maybe(0.4):
                    line = {"kind": "contract", "period_start": first, "period_end": first + timedelta(days=27)}
                    self.bill(contract, first + timedelta(days=self.rng.randrange(60)), **line)
                if self.maybe(0.2):
                    self.bill(contract, first + timedelta(days=self.rng.randrange(28)), kind="repair")

    def bill(self, contract: int, on: date, **line: Any) -> None:
        cents = self.rng.randrange(5_000, 90_000)
        made = self.put(
            Invoice, number=f"F-{self.rng.random()}", provider_id=self.providers[0], contract_id=contract,
            invoiced_on=on, net=cents, vat=0, gross=cents,
        )  # fmt: skip
        self.put(InvoiceLine, invoice_id=made, label="Service", net=cents, **line)


_NO_ACT = {"author": None, "wait_reason": None, "stops_clock": None, "value": None}
