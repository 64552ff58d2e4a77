"""What the route sheet of a day is made of: the visits planned, in the order of the round, site by site."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import duration, fold, joined, read_day, this_day, time_of_day
from app.models import Asset, Person, Site, Visit
from app.reports.identity import Stamp
from app.reports.route_sheet_data import Route, RouteAsset, RouteSheet, RouteVisit, Stop
from app.services.company_card import company_card
from app.services.planning import checklist, visits
from app.services.planning.visits import VisitRow

PREFIX = "TOU"
NO_SITE = "Sans site"
WORKING = "Feuille de travail\u00a0: ce qui y est noté est à reporter dans les visites."


@dataclass(frozen=True, slots=True)
class Choices:
    """The day, and whose round; empty: everybody's, a sheet each."""

    on: date
    technician: str = ""

    @property
    def reference(self) -> str:
        who = re.sub(r"[^A-Z0-9]+", "-", fold(self.technician).upper()).strip("-")
        return "-".join(part for part in (PREFIX, self.on.isoformat(), who) if part)


def asked(ref: str | None, technician: str = "") -> Choices:
    """« 23/11/2026 », « 2026-11-23 »; none: today."""
    try:
        return Choices(read_day(ref) if ref else this_day(), technician)
    except ValueError as error:
        raise Refused(str(error)) from error


def route_sheet(session: Session, _record_id: int | None, stamp: Stamp, choices: Choices | None = None) -> RouteSheet:
    """What is still to do that day; what was done already is left out."""
    choices = choices or Choices(this_day())
    found = visits.between(session, choices.on, choices.on, technician=choices.technician or None, today=choices.on)
    to_do = sorted((one for one in found if one.open), key=lambda one: fold(one.technician))  # the round's order stays
    routes = tuple(_route(session, who, list(own)) for who, own in groupby(to_do, key=lambda one: one.technician))
    working = replace(stamp, reference=choices.reference, working=WORKING)
    return RouteSheet(company_card(session), working, choices.on, routes)


def _route(session: Session, who: str, found: Sequence[VisitRow]) -> Route:
    """A site where one goes twice is one stop, at the first time."""
    by_site: dict[int | None, list[VisitRow]] = {}
    for one in found:
        by_site.setdefault(one.site_id, []).append(one)
    lasts = sum(one.duration_minutes or 0 for one in found)
    stops = tuple(_stop(session, site, own) for site, own in by_site.items())
    return Route(who, duration(lasts) if lasts else "", stops)


def _stop(session: Session, site_id: int | None, found: Sequence[VisitRow]) -> Stop:
    site = session.get(Site, site_id) if site_id is not None else None
    told = tuple(_visit(session, one) for one in found)
    if site is None:
        return Stop(NO_SITE, "", "", told)
    town = joined(site.postal_code, site.city)
    return Stop(site.name, joined(site.address, town, by=", "), site.notes or "", told)


def _visit(session: Session, one: VisitRow) -> RouteVisit:
    checks = checklist.of_visit(session, one.id)
    points = tuple(dict.fromkeys(check.label for check in checks))
    concerned = [asset for asset, _ in checklist.concerned(session, session.get_one(Visit, one.id))]
    at = f"à {time_of_day(one.starts_at)}" if one.starts_at is not None else ""
    lasts = duration(one.duration_minutes) if one.duration_minutes else ""
    contract = f"contrat {one.contract}" if one.contract else ""
    return RouteVisit(one.number, one.label, joined(at, lasts, contract, by=" · "), points, _assets(session, concerned))


def _assets(session: Session, wanted: Sequence[int]) -> tuple[RouteAsset, ...]:
    """By room, then by number: as one walks."""
    rows = session.execute(
        select(Asset, Person).outerjoin(Person, Person.id == Asset.person_id).where(Asset.id.in_(wanted))
    )
    found = sorted(rows, key=lambda row: (fold(row[0].room or "~"), row[0].number))
    return tuple(RouteAsset(_name(asset), _where(asset, person)) for asset, person in found)


def _name(asset: Asset) -> str:
    return joined(asset.number, asset.name or joined(asset.brand, asset.model))


def _where(asset: Asset, person: Person | None) -> str:
    who = joined(person.first_name, person.last_name) if person else asset.service or ""
    return joined(asset.room, who, by=", ")
