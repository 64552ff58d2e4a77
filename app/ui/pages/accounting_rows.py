"""What the page « Comptabilité » shows of each sheet of the workbook: its figures, then its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.fields import MISSING, amount, day, joined, number
from app.reports.accounts.data import Book
from app.reports.accounts.names import (
    ACCRUED,
    BILLS,
    COMMITTED,
    ENTRIES,
    FIXED,
    MOVES,
    PREPAID,
)
from app.ui.parts.smalltable import Cell, SmallColumn

MOST = 300
"""Lines shown of a sheet: the workbook has them all."""
DAYS, CENTS = 96, 104
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet: its total and what it is, and how its lines are shown. `entity` and `behind` (a key of `Book.behind`)
    are the list that opens."""

    key: str
    title: str
    what: str
    count: Callable[[Book], int]
    total: Callable[[Book], int]
    columns: tuple[SmallColumn, ...]
    rows: Callable[[Book], Rows]
    empty: str
    entity: str = ""
    behind: str = ""


def _cents(value: int | None) -> Cell:
    return Cell(amount(value) if value is not None else MISSING, tone="" if value else "mute")


def _day(value: date | None) -> Cell:
    return Cell(day(value), tone="" if value else "mute")


def _text(value: str | None) -> Cell:
    return Cell(value or MISSING, tone="" if value else "mute")


def _taken(found: Sequence[Any], make: Callable[[Any], Sequence[Cell]]) -> Rows:
    return [make(one) for one in found[:MOST]]


def _booked(book: Book) -> Rows:
    """Closing entries first: they are what the manager can weigh; purchases only repeat the invoices."""
    ordered = [one for one in book.entries if one.journal == "OD"] + [
        one for one in book.entries if one.journal == "AC"
    ]
    return [
        (
            _day(one.on), Cell(one.journal), Cell(line.account), Cell(one.label), _cents(line.debit or None),
            _cents(line.credit or None),
        )
        for one in ordered
        for line in one.lines
    ][:MOST]  # fmt: skip


