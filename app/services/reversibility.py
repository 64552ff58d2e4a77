"""Leaving a provider: what is to be given back, by whom, by when, and where it stands (domain.md C.11)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.agreements import RETURN_ITEM
from app.errors import NotFound, Refused
from app.fields import NBSP, counted, joined, number, plural
from app.models import Company, Contract, Provider, ReturnItem
from app.models.contract_codes import ReturnState, Side
from app.rules import notice
from app.services import amendments, contracts, records

THEM, US = Side.PROVIDER, Side.CLIENT
USUAL: tuple[tuple[str, Side, int], ...] = (
    ("Plan de réversibilité daté et à jour", THEM, -90),
    ("Noms de domaine et zones DNS au nom de l’entreprise", THEM, -60),
    ("Inventaire des biens à jour, remis en fichier", THEM, -60),
    ("Liste de tous les comptes, avec leurs droits", THEM, -60),
    ("Schémas du réseau, avec les adresses", THEM, -45),
    ("Procédures d’exploitation écrites", THEM, -45),
    ("Licences et abonnements transférés à l’entreprise", THEM, -45),
    ("Configurations exportées (pare-feu, commutateurs, bornes, serveurs)", THEM, -30),
    ("Certificats et leurs clés privées", THEM, -30),
    ("Garanties et contrats des constructeurs", THEM, -30),
    ("Séances de transfert des connaissances", THEM, -30),
    ("Sauvegardes lisibles sans le prestataire, avec leurs clés", THEM, -15),
    ("Données rendues dans un format réutilisable", THEM, -15),
    ("Mots de passe d’administration déposés dans votre coffre", THEM, -15),
    ("Double authentification rattachée à l’entreprise", THEM, -15),
    ("Tickets ouverts et historique, en fichier CSV", THEM, -7),
    ("Mots de passe d’administration tous changés", US, 0),
    ("Agents de supervision et prises en main à distance retirés", THEM, 0),
    ("Accès du prestataire fermés, badges et clés rendus", US, 0),
    ("Matériel prêté rendu, matériel de l’entreprise restitué", THEM, 0),
    ("Attestation d’effacement des données de l’entreprise", THEM, 30),
    ("Procès-verbal de réversibilité signé", US, 30),
)
"""What is given back at the end of any contract: the line, who does it, and days after the end."""
SETTLED = {ReturnState.CHECKED, ReturnState.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the list stands. `asked` leaves out what does not apply; `late` are those not settled past their day."""

    asked: int
    checked: int
    received: int
    missing: int
    late: int

    @property
    def is_done(self) -> bool:
        return bool(self.asked) and self.checked == self.asked

    @property
    def share(self) -> float:
        return self.checked / self.asked if self.asked else 0.0

    @property
    def sentence(self) -> str:
        """« 4 points sur 21 vérifiés, 2 reçus à vérifier, 1 non rendu, 3 en retard »."""
        if not self.asked:
            return "Aucun point à rendre"
        of = f"{number(self.checked)}{NBSP}{plural(self.checked, 'point')} sur {number(self.asked)}"
        told = [f"{of} {plural(self.checked, 'vérifié')}"]
        if self.received:
            told.append(f"{counted(self.received, 'reçu')} à vérifier")
        if self.missing:
            told.append(f"{number(self.missing)} non {plural(self.missing, 'rendu')}")
        if self.late:
            told.append(f"{number(self.late)} en retard")
        return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Exit:
    """What the contract says of the way out. `ends`: the last day settled, or the first that a notice can still obtain;
    `settled`: whether that end is certain; `days`, `price` (cents HT) and `plan` as the contract tells."""

    ends: date | None
    settled: bool
    days: int | None
    price: int | None
    plan: date | None


def found(session: Session, contract_id: int) -> Contract:
    """The contract, with its terms as signed; NotFound in the bin."""
    contract = session.get(Contract, contract_id)
    if contract is None or contract.deleted_at is not None:
        raise NotFound("Ce contrat n’existe plus.")
    return contract


def exit_of(session: Session, contract_id: int, today: date) -> Exit:
    contract = amendments.on_day(session, contract_id, today)
    terms = contracts.terms_of(contract)
    settled = notice.last_day(terms)
    ends = settled or notice.standing(terms, today).engaged_until
    told = (contract.reversibility_days, contract.reversibility_price, contract.reversibility_on)
    return Exit(ends, settled is not None, *told)


def items(session: Session, contract_id: int) -> list[ReturnItem]:
    """By due date, then as they were written."""
    kept = select(ReturnItem).where(ReturnItem.contract_id == contract_id, ReturnItem.deleted_at.is_(None))
    return list(session.scalars(kept.order_by(ReturnItem.due_on.is_(None), ReturnItem.due_on, ReturnItem.id)))


def progress(session: Session, contract_id: int, today: date) -> Progress:
    lines = items(session, contract_id)
    count = Counter(one.state for one in lines)
    late = sum(is_late(one, today) for one in lines)
    asked = len(lines) - count[ReturnState.NOT_APPLICABLE]
    return Progress(
        asked, count[ReturnState.CHECKED], count[ReturnState.RECEIVED], count[ReturnState.MISSING], late
    )  # fmt: skip


def is_late(item: ReturnItem, today: date) -> bool:
    return item.state not in SETTLED and item.due_on is not None and item.due_on < today


def prepare(session: Session, contract_id: int, today: date) -> int:
    """Write the usual lines that are not there yet, due by the end of the contract; gives how many.

    None is born late: a day already past is today. Refused when all of them are there.
    """
    there = {one.label for one in items(session, contract_id)}
    wanted = [line for line in USUAL if line[0] not in there]
    if not wanted:
        raise Refused("Tous les points habituels sont déjà dans la liste.")
    ends, owners = exit_of(session, contract_id, today).ends, _owners(session, contract_id)
    for label, side, after in wanted:
        values = {"contract_id": contract_id, "label": label, "owner": owners[side], "due_on": due(ends, after, today)}
        records.create(session, RETURN_ITEM, values)
    return len(wanted)


def due(ends: date | None, after: int, today: date) -> date | None:
    """The day of a line due `after` days after the end; not before today unless the contract is already over."""
    if ends is None:
        return None
    wanted = ends + timedelta(days=after)
    return max(wanted, today) if ends >= today else wanted


def reschedule(session: Session, contract_id: int, today: date) -> int:
    """Count again from the end of the contract the days of the usual lines not settled; gives how many changed."""
    ends, after = exit_of(session, contract_id, today).ends, {label: days for label, _, days in USUAL}
    changed = 0
    for one in items(session, contract_id):
        if one.label in after and one.state not in SETTLED:
            day = due(ends, after[one.label], today)
            changed += day != one.due_on
            records.update(session, RETURN_ITEM, one.id, {"due_on": day})
    if not changed:
        raise Refused("Les échéances suivent déjà la fin du contrat.")
    return changed


def _owners(session: Session, contract_id: int) -> dict[Side, str]:
    contract = found(session, contract_id)
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    company = session.scalar(select(Company.name).where(Company.deleted_at.is_(None)).limit(1))
    return {THEM: provider.name if provider else "Prestataire", US: company or "Entreprise"}


def set_state(session: Session, wanted: Sequence[int], state: ReturnState) -> None:
    for item in wanted:
        records.update(session, RETURN_ITEM, item, {"state": state})


def told_of(item: ReturnItem) -> str:
    """The proof and the notes of a line, in one text."""
    return joined(item.proof, item.notes, by="\n")
