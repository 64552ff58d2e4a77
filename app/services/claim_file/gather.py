"""A claim file gathered as frozen data, from what was asked to what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.fields import MISSING, amount, counted, day
from app.models import Contract, Provider, Ticket
from app.reports.claim_data import ClaimFile
from app.reports.identity import Pair, Stamp
from app.reports.table import Cells
from app.services import amendments
from app.services.claim_file import asked, breaches, chain, evidence, stories, terms
from app.services.claim_file.asked import Span
from app.services.claim_file.evidence import Piece
from app.services.claim_file.scope import Scope, of_span, of_ticket
from app.services.company_card import company_card
from app.services.contracts import opening_day
from app.services.penalties.months import of_contract
from app.storage import extract
from app.storage.extract import Entry

NO_FEE = "Pénalités non chiffrées\u00a0: elles sont une part du forfait, dont le prix n’est pas écrit."
NOTHING_OWED = "Aucune pénalité n’est due\u00a0: le contrat n’en prévoit pas pour eux, ou sa franchise les couvre."


@dataclass(frozen=True, slots=True)
class Known:
    """The file as it is drawn, and what its archive is written from."""

    file: ClaimFile
    scope: Scope
    pieces: Sequence[Piece]
    entries: Sequence[Entry]


def of_a_ticket(session: Session, ticket_id: int, stamp: Stamp) -> ClaimFile:
    return known(session, of_ticket(session, ticket_id, moment_of(stamp)), stamp).file


def of_a_contract(session: Session, contract_id: int, stamp: Stamp) -> ClaimFile:
    """Of the months that the reference ends with, else of those that ask for something."""
    now = moment_of(stamp)
    span = span_of(session, contract_id, stamp.reference, now)
    return known(session, of_span(session, contract_id, span, now), stamp).file


def span_of(session: Session, contract_id: int, reference: str, now: datetime) -> Span:
    """The months that a reference ends with, else those that ask for something."""
    return asked.span_named(session, reference) or usual_span(session, contract_id, now)


def whole_reference(session: Session, ref: str, now: datetime) -> str:
    """« CT-2024-01 », asked for in brief, is « CT-2024-01-2026-06 »."""
    contract = asked.contract_named(session, ref)
    number = session.get_one(Contract, contract).number
    return asked.reference(number, span_of(session, contract, ref, now))


def moment_of(stamp: Stamp) -> datetime:
    return stamp.data_at or datetime.now(UTC)


def usual_span(session: Session, contract_id: int, now: datetime) -> Span:
    """The oldest month still to be claimed, else the last that cost something, else the month under way."""
    months = of_contract(session, contract_id, now)
    wanted = [one.month for one in months if one.left and one.state.value == "to_claim"][-1:]
    wanted += [one.month for one in months if one.lines]
    on = wanted[0] if wanted else opening_day(now)
    return asked.span(on, on)


def known(session: Session, scope: Scope, stamp: Stamp) -> Known:
    pieces = evidence.pieces(session, scope)
    entries = extract.entries(session, evidence.with_pieces(scope, pieces))
    written = {(one.table_name, one.record_id): one for one in reversed(entries) if one.kind == "insert"}
    groups = breaches.groups(session, scope)
    made = ClaimFile(
        company=company_card(session),
        stamp=stamp,
        code=_code(session, scope),
        card=_card(session, scope, stamp),
        subtitle=_subtitle(session, scope),
        headline=_headline(scope),
        facts=terms.parties(session, scope.contract, _last_day(scope)) if scope.contract else (),
        breaches=groups,
        breaches_note=breaches.note(scope),
        steps=breaches.steps(session, scope),
        steps_note=breaches.steps_note(session, scope),
        claims=breaches.claims(session, scope),
        terms=tuple(terms.in_force(session, scope.contract, on) for on in scope.days) if scope.contract else (),
        clauses=terms.clauses(session, scope.contract, _last_day(scope)) if scope.contract else (),
        stories=stories.stories(session, scope, written),
        evidence=tuple(_evidence(one, entries) for one in pieces),
        chain=chain.told(entries, extract.head(session)),
    )
    return Known(made, scope, pieces, entries)


def _last_day(scope: Scope) -> date:
    return scope.days[-1] if scope.days else opening_day(scope.now)


def _code(session: Session, scope: Scope) -> str:
    return f"PCM:T:{session.get_one(Ticket, scope.ticket).number}".upper() if scope.ticket else ""


def _card(session: Session, scope: Scope, stamp: Stamp) -> tuple[Pair, ...]:
    state = ("Version", stamp.version_text)
    contract = session.get_one(Contract, scope.contract).number if scope.contract else "hors contrat"
    return (("Référence", stamp.reference), ("Contrat", contract), state)


def _subtitle(session: Session, scope: Scope) -> str:
    contract = amendments.found(session, scope.contract) if scope.contract else None
    provider = session.get(Provider, contract.provider_id) if contract and contract.provider_id else None
    if scope.span:
        return f"{provider.name if provider else 'Sans prestataire'} · {scope.span.days}"
    subject = session.get_one(Ticket, scope.ticket).subject
    return f"{subject} · {provider.name if provider else 'hors contrat'}"


def _headline(scope: Scope) -> tuple[str, str]:
    """« 3 manquements », then what is owed for them and what is left to claim."""
    count = len(scope.breaches)
    if not count:
        return "Aucun manquement", "Tous les engagements échus sont tenus, ou rien n’était promis."
    told = counted(count, "manquement")
    owed = sum(one.owed for one in scope.months)
    if not owed:
        return told, _nothing_owed(scope)
    claimed = sum(one.claimed for one in scope.months)
    already = f", dont {amount(claimed)} déjà réclamés" if claimed else ""
    of = "" if scope.span else " pour les mois concernés, autres manquements compris"
    return told, f"{amount(owed)} de pénalités dues{of}{already}."


def _nothing_owed(scope: Scope) -> str:
    """Why: the caps took all, no price is written, or the contract punishes nothing of it."""
    bare = sum(one.bare for one in scope.months)
    if bare:
        return f"Aucune pénalité n’est due\u00a0: le plafond du contrat est atteint ({amount(bare)} avant plafonds)."
    unknown = any(line.cents is None for one in scope.months for line in one.lines)
    return NO_FEE if unknown else NOTHING_OWED


def _evidence(piece: Piece, entries: Sequence[Entry]) -> Cells:
    own = [one for one in entries if (one.table_name, one.record_id) == (piece.table, piece.record_id)]
    entry = evidence.inscribed(piece, own)
    who = entry.who if entry else MISSING
    return (piece.name, piece.of, stories.inscribed(entry) if entry else day(opening_day(piece.kept_at)), who,
            piece.sha256)  # fmt: skip
