"""The lists of the accountant's workbook, each with the formulas that make its columns (domain.md E.8)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Side

from app.reports.accounts.columns import Col, Listed
from app.reports.accounts.data import AccruedRow, BillRow, Book, CommittedRow, FixedRow, Movement, PrepaidRow
from app.reports.accounts.names import ACCRUED, BILLS, COMMITTED, ENTRIES, FIXED, MOVES, PLAN, PREPAID
from app.rules.entries import Entry, EntryLine

YEARS_BEFORE = 4
"""Financial years that the plan shows one by one before the one asked for; older ones stand as one sum."""
UNITS = {"month": "mois", "day": "jours", "day360": "jours de 360", "minute": "minutes"}
LINEAR = "Linéaire"


@dataclass(frozen=True)
class Sheets:
    """Every list of the book, in its order."""

    fixed: Listed[FixedRow]
    plan: Listed[FixedRow]
    moves: Listed[Movement]
    bills: Listed[BillRow]
    prepaid: Listed[PrepaidRow]
    accrued: Listed[AccruedRow]
    committed: Listed[CommittedRow]
    entries: "Listed[Booked]"

    @property
    def all(self) -> tuple[Listed[Any], ...]:
        return (
            self.fixed, self.plan, self.moves, self.bills, self.prepaid, self.accrued, self.committed, self.entries,
        )  # fmt: skip


def sheets(book: Book) -> Sheets:
    fixed = _fixed(book)
    return Sheets(
        fixed, _plan(book), _moves(book, fixed), _bills(book), _prepaid(book), _accrued(book), _committed(book),
        _entries(book),
    )  # fmt: skip


# -- fixed assets -----------------------------------------------------------------------------------------------


def _fixed(book: Book) -> Listed[FixedRow]:
    cols: tuple[Col[FixedRow], ...] = (
        Col("number", "N°", "text", lambda one, _: one.number),
        Col("label", "Libellé", "text", lambda one, _: one.label, most=30),
        Col("account", "Compte", "text", lambda one, _: one.account),
        Col("supplier", "Fournisseur", "text", lambda one, _: one.supplier, most=18),
        Col("invoice", "N° de facture", "text", lambda one, _: one.invoice, most=16),
        Col("acquired", "Acquise le", "day", lambda one, _: one.acquired_on),
        Col("starts", "Mise en service", "day", lambda one, _: one.starts_on),
        Col("cost", "Valeur HT" if book.recovered else "Valeur TTC", "money", lambda one, _: one.cost, total=True),
        Col("vat", "TVA", "money", lambda one, _: one.vat, total=True),
        Col("months", "Durée (mois)", "number", lambda one, _: one.months),
        Col("rate", "Taux annuel", "=percent", lambda _, n: f"=12/J{n}"),
        Col("mode", "Mode", "text", lambda _, __: LINEAR),
        Col("opening", "Cumul début", "money", lambda one, _: one.opening, total=True),
        Col("charge", "Dotation", "money", lambda one, _: one.charge, total=True),
        Col("released", "Reprise sur sortie", "money", lambda one, _: one.released or None, total=True),
        Col("worn", "Cumul fin", "=money", lambda _, n: f"=M{n}+N{n}-O{n}", total=True),
        Col("value", "VNC", "=money", lambda _, n: f'=IF(R{n}="",H{n}-P{n},0)', total=True),
        Col("exit", "Sortie le", "day", lambda one, _: one.exit_on),
        Col("how", "Nature de la sortie", "text", lambda one, _: one.exit_kind, most=16),
        Col("price", "Prix de cession HT", "money", lambda one, _: one.exit_price, total=True),
        Col("result", "Plus ou moins-value", "=money", _result, total=True),
    )
    return Listed(FIXED, cols, book.fixed, kept=2)


def _result(one: FixedRow, n: int) -> str | None:
    return f"=T{n}-(H{n}-O{n})" if one.is_gone else None


def _plan(book: Book) -> Listed[FixedRow]:
    first, last = _span(book)
    before = any(year < first for one in book.fixed for year in one.plan or ())
    fixed: list[Col[FixedRow]] = [
        Col("number", "N°", "text", lambda one, _: one.number),
        Col("label", "Libellé", "text", lambda one, _: one.label, most=30),
        Col("starts", "Mise en service", "day", lambda one, _: one.starts_on),
        Col("months", "Durée (mois)", "number", lambda one, _: one.months),
        Col("exit", "Sortie le", "day", lambda one, _: one.exit_on),
        Col("base", "Base à amortir", "money", lambda one, _: one.cost - one.residual, total=True),
    ]
    if before:
        fixed.append(Col("before", f"Avant {first}", "money", lambda one, _: _until(one, first), total=True))
    years = [
        Col[FixedRow](f"y{year}", str(year), "money", _charged(year), total=True) for year in range(first, last + 1)
    ]
    begins = Listed(PLAN, [*fixed, *years], ()).letter("before" if before else f"y{first}")
    ends = Listed(PLAN, [*fixed, *years], ()).letter(f"y{last}")
    sums = (
        Col[FixedRow]("sum", "Total", "=money", lambda _, n: f"=SUM({begins}{n}:{ends}{n})", total=True),
        Col[FixedRow]("left", "Jamais amorti", "=money", lambda _, n: f"=F{n}-SUM({begins}{n}:{ends}{n})", total=True),
    )
    return Listed(PLAN, [*fixed, *years, *sums], book.fixed, kept=2)


def _charged(year: int) -> Callable[[FixedRow, int], int | None]:
    return lambda one, _: (one.plan or {}).get(year)


def _span(book: Book) -> tuple[int, int]:
    """The years of the plan's columns, that of the book among them."""
    known = [book.year.year, *(year for one in book.fixed for year in one.plan or ())]
    return max(min(known), book.year.year - YEARS_BEFORE), max(known)


