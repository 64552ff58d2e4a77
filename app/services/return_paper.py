"""The record of a reversibility, gathered as frozen data (domain.md C.11)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import MISSING, PARIS, amount, counted, day, joined, number, plural
from app.models import AccessGrant, Provider, ReturnItem
from app.models.contract_codes import ReturnState
from app.reports.fact_columns import FactsBlock
from app.reports.identity import Pair, Stamp
from app.reports.return_record_data import ItemGroup, ReturnRecord
from app.reports.table import Cells
from app.services import reversibility
from app.services.company_card import company_card
from app.services.reversibility import Exit, Progress

GROUPS = (
    ("Non rendu", (ReturnState.MISSING,), "!"),
    ("À faire ou demandé", (ReturnState.TO_DO, ReturnState.ASKED), ""),
    ("Reçu, à vérifier", (ReturnState.RECEIVED,), ""),
    ("Rendu et vérifié", (ReturnState.CHECKED,), "✓"),
    ("Sans objet", (ReturnState.NOT_APPLICABLE,), "–"),
)
NO_RESERVE = "Aucune à ce jour."


def return_record(session: Session, contract_id: int, stamp: Stamp) -> ReturnRecord:
    contract = reversibility.found(session, contract_id)
    on = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else date.max
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    lines = reversibility.items(session, contract_id)
    grants = _grants(session, contract.provider_id)
    way, done = reversibility.exit_of(session, contract_id, on), reversibility.progress(session, contract_id, on)
    state = ("Version", "PROJET, sans valeur" if stamp.draft else stamp.version_text)
    return ReturnRecord(
        company=company_card(session),
        stamp=stamp,
        card=(("Référence", contract.number), state, ("Fin du contrat", day(way.ends))),
        subtitle=joined(contract.subject, provider.name if provider else "", by=" · "),
        result=_result(done),
        sentence=_sentence(done, grants),
        facts=(_contract_block(contract, way), _provider_block(provider)),
        groups=_groups(lines, on),
        reserves=_reserves(lines, grants, on),
        accesses=tuple(_access(grant) for grant in grants),
        accesses_told=_accesses_told(grants),
        provider=provider.name if provider else "",
        representative=(provider.representative or "") if provider else "",
    )


def _grants(session: Session, provider_id: int | None) -> list[AccessGrant]:
    """Those still open first."""
    kept = select(AccessGrant).where(AccessGrant.provider_id == provider_id, AccessGrant.deleted_at.is_(None))
    order = (AccessGrant.withdrawn_on.is_not(None), AccessGrant.withdrawn_on, AccessGrant.since, AccessGrant.id)
    return list(session.scalars(kept.order_by(*order)))


def _result(done: Progress) -> str:
    if not done.asked:
        return "Rien n’est constaté"
    return "Réversibilité complète" if done.is_done else "Réversibilité incomplète"


def _sentence(done: Progress, grants: list[AccessGrant]) -> str:
    left = sum(grant.withdrawn_on is None for grant in grants)
    told = f"{done.sentence}."
    return f"{told} {counted(left, 'accès', 'accès')} encore {plural(left, 'ouvert')}." if left else told


def _facts(*pairs: tuple[str, Any]) -> tuple[Pair, ...]:
    return tuple((label, str(value) if value else MISSING) for label, value in pairs)


def _contract_block(contract: Any, way: Exit) -> FactsBlock:
    return FactsBlock(
        "Contrat",
        _facts(
            ("N° et objet", f"{contract.number}, {contract.subject}"),
            ("Prise d’effet", day(contract.starts_on)),
            ("Fin", f"{day(way.ends)}{'' if way.settled or way.ends is None else ', si le préavis est donné'}"),
            ("Plan du", day(way.plan)),
            ("Assistance", f"{number(way.days)} jours" if way.days else ""),
            ("Prix HT", amount(way.price)),
        ),
    )


def _provider_block(provider: Provider | None) -> FactsBlock:
    if provider is None:
        return FactsBlock("Prestataire", _facts(("Nom", "")))
    town = joined(provider.postal_code, provider.city)
    return FactsBlock(
        "Prestataire",
        _facts(
            ("Nom", joined(provider.name, provider.legal_form, by=", ")),
            ("SIRET", provider.siret),
            ("Adresse", joined(provider.address, town, by=", ")),
            ("Représenté par", provider.representative),
        ),
    )


def _groups(lines: list[ReturnItem], on: date) -> tuple[ItemGroup, ...]:
    found = []
    for title, states, sign in GROUPS:
        rows = tuple(_row(one, sign, on) for one in lines if one.state in states)
        if rows:
            found.append(ItemGroup(title, rows))
    return tuple(found)


def _row(one: ReturnItem, sign: str, on: date) -> Cells:
    told = [reversibility.told_of(one)]
    if one.state == ReturnState.ASKED:
        told.insert(0, "Demandé")
    if reversibility.is_late(one, on):
        told.insert(0, "En retard")
    return (sign, one.label, one.owner or MISSING, day(one.due_on), joined(*told, by="\n") or MISSING)


def _reserves(lines: list[ReturnItem], grants: list[AccessGrant], on: date) -> tuple[str, ...]:
    found = [f"Non rendu\u00a0: {_lowered(one)}." for one in lines if one.state == ReturnState.MISSING]
    found += [f"En retard depuis le {day(one.due_on)}\u00a0: {_lowered(one)}." for one in lines
              if one.state != ReturnState.MISSING and reversibility.is_late(one, on)]  # fmt: skip
    left = sum(grant.withdrawn_on is None for grant in grants)
    if left:
        found.append(f"{counted(left, 'accès', 'accès')} encore {plural(left, 'ouvert')} au {day(on)}.")
    return tuple(found) or (NO_RESERVE,)


def _lowered(one: ReturnItem) -> str:
    return one.label[:1].lower() + one.label[1:]


def _accesses_told(grants: list[AccessGrant]) -> str:
    if not grants:
        return "Aucun accès n’est inscrit au registre."
    left = sum(grant.withdrawn_on is None for grant in grants)
    if not left:
        return "Tous les accès inscrits au registre ont été retirés."
    taken = len(grants) - left
    return (
        f"{counted(taken, 'accès', 'accès')} {plural(taken, 'retiré')}, {number(left)} encore {plural(left, 'ouvert')}."
    )


def _access(grant: AccessGrant) -> Cells:
    ended = day(grant.withdrawn_on) if grant.withdrawn_on else "encore ouvert"
    return (grant.holder, joined(grant.target, grant.account, by=", "), grant.level.label, day(grant.since), ended)
