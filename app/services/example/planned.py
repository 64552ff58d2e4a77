"""Backups, preventive tasks, and three years of visits: most done in their day, some moved, one or two missed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from app.fields import PARIS, clean_line, clean_text
from app.models import BackupPlan, Contract, Family, Intervention, MaintenanceTask, Visit, VisitCheck, VisitPerson
from app.models.codes import Charge, InterventionKind, MaintenanceType
from app.models.contract_codes import Frequency
from app.models.upkeep_codes import CheckResult, Every, TaskKind, VisitResult, VisitStatus
from app.services.example.world import Card, Rows, World, data, minutes
from app.services.planning import generation, scope

MOVED, SKIPPED, REMARKS, FAILED, BAD = 0.07, 0.04, 0.12, 0.02, 0.06
ABSENT = 0.18
FRESH = timedelta(days=210)
"""Where the card says that one was missed, it is one of these days."""
USUAL_START = 9 * 60


def plan(world: World) -> None:
    """After the tickets: the interventions of visits take the numbers that follow theirs."""
    cards = data("planned")
    rng = world.draw("visites")
    start = world.session.scalars(select(Contract.starts_on).order_by(Contract.id)).first()
    if start is None:
        return
    backups = _backups(world, cards["backups"])
    tasks = _tasks(world, cards["tasks"], backups, start)
    asked = generation.wanted(world.session, today=world.today, since=start)
    visits = _Visits(world, rng)
    for row in sorted(asked.new, key=lambda one: (one["planned_on"], one["task_id"], one["site_id"] or 0)):
        visits.tell(tasks[row["task_id"]], row)
    visits.write()


def _backups(world: World, cards: Sequence[Card]) -> dict[str, int]:
    rows = Rows(world, BackupPlan, world.draw("sauvegardes"))
    contracts = list(world.session.scalars(select(Contract.id).order_by(Contract.id)))
    found = {}
    for card in cards:
        words = {name: value for name, value in card.items() if name not in {"key", "asset", "frequency"}}
        words["notes"] = clean_text(card.get("notes", "")) or None
        words["destination"] = clean_line(card["destination"])
        found[card["key"]] = rows.add(
            {
                **words, "number": world.number("SV", 2), "asset_id": _named(world, card.get("asset")),
                "contract_id": contracts[0] if "asset" in card else None, "frequency": Frequency.of(card["frequency"]),
            }
        )  # fmt: skip
    rows.write()
    return found


def _named(world: World, name: str | None) -> int | None:
    return next((thing.id for thing in world.things if thing.name == name), None)


def _tasks(world: World, cards: Sequence[Card], backups: dict[str, int], start: date) -> dict[int, Card]:
    """Their ids, and the cards they were made from."""
    rows = Rows(world, MaintenanceTask, world.draw("tâches"))
    signed = world.session.execute(select(Contract.id, Contract.starts_on).order_by(Contract.id)).all()
    there = {thing.family for thing in world.things}
    families = {one.name: one.id for one in world.session.scalars(select(Family)) if one.name in there}
    made = {}
    for card in cards:
        if "family" in card and card["family"] not in families:
            continue
        contract = signed[0] if card.get("contract") else signed[1] if card.get("printers") else None
        since = contract.starts_on if contract else start
        made[
            rows.add(
                {
                    "number": world.number("MP"), "label": card["label"],
                    "kind": TaskKind.of(card.get("kind", "maintenance")),
                    "contract_id": contract.id if contract else None,
                    "asset_id": _named(world, card.get("asset")), "family_id": families.get(card.get("family", "")),
                    "site_id": world.sites.get(card.get("site", "")),
                    "backup_plan_id": backups.get(card.get("backup", "")),
                    "every": card["every"], "unit": Every.of(card["unit"]),
                    "first_on": since + timedelta(days=card["first"]), "window_days": card.get("window"),
                    "starts_at": minutes(card["at"]) if "at" in card else None, "duration_minutes": card["minutes"],
                    "technician": _technician(card), "level": card.get("level"), "stops_asset": bool(card.get("stops")),
                    "checklist": "\n".join(clean_line(one) for one in card.get("checks", ())) or None, "active": True,
                }
            )
        ] = card  # fmt: skip
    rows.write()
    return made


def _technician(card: Card) -> str | None:
    told = data("scenarios")
    staff = [*told["technicians"], *told["printer_technicians"]]
    return None if card.get("technician") is None else staff[card["technician"]]


class _Visits:
    """The visits told one after the other, and what each leaves behind."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        self.visits, self.checks = Rows(world, Visit, rng), Rows(world, VisitCheck, rng)
        self.people, self.done = Rows(world, VisitPerson, rng), Rows(world, Intervention, rng)

    def write(self) -> None:
        for rows in (self.visits, self.checks, self.people, self.done):
            rows.write()

    def tell(self, card: Card, asked: dict[str, Any]) -> None:
        row = {"status": VisitStatus.PLANNED, **asked, "number": self.world.number(f"V-{asked['due_on'].year}")}
        past = asked["planned_on"] < self.world.today
        course = self.rng.random() if past else 1.0
        if course < SKIPPED and "kind" not in card:
            recent = asked["planned_on"] > self.world.today - FRESH
            row |= (
                {} if recent else {"status": VisitStatus.CANCELLED, "moved_reason": _said(data("planned")["moved"][0])}
            )
            self.visits.add(row)
            return
        if past:
            row |= self._outcome(card, row, moved=course < SKIPPED + MOVED)
        visit = self.visits.add(row)
        self._invite(card, visit, held=past)
        if past:
            self._check(card, visit, row)
            if card.get("visited"):
                self._work(card, visit, row)

    def _forgotten(self, card: Card, row: dict[str, Any]) -> bool:
        """The last one at the site where nobody came."""
        there = bool(row["site_id"] == self.world.sites.get(card.get("missed", "")))
        on: date = row["planned_on"]
        return there and self.world.today - FRESH < on < self.world.today - timedelta(days=30)

    def _outcome(self, card: Card, row: dict[str, Any], *, moved: bool) -> dict[str, Any]:
        told, drawn = data("planned"), self.rng.random()
        on = row["planned_on"]
        if moved and "kind" not in card:
            later = self._worked(row, on + timedelta(days=self.rng.randrange(4, 12)))
            if later < self.world.today:
                row |= {"planned_on": later, "moved_reason": _said(self.rng.choice(told["moved"]))}
                on = later
        result = VisitResult.FAILED if drawn < FAILED else VisitResult.REMARKS if drawn < REMARKS else VisitResult.GOOD
        if "took" in card:
            result = VisitResult.GOOD if result == VisitResult.FAILED else result
        found: dict[str, Any] = {"status": VisitStatus.DONE, "done_on": on, "result": result}
        if result == VisitResult.REMARKS:
            found["notes"] = _said(self.rng.choice(told["remarks"]))
        if result == VisitResult.FAILED:
            found["notes"] = _said(told["failed"] if "backup" in card else told["remarks"][2])
        if "took" in card:
            found |= {
                "measured_minutes": self.rng.randint(*card["took"]),
                "lost_minutes": self.rng.randint(*card["lost"]),
            }
        return found

    def _worked(self, row: dict[str, Any], on: date) -> date:
        worked = scope.working_days(self.world.session)
        while not worked(row["contract_id"], row["site_id"], on):
            on += timedelta(days=1)
        return on

    def _invite(self, card: Card, visit: int, *, held: bool) -> None:
        for one in self.world.people if "people" in card else ():
            if one.service in card["people"]:
                present = self.rng.random() > ABSENT if held else None
                self.people.add({"visit_id": visit, "person_id": one.id, "present": present})

    def _check(self, card: Card, visit: int, row: dict[str, Any]) -> None:
        for thing in self._things(card, row):
            for label in card.get("checks", ()):
                bad = row["result"] == VisitResult.REMARKS and self.rng.random() < BAD
                result = CheckResult.BAD if bad else CheckResult.GOOD
                told = {"visit_id": visit, "asset_id": thing, "label": clean_line(label), "result": result}
                self.checks.add({**told, "notes": "À reprendre au prochain passage." if bad else None})

    def _things(self, card: Card, row: dict[str, Any]) -> Iterator[int | None]:
        """The assets looked at: those of the family there that day, at most a dozen written down."""
        if "family" not in card:
            yield row["asset_id"]
            return
        for thing in self.world.things:
            here = thing.family == card["family"] and thing.site_id == row["site_id"]
            if here and thing.in_use and thing.purchased_on <= row["done_on"]:
                yield thing.id

    def _work(self, card: Card, visit: int, row: dict[str, Any]) -> None:
        """The intervention sheet of the visit."""
        at = row["starts_at"] if row["starts_at"] is not None else USUAL_START
        start = datetime.combine(row["done_on"], time(at // 60, at % 60), PARIS)
        spent = int(row["duration_minutes"] * self.rng.uniform(0.8, 1.2))
        self.done.add(
            {
                "number": self.world.number(f"FI-{row['done_on'].year}"), "visit_id": visit,
                "kind": InterventionKind.ON_SITE, "maintenance_type": MaintenanceType.PREVENTIVE,
                "level": card.get("level"), "technician": row["technician"], "started_at": start,
                "ended_at": start + timedelta(minutes=spent), "repair_minutes": spent, "travel": True,
                "charge": Charge.COUNTED if card.get("printers") else Charge.INCLUDED,
                "work_done": "Points de la visite vérifiés, voir sa liste.", "tested": True, "data_intact": True,
                "remaining_work": row.get("notes"),
            }
        )  # fmt: skip


def _said(text: str) -> str:
    return clean_line(text)