def _until(one: FixedRow, first: int) -> int | None:
    return sum(cents for year, cents in (one.plan or {}).items() if year < first) or None


def _moves(book: Book, fixed: Listed[FixedRow]) -> Listed[Movement]:
    """Each figure is a formula over the register, by account."""
    opens, closes = (f"DATE({on.year},{on.month},{on.day})" for on in (book.year.start, book.year.end))

    def summed(key: str, *more: str) -> Any:
        def made(_: Movement, n: int) -> str:
            criteria = "".join(
                f",{fixed.range(where)},{what}" for where, what in zip(more[::2], more[1::2], strict=True)
            )
            return f"=SUMIFS({fixed.range(key)},{fixed.range('account')},$A{n}{criteria})" if fixed.records else "=0"

        return made

    came, gone = ("acquired", f'">="&{opens}'), ("exit", f'"<="&{closes}')
    cols: tuple[Col[Movement], ...] = (
        Col("account", "Compte", "text", lambda one, _: one.account),
        Col("name", "Intitulé", "text", lambda one, _: one.name, most=40),
        Col("opening", "Brut au début", "=money", lambda one, n: f"{summed('cost')(one, n)}-D{n}", total=True),
        Col("bought", "Acquisitions", "=money", summed("cost", *came), total=True),
        Col("left", "Sorties", "=money", summed("cost", *gone), total=True),
        Col("closing", "Brut à la fin", "=money", lambda _, n: f"=C{n}+D{n}-E{n}", total=True),
        Col("wear", "Compte d’amort.", "text", lambda one, _: one.wear),
        Col("worn_before", "Amort. au début", "=money", summed("opening"), total=True),
        Col("charge", "Dotations", "=money", summed("charge"), total=True),
        Col("released", "Reprises", "=money", summed("released"), total=True),
        Col("worn", "Amort. à la fin", "=money", lambda _, n: f"=H{n}+I{n}-J{n}", total=True),
        Col("value", "Net à la fin", "=money", lambda _, n: f"=F{n}-K{n}", total=True),
    )
    return Listed(MOVES, cols, book.movements, kept=2)


# -- invoices and charges ---------------------------------------------------------------------------------------


def _bills(book: Book) -> Listed[BillRow]:
    cols: tuple[Col[BillRow], ...] = (
        Col("on", "Date", "day", lambda one, _: one.invoiced_on),
        Col("number", "N°", "text", lambda one, _: one.number, most=18),
        Col("kind", "Nature", "text", lambda one, _: one.kind),
        Col("provider", "Fournisseur", "text", lambda one, _: one.provider, most=24),
        Col("label", "Objet", "text", lambda one, _: one.label, most=42),
        Col("account", "Compte", "text", lambda one, _: one.account),
        Col("contract", "Contrat", "text", lambda one, _: one.contract),
        Col("start", "Période du", "day", lambda one, _: one.start),
        Col("end", "Période au", "day", lambda one, _: one.end),
        Col("net", "HT", "money", lambda one, _: one.net, total=True),
        Col("rate", "Taux", "percent", lambda one, _: one.rate / 10_000),
        Col("vat", "TVA", "money", lambda one, _: one.vat, total=True),
        Col("gross", "TTC", "money", lambda one, _: one.gross, total=True),
        Col("due", "Échéance", "day", lambda one, _: one.due_on),
        Col("paid", "Payée le", "day", lambda one, _: one.paid_on),
        Col("late", "Retard (jours)", "number", lambda one, _: one.late),
        Col("note", "À compléter", "text", lambda one, _: one.note),
    )
    return Listed(BILLS, cols, book.bills, kept=2)


