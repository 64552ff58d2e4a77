"""The first page of the accountant's workbook: of whom, of which year, what each sheet holds, how it was got."""

from collections.abc import Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties

from app.fields.formats import NBSP, day
from app.reports.accounts import checks as checked
from app.reports.accounts import names as named
from app.reports.accounts.columns import Listed
from app.reports.accounts.data import Book
from app.reports.accounts.sheets import Sheets
from app.reports.workbook_cells import maker, text_maker

WIDTHS = (26, 12, 20, 76)
SIDES = ("left", "right", "right", "left")
HOLDS = {
    named.FIXED: "Le registre à la clôture, avec ce qui est sorti dans l’exercice. Total\u00a0: valeur nette.",
    named.PLAN: "La dotation de chaque immobilisation, exercice par exercice.",
    named.MOVES: "Par compte\u00a0: brut et amortissements, comme en 2054, 2055 et 2033-C. Total\u00a0: dotations.",
    named.BILLS: "Chaque ligne de facture et d’avoir (négatif) de l’exercice. Total\u00a0: TTC.",
    named.PREPAID: "Charges constatées d’avance, et heures achetées qui restent à utiliser.",
    named.ACCRUED: "Factures non parvenues\u00a0: services reçus avant la clôture. Total\u00a0: TTC.",
    named.COMMITTED: "Engagements hors bilan\u00a0: ce que les contrats obligent encore à payer.",
    named.ENTRIES: "Journaux AC et OD, extournes comprises. Total\u00a0: débits.",
}
TOTALS = {
    named.FIXED: "value", named.PLAN: "", named.MOVES: "charge", named.BILLS: "gross", named.PREPAID: "after",
    named.ACCRUED: "gross", named.COMMITTED: "total", named.ENTRIES: "debit",
}  # fmt: skip
"""The figure that stands for each sheet."""
TITLE, HEAD, BOLD = (Font(name="Calibri", size=size, bold=True, color="1F4E5F") for size in (18, 12, 11))
LINK = Font(name="Calibri", size=11, color="1D5A94", underline="single")
BAND = PatternFill("solid", start_color="EEF2F5", end_color="EEF2F5")
WRAPPED = Alignment("left", "top", wrap_text=True, indent=1)
LETTERS = 104
"""Of the last three columns joined, at the usual size."""
LINE = 15
FACTS = ("Entreprise", "SIREN", "Données au", "Établi avec")
OTHERS = 7
"""The other lines above the methods: titles, checks and what parts them."""


def draw(sheet: Any, book: Book, of: Sheets, controls: Sequence[checked.Check]) -> None:
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    _title(sheet, book)
    _verdict(sheet, len(controls))
    _contents(sheet, of, len(controls))
    _methods(sheet, book)


def _title(sheet: Any, book: Book) -> None:
    sheet.row_dimensions[1].height = 30
    sheet.append([text_maker(sheet, font=TITLE)(f"Classeur comptable {book.year.year}")])
    bold, plain = text_maker(sheet, font=BOLD), text_maker(sheet)
    siren = f"{book.siren[:3]}{NBSP}{book.siren[3:6]}{NBSP}{book.siren[6:]}" if book.siren else "–"
    values = (book.company or "–", siren, day(book.made_on), f"Parcomètre {book.version}")
    for label, value in zip(FACTS, values, strict=True):
        sheet.append([bold(label), plain(value)])


def _verdict(sheet: Any, count: int) -> None:
    """One sentence for all the checks, which follows them."""
    results = f"'{named.CHECKS}'!${checked.RESULT}$2:${checked.RESULT}${count + 1}"
    right = f'COUNTIF({results},"✔*")'
    formula = (
        f'=IF({right}={count},"✔ Les {count} contrôles sont justes","✘ "&({count}-{right})&" contrôle(s) à revoir")'
    )
    sheet.append([text_maker(sheet, font=BOLD)("Contrôles"), maker(sheet, "=text")(formula)])
    at = f"B{len(FACTS) + 2}"
    sheet.merged_cells.ranges.add(f"{at}:C{at[1:]}")
    checked.tinted(sheet, at, at)
    sheet.append([])


def _contents(sheet: Any, of: Sheets, controls: int) -> None:
    heads = [text_maker(sheet, font=HEAD, fill=BAND, alignment=Alignment(side, indent=1)) for side in SIDES]
    words = ("Feuille", "Lignes", "Total", "Ce qu’elle contient")
    sheet.append([made(word) for made, word in zip(heads, words, strict=True)])
    for one in of.all:
        sheet.append(_content(sheet, one))
    sheet.append([_link(sheet, named.CHECKS), maker(sheet, "number")(controls), None,
                  text_maker(sheet)("Les chiffres du programme, comparés aux formules du classeur.")])  # fmt: skip
    sheet.append([])


def _content(sheet: Any, one: Listed[Any]) -> list[Any]:
    key = TOTALS[one.title]
    total = maker(sheet, "=money")(one.sum(key)) if key else None
    told = text_maker(sheet)(HOLDS[one.title])
    return [_link(sheet, one.title), maker(sheet, "number")(len(one.records)), total, told]


def _link(sheet: Any, title: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, f'=HYPERLINK("#\'{title}\'!A1","{title}")')
    cell.font = LINK
    cell.alignment = Alignment("left", indent=1)
    return cell


def _methods(sheet: Any, book: Book) -> None:
    sheet.append([text_maker(sheet, font=HEAD)("Méthode")])
    line = len(FACTS) + len(HOLDS) + OTHERS
    for at, one in enumerate(book.methods, line + 1):
        sheet.row_dimensions[at].height = LINE * -(-len(one.text) // LETTERS)
        bold = text_maker(sheet, font=BOLD, alignment=WRAPPED)
        sheet.append([bold(one.label), text_maker(sheet, alignment=WRAPPED)(one.text)])
        sheet.merged_cells.ranges.add(f"B{at}:D{at}")
