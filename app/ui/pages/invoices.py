"""The list of invoices, with those to check, to pay, late, in dispute; each opens as a page of its own."""

from collections.abc import Sequence

from app.entities import ENTITIES
from app.fields import this_day
from app.services.invoices import lists
from app.ui.crud.pane import MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import invoice_acts
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

INVOICE = ENTITIES["invoice"]
QUESTIONS: tuple[Question, ...] = (
    ("À vérifier", lists.to_check),
    ("À payer", lists.to_pay),
    ("En retard", lambda session: lists.late(session, this_day())),
    ("En litige", lists.disputed),
)
SEVERAL = 2
WATCHED = frozenset({"invoice_line", "provider", "contract"})


class InvoicesPage(QuestionsPage):
    topic = "factures"

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, INVOICE, state, QUESTIONS, WATCHED)

    def new(self) -> None:
        self.begin_form()

    def begin_form(self) -> InvoiceForm:
        form = InvoiceForm(self.desk, parent=self.window())
        form.saved.connect(self._on_saved)
        form.open()
        return form

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        """Several invoices of one transfer are settled at once."""
        if len(wanted) < SEVERAL:
            return ()
        return (
            ("Donner le bon à payer…", lambda: self._open(invoice_acts.approve_many(wanted, self.desk.store.who))),
            ("Noter le règlement…", lambda: self._open(invoice_acts.pay_many(wanted))),
        )

    def _open(self, act: Act) -> None:
        ActDialog(self.desk, act, self.window()).open()

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Saisir une facture", "receipt-euro", primary=True)]

    def _on_saved(self, record_id: int) -> None:
        super()._on_saved(record_id)
        self.open_record(record_id)
