"""What forms to print are made of: plain frozen data, gathered by services."""

from dataclasses import dataclass

from app.reports.form_model import FormModel
from app.reports.identity import CompanyCard, Pair, Stamp

Facts = tuple[tuple[Pair, ...], ...]
"""Rows of at most four labels with their values; a row of one takes the whole width. Six rows hold."""


@dataclass(frozen=True, slots=True)
class FormCopy:
    """One form to hand out. `reference` is printed and in its QR code; empty, it is written by hand on the paper.

    `sheet` numbers the copies of an anonymous survey. Without facts the places to write them are drawn."""

    reference: str
    facts: Facts = ()
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Forms:
    """Several copies of one model in one PDF.

    `blank` names the facts to write by hand where a copy has none, row by row. `intro`: sentences above the boxes, in
    the place of facts (what the answers are for): such copies are called sheets. `notes`: the two lines of the foot,
    after the reference and model.
    """

    company: CompanyCard
    stamp: Stamp
    model: FormModel
    copies: tuple[FormCopy, ...]
    blank: tuple[tuple[str, ...], ...] = ()
    intro: tuple[str, ...] = ()
    notes: tuple[str, str] = ("", "")
