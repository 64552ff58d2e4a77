"""Electronic invoices as proposals: read in the child process, matched, compared with the contract, then recorded with
their file. Nothing is written before `record`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.invoices import INVOICE
from app.entities.providers import PROVIDER
from app.errors import AppError, InvalidFields, Refused
from app.fields import this_day
from app.jobs import Job, Progress
from app.models import Company
from app.models.money_codes import InvoiceKind, InvoiceSource, LineKind
from app.services import attachments, records
from app.services.billing import check as checking
from app.services.importing.child import Reader
from app.services.importing.jobs import spread
from app.services.invoices import matching
from app.services.invoices.draft import Draft, DraftLine, DraftVat
from app.services.invoices.guessing import kinds_of, period_in
from app.services.invoices.matching import Found
from app.services.invoices.saving import same, save
from app.services.reading import einvoice_head
from app.services.reading.einvoice_data import Einvoice
from app.storage import Store

SOURCES = {"factur_x": InvoiceSource.FACTUR_X, "cii": InvoiceSource.CII, "ubl": InvoiceSource.UBL}
NO_INVOICE = "«\u00a0{}\u00a0» n’est pas une facture électronique (Factur-X, CII ou UBL)."


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person may change of a proposal. `provider_id` None: the newcomer is created; `kinds` of each line."""

    provider_id: int | None
    contract_id: int | None
    kinds: tuple[LineKind, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One file read. `newcomer` are the values of the provider to create where none was known; `period` the days that
    are billed, `supposed` when only words tell them; `existing` the invoice already recorded under that number."""

    path: Path
    found: Einvoice
    provider: Found | None
    newcomer: Mapping[str, Any]
    contract: Found | None
    kinds: tuple[LineKind, ...]
    period: tuple[date | None, date | None]
    supposed: bool
    corrects_id: int | None
    existing: int | None
    notes: tuple[str, ...]

    @property
    def choice(self) -> Choice:
        """As the file tells it."""
        return Choice(
            self.provider.id if self.provider else None, self.contract.id if self.contract else None, self.kinds
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gives no invoice, and why; it can be entered by hand, the file joined to it."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What recording would give: the comparison with the contract, or what would refuse it, in French."""

    check: checking.Check | None
    problems: tuple[str, ...]


def apart(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The invoices and the rest, among files and what folders hold, by the first bytes of each."""
    every = spread(paths)
    invoices = [path for path in every if einvoice_head.kind_of(path)]
    return invoices, [path for path in every if path not in set(invoices)]


def read_job(store: Store, paths: Sequence[Path]) -> Job[list[Proposal | Unread]]:
    """In the order of the files."""
    made: list[Proposal | Unread] = []
    with Reader() as reader:
        for done, path in enumerate(paths):
            step = Progress(done, len(paths), f"Lecture de {path.name}")
            yield step
            try:
                found = yield from reader.read(path, "", False, step)
            except Refused as refusal:
                made.append(Unread(path, str(refusal)))
                continue
            if isinstance(found, Einvoice):
                with store.read() as session:
                    made.append(propose(session, path, found))
            else:
                made.append(Unread(path, NO_INVOICE.format(path.name)))
    return made


def propose(session: Session, path: Path, found: Einvoice) -> Proposal:
    """What is known of the invoice in the base."""
    provider = matching.provider(session, found.seller)
    guessed = kinds_of(found.lines, under_contract=False)
    contract = matching.contract(session, provider.id, found, guessed) if provider else None
    period, supposed = _period(found)
    return Proposal(
        path=path,
        found=found,
        provider=provider,
        newcomer={} if provider else matching.newcomer(session, found.seller),
        contract=contract,
        kinds=kinds_of(found.lines, under_contract=contract is not None),
        period=period,
        supposed=supposed,
        corrects_id=matching.corrected(session, provider.id if provider else None, found),
        existing=same(session, provider.id, found.number) if provider else None,
        notes=(*_notes(session, found, provider, contract), *found.notes),
    )


def again(store: Store, proposal: Proposal) -> Proposal:
    """The same once others were recorded: its provider may have come with one of them, or itself."""
    with store.read() as session:
        return propose(session, proposal.path, proposal.found)


def _notes(session: Session, found: Einvoice, provider: Found | None, contract: Found | None) -> Iterator[str]:
    company = session.scalar(select(Company).limit(1))
    if company and (misdirected := matching.misdirected(company, found)):
        yield misdirected
    if provider and found.contract_reference and not (contract and contract.sure):
        yield f"La référence «\u00a0{found.contract_reference}\u00a0» n’est celle d’aucun contrat de ce prestataire."


def contract_of(session: Session, proposal: Proposal, provider_id: int | None) -> Found | None:
    """The contract to propose once another provider was chosen."""
    if provider_id is None:
        return None
    if proposal.provider is not None and provider_id == proposal.provider.id:
        return proposal.contract
    return matching.contract(session, provider_id, proposal.found, proposal.kinds)


def _period(found: Einvoice) -> tuple[tuple[date | None, date | None], bool]:
    if found.period_start or found.period_end:
        return (found.period_start, found.period_end), False
    guessed = period_in([line.label for line in found.lines]) or period_in([found.said])
    return (guessed or (None, None)), guessed is not None


def draft(proposal: Proposal, choice: Choice, provider_id: int) -> Draft:
    """The invoice as the file tells it, to the cent; received today."""
    found = proposal.found
    start, end = proposal.period
    due = found.due_on if found.due_on and found.due_on >= found.issued_on else None
    return Draft(
        number=found.number,
        provider_id=provider_id,
        invoiced_on=found.issued_on,
        lines=tuple(_lines(found, choice.kinds)),
        vat=tuple(DraftVat(one.rate, one.base, one.vat) for one in found.vats),
        kind=InvoiceKind.CREDIT if found.is_credit else InvoiceKind.INVOICE,
        source=SOURCES[found.form],
        contract_id=choice.contract_id,
        corrects_id=proposal.corrects_id if choice.provider_id == proposal.choice.provider_id else None,
        subject=found.lines[0].label[:200] if found.lines else None,
        received_on=max(this_day(), found.issued_on),
        due_on=due,
        period_start=start,
        period_end=end,
        contract_reference=found.contract_reference,
        order_reference=found.order_reference,
        prepaid=found.prepaid,
    )


def _lines(found: Einvoice, kinds: Sequence[LineKind]) -> Iterator[DraftLine]:
    for line, kind in zip(found.lines, kinds, strict=True):
        ordered = not (line.period_start and line.period_end and line.period_end < line.period_start)
        yield DraftLine(
            label=line.label,
            net=line.net,
            kind=kind,
            vat_rate=line.vat_rate,
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            period_start=line.period_start if ordered else None,
            period_end=line.period_end if ordered else None,
        )


def record(session: Session, proposal: Proposal, choice: Choice) -> int:
    """Keep the invoice, its provider if it is new, and a copy of the file; gives its id. Raises as `save` does."""
    kept = _keep(session, proposal, choice)
    attachments.add_file(session, INVOICE, kept, proposal.path)
    return kept


def _keep(session: Session, proposal: Proposal, choice: Choice) -> int:
    provider_id = choice.provider_id
    if provider_id is None:
        provider_id = records.create(session, PROVIDER, proposal.newcomer)
    return save(session, draft(proposal, choice, provider_id))


class _Enough(Exception):
    """Ends a trial: nothing of it is kept."""

    def __init__(self, found: Trial) -> None:
        super().__init__()
        self.found = found


def _look(session: Session, proposal: Proposal, choice: Choice) -> NoReturn:
    raise _Enough(Trial(checking.check(session, _keep(session, proposal, choice)), ()))


def trial(store: Store, proposal: Proposal, choice: Choice) -> Trial:
    """Record it, look, and undo all before anybody saw it: what the preview tells is what recording gives."""
    try:
        with store.begin("Essai") as session:
            _look(session, proposal, choice)
    except _Enough as enough:
        return enough.found
    except InvalidFields as error:
        return Trial(None, tuple(error.problems.values()))
    except AppError as error:
        return Trial(None, (str(error),))
