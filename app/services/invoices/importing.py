"""Electronic invoices recorded from their files without a window, each as its own act."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.entities.providers import PROVIDER
from app.fields import amount, joined
from app.jobs import Job
from app.models import Contract
from app.services import records
from app.services.billing.check import Check
from app.services.invoices.reading import Proposal, Trial, Unread, again, read_job, record, trial
from app.storage import Store


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: `state` is « recorded », « known » (it was there already) or « refused »."""

    path: Path
    state: str
    sentence: str
    number: str = ""
    invoice_id: int | None = None
    gross: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"fichier": self.path.name, "etat": STATES[self.state], "numero": self.number or None,
                "ttc_centimes": self.gross, "message": self.sentence}  # fmt: skip


STATES = {"recorded": "enregistrée", "known": "déjà là", "refused": "refusée"}


def import_job(store: Store, paths: Sequence[Path], *, dry_run: bool = False) -> Job[list[Imported]]:
    """Read, match and record as the files tell it; with `dry_run` only say what would be done."""
    read = yield from read_job(store, paths)
    return [_taken(store, one, dry_run=dry_run) for one in read]


def _taken(store: Store, one: Proposal | Unread, *, dry_run: bool) -> Imported:
    if isinstance(one, Unread):
        return Imported(one.path, "refused", one.sentence)
    one = again(store, one)
    found = one.found
    if one.existing is not None:
        told = f"{_named(store, one)}\u00a0: déjà enregistrée."
        return Imported(one.path, "known", told, found.number, one.existing, found.gross)
    seen = trial(store, one, one.choice)
    if seen.problems:
        told = f"«\u00a0{one.path.name}\u00a0»\u00a0: {' '.join(seen.problems)}"
        return Imported(one.path, "refused", told, found.number, None, found.gross)
    kept = None if dry_run else _recorded(store, one)
    return Imported(one.path, "recorded", _told(store, one, seen, dry_run=dry_run), found.number, kept, found.gross)


def _recorded(store: Store, one: Proposal) -> int:
    with store.begin(f"Import de la facture {one.found.number}") as session:
        return record(session, one, one.choice)


def _named(store: Store, one: Proposal) -> str:
    """« Facture F-118 de Lumeo Services, 540,00 € TTC »."""
    found = one.found
    name = one.newcomer.get("name", "")
    if one.provider is not None:
        with store.read() as session:
            name = records.title(session, PROVIDER, one.provider.id)
    return f"{'Avoir' if found.is_credit else 'Facture'} {found.number} de {name}, {amount(found.gross)} TTC"


def _told(store: Store, one: Proposal, seen: Trial, *, dry_run: bool) -> str:
    parts = ["serait enregistrée" if dry_run else "enregistrée"]
    if one.provider is None:
        parts.append("prestataire créé")
    parts += [_contract(store, one), _against(seen.check), *one.notes]
    return f"{_named(store, one)}\u00a0: {joined(*parts, by=', ')}"


def _contract(store: Store, one: Proposal) -> str:
    if one.contract is None:
        return "sans contrat"
    with store.read() as session:
        number = session.get_one(Contract, one.contract.id).number
    return f"contrat {number} ({one.contract.how})"


def _against(check: Check | None) -> str:
    return "" if check is None or check.expected is None else check.headline.lower()


__all__ = ["STATES", "Imported", "import_job"]
