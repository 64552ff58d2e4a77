"""The list of invoices, with those to check, to pay, late, in dispute; each opens as a page of its own."""

from collections.abc import Sequence

from app.entities import ENTITIES
from app.fields import this_day
from app.services.invoices import lists
from app.ui.crud.pane import MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import invoice_acts, starts
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

INVOICE = ENTITIES["invoice"]
QUESTIONS: tuple[Question, ...] = (
    ("À vérifier", lists.to_check),
    ("À payer", lists.to_pay),
    ("En retard", lambda session: lists.late(session, this_day())),
    ("En litige", lists.disputed),
)
WAYS = [
    Beginning(
        "import",
        "Choisir des fichiers…",
        "file-input",
        "Importer une facture électronique",
        "PDF Factur-X ou fichier XML\u00a0: tout est rempli, vous vérifiez. Vous pouvez aussi la déposer ici.",
        primary=True,
    ),
    Beginning(
        "new",
        "Saisir une facture",
        "receipt-euro",
        "Saisir à la main",
        "Les lignes au clavier, la TVA et l’échéance calculées\u00a0; un numéro déjà saisi est refusé.",
    ),
]
SEVERAL = 2
WATCHED = frozenset({"invoice_line", "provider", "contract"})


class InvoicesPage(QuestionsPage):
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
            ("Noter le règlement…", lambda: self._pay(wanted)),
        )

    def _pay(self, wanted: Sequence[int]) -> None:
        with self.desk.read() as session:
            cents = lists.left_of(session, wanted)
        self._open(invoice_acts.pay_many(wanted, cents))

    def _open(self, act: Act) -> None:
        ActDialog(self.desk, act, self.window()).open()

    def section_actions(self) -> list[Button]:
        bring = button("Importer…", icon="file-input", tip="Facture électronique\u00a0: PDF Factur-X ou fichier XML")
        bring.clicked.connect(self.bring)
        return [bring, *super().section_actions()]

    def bring(self) -> None:
        starts.import_invoices(self.desk, self)

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def begin(self, key: str) -> None:
        if key == "import":
            self.bring()
        else:
            super().begin(key)

    def _on_saved(self, record_id: int) -> None:
        super()._on_saved(record_id)
        self.open_record(record_id)
