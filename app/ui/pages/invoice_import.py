"""Electronic invoices dropped on the window: each is looked at, then recorded with its file, as one act to be undone.

One that cannot be filled is told kindly, and entered by hand with its file kept: nothing dropped is lost.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import counted
from app.services import attachments
from app.services.invoices import reading
from app.services.invoices.draft import Draft
from app.services.invoices.reading import Choice, Proposal, Trial, Unread
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.pages.invoice_import_view import FORMS, ProposalView
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, holder, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.empty import EmptyState
from app.ui.parts.formshell import foot_frame

INVOICE = ENTITIES["invoice"]
WIDTH, HEIGHT = 1000, 730
NOTHING = "Rien n’est encore écrit. Le fichier sera gardé avec la facture."
SIDE_BY_SIDE = "Ouvrez le fichier d’un côté, remplissez la facture de l’autre."
TO_TYPE = "Le fichier sera gardé avec la facture que vous saisirez."


class InvoiceImportDialog(QDialog):
    """`open()` reads the files, then shows itself; they are looked at one after the other."""

    guide_page = "factures"

    def __init__(self, desk: Desk, files: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._files = desk, list(files)
        self._read: list[Proposal | Unread] = []
        self._at, self._kept = 0, list[int]()
        self.view: ProposalView | None = None
        self._primary: Callable[[], object] = self.reject
        self.setWindowTitle("Importer une facture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.main_button.click)
        desk.jobs.idle.connect(self._on_idle)

    # What it is made of

    def _build(self) -> None:
        self.title, self.about = label("", "page"), label("", "body", "ink2")
        self.file_button = button("Voir le fichier", icon="external-link")
        self.file_button.clicked.connect(self._open_file)
        head = row(column(self.title, self.about, gap=2), None, self.file_button, margins=(16, 14, 16, 0))
        self._told: QVBoxLayout = column(gap=6, margins=(16, 0, 16, 0))
        self._body: QVBoxLayout = column(gap=0)
        body = column(head, self._told, gap=12)
        body.addLayout(self._body, 1)
        self.setLayout(column(gap=0))
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)  # noqa: S101 - set on the line above
        whole.addWidget(holder(body), 1)
        whole.addWidget(self._foot())

    def _foot(self) -> QFrame:
        self.note = label(NOTHING, "second", "ink2", wrap=True)
        self.skip_button = button("Passer à la suivante")
        self.skip_button.clicked.connect(self.go_on)
        self.close_button = button("Annuler")
        self.close_button.clicked.connect(self.reject)
        self.hand_button = button("Corriger à la main…", icon="pencil")
        self.hand_button.clicked.connect(self.by_hand)
        self.main_button = button("", "primary", "check")
        self.main_button.setDefault(True)
        self.main_button.clicked.connect(self.go_ahead)
        line = row(Glyph("shield-check", "ok.text", 15), gap=8, margins=(16, 11, 16, 11))
        line.addWidget(self.note, 1)
        for made in (self.skip_button, self.close_button, self.hand_button, self.main_button):
            line.addWidget(made)
        return foot_frame(line)

    # Reading

    def open(self) -> None:
        store, files = self._desk.store, self._files
        self._desk.run("Lecture des factures", lambda: reading.read_job(store, files), self._show, NOTHING)

    def _on_idle(self) -> None:
        """A reading that was cancelled, or failed, leaves nothing to look at."""
        if not self._read:
            self.reject()

    def _show(self, read: list[Proposal | Unread]) -> None:
        self._read = read
        self._show_current()
        super().open()

    @property
    def current(self) -> Proposal | Unread:
        return self._read[self._at]

    def _show_current(self) -> None:
        if isinstance(self.current, Proposal) and self._kept:
            self._read[self._at] = reading.again(self._desk.store, self.current)
        one, several = self.current, len(self._read) > 1
        for layout in (self._told, self._body):
            empty_layout(layout)
        place = f" · {self._at + 1} sur {len(self._read)}" if several else ""
        self.skip_button.setVisible(self._at < len(self._read) - 1)
        self.close_button.setText("Fermer" if self._kept else "Annuler")
        if isinstance(one, Unread):
            self._show_unread(one, place)
        else:
            self._show_proposal(one, place)

    def _show_unread(self, one: Unread, place: str) -> None:
        self.view = None
        self.title.setText("Facture à saisir")
        self.about.setText(one.path.name + place)
        self.note.setText(TO_TYPE)
        self._told.addWidget(Banner(BannerData("warn", "Ce fichier ne se remplit pas tout seul", one.sentence)))
        empty = EmptyState("file-text", "Saisissez cette facture à la main", SIDE_BY_SIDE, [], ("", "", ""))
        self._body.addWidget(empty, 1)
        self.hand_button.hide()
        self._offer("Saisir à la main…", "pencil", self.by_hand)

    def _show_proposal(self, one: Proposal, place: str) -> None:
        found = one.found
        self.title.setText("Vérifiez l’avoir" if found.is_credit else "Vérifiez la facture")
        self.about.setText(f"{one.path.name} · {FORMS[found.form]}{place}")
        self.note.setText(NOTHING)
        self.view = ProposalView(self._desk, one)
        self.view.changed.connect(self._try)
        self._body.addWidget(self.view, 1)
        self.hand_button.setVisible(one.existing is None)
        self._try()

    # What recording gives

    def _try(self) -> bool:
        """What stands in the fields, recorded and undone at once: the check, or what would refuse it. Whether nothing
        does."""
        one, view = self.current, self.view
        if not isinstance(one, Proposal) or view is None:
            return False
        try:
            found = reading.trial(self._desk.store, one, view.choice())
        except InvalidFields as error:
            view.form.set_problems(error.problems)
            found = Trial(None, tuple(error.problems.values()))
        view.show_trial(found)
        self._tell(one, found)
        return not found.problems

    def _tell(self, one: Proposal, found: Trial) -> None:
        empty_layout(self._told)
        if one.existing is not None:
            told = "Ouvrez-la pour y joindre ce fichier, ou pour la corriger."
            self._told.addWidget(Banner(BannerData("info", "Cette facture est déjà enregistrée", told)))
            self._offer("Ouvrir la facture", "external-link", partial(self._leave_to, one.existing))
            return
        notes = list(one.notes) if not found.problems else [*found.problems, *one.notes]
        if notes:
            title = "Elle ne peut pas être enregistrée ainsi" if found.problems else "À savoir"
            self._told.addWidget(Banner(BannerData("bad" if found.problems else "warn", title, "\n".join(notes))))
        self._offer("Enregistrer l’avoir" if one.found.is_credit else "Enregistrer la facture", "check", self.record)
        set_available(self.main_button, not found.problems, "Corrigez d’abord ce qui est dit en haut.")

    def _offer(self, words: str, icon: str, act: Callable[[], object]) -> None:
        self._primary = act
        self.main_button.setText(words)
        icons.dress(self.main_button, icon, "onAccent")
        set_available(self.main_button, True)
        self.main_button.setFocus()

    # Acts

    def go_ahead(self) -> None:
        """What the primary button says."""
        self._primary()

    def record(self) -> None:
        one, view = self.current, self.view
        if not isinstance(one, Proposal) or view is None or not self._try():
            return
        choice, number = view.choice(), one.found.number
        kind = "Avoir" if one.found.is_credit else "Facture"
        kept = self._desk.act(
            f"Import de la facture {number}",
            lambda s: reading.record(s, one, choice),
            told=f"{kind} {number} enregistré{'' if one.found.is_credit else 'e'}",
        )
        self._keep(kept)

    def by_hand(self) -> None:
        """The form of an invoice, begun with what was read; its file is joined once it is kept."""
        from app.ui.pages.invoice_form import InvoiceForm  # noqa: PLC0415 - when it is asked for

        form = InvoiceForm(self._desk, None, self._begun(), self)
        form.saved.connect(partial(self._join, self.current.path))
        form.open()

    def _begun(self) -> Draft | None:
        one, view = self.current, self.view
        if not isinstance(one, Proposal) or view is None:
            return None
        values, _ = view.form.read()
        choice = Choice(values.get("provider_id"), values.get("contract_id"), view.kinds)
        return reading.draft(one, choice, choice.provider_id or 0)

    def _join(self, path: Path, invoice_id: int) -> None:
        self._desk.act(
            f"Fichier joint\u00a0: {path.name}", lambda s: attachments.add_file(s, INVOICE, invoice_id, path)
        )
        self._keep(invoice_id)

    def _keep(self, invoice_id: int) -> None:
        self._kept.append(invoice_id)
        self.go_on()

    def go_on(self) -> None:
        """The next file; after the last, the invoice if it is the only one that was kept."""
        if self._at < len(self._read) - 1:
            self._at += 1
            self._show_current()
            return
        self.accept()
        if len(self._kept) == 1:
            self._desk.go_to.emit("invoice", self._kept[0])
        elif self._kept:
            self._desk.done.emit(f"{counted(len(self._kept), 'facture')} enregistrées", 0)

    def _leave_to(self, invoice_id: int) -> None:
        self.accept()
        self._desk.go_to.emit("invoice", invoice_id)

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.current.path)))
