"""An invoice typed by hand: its head, its lines, its VAT by rate, kept as one act."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Field, day, this_day
from app.services import records
from app.services.invoices import saving
from app.services.invoices.draft import Draft
from app.services.invoices.due import due
from app.services.invoices.entry import contract_of, usual
from app.ui import theme
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.invoice_lines import InvoiceLines, TotalsPanel

INVOICE = ENTITIES["invoice"]
HEAD = (
    "number", "kind", "provider_id", "contract_id", "invoiced_on", "due_on", "period_start", "period_end", "subject",
    "prepaid",
)  # fmt: skip
WIDTH, HEIGHT = 880, 740
OF_DRAFT = {field.name for field in fields(Draft)} - {"lines", "vat"}
CELL, RATE = "lines.", "vat."
"""How the texts of a draft that are not those of a field begin."""
CREDIT = "credit"
NO_DUE = "Vide\u00a0: un avoir se déduit ou se rembourse."


class InvoiceForm(FormDialog):
    """A new invoice, begun from `start` if it is given, or the one of that id."""

    def __init__(
        self, desk: Desk, record_id: int | None = None, start: Draft | None = None, parent: QWidget | None = None
    ) -> None:
        self._begun = start
        if record_id is not None:
            with desk.read() as session:
                self._begun = saving.draft_of(session, record_id)
        self.lines, self.totals = InvoiceLines(), TotalsPanel()
        head = {name: getattr(start, name) or None for name in OF_DRAFT} if start else {"invoiced_on": this_day()}
        super().__init__(
            desk, INVOICE, record_id, head, parent, only=HEAD, title="" if record_id else "Nouvelle facture"
        )
        self.form.setMaximumWidth(theme.scaled(WIDTH))
        self.form.add("lines", "Lignes", self.lines, span=2)
        self.form.add("vat", "Totaux", self.totals, span=2)
        self.totals.after = self.lines.add_button
        self._chain()
        self._show_lines()
        if record_id is None:
            self._propose_contract()
            self._follow_contract()
        self._tell_due()
        self._shown = self.texts()
        self.lines.changed.connect(self._on_lines)
        self.totals.changed.connect(self._mark)
        theme.fit_size(self, theme.scaled(WIDTH + 84), theme.scaled(HEIGHT))

    def _chain(self) -> None:
        """Tab goes from the head to the lines, then to the totals and to the buttons, whenever each was made."""
        before = self.form.editors["prepaid"].widget
        corrected = self.form.editors.get("corrects_id")
        if corrected is not None:
            target = corrected.widget.focusProxy() or corrected.widget
            QWidget.setTabOrder(before, target)
            before = target
        first = self.lines.cells(0)[0] if self.lines.texts() else self.lines.add_button
        QWidget.setTabOrder(before, first)

    # Its lines

    def _show_lines(self) -> None:
        if self._begun is not None and self._begun.lines:
            self.lines.show_drafts(self._begun.lines)
        else:
            self.lines.add_line()
        stated = self._begun.vat if self._begun else ()
        self.totals.show_lines(self.lines.known(), {one.rate: one.vat for one in stated})

    def _on_lines(self) -> None:
        self.totals.show_lines(self.lines.known())
        self.form.forgive("lines")
        self._mark()

    # What follows from what is typed

    def more_from(self) -> str:
        return "kind"

    def own_fields(self, values: Mapping[str, Any]) -> tuple[Field, ...]:
        """A credit note says which invoice it corrects."""
        kind = values.get("kind")
        return (INVOICE.field("corrects_id"),) if kind is not None and kind.value == CREDIT else ()

    def _follow(self, name: str) -> None:
        super()._follow(name)
        if name == "kind":
            self._chain()
            self._tell_due()
        if name == "provider_id":
            self._propose_contract()
        if name == "contract_id":
            self._follow_contract()
        if name in {"contract_id", "invoiced_on"}:
            self._tell_due()

    def _is_credit(self) -> bool:
        kind = self._value("kind")
        return kind is not None and kind.value == CREDIT

    def _value(self, name: str) -> Any:
        """What a field holds; None while it cannot be read."""
        with suppress(ValueError):
            return self.form.editors[name].value()
        return None

    def _propose_contract(self) -> None:
        provider = self._value("provider_id")
        if provider is None or self.form.editors["contract_id"].text():
            return
        with self._desk.read() as session:
            found = contract_of(session, provider)
        if found is not None:
            self.form.editors["contract_id"].show(found)

    def _follow_contract(self) -> None:
        """Its provider, and how its lines begin while none is written."""
        contract = self._value("contract_id")
        with self._desk.read() as session:
            told = usual(session, contract, self._day())
        if told.provider_id and not self.form.editors["provider_id"].text():
            self.form.editors["provider_id"].show(told.provider_id)
        if not self.lines.known():
            self.lines.begin_with({"kind": told.kind, "vat_rate": told.vat_rate})

    def _day(self) -> date:
        found: date = self._value("invoiced_on") or this_day()
        return found

    def _tell_due(self) -> None:
        if self._is_credit():
            self.form.set_hint("due_on", NO_DUE)
            return
        with self._desk.read() as session:
            told = due(session, self._value("contract_id"), self._day())
        self.form.set_hint("due_on", f"Vide\u00a0: le {day(told.on)}, {told.how}.")

    # Keeping it

    def texts(self) -> dict[str, str]:
        cells = {
            f"{CELL}{at}.{column}": text
            for at, line in enumerate(self.lines.texts())
            for column, text in enumerate(line)
        }
        return super().texts() | cells | {f"{RATE}{rate}": text for rate, text in self.totals.texts().items()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        super().put_texts({name: text for name, text in texts.items() if not name.startswith((CELL, RATE))})
        lines: dict[int, list[str]] = {}
        for name, text in texts.items():
            if name.startswith(CELL):
                lines.setdefault(int(name.split(".")[1]), []).append(text)
        self.lines.put_texts([lines[at] for at in sorted(lines)])
        self.totals.put_texts({int(n.removeprefix(RATE)): text for n, text in texts.items() if n.startswith(RATE)})

    def _save(self, values: dict[str, Any]) -> int:
        draft = self._drafted(values)
        record_id, version = self.record_id, self._version
        label = f"Modification\u00a0: {self._name}" if record_id else "Création\u00a0: facture"
        return self._desk.act(label, lambda s: saving.save(s, draft, record_id, version))

    def _drafted(self, values: Mapping[str, Any]) -> Draft:
        self._refuse(values, {})
        rates = self.totals.rates() if self.totals.texts() else ()
        told = {
            "corrects_id": None, **values, "prepaid": values["prepaid"] or 0, "lines": self.lines.drafts(),
            "vat": rates,
        }  # fmt: skip
        return replace(self._begun, **told) if self._begun else Draft(**told)

    def _refuse(self, values: Mapping[str, Any], unread: Mapping[str, str]) -> None:
        """All that the head and the lines cannot be, at once; nothing where they can."""
        wrong = self._wrong_head(values) | self._wrong_lines() | dict(unread)
        if wrong:
            raise InvalidFields(wrong)

    def _wrong_head(self, values: Mapping[str, Any]) -> dict[str, str]:
        try:
            with self._desk.read() as session:
                records.checked(session, INVOICE, values, self.record_id)
        except InvalidFields as error:
            return error.problems
        return {}

    def _wrong_lines(self) -> dict[str, str]:
        try:
            self.lines.drafts()
            self.totals.rates()
        except InvalidFields as error:
            return error.problems
        return {}
