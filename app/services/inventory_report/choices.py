"""What is chosen before the inventory report is printed, kept with the company's file from one time to the next."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import clean_line, clean_text, fold
from app.models import Setting, Site
from app.reports.inventory.sections import CHAPTERS, OPTIONAL
from app.services import preferences

KEY = "inventory_report"


@dataclass(frozen=True, slots=True)
class Choices:
    """`sites`: ids, none for all of them. `sections`: the optional ones that are printed, by their keys.

    An empty `redactor` is the manager of the company.
    """

    sites: tuple[int, ...] = ()
    sections: tuple[str, ...] = tuple(OPTIONAL)
    redactor: str = ""
    participants: str = ""
    diffusion: str = ""
    exclusions: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A site or a section to choose."""

    key: Any
    label: str


def last(session: Session) -> Choices:
    """Those of the last time; what they name and no longer exists is left out."""
    kept = session.get(Setting, KEY)
    if kept is None:
        return Choices()
    told = json.loads(kept.value)
    known = {one.key for one in sites(session)}
    return Choices(
        sites=tuple(site for site in told.get("sites", ()) if site in known),
        sections=tuple(key for key in OPTIONAL if key in told.get("sections", OPTIONAL)),
        **{name: str(told.get(name, "")) for name in ("redactor", "participants", "diffusion", "exclusions")},
    )


def keep(session: Session, choices: Choices) -> None:
    preferences.keep(session, KEY, json.dumps(asdict(cleaned(choices)), ensure_ascii=False))


def cleaned(choices: Choices) -> Choices:
    return replace(
        choices,
        redactor=clean_line(choices.redactor),
        participants=clean_line(choices.participants),
        diffusion=clean_line(choices.diffusion),
        exclusions=clean_text(choices.exclusions),
    )


def sites(session: Session) -> list[Option]:
    """The sites of the company, in the order of their names."""
    rows = session.execute(select(Site.id, Site.name).where(Site.deleted_at.is_(None)))
    return sorted((Option(row.id, row.name) for row in rows), key=lambda one: fold(one.label))


def sections() -> list[Option]:
    """The chapters and annexes that may be left out, in their order."""
    return [Option(key, CHAPTERS[number]) for key, number in OPTIONAL.items()]


def sites_named(session: Session, names: Iterable[str]) -> tuple[int, ...]:
    """The ids of sites as a person names them; Refused if one is not known."""
    known = {fold(one.label): one for one in sites(session)}
    found = []
    for name in names:
        if fold(name) not in known:
            told = ", ".join(one.label for one in known.values()) or "aucun"
            raise Refused(f"Je ne connais pas le site «\u00a0{name}\u00a0». Sites connus\u00a0: {told}.")
        found.append(known[fold(name)].key)
    return tuple(found)


def sections_named(names: Sequence[str]) -> tuple[str, ...]:
    """The keys of « expertise,plan », in their order; Refused if one is not known."""
    wanted = {fold(name.strip()) for name in names if name.strip()}
    if unknown := wanted - set(OPTIONAL):
        told = ", ".join(OPTIONAL)
        raise Refused(f"Je ne connais pas la section «\u00a0{min(unknown)}\u00a0». Sections connues\u00a0: {told}.")
    return tuple(key for key in OPTIONAL if key in wanted)
