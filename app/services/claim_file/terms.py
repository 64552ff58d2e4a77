"""What the contract promised on the days that judge: delays, hours, the clock, penalties, the clauses that say so."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import MISSING, NBSP, amount, counted, day, duration, joined, rate
from app.models import Contract, Penalty, Provider
from app.reports.claim_data import Clause, TermsInForce
from app.reports.fact_columns import FactsBlock
from app.reports.identity import Pair
from app.reports.table import Cells
from app.services import amendment_words, contract_clauses
from app.services.amendments import in_effect, on_day
from app.services.claim_file.scope import TOPICS
from app.services.variables import Source
from app.services.variables.prices import penalty_words

CLOCK = ("client_wait_stops", "access_wait_stops", "part_wait_stops", "third_party_wait_stops", "workaround_stops")
OTHERS = ("zone", "pentecost_worked", "fee", "penalty_form", "penalty_month_cap", "penalty_year_cap",
          "penalty_releases", "exclusions")  # fmt: skip
CAPS = frozenset({"penalty_month_cap", "penalty_year_cap"})
THEIRS = "Le texte est celui du prestataire, joint au contrat."


def parties(session: Session, contract_id: int, on: date) -> tuple[FactsBlock, FactsBlock]:
    contract = on_day(session, contract_id, on)
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    signed = [f"{one.number} du {day(one.effective_on)}" for one in in_effect(session, contract_id, on)]
    told = FactsBlock(
        "Contrat",
        _facts(
            ("N° et objet", joined(contract.number, contract.subject, by=", ")),
            ("Réf. prestataire", contract.provider_reference),
            ("Signé le", day(contract.signed_on)),
            ("Prise d’effet", day(contract.starts_on)),
            ("Avenants", ", ".join(signed) or "aucun"),
            ("Forfait HT", _fee(contract)),
        ),
    )
    return told, FactsBlock("Prestataire", _provider(provider))


def _fee(contract: Contract) -> str:
    return f"{amount(contract.fee)}, {contract.fee_period.label.lower()}" if contract.fee is not None else ""


def _provider(provider: Provider | None) -> tuple[Pair, ...]:
    if provider is None:
        return _facts(("Nom", None))
    town = joined(provider.postal_code, provider.city)
    return _facts(
        ("Nom", joined(provider.name, provider.legal_form, by=", ")),
        ("SIRET", provider.siret),
        ("Adresse", joined(provider.address, town, by=", ")),
        ("Représenté par", provider.representative),
    )


def _facts(*pairs: tuple[str, str | None]) -> tuple[Pair, ...]:
    return tuple((label, value or MISSING) for label, value in pairs)


def in_force(session: Session, contract_id: int, on: date) -> TermsInForce:
    found = amendment_words.in_force(session, contract_id, on)
    levels = tuple(
        (one.priority.label, *(duration(minutes) for minutes in one.targets.values()))
        for one in found.service.levels
        if not one.is_blank
    )
    known = {one.field.name: one for one in found.terms}
    words: list[Cells] = [("Heures couvertes", found.hours, found.hours_since)]
    words += [_term(known[name]) for name in (*CLOCK, *OTHERS) if name in known and known[name].value is not None]
    words += _penalties(session, contract_id)
    return TermsInForce(_since(found), levels, tuple(words))


def _term(told: amendment_words.Term) -> Cells:
    words = told.field.format(told.value) or MISSING
    if told.field.name in CAPS:
        words = f"{rate(told.value)} du forfait"
    return told.field.label, words, told.since


def _since(found: amendment_words.InForce) -> str:
    """« Depuis le 01/04/2026, par AV-2026-01 », « Tels que signés, jusqu’au 31/03/2026 »."""
    start = f"Depuis le {day(found.since)}" if found.since else "Tels que signés"
    by = joined(*dict.fromkeys((found.levels_since, found.hours_since)), by=" et ")
    until = f"jusqu’au {day(found.until)}" if found.until else ""
    return joined(start, by and f"par {by}", until, by=", ")


def _penalties(session: Session, contract_id: int) -> Iterator[Cells]:
    kept = select(Penalty).where(Penalty.contract_id == contract_id, Penalty.deleted_at.is_(None)).order_by(Penalty.id)
    for one in session.scalars(kept):
        label, _, words = penalty_words(one).partition(f"{NBSP}: ")
        free = counted(one.franchise, "manquement") if one.franchise else ""
        yield (f"Pénalité, {label}", words + (f", après {free} sans pénalité par mois" if free else ""), "")


def clauses(session: Session, contract_id: int, on: date) -> tuple[Clause, ...]:
    return tuple(
        Clause(joined(one.article and f"Article{NBSP}{one.article}", one.title, by=", "), one.filled or THEIRS)
        for one in contract_clauses.rows(session, Source(session, contract_id, on))
        if one.topic in TOPICS
    )
