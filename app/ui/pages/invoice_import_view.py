"""One invoice read from its file: what it says, whose it is, what its lines pay for, and how it stands against the
contract. What the program guessed is said, and can be changed."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.codes import Code
from app.entities import ENTITIES
from app.fields import MISSING, NBSP, Choice, Ref, amount, day, days_words, formats, joined, number
from app.services.invoices import reading
from app.services.invoices.reading import Proposal, Trial
from app.services.reading.einvoice_data import Einvoice, EinvoiceLine
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.pages.invoice_check import CheckCard
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

INVOICE, LINE = ENTITIES["invoice"], ENTITIES["invoice_line"]
FORMS = {"factur_x": "Factur-X", "cii": "XML CII", "ubl": "XML UBL"}
COLUMNS = (
    SmallColumn("Désignation", 390),
    SmallColumn("Nature (supposée)", 190),
    SmallColumn("Quantité", 100, "number"),
    SmallColumn("Montant HT", 110, "number"),
    SmallColumn("TVA", 70, "number"),
)
TO_CHANGE = "Les natures sont devinées d’après les mots\u00a0: Entrée, ou un double clic, pour en changer."
MARGINS = (16, 0, 16, 12)


class _Whose(FieldsForm):
    """Its fields one under the other: names are long."""

    def add(
        self, name: str, title: str, editor: QWidget, *, required: bool = False, hint: str = "", span: int = 2
    ) -> None:
        super().add(name, title, editor, required=required, hint=hint, span=max(2, span))


class ProposalView(QWidget):
    """`changed` when the choice did; `show_trial` tells what recording that choice gives."""

    changed = Signal()

    def __init__(self, desk: Desk, proposal: Proposal) -> None:
        super().__init__()
        self._desk, self.proposal = desk, proposal
        self._kinds: list[Any] = list(proposal.kinds)
        self._provider: int | None = None
        self.facts = FactsView([FactGroup("", _facts(proposal))])
        self.form = _Whose(desk, (_optional("provider_id"), _optional("contract_id")))
        self.form.show_values({"provider_id": proposal.choice.provider_id, "contract_id": proposal.choice.contract_id})
        self.check = CheckCard(desk, linked=False)
        self.lines = SmallTable(COLUMNS, name="Lignes de la facture", most=8)
        self.lines.opened.connect(self._offer_kinds)
        self._show_lines()
        self._tell_how()
        self.form.on_change(self._follow)
        self.setLayout(column(scrolled(self._body()), gap=0))

    def _body(self) -> QWidget:
        said, whose = Card("Sur la facture"), Card("À qui la rattacher")
        said.body.addWidget(self.facts)
        said.body.addStretch(1)
        whose.body.addWidget(self.form)
        lines = Card("Lignes", note=TO_CHANGE, flush=True)
        lines.body.addWidget(self.lines)
        lines.body.addLayout(_totals(self.proposal.found))
        head = row(gap=12)
        head.addWidget(said, 1)
        head.addWidget(whose, 1)
        return holder(column(head, self.check, lines, None, gap=12, margins=MARGINS))

    # Whose it is

    @property
    def kinds(self) -> tuple[Any, ...]:
        """One for each line."""
        return tuple(self._kinds)

    def choice(self) -> reading.Choice:
        """InvalidFields where what is typed is in no list."""
        values = self.form.values()
        return reading.Choice(values["provider_id"], values["contract_id"], self.kinds)

    def _follow(self, name: str) -> None:
        """Another provider has other contracts."""
        self.form.forgive(name)
        values, problems = self.form.read()
        if problems:
            return
        if name == "provider_id" and values[name] != self._provider:
            self._provider = values[name]
            with self._desk.read() as session:
                found = reading.contract_of(session, self.proposal, values[name])
            self.form.editors["contract_id"].show(found.id if found else None)
        self._tell_how()
        self.changed.emit()

    def _tell_how(self) -> None:
        """Under each field, what it was known by."""
        values, _ = self.form.read()
        self._provider = values.get("provider_id")
        known, contract = self.proposal.provider, self.proposal.contract
        if self._provider is None:
            self.form.set_hint("provider_id", f"Vide\u00a0: créé depuis le fichier, {self._newcomer()}.")
        else:
            same = known is not None and known.id == self._provider
            self.form.set_hint("provider_id", _how(known.how, known.sure) if known and same else "Choisi par vous.")
        chosen = values.get("contract_id")
        if chosen is None:
            self.form.set_hint("contract_id", "Vide\u00a0: achat hors contrat.")
        else:
            same = contract is not None and contract.id == chosen
            told = _how(contract.how, contract.sure) if contract and same else "Choisi par vous."
            self.form.set_hint("contract_id", told)

    def _newcomer(self) -> str:
        seller = self.proposal.found.seller
        number_told = f"SIRET {seller.siret}" if seller.siret else f"SIREN {seller.siren}" if seller.siren else ""
        return joined(seller.name or "sans nom", number_told, seller.city, by=", ")

    # What its lines pay for

    def _show_lines(self) -> None:
        pairs = zip(self.proposal.found.lines, self._kinds, self.proposal.kinds, strict=True)
        self.lines.set_rows([_cells(line, kind, guessed=kind == first) for line, kind, first in pairs])

    def _offer_kinds(self, line: int) -> None:
        menu = QMenu(self)
        for kind in _kinds():
            entry = menu.addAction(kind.label, partial(self.set_kind, line, kind))
            entry.setCheckable(True)
            entry.setChecked(kind == self._kinds[line])
        if len(self._kinds) > 1:
            menu.addSeparator()
            menu.addAction("Cette nature pour toutes les lignes", partial(self._spread, line))
        box = self.lines.visualRect(self.lines.model().index(line, 1))
        menu.popup(self.lines.viewport().mapToGlobal(QPoint(box.left(), box.bottom())))

    def set_kind(self, line: int, kind: Code) -> None:
        self._kinds[line] = kind
        self._show_lines()
        self.changed.emit()

    def _spread(self, line: int) -> None:
        self._kinds = [self._kinds[line]] * len(self._kinds)
        self._show_lines()
        self.changed.emit()

    # What recording gives

    def show_trial(self, found: Trial) -> None:
        self.check.setVisible(not found.problems)
        self.check.show_check(found.check)


def _optional(name: str) -> Ref:
    field = INVOICE.field(name)
    assert isinstance(field, Ref)  # noqa: S101 - both are links
    return replace(field, required=False, help="")


def _kinds() -> Sequence[Code]:
    field = LINE.field("kind")
    assert isinstance(field, Choice)  # noqa: S101 - a closed list
    return tuple(field.options)


def _how(how: str, sure: bool) -> str:
    return f"Reconnu {how}." if sure else f"Supposé\u00a0: {how}. Vérifiez."


def _facts(proposal: Proposal) -> list[Fact]:
    found = proposal.found
    start, end = proposal.period
    period = days_words(start, end) if start and end else day(start or end)
    return [
        Fact("Émise par", found.seller.name or MISSING),
        Fact("Avoir n°" if found.is_credit else "Facture n°", found.number),
        Fact("Date", day(found.issued_on)),
        Fact("À payer le", day(found.due_on) if found.due_on else "selon le contrat"),
        Fact("Période", period, note="lue dans les mots" if proposal.supposed else ""),
        Fact("Réf. contrat", found.contract_reference or MISSING),
        Fact("Commande", found.order_reference or MISSING),
        Fact("Format", FORMS[found.form]),
    ]


def _cells(line: EinvoiceLine, kind: Code, *, guessed: bool) -> Sequence[Cell]:
    quantity = number(Decimal(line.quantity) / 1000, 3).rstrip("0").rstrip(",")
    return (
        Cell(line.label),
        Cell(kind.label, tone="mute" if guessed else "", strong=not guessed),
        Cell(f"{quantity}{NBSP}{line.unit}" if line.unit else quantity),
        Cell(amount(line.net)),
        Cell(formats.rate(line.vat_rate), tone="mute"),
    )


def _totals(found: Einvoice) -> QHBoxLayout:
    told = [("Total HT", found.net)]
    told += [(f"TVA {formats.rate(one.rate)}", one.vat) for one in found.vats]
    told += [("Total TTC", found.gross)]
    if found.prepaid:
        told += [("Déjà payé", found.prepaid), ("Reste à payer", found.gross - found.prepaid)]
    shown = [column(label(name, "second", "ink2"), label(amount(cents), "strong"), gap=0) for name, cents in told]
    return row(None, *shown, gap=26, margins=(16, 8, 16, 4))
