"""How complete a contract is: what its text and its terms lack, why it matters, and where it is filled (look.md).

Clauses count by the weights of the library; terms by those written here, both from 1 to 10.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.fields import NBSP, plural
from app.models import (
    Base,
    Clause,
    Contract,
    ContractClause,
    ContractService,
    CoverageSlot,
    CoveredAsset,
    Document,
    DueDocument,
    Penalty,
    ProviderContact,
    ReturnItem,
    UnitPrice,
)
from app.models.codes import ContractStatus
from app.models.contract_codes import DocumentRole, PriceModel
from app.rules import completeness as rule
from app.services import contracts, gdpr
from app.services.amendments import on_day

IMPORTANT = 3
"""A clause that is not mandatory counts from this weight on."""
HEAVY = 7
"""A term that lacks is grave from this weight on."""
CLAUSE = "clause:"
"""Begins the key of a gap that a clause fills: « clause:penalites »."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`tab` is the title of the tab of the contract where it is filled; `link` the words that lead there."""

    key: str
    tab: str
    tone: str
    title: str
    why: str
    link: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """`score` from 0 to 100; gaps, the heaviest first."""

    score: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """`met` gives 0 to 100 for a contract; None when the point does not apply to it."""

    key: str
    weight: int
    tab: str
    title: str
    why: str
    link: str
    met: Callable[["_Asked"], int | None]


@dataclass(frozen=True)
class _Asked:
    """A contract with the terms of a day, and what its lists hold."""

    session: Session
    contract: Contract
    day: date

    def has(self, model: type[Base]) -> int:
        """100 if the contract has a record of this kind."""
        own = model.__table__.c
        return self.found(select(own.id).where(own.contract_id == self.contract.id, own.deleted_at.is_(None)))

    def found(self, query: Select[int]) -> int:
        """100 if the query finds anything."""
        return 100 * (self.session.scalar(query.limit(1)) is not None)


def _levels(asked: _Asked) -> int:
    kept = contracts.levels_of(asked.session, asked.contract.id, asked.day).values()
    return 100 * any(level.restore or level.take for level in kept)


def _hours(asked: _Asked) -> int:
    return 100 if asked.contract.round_the_clock else asked.has(CoverageSlot)


def _perimeter(asked: _Asked) -> int:
    own = CoveredAsset
    return asked.found(
        select(own.id).where(
            own.contract_id == asked.contract.id, own.deleted_at.is_(None), own.excluded.is_(False)
        )
    )  # fmt: skip


def _price(asked: _Asked) -> int:
    told, units = asked.contract, asked.has(UnitPrice)
    known = {
        PriceModel.FLAT: told.fee is not None,
        PriceModel.PER_UNIT: units > 0,
        PriceModel.PER_ACT: told.hourly_rate is not None or units > 0,
        PriceModel.HOUR_BANK: told.hours_bought is not None and told.hours_price is not None,
        PriceModel.MIXED: told.fee is not None and (told.hourly_rate is not None or units > 0),
    }
    return 100 * known[told.price_model]


def _contacts(asked: _Asked) -> int | None:
    if asked.contract.provider_id is None:
        return None
    own = ProviderContact
    return asked.found(
        select(own.id).where(
            own.provider_id == asked.contract.provider_id, own.deleted_at.is_(None), own.left_on.is_(None)
        )
    )  # fmt: skip


def _personal_data(asked: _Asked) -> int | None:
    return gdpr.checklist(asked.session, asked.contract.id).percent


def _signed_copy(asked: _Asked) -> int | None:
    if asked.contract.status == ContractStatus.DRAFT:
        return None
    own = Document
    return asked.found(
        select(own.id).where(
            own.entity == "contract",
            own.record_id == asked.contract.id,
            own.role == DocumentRole.SIGNED,
            own.deleted_at.is_(None),
        )
    )


def _revision(asked: _Asked) -> int | None:
    """Asked of a price that lasts more than a year."""
    told = asked.contract
    lasts = told.initial_months > 12 or told.renewal.value != "none"  # noqa: PLR2004 - a year
    return 100 * (told.index_name is not None) if lasts and told.price_model != PriceModel.HOUR_BANK else None


def _yes(value: object) -> int:
    return 100 * (value is not None and value != "")


