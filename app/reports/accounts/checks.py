"""The page « Contrôles »: the figures of the program beside the sheet's own formulas (domain.md E.8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties

from app.reports.accounts.columns import NOTHING
from app.reports.accounts.data import Book, Point
from app.reports.accounts.sheets import Sheets
from app.reports.workbook_cells import BOLD, WHITE, maker, text_maker

GOOD, WRONG, TO_SEE = "✔ Juste", "✘ Écart", "● À compléter"
NOTED = "À noter"
NAMED = 6
"""How many records of a point are named."""
TONES = {"✔": ("E3F2E9", "17663C"), "✘": ("FBE6E4", "A4211D"), "●": ("FBEFD6", "7E4E00")}
"""Ground and ink of a result, by its sign."""
HEADS = (
    ("N°", 6), ("Contrôle", 56), ("Programme", 17), ("Classeur", 17), ("Écart", 12), ("Résultat", 16),
    ("Ce qui est comparé", 64),
)  # fmt: skip
FIGURES = {"N°", "Programme", "Classeur", "Écart"}
HEAD = "1F4E5F"
RESULT = "F"


@dataclass(frozen=True, slots=True)
class Check:
    """`told` is the program's figure, cents or a count; `formula` what the workbook itself finds. A lack is not an
    error: it is `to_see`."""

    label: str
    told: int
    formula: str
    how: str
    kind: str = "money"
    to_see: bool = False


def checks(book: Book, of: Sheets) -> list[Check]:
    return [*_register(book, of), *_invoices(book, of), *_closing(book, of), *_entries(book, of), *_lacks(of)]


def _register(book: Book, of: Sheets) -> Iterator[Check]:
    left = [one for one in book.fixed if one.is_gone]
    gross = sum(one.cost for one in book.fixed) - sum(one.cost for one in left)
    charge = sum(one.charge for one in book.fixed)
    worn = sum(one.depreciated for one in book.fixed)
    value = sum(one.book_value for one in book.fixed)
    yield Check("Immobilisations, valeur brute à la fin", gross, of.moves.sum("closing"), "Registre = Mouvements")
    yield Check("Dotations de l’exercice", charge, of.fixed.sum("charge"), "Registre = Immobilisations")
    yield Check("Dotations et mouvements", charge, of.moves.sum("charge"), "Registre = Mouvements")
    yield Check("Dotations et plan", charge, of.plan.sum(f"y{book.year.year}"), "Registre = Plan d’amortissement")
    yield Check("Amortissements cumulés à la fin", worn, of.fixed.sum("worn"), "Registre = Immobilisations")
    yield Check("Amortissements et mouvements", worn, of.moves.sum("worn"), "Registre = Mouvements")
    yield Check("Valeur nette comptable", value, of.moves.sum("value"), "Registre = Mouvements")
    yield Check("Valeur nette ligne à ligne", value, of.fixed.sum("value"), "Registre = Immobilisations")


def _invoices(book: Book, of: Sheets) -> Iterator[Check]:
    wrong = of.bills.formula("SUMPRODUCT(--(ABS({}+{}-{})>0.004))".format, "net", "vat", "gross")
    yield Check("Factures, total HT", sum(one.net for one in book.bills), of.bills.sum("net"), "Lignes = Factures")
    yield Check("Factures, total TVA", sum(one.vat for one in book.bills), of.bills.sum("vat"), "Lignes = Factures")
    yield Check(
        "Factures, total TTC", book.billed, of.bills.sum("gross"), "Totaux des factures = somme de leurs lignes"
    )
    yield Check("Lignes où HT + TVA n’est pas le TTC", 0, wrong, "Chaque ligne de Factures", kind="number")


def _closing(book: Book, of: Sheets) -> Iterator[Check]:
    after = sum(one.shared.after for one in book.prepaid)
    yield Check(
        "Charges constatées d’avance", after, of.prepaid.sum("after"), "Programme = montant × part, feuille CCA"
    )
    net, gross = sum(one.net for one in book.accrued), sum(one.gross for one in book.accrued)
    yield Check("Factures non parvenues, HT", net, of.accrued.sum("net"), "Programme = feuille FNP")
    yield Check(
        "Factures non parvenues, TTC", gross, of.accrued.sum("gross"), "Programme = HT × (1 + taux), feuille FNP"
    )
    total = sum(one.amount.total for one in book.committed)
    yield Check("Engagements hors bilan", total, of.committed.sum("total"), "Programme = feuille Engagements")


def _entries(book: Book, of: Sheets) -> Iterator[Check]:
    """What each kind of entry moves, read in the sheet of entries by account, before they are reversed."""
    debit = sum(line.debit for one in book.entries for line in one.lines)
    yield Check("Total des débits", debit, of.entries.sum("debit"), "Programme = Écritures proposées")
    yield Check("Total des crédits", debit, of.entries.sum("credit"), "Débits du programme = crédits du classeur")
    for label, cents, uses, sign in (
        ("Factures passées aux fournisseurs", book.billed, ("supplier", "asset_supplier"), -1),
        ("Dotations passées", sum(one.charge for one in book.fixed), ("hardware_charge", "software_charge"), 1),
        ("Charges constatées d’avance passées", sum(one.shared.after for one in book.prepaid), ("prepaid",), 1),
        ("Factures non parvenues passées", sum(one.gross for one in book.accrued), ("accrued",), -1),
    ):
        accounts = sorted({book.numbers[use] for use in uses})
        formula = _balance(book, of, accounts, sign)
        yield Check(label, cents, formula, f"Programme = comptes {', '.join(accounts)} des écritures")


def _balance(book: Book, of: Sheets, accounts: Sequence[str], sign: int) -> str:
    if not of.entries.records:
        return NOTHING
    until = f'"<="&DATE({book.year.end.year},{book.year.end.month},{book.year.end.day})'
    sides = ("debit", "credit") if sign > 0 else ("credit", "debit")
    account, on = of.entries.range("account"), of.entries.range("on")
    added, taken = (
        "+".join(f'SUMIFS({of.entries.range(side)},{account},"{one}",{on},{until})' for one in accounts)
        for side in sides
    )
    return f"={added}-({taken})"


def _lacks(of: Sheets) -> Iterator[Check]:
    idle = of.fixed.formula("COUNTBLANK({})".format, "starts")
    undated = of.bills.formula('COUNTIF({},"*période*")'.format, "note")
    yield Check("Immobilisations sans mise en service", 0, idle, "Rien n’en est amorti", kind="number", to_see=True)
    yield Check("Lignes de factures sans période", 0, undated, "Ni CCA, ni FNP", kind="number", to_see=True)


# -- the page ---------------------------------------------------------------------------------------------------


def draw(sheet: Any, book: Book, found: list[Check]) -> None:
    for letter, (_, width) in zip("ABCDEFG", HEADS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.row_dimensions[1].height = 24
    sheet.append([text_maker(sheet, font=WHITE, fill=_fill(HEAD), alignment=_side(label))(label) for label, _ in HEADS])
    for at, one in enumerate(found, 1):
        sheet.append(_line(sheet, at, one))
    tinted(sheet, f"{RESULT}2", f"{RESULT}2:{RESULT}{len(found) + 1}")
    _notes(sheet, book)


def tinted(sheet: Any, first: str, cells: str) -> None:
    """Cells that take the colour of the sign they begin with."""
    for sign, (ground, ink) in TONES.items():
        look: dict[str, Any] = {"font": Font(color=ink, bold=True), "fill": _fill(ground)}
        rule = FormulaRule([f'LEFT({first},1)="{sign}"'], **look)  # type: ignore[no-untyped-call]  # nor this
        sheet.conditional_formatting.add(cells, rule)


def _line(sheet: Any, at: int, one: Check) -> list[Any]:
    n = at + 1
    text, formula = text_maker(sheet), maker(sheet, f"={one.kind}")
    otherwise = TO_SEE if one.to_see else WRONG
    return [
        maker(sheet, "number")(at),
        text(one.label),
        maker(sheet, one.kind)(one.told),
        formula(one.formula),
        maker(sheet, f"={one.kind}")(f"=ROUND(D{n}-C{n},2)"),
        maker(sheet, "=text")(f'=IF(E{n}=0,"{GOOD}","{otherwise}")'),
        text_maker(sheet)(one.how),
    ]


def _side(label: str) -> Alignment:
    return Alignment("right" if label in FIGURES else "left", "center", indent=1)


def _notes(sheet: Any, book: Book) -> None:
    """What is to be known before booking, which is no error of the workbook."""
    noted = [one for one in book.points if one.count]
    if not noted:
        return
    sheet.append([])
    sheet.append([None, text_maker(sheet, font=BOLD)(NOTED)])
    for one in noted:
        sheet.append([None, text_maker(sheet)(one.label), maker(sheet, "number")(one.count), *[None] * 3,
                      text_maker(sheet)(_noted(one))])  # fmt: skip


def _noted(one: Point) -> str:
    """Why it matters, then the first numbers of what it is about."""
    more = f" et {len(one.names) - NAMED} de plus" if len(one.names) > NAMED else ""
    return f"{one.why} {', '.join(one.names[:NAMED])}{more}".rstrip()


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)