SHEETS: tuple[Shown, ...] = (
    Shown(
        "fixed", FIXED, "Valeur nette à la clôture", lambda b: len(b.fixed),
        lambda b: sum(one.book_value for one in b.fixed),
        (
            SmallColumn("N°", 84), SmallColumn("Libellé", 250), SmallColumn("Mise en service", 110),
            SmallColumn("Valeur", CENTS, "number"), SmallColumn("Dotation", CENTS, "number"),
            SmallColumn("Reste", CENTS, "number"), SmallColumn("Sortie le", DAYS),
        ),
        lambda b: _taken(b.fixed, lambda r: (
            Cell(r.number), Cell(r.label), _day(r.starts_on), _cents(r.cost), _cents(r.charge), _cents(r.book_value),
            _day(r.exit_on),
        )),
        "Rien n’est immobilisé pour cet exercice.", "fixed_asset", "fixed",
    ),
    Shown(
        "moves", MOVES, "Dotations de l’exercice", lambda b: len(b.movements),
        lambda b: sum(one.charge for one in b.movements),
        (
            SmallColumn("Compte", 70), SmallColumn("Intitulé", 230), SmallColumn("Brut au début", CENTS, "number"),
            SmallColumn("Acquisitions", CENTS, "number"), SmallColumn("Sorties", CENTS, "number"),
            SmallColumn("Brut à la fin", CENTS, "number"), SmallColumn("Dotations", CENTS, "number"),
        ),
        lambda b: _taken(b.movements, lambda r: (
            Cell(r.account), Cell(r.name), _cents(r.opening), _cents(r.bought), _cents(r.left), _cents(r.closing),
            _cents(r.charge),
        )),
        "Aucun mouvement.", "fixed_asset", "fixed",
    ),
    Shown(
        "bills", BILLS, "Total TTC", lambda b: len(b.bills), lambda b: sum(one.gross for one in b.bills),
        (
            SmallColumn("Date", DAYS), SmallColumn("N°", 120), SmallColumn("Fournisseur", 160),
            SmallColumn("Objet", 220), SmallColumn("Compte", 70), SmallColumn("HT", CENTS, "number"),
            SmallColumn("TTC", CENTS, "number"),
        ),
        lambda b: _taken(b.bills, lambda r: (
            _day(r.invoiced_on), Cell(r.number), Cell(r.provider), Cell(r.label), Cell(r.account), _cents(r.net),
            _cents(r.gross),
        )),
        "Aucune facture n’est datée de cet exercice.", "invoice", "bills",
    ),
    Shown(
        "prepaid", PREPAID, "Charges constatées d’avance", lambda b: len(b.prepaid),
        lambda b: sum(one.shared.after for one in b.prepaid),
        (
            SmallColumn("Pièce", 120), SmallColumn("Fournisseur", 150), SmallColumn("Libellé", 200),
            SmallColumn("Du", DAYS), SmallColumn("Au", DAYS), SmallColumn("Montant", CENTS, "number"),
            SmallColumn("Après la clôture", 120, "number"),
        ),
        lambda b: _taken(b.prepaid, lambda r: (
            Cell(r.source), Cell(r.provider), Cell(r.label), _day(r.start), _day(r.end), _cents(r.cents),
            _cents(r.shared.after),
        )),
        "Aucune charge de cet exercice ne concerne les suivants.", "invoice", "prepaid",
    ),
    Shown(
        "accrued", ACCRUED, "Factures non parvenues, TTC", lambda b: len(b.accrued),
        lambda b: sum(one.gross for one in b.accrued),
        (
            SmallColumn("Pièce", 120), SmallColumn("Fournisseur", 150), SmallColumn("Libellé", 250),
            SmallColumn("Du", DAYS), SmallColumn("Au", DAYS), SmallColumn("HT", CENTS, "number"),
            SmallColumn("TTC", CENTS, "number"),
        ),
        lambda b: _taken(b.accrued, lambda r: (
            Cell(r.source), _text(r.provider), Cell(r.label), _day(r.start), _day(r.end), _cents(r.net),
            _cents(r.gross),
        )),
        "Tout ce qui a été reçu a sa facture.",
    ),
    Shown(
        "committed", COMMITTED, "Reste à payer, hors bilan", lambda b: len(b.committed),
        lambda b: sum(one.amount.total for one in b.committed),
        (
            SmallColumn("Contrat", 100), SmallColumn("Prestataire", 170), SmallColumn("Jusqu’au", DAYS),
            SmallColumn("À un an au plus", CENTS, "number"), SmallColumn("De un à cinq ans", CENTS, "number"),
            SmallColumn("Au-delà", CENTS, "number"), SmallColumn("D’où vient le montant", 240),
        ),
        lambda b: _taken(b.committed, lambda r: (
            Cell(r.contract), _text(r.provider), _day(r.until), _cents(r.amount.near), _cents(r.amount.middle),
            _cents(r.amount.far), Cell(r.how),
        )),
        "Aucun contrat n’engage au-delà de la clôture.", "contract", "committed",
    ),
    Shown(
        "entries", ENTRIES, "Total des débits", lambda b: sum(len(one.lines) for one in b.entries),
        lambda b: sum(line.debit for one in b.entries for line in one.lines),
        (
            SmallColumn("Date", DAYS), SmallColumn("Journal", 64), SmallColumn("Compte", 76),
            SmallColumn("Libellé", 350), SmallColumn("Débit", CENTS, "number"), SmallColumn("Crédit", CENTS, "number"),
        ),
        _booked, "Aucune écriture à proposer.",
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in SHEETS}


SUMMARY = (
    SmallColumn("Feuille", 170), SmallColumn("Lignes", 76, "number"), SmallColumn("Total", 130, "number"),
    SmallColumn("Ce que dit le total", 240),
)  # fmt: skip


def summary(book: Book) -> Rows:
    return [_summed(one, book) for one in SHEETS]


def _summed(one: Shown, book: Book) -> Sequence[Cell]:
    count = one.count(book)
    return (
        Cell(one.title),
        Cell(number(count) if count else MISSING, tone="" if count else "mute"),
        Cell(amount(one.total(book)) if count else MISSING, tone="" if count else "mute"),
        Cell(one.what, tone="mute"),
    )


def cut(one: Shown, book: Book) -> str:
    """« les 300 premières sur 1 204 »; empty when all are shown."""
    count = one.count(book)
    return joined("les", number(MOST), "premières sur", number(count)) if count > MOST else ""
