"""What a route sheet is made of: plain frozen data, gathered by services.route_sheet."""

from dataclasses import dataclass
from datetime import date

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True, slots=True)
class RouteAsset:
    """An asset to look at: its name, and where it stands."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class RouteVisit:
    """What is done at a stop: each of the `points` on each of the `assets`, or once when there is none."""

    number: str
    label: str
    told: str
    points: tuple[str, ...]
    assets: tuple[RouteAsset, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A site: `address` to go there, `access` what is said of how to get in."""

    site: str
    address: str
    access: str
    visits: tuple[RouteVisit, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The day of one technician; `lasts` in words."""

    technician: str
    lasts: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class RouteSheet:
    company: CompanyCard
    stamp: Stamp
    on: date
    routes: tuple[Route, ...]