TERMS = (
    Term("provider", 8, "Général", "Prestataire", "Le contrat ne lie encore personne.", "Choisir le prestataire",
         lambda a: _yes(a.contract.provider_id)),
    Term("services", 8, "Prestations", "Prestations", "Ce qui n’est pas écrit se facture en plus, ou ne se fait pas.",
         "Écrire les prestations", lambda a: a.has(ContractService)),
    Term("perimeter", 8, "Périmètre", "Biens couverts", "Aucun bien n’est couvert\u00a0: chaque panne peut se "
         "discuter.", "Ajouter des biens", _perimeter),
    Term("levels", 9, "Niveaux de service", "Délais promis", "Sans délai écrit, aucun retard ne peut être reproché.",
         "Fixer les délais", _levels),
    Term("hours", 7, "Niveaux de service", "Heures couvertes", "Les délais se comptent en heures couvertes\u00a0: sans "
         "elles, ils ne veulent rien dire.", "Écrire les heures", _hours),
    Term("price", 8, "Prix", "Prix", "Ni budget, ni contrôle de facture sans prix écrit.", "Écrire le prix", _price),
    Term("penalties", 6, "Prix", "Barème des pénalités", "Sans barème, un retard de rétablissement ne coûte rien au "
         "prestataire.", "Fixer un barème", lambda a: a.has(Penalty)),
    Term("revision", 3, "Prix", "Révision du prix", "Sans indice, une hausse se négocie chaque année à l’aveugle.",
         "Choisir un indice", _revision),
    Term("gdpr", 8, "RGPD", "Données personnelles (art.\u00a028)", "", "Ouvrir la liste", _personal_data),
    Term("reversibility", 6, "Réversibilité", "Plan de réversibilité", "Rien ne dit ce qui sera rendu à la fin, ni "
         "quand.", "Préparer la liste", lambda a: a.has(ReturnItem)),
    Term("signed_copy", 6, "Documents", "Exemplaire signé", "En cas de litige, c’est lui qui fait preuve.",
         "Joindre l’exemplaire", _signed_copy),
    Term("signed_on", 3, "Général", "Date de signature", "Elle fixe les textes et l’indice qui s’appliquent.",
         "Écrire la date", lambda a: None if a.contract.status == ContractStatus.DRAFT else _yes(a.contract.signed_on)),
    Term("documents", 4, "Prestations", "Documents attendus", "Sans liste, les comptes rendus ne viennent pas.",
         "Dire lesquels", lambda a: a.has(DueDocument)),
    Term("notice_article", 3, "Général", "Article du préavis", "La lettre de dénonciation doit le citer.",
         "Écrire l’article", lambda a: _yes(a.contract.notice_article)),
    Term("contacts", 3, "Général", "Interlocuteurs du prestataire", "Personne n’est désigné pour une escalade.",
         "Ajouter un interlocuteur", _contacts),
    Term("purpose", 2, "Général", "But recherché", "C’est lui qui éclaire un texte ambigu.", "Écrire le but",
         lambda a: _yes(a.contract.purpose)),
)  # fmt: skip


def of_contract(session: Session, contract_id: int, day: date) -> Completeness:
    """What the contract lacks with its terms of that day."""
    found = {gap.key: (point, gap) for point, gap in _all(session, contract_id, day)}
    points = [point for point, _ in found.values()]
    return Completeness(rule.score(points), tuple(found[point.key][1] for point in rule.lacking(points)))


def _all(session: Session, contract_id: int, day: date) -> Iterator[tuple[rule.Point, Gap]]:
    asked = _Asked(session, on_day(session, contract_id, day), day)
    for term in TERMS:
        met = term.met(asked)
        if met is not None:
            why = term.why or _gdpr_told(session, contract_id)
            tone = "bad" if term.weight >= HEAVY else "warn"
            yield rule.Point(term.key, term.weight, met), Gap(term.key, term.tab, tone, term.title, why, term.link)
    yield from _clauses(session, contract_id)


def _clauses(session: Session, contract_id: int) -> Iterator[tuple[rule.Point, Gap]]:
    """The clauses of the library that count, and whether the contract has them."""
    own = ContractClause
    taken = set(session.scalars(select(own.clause_id).where(own.contract_id == contract_id, own.deleted_at.is_(None))))
    wanted = select(Clause).where(
        Clause.deleted_at.is_(None), Clause.mandatory.is_(True) | (Clause.weight >= IMPORTANT)
    )
    for clause in session.scalars(wanted.order_by(Clause.position)):
        key = f"{CLAUSE}{clause.topic}"
        tone = "bad" if clause.mandatory else "warn"
        gap = Gap(key, "Clauses", tone, f"Clause «{NBSP}{clause.title}{NBSP}»", clause.why or "", "Choisir une clause")
        yield rule.Point(key, max(1, clause.weight), 100 * (clause.id in taken)), gap


def _gdpr_told(session: Session, contract_id: int) -> str:
    found = gdpr.checklist(session, contract_id)
    lacking = found.missing + found.unknown
    counted = f"{lacking}\u00a0{plural(lacking, 'mention')} sur {len(found.answers)}"
    return f"Le prestataire accède à vos postes\u00a0: {counted} {'manquent' if lacking > 1 else 'manque'}."
