"""« Nouveau contrat… »: eight short questions, one at a time, then the contract as it will be made."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from app.errors import InvalidFields
from app.fields import moment, this_day
from app.services import contract_asks, contract_start
from app.services.contract_start import Answers
from app.ui import theme
from app.ui.crud import drafts
from app.ui.desk import Desk
from app.ui.pages.contract_questions_steps import StepPage
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.formshell import dialog_buttons, dialog_foot
from app.ui.parts.meter import Meter, Run

DRAFT = "contrat-questions"
DRAFT_EVERY = 3000
TITLE = "Nouveau contrat"
LAST_LOOK = "Voici ce qui sera créé, en une fois. Tout se corrige ensuite dans la fiche du contrat."
WIDTH, HEIGHT = 720, 640


class QuestionsDialog(QDialog):
    """`made` gives the contract; `by_form` asks for the plain form instead. Nothing is written before the end."""

    guide_page = "contrats"

    made = Signal(int)
    by_form = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._at = desk, 0
        self.setWindowTitle(TITLE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        with desk.read() as session:
            self.pages = [StepPage(desk, step) for step in contract_asks.steps(session)]
        self._look = column(gap=9)
        self.body = QStackedWidget()
        for page in (*self.pages, self._last_page()):
            page.layout().setContentsMargins(22, 14, 22, 14)  # type: ignore[union-attr]  # each has its own
            self.body.addWidget(scrolled(page))
        self._place, self._bar = label("", "second", "ink2"), Meter(height=5)
        self._top = column(row(self._place, None), self._bar, gap=5, margins=(22, 12, 22, 0))
        self.setLayout(column(self._top, self.body, self._foot(), gap=0))
        self.resize(theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.following)
        self._draft = QTimer(self, interval=DRAFT_EVERY)
        self._draft.timeout.connect(self._keep)
        self._draft.start()
        self._offer_draft()
        self.show_step(0)

    def _last_page(self) -> QWidget:
        return holder(column(label("Tout est bon\u00a0?", "page"), label(LAST_LOOK, "body", "ink2", wrap=True),
                             self._look, None, gap=12))  # fmt: skip

    def _foot(self) -> QWidget:
        self.back = button("Retour", icon="arrow-left")
        self.skip = button("Je ne sais pas", "quiet", tip="Passe cette question\u00a0: elle restera à compléter.")
        self.plain = button("Formulaire simple", "quiet", tip="Tous les champs à la fois, sans questions.")
        self.buttons = dialog_buttons("Suivant", "arrow-right")
        self.next = self.buttons.buttons()[0]
        self.buttons.accepted.connect(self.following)
        self.buttons.rejected.connect(self.reject)
        self.back.clicked.connect(lambda: self.show_step(self._at - 1))
        self.skip.clicked.connect(self.ignore)
        self.plain.clicked.connect(self._go_plain)
        return dialog_foot("", self.buttons, holder(row(self.plain, self.skip, self.back)))

    # Steps

    def show_step(self, position: int) -> None:
        """A question, or after the last one the whole."""
        self._at = max(0, min(len(self.pages), position))
        last = self._at == len(self.pages)
        self._place.setText("Vérifiez avant de créer" if last else f"Question {self._at + 1} sur {len(self.pages)}")
        self._bar.set_runs([Run(self._at / len(self.pages), "accent")], self._place.text())
        self.body.setCurrentIndex(self._at)
        self.back.setEnabled(self._at > 0)
        self.skip.setVisible(not last)
        self.plain.setVisible(self._at == 0)
        self.next.setText("Créer le contrat" if last else "Suivant")
        if last:
            self._show_look()
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.pages[self._at].begin()

    def following(self) -> None:
        """The next question, if this one can be read; after the last look, the contract."""
        if self._at == len(self.pages):
            self._create()
            return
        page = self.pages[self._at]
        _, unread = page.read()
        problems = unread or {name: told for name, told in contract_start.wrong(self.answers()).items()
                              if name in page.names()}  # fmt: skip
        page.tell(problems)
        if not problems:
            self.show_step(self._at + 1)

    def ignore(self) -> None:
        """« Je ne sais pas »: what was begun here is put aside."""
        self.pages[self._at].put_texts({})
        self.pages[self._at].tell({})
        self.show_step(self._at + 1)

    def answers(self) -> Answers:
        """What can be read of every page."""
        known: dict[str, object] = {}
        for page in self.pages:
            known |= page.read()[0]
        return Answers(**known)  # type: ignore[arg-type]  # the steps are made for it

    def _show_look(self) -> None:
        with self._desk.read() as session:
            lines = contract_start.sentences(session, self.answers(), this_day())
        empty_layout(self._look)
        for line in lines:
            self._look.addWidget(label(line, wrap=True))

    def _create(self) -> None:
        answers = self.answers()
        try:
            made = self._desk.act(
                "Nouveau contrat", lambda s: contract_start.create(s, answers, this_day()), told="Contrat créé"
            )
        except InvalidFields as error:
            self._return_to(error.problems)
            return
        self._finish()
        super().accept()
        self.made.emit(made)

    def _return_to(self, problems: Mapping[str, str]) -> None:
        """The first question with something to correct; what no question asks is told here."""
        for position, page in enumerate(self.pages):
            if page.names() & set(problems):
                self.show_step(position)
                page.tell(problems)
                return
        self._look.insertWidget(0, label(" ".join(problems.values()), "strong", "bad.text", wrap=True))

    # Leaving, and coming back

    def texts(self) -> dict[str, str]:
        return {name: text for page in self.pages for name, text in page.texts().items()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        for page in self.pages:
            page.put_texts(texts)

    def _keep(self) -> None:
        if self.texts():
            drafts.keep(DRAFT, None, self.texts())

    def _finish(self) -> None:
        self._draft.stop()
        drafts.forget(DRAFT, None)

    def _offer_draft(self) -> None:
        found = drafts.find(DRAFT, None)
        if found is None:
            return
        told = f"Elles datent du {moment(found.at)}."
        banner = Banner(BannerData("info", "Des réponses ont été gardées", told, "Reprendre", closable=True))
        banner.acted.connect(lambda: self.put_texts(found.texts))
        banner.closed.connect(lambda: drafts.forget(DRAFT, None))
        for answered in (banner.acted, banner.closed):
            answered.connect(banner.hide)
        self._top.insertWidget(0, banner)

    def _go_plain(self) -> None:
        super().reject()
        self.by_form.emit()

    def reject(self) -> None:
        """Escape and « Annuler »: answers are kept for later if asked."""
        if self.texts():
            answer = self._desk.ask.unsaved(self, "vos réponses")
            if answer == "stay":
                return
            self._draft.stop()
            if answer == "save":
                drafts.keep(DRAFT, None, self.texts())
            else:
                drafts.forget(DRAFT, None)
        self._draft.stop()
        super().reject()
