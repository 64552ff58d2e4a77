"""The cells of a workbook: what each kind of value is for Excel, in styles that cells share."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from app.fields import PARIS
from app.fields.cells import is_formula_like

FORMULA = "="
"""Before a kind: its values are formulas, which the program made and no person."""
LONGEST = 32_767
CUT = " [texte coupé]"
FORMATS = {
    "day": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "money": '#,##0.00 "€"',
    "number": "#,##0",
    "decimal": "#,##0.0#",
    "percent": "0.0%",
    "duration": '[h]" h "mm',
}
RIGHT = {"money", "number", "decimal", "plain", "percent", "duration"}
LEFT = Alignment("left", indent=1)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
PLAIN, BOLD = Font(name="Calibri", size=11), Font(name="Calibri", size=11, bold=True)
WHITE = Font(name="Calibri", size=11, bold=True, color="FFFFFF")


def clean(text: str) -> str:
    """A text that a workbook can hold: no illegal character, no more than a cell takes, cut with a notice."""
    kept = _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return kept if len(kept) <= LONGEST // 2 or _length(kept) <= LONGEST else _cut(kept)


def _length(text: str) -> int:
    """Excel counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT


_VALUES: dict[str, Callable[[Any], Any]] = {
    "money": lambda cents: cents / 100,
    "duration": lambda minutes: timedelta(minutes=minutes),
    "moment": lambda moment: moment.astimezone(PARIS).replace(tzinfo=None),
    "flag": lambda value: "Oui" if value else "Non",
}
"""A stored value as the cell holds it; the other kinds hold it as it is."""
_DATA_TYPES = {
    "day": "d", "moment": "d", "duration": "d", "money": "n", "number": "n", "decimal": "n", "plain": "n",
    "percent": "n", "flag": "s",
}  # fmt: skip
"""openpyxl's own letters."""


def style(sheet: Any, number_format: str = "General", look: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """The indices of a style, shared by all the cells that have it: setting each cell's is four times slower.

    `look` holds attributes of a cell: font, fill, border, alignment, quotePrefix.
    """
    model: Any = WriteOnlyCell(sheet)
    model.font = PLAIN
    model.number_format = number_format
    for name, value in look.items():
        setattr(model, name, value)
    return model._style  # noqa: SLF001 - the same reason


def maker(sheet: Any, kind: str) -> Callable[[Any], Any]:
    shown = kind.removeprefix(FORMULA)
    look = {} if shown in RIGHT else {"alignment": LEFT}
    value_of = _VALUES.get(kind)
    cell: Any = WriteOnlyCell(sheet)  # one for the column: each row is written before the next one is made
    cell._style = style(sheet, FORMATS.get(shown, "General"), look)  # noqa: SLF001
    cell.data_type = "f" if kind.startswith(FORMULA) else _DATA_TYPES[kind]

    def make(value: Any) -> Any:
        if value is None:
            return None
        cell._value = value_of(value) if value_of else value  # noqa: SLF001 - the setter guesses the type anew
        return cell

    return make


def text_maker(sheet: Any, **look: Any) -> Callable[[Any], Any]:
    """Cells that stay texts, whatever they begin with."""
    look = {"alignment": LEFT} | look
    plain, quoted = style(sheet, look=look), style(sheet, look=look | {"quotePrefix": True})
    cell: Any = WriteOnlyCell(sheet)  # one for the column, as above
    cell.data_type = "s"

    def make(value: Any) -> Any:
        if value is None:
            return None
        cell._value = clean(str(value))  # noqa: SLF001 - the setter would read « =… » as a formula
        cell._style = quoted if is_formula_like(cell._value) else plain  # noqa: SLF001
        return cell

    return make
