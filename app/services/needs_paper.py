"""What the questionnaire of needs is made of: blank by source, or one page for each person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.codes import labels
from app.errors import Refused
from app.fields import day, fold, joined, this_day
from app.models import Person
from app.models.codes import Moscow, NeedFrequency, NeedSource, Role
from app.reports.identity import Stamp
from app.reports.needs_data import QUESTIONS, NeedsForms, NeedsSheet
from app.services import preferences
from app.services.company_card import company_card
from app.services.needs import SOURCE_OF

WORKING = "À remplir à la main, puis à saisir dans «\u00a0Besoins\u00a0»."


@dataclass(frozen=True, slots=True)
class Choices:
    """`named`: one page for each person still there; else one blank page a source. `return_to` empty is the manager."""

    sources: tuple[NeedSource, ...] = tuple(NeedSource)
    named: bool = False
    return_to: str = ""
    before: date | None = None


ALL = Choices()


def source_named(name: str) -> NeedSource:
    """« technicien », « Utilisateur »: the source a person names."""
    for source in NeedSource:
        if fold(name) in {source.value, fold(source.label), fold(source.label) + "s"}:
            return source
    known = ", ".join(label.lower() for label in labels(NeedSource).values())
    raise Refused(f"Je ne connais pas la source «\u00a0{name}\u00a0». Sources connues\u00a0: {known}.")


def questionnaires(session: Session, _record_id: int | None, stamp: Stamp, choices: Choices = ALL) -> NeedsForms:
    """One page a person, or a source; Refused when nobody has one of the roles asked for."""
    sheets = _named(session, choices) if choices.named else [_sheet(source) for source in choices.sources]
    if not sheets:
        raise Refused("Personne n’a ce rôle. Donnez un rôle aux personnes, ou imprimez des feuilles vierges.")
    return NeedsForms(
        company=company_card(session),
        stamp=Stamp(stamp.title, "", draft=False, working=WORKING),
        sheets=tuple(sheets),
        frequencies=tuple(labels(NeedFrequency).values()),
        priorities=tuple(labels(Moscow).values()),
        return_to=choices.return_to or manager(session),
        before=day(choices.before) if choices.before else "",
        retention=preferences.get(session, "needs_retention"),
    )


def _sheet(source: NeedSource, name: str = "", service: str = "") -> NeedsSheet:
    return NeedsSheet(source.label, QUESTIONS[source.value], name, service)


def _there(choices: Choices) -> Mapping[Role, NeedSource]:
    return {role: source for role, source in SOURCE_OF.items() if source in choices.sources}


def _still_there() -> tuple[ColumnElement[bool], ...]:
    today = this_day()
    return Person.deleted_at.is_(None), or_(Person.left_on.is_(None), Person.left_on >= today)


def _named(session: Session, choices: Choices) -> list[NeedsSheet]:
    wanted = _there(choices)
    rows = session.scalars(
        select(Person)
        .where(*_still_there(), Person.role.in_(wanted))
        .order_by(func.fold(Person.service).nulls_last(), func.fold(Person.last_name), func.fold(Person.first_name))
    )
    return [_sheet(wanted[one.role], joined(one.first_name, one.last_name), one.service or "") for one in rows]


def count_named(session: Session, choices: Choices) -> int:
    """How many pages that makes."""
    return len(_named(session, choices))


def manager(session: Session) -> str:
    """Who answers for the computers; empty when nobody has that role."""
    found = session.scalar(
        select(Person).where(*_still_there(), Person.role == Role.MANAGER).order_by(Person.id).limit(1)
    )
    return joined(found.first_name, found.last_name) if found else ""