def _prepaid(book: Book) -> Listed[PrepaidRow]:
    cols: tuple[Col[PrepaidRow], ...] = (
        Col("source", "Pièce", "text", lambda one, _: one.source, most=18),
        Col("on", "Date", "day", lambda one, _: one.on),
        Col("provider", "Fournisseur", "text", lambda one, _: one.provider, most=24),
        Col("label", "Libellé", "text", lambda one, _: one.label, most=42),
        Col("account", "Compte", "text", lambda one, _: one.account),
        Col("start", "Du", "day", lambda one, _: one.start),
        Col("end", "Au", "day", lambda one, _: one.end),
        Col("cents", "Montant", "money", lambda one, _: one.cents, total=True),
        Col("unit", "Compté en", "text", lambda one, _: UNITS[one.shared.share.unit]),
        Col("count", "Après la clôture", "number", lambda one, _: one.shared.share.count),
        Col("of", "Sur", "number", lambda one, _: one.shared.share.of),
        Col("after", "CCA", "=money", lambda _, n: f"=ROUND(H{n}*J{n}/K{n},2)", total=True),
        Col("within", "À un an au plus", "=money", lambda _, n: f"=L{n}-N{n}", total=True),
        Col("beyond", "À plus d’un an", "money", lambda one, _: one.shared.beyond, total=True),
    )
    return Listed(PREPAID, cols, book.prepaid)


def _accrued(book: Book) -> Listed[AccruedRow]:
    cols: tuple[Col[AccruedRow], ...] = (
        Col("source", "Pièce", "text", lambda one, _: one.source, most=18),
        Col("provider", "Fournisseur", "text", lambda one, _: one.provider, most=24),
        Col("label", "Libellé", "text", lambda one, _: one.label, most=48),
        Col("account", "Compte", "text", lambda one, _: one.account),
        Col("start", "Du", "day", lambda one, _: one.start),
        Col("end", "Au", "day", lambda one, _: one.end),
        Col("net", "HT" if book.recovered else "Charge", "money", lambda one, _: one.net, total=True),
        Col("rate", "Taux", "percent", lambda one, _: one.rate / 10_000),
        Col("vat", "TVA", "=money", lambda _, n: f"=ROUND(G{n}*H{n},2)", total=True),
        Col("gross", "TTC", "=money", lambda _, n: f"=G{n}+I{n}", total=True),
        Col("how", "D’où vient le montant", "text", lambda one, _: one.how, most=84),
    )
    return Listed(ACCRUED, cols, book.accrued)


def _committed(book: Book) -> Listed[CommittedRow]:
    cols: tuple[Col[CommittedRow], ...] = (
        Col("contract", "Contrat", "text", lambda one, _: one.contract),
        Col("label", "Objet", "text", lambda one, _: one.label, most=36),
        Col("provider", "Prestataire", "text", lambda one, _: one.provider, most=24),
        Col("kind", "Nature", "text", lambda one, _: one.kind, most=24),
        Col("since", "Du", "day", lambda one, _: one.since),
        Col("until", "Au", "day", lambda one, _: one.until),
        Col("yearly", "Par an", "money", lambda one, _: one.yearly),
        Col("near", "À un an au plus", "money", lambda one, _: one.amount.near, total=True),
        Col("middle", "De un à cinq ans", "money", lambda one, _: one.amount.middle, total=True),
        Col("far", "À plus de cinq ans", "money", lambda one, _: one.amount.far, total=True),
        Col("total", "Engagement", "=money", lambda _, n: f"=SUM(H{n}:J{n})", total=True),
        Col("how", "D’où vient le montant", "text", lambda one, _: one.how, most=60),
    )
    return Listed(COMMITTED, cols, book.committed)


# -- entries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of an entry, with the number of the entry and the name of the account."""

    at: int
    entry: Entry
    line: EntryLine
    name: str


def booked(entries: Iterable[Entry], names: Mapping[str, str]) -> list[Booked]:
    return [
        Booked(at, one, line, names.get(line.account, "")) for at, one in enumerate(entries, 1) for line in one.lines
    ]


def _entries(book: Book) -> Listed[Booked]:
    cols: tuple[Col[Booked], ...] = (
        Col("at", "Écriture", "number", lambda one, _: one.at),
        Col("on", "Date", "day", lambda one, _: one.entry.on),
        Col("journal", "Journal", "text", lambda one, _: one.entry.journal),
        Col("account", "Compte", "text", lambda one, _: one.line.account),
        Col("name", "Intitulé", "text", lambda one, _: one.name, most=56),
        Col("label", "Libellé", "text", lambda one, _: one.entry.label, most=76),
        Col("debit", "Débit", "money", lambda one, _: one.line.debit or None, total=True),
        Col("credit", "Crédit", "money", lambda one, _: one.line.credit or None, total=True),
        Col("piece", "Pièce", "text", lambda one, _: one.entry.piece, most=18),
    )
    return Listed(ENTRIES, cols, booked(book.entries, book.names), kept=0, dress=_parted)


def _parted(sheet: Any, count: int) -> None:
    """A line above each entry."""
    line = Border(top=Side(style="thin", color="B8C0CA"))
    rule = FormulaRule(["$A3<>$A2"], border=line)  # type: ignore[no-untyped-call]  # openpyxl has not typed it
    sheet.conditional_formatting.add(f"A3:I{count + 1}", rule)
