"""The plain texts of a « dossier de réversibilité »: its first page, and the terms of the contract on a day."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.entities.contracts import CONTRACT
from app.fields import MISSING, NBSP, Field, Ref, amount, counted, day, duration, joined, moment
from app.models import Provider
from app.services import amendments, contract_clauses, contracts, listing, records, reversibility, setup
from app.services.listing import Filter, Query
from app.services.return_files import MANIFEST
from app.services.return_scope import ACCESSES, TICKETS, TICKETS_OPEN, VISITS, Scope
from app.services.variables.registry import Source

LINKED = ("contract_service", "due_document", "duty", "unit_price", "penalty", "amendment")
"""What is listed after the terms: the entities, in this order."""


def text(session: Session, contract_id: int, on: date) -> str:
    """Line by line: the terms by group, the levels and hours, then what the contract lists."""
    sheet = records.get(session, CONTRACT, contract_id)
    lines = [f"CONTRAT {sheet.title}", f"Termes en vigueur au {day(on)}"]
    lines += _facts(session, contract_id, on, sheet.titles)
    lines += _levels(session, contract_id, on)
    for key in LINKED:
        lines += _linked(session, key, contract_id)
    lines += _clauses(session, contract_id, on)
    return "\r\n".join(lines) + "\r\n"


def _facts(session: Session, contract_id: int, on: date, titles: dict[str, str]) -> Iterator[str]:
    now, group = amendments.on_day(session, contract_id, on), ""
    for field in CONTRACT.fields:
        value = getattr(now, field.name, None)
        if value is None:
            continue
        if field.group != group:
            group = field.group
            yield from ("", group.upper())
        yield f"{field.label}\u00a0: {_shown(field, value, titles)}"


def _shown(field: Field, value: object, titles: dict[str, str]) -> str:
    return titles.get(field.name, MISSING) if isinstance(field, Ref) else field.format(value)


def _levels(session: Session, contract_id: int, on: date) -> list[str]:
    calendar = contracts.calendar_of(session, contract_id, on)
    lines = ["", "HEURES COUVERTES", contracts.hours_text(calendar)]
    levels = contracts.levels_of(session, contract_id, on)
    if levels:
        lines += ["", "NIVEAUX DE SERVICE (prise en charge, sur site, rétablissement)"]
    for priority, level in sorted(levels.items()):
        told = (level.take, level.on_site, level.restore)
        lines.append(f"{priority}\u00a0: {', '.join(duration(minutes) for minutes in told)}")
    return lines


def _linked(session: Session, key: str, contract_id: int) -> list[str]:
    """One line a record: its columns in sight, then its long texts under it."""
    entity = ENTITIES[key]
    short = [name for name in entity.shown if name != "contract_id"]
    long = [f.name for f in entity.fields if getattr(f, "multiline", False)]
    query = Query((*short, *long), entity.order_by, entity.descending, filters=(Filter("contract_id", (contract_id,)),))
    lines: list[str] = []
    for row in listing.page(session, entity, query, limit=1000):
        told = [
            entity.field(name).format(value) for name, value in zip(query.columns, row.values, strict=True)
            if value is not None
        ]  # fmt: skip
        lines.append(" · ".join(told))
    return ["", entity.many.upper(), *lines] if lines else []


def _clauses(session: Session, contract_id: int, on: date) -> list[str]:
    """Their words with the facts of the contract in them; a clause in the provider's own words is only named."""
    lines = []
    for one in contract_clauses.rows(session, Source(session, contract_id, on)):
        lines += ["", joined(one.article, one.title, by=". "), one.filled or "(texte du prestataire)"]
    return ["", "CLAUSES", *lines] if lines else []


def read_me(session: Session, scope: Scope) -> str:
    """The first page of the dossier: what it is about, what each folder holds, what to take care of."""
    contract = reversibility.found(session, scope.contract)
    provider = session.get(Provider, scope.provider) if scope.provider else None
    way = reversibility.exit_of(session, scope.contract, scope.on)
    assistance = f"{way.days} jours, {amount(way.price)} HT" if way.days else "rien n’est écrit"
    lines = (
        f"DOSSIER DE RÉVERSIBILITÉ, {setup.company(session).name}",
        "",
        f"Contrat{NBSP}: {contract.number}, {contract.subject}",
        f"Prestataire{NBSP}: {provider.name if provider else 'aucun'}",
        f"Fin du contrat{NBSP}: {day(way.ends)}",
        f"Assistance à la sortie{NBSP}: {assistance}",
        f"Données au{NBSP}: {moment(scope.now)}, biens couverts le {day(scope.on)}",
        f"Où en est la liste{NBSP}: {reversibility.progress(session, scope.contract, scope.on).sentence}",
        "",
        "CE QUE CONTIENT CE DOSSIER",
        *_folders(scope),
        "",
        f"Les fichiers CSV s’ouvrent dans Excel d’un double clic. {MANIFEST} permet de vérifier que rien n’a changé.",
        "Ce dossier ne contient aucun mot de passe, mais il dit qui accède à quoi et où les secrets sont gardés.",
        "Ne le remettez qu’à la personne qui reprend la maintenance.",
        "",
        "Établi avec Parcomètre.",
    )
    return "\r\n".join(lines) + "\r\n"


def _folders(scope: Scope) -> tuple[str, ...]:
    told = {
        "1-Inventaire": f"{counted(len(scope.assets), 'bien couvert', 'biens couverts')}, pour Excel et en CSV",
        "2-Tickets": f"{counted(scope.count(TICKETS_OPEN), 'ticket ouvert', 'tickets ouverts')}, l’historique de "
        f"{counted(scope.count(TICKETS), 'ticket')}, leur journal, {counted(scope.count(VISITS), 'intervention')}",
        "3-Contrat": "les termes en vigueur",
        "4-Acces": f"le registre des accès donnés, {counted(scope.count(ACCESSES), 'ligne')}",
        "5-Licences": "les licences et à qui elles sont données, sans aucune clé",
        "6-Reversibilite": "la liste des points et le procès-verbal à signer",
        "7-Documents": f"{counted(len(scope.documents), 'document')} du contrat, du prestataire et des biens",
    }
    return tuple(f"{folder:<17}{content}" for folder, content in told.items())
