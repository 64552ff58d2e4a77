"""Forms that were read, one after the other: what is doubtful first, each line beside its picture. Nothing is written
before a person says so."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QSplitter, QWidget

from app.errors import AppError, InvalidFields
from app.fields import counted, plural
from app.services.form_returns import FormKind, Kept
from app.services.reading.form_data import PageKind, PageRead
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.evaluation_after import nothing, propose
from app.ui.pages.evaluation_pane import FormPane
from app.ui.pages.evaluation_picture import PageView
from app.ui.pages.evaluation_pile import Pile, PileList
from app.ui.parts.basics import Glyph, column, frame, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.formshell import foot_frame

WIDTH, HEIGHT, ASIDE, PAGE = 1240, 760, 190, 380
LEAST, SCROLL = 150, 16
NARROW = 1100
"""Below this width the page of the form is shown when it is asked for."""
NOTHING = "Rien n’est écrit avant que vous n’enregistriez."
OTHER = "Fiche d’un modèle que ce fichier ne connaît pas"


class ConfirmDialog(QDialog):
    """`open()` it with the pages that `services.forms.read_job` gave. `kept` holds what was written (`Kept`); `then` is
    called once all that it leads to is dealt with."""

    guide_page = "evaluations"

    def __init__(self, desk: Desk, kinds: Sequence[FormKind], pages: Sequence[PageRead], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kinds, self._pages = desk, kinds, pages
        self._pile = Pile(desk, kinds, pages)
        self.forms = self._pile.forms
        self.panes: dict[int, FormPane] = {}
        self._areas: dict[int, QScrollArea] = {}
        self._seen: set[int] = set()
        self.at = -1
        self.then: Callable[[], object] = nothing
        self.setWindowTitle("Fiches revenues")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        for keys, act in (("Ctrl+Return", self.keep), ("Ctrl+S", self.keep), ("Alt+Down", partial(self.step, 1)),
                          ("Alt+Up", partial(self.step, -1))):  # fmt: skip
            QShortcut(QKeySequence(keys), self, act)
        if self.width() < theme.scaled(NARROW):
            self._toggle_page()
        self._name_all()
        self.show_form(0)

    @property
    def kept(self) -> list[Kept]:
        return [pane.kept for pane in self.panes.values() if pane.kept is not None]

    # What it is made of

    def _build(self) -> None:
        self.title, self.about = label("", "page"), label("", "body", "ink2", wrap=True)
        self.page_button = button("Masquer la page", icon="image")
        self.page_button.clicked.connect(self._toggle_page)
        words = column(self.title, self.about, gap=2)
        head = row(words, self.page_button, gap=12, margins=(16, 12, 16, 10))
        head.setStretch(0, 1)
        self.pile = PileList(len(self.forms))
        self.pile.currentRowChanged.connect(self.show_form)
        self.middle = column(gap=0)
        self.page = PageView()
        self.body = QSplitter()
        self.body.setChildrenCollapsible(False)
        for part in (holder(self.middle), self.page):
            self.body.addWidget(part)
        self.body.setStretchFactor(0, 1)
        inner = row(self._aside(), frame("hairline"), gap=0)
        inner.addWidget(self.body, 1)
        whole = column(holder(head), frame("hairline"), gap=0)
        whole.addLayout(inner, 1)
        whole.addWidget(self._foot())
        self.setLayout(whole)

    def _aside(self) -> QFrame:
        told = label(counted(len(self.forms), "fiche ou page", "fiches et pages"), "title")
        aside = frame(
            "plainpage", column(row(told, margins=(14, 12, 12, 6)), row(self.pile, margins=(8, 0, 4, 8)), gap=0)
        )
        theme.fix_width(aside, ASIDE)
        aside.setVisible(len(self.forms) > 1)
        return aside

    def _foot(self) -> QFrame:
        self.note = label(NOTHING, "second", "ink2", wrap=True)
        self.close_button, self.skip_button = button("Fermer"), button("Passer", tip="La fiche suivante (Alt+↓)")
        self.main_button = button("Enregistrer cette fiche", "primary", "check")
        self.main_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        self.skip_button.clicked.connect(lambda: self.step(1))
        self.main_button.clicked.connect(self.keep)
        line = row(Glyph("shield-check", "ok.text", 15), gap=8, margins=(16, 11, 16, 11))
        line.addWidget(self.note, 1)
        for made in (self.close_button, self.skip_button, self.main_button):
            line.addWidget(made)
        return foot_frame(line)

    def _make(self, position: int, kind: FormKind, *, typed: bool) -> FormPane:
        pane = FormPane(self._desk, kind, self.forms[position], self._pages, typed=typed)
        pane.changed.connect(partial(self._changed, position))
        pane.entered.connect(partial(self._enter, position))
        pane.answers.finished.connect(self.main_button.setFocus)
        pane.twin = self._pile.twins.get(position)
        pane.tell()
        self.panes[position] = pane
        return pane

    # Showing one

    def show_form(self, position: int) -> None:
        if not 0 <= position < len(self.forms) or position == self.at:
            return
        self.at = position
        self._seen.add(position)
        self.pile.setCurrentRow(position)
        pane, kind = self.panes.get(position), self.forms[position].kind
        if pane is None and kind is not None:
            pane = self._make(position, kind, typed=False)
        if pane is None:
            self._show(self._unread(position))
        else:
            pane.refresh()
            self._name(position)
            self._show(self._area(position, pane))
            pane.answers.begin()
        self._tell()

    def _area(self, position: int, pane: FormPane) -> QWidget:
        """The form scrolls, and is kept as it was typed while others are looked at."""
        if position not in self._areas:
            self._areas[position] = scrolled(pane)
        return self._areas[position]

    def _show(self, shown: QWidget) -> None:
        while item := self.middle.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(self if old in self._areas.values() else None)
        self.middle.addWidget(shown)
        shown.show()
        form = self.forms[self.at]
        page = form.first
        self.page.show_page(page.picture or page.scan, f"{page.source.name}, page {page.number}")
        self.page.setVisible(bool(page.picture or page.scan) and not self._is_hidden())

    def _unread(self, position: int) -> EmptyState:
        """A page that is no form, and the ways to enter what it says all the same."""
        page = self.forms[position].first
        title = OTHER if page.kind == PageKind.FORM else page.kind.label
        ways = [
            Beginning(kind.model.key, f"Saisir comme {kind.one}", "pen-line")
            for kind in self._kinds
            if page.kind != PageKind.UNREAD
        ]
        empty = EmptyState("file-question-mark", title, page.told, ways)
        empty.chosen.connect(partial(self._by_hand, position))
        return empty

    def _by_hand(self, position: int, key: str) -> None:
        kind = next(one for one in self._kinds if one.model.key == key)
        self._make(position, kind, typed=True)
        self._name(position)
        self.at = -1
        self.show_form(position)

    def _enter(self, position: int, name: str) -> None:
        """The line in hand, on its page."""
        form = self.forms[position]
        if position != self.at or form.kind is None or self._is_hidden():
            return
        page = next((one for one in form.pages if any(line.name == name for line in one.lines)), form.first)
        if page.picture is not None:
            self.page.show_page(page.picture, f"{page.source.name}, page {page.number}")
            self.page.show_line(form.kind.model.line(name))

    def _is_hidden(self) -> bool:
        return self.page_button.text().startswith("Voir")

    def _toggle_page(self) -> None:
        self.page_button.setText("Masquer la page" if self._is_hidden() else "Voir la page")
        self.page.setVisible(not self._is_hidden())
        self._share()

    def _share(self) -> None:
        """The answers have what they need first: the page takes what is left, or scrolls."""
        pane, whole = self.panes.get(self.at), self.body.width()
        wanted = pane.sizeHint().width() + SCROLL if pane else whole // 2
        page = min(max(whole - wanted, theme.scaled(LEAST)), theme.scaled(PAGE))
        self.body.setSizes([whole - page, page])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    # Words

    def _changed(self, position: int) -> None:
        self._name(position)
        self._tell()

    def _name_all(self) -> None:
        for position in range(len(self.forms)):
            self._name(position)

    def _name(self, position: int) -> None:
        title, state = self._pile.words(position, self.panes.get(position))
        is_form = position in self.panes or position in self._pile.known
        self.pile.tell(position, title, state, is_form=is_form)

    def _tell(self) -> None:
        pane = self.panes.get(self.at)
        first = self.forms[self.at].first
        self.title.setText(pane.title if pane else first.source.name)
        self.about.setText(pane.target.about if pane else f"Page {first.number}")
        self.skip_button.setVisible(self.at < len(self.forms) - 1)
        self.main_button.setVisible(pane is not None and pane.kept is None)
        self.main_button.setEnabled(pane is not None and not pane.is_twice)
        n = len(self.kept)
        kept = f"{counted(n, 'fiche')} {plural(n, 'enregistrée')}." if n else NOTHING
        self.note.setText(f"{kept} {pane.kind.kept_words}" if pane else kept)

    # Acts

    def step(self, by: int) -> None:
        self.show_form(min(max(self.at + by, 0), len(self.forms) - 1))

    def _next(self) -> int | None:
        """The next one that waits or was not looked at, from here then from the top."""
        order = [*range(self.at + 1, len(self.forms)), *range(self.at)]
        left = self._left()
        return next((i for i in order if i in left or i not in self._seen), None)

    def keep(self) -> None:
        """Write the one that is shown, then go to the next."""
        pane = self.panes.get(self.at)
        if pane is None or pane.kept is not None or pane.is_twice:
            return
        try:
            done = pane.hold()
        except AppError as error:
            pane.refuse(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        if done is not None:
            self._desk.tell_done(done.told)
            self._go_on()

    def _go_on(self) -> None:
        self._name(self.at)
        following = self._next()
        if following is None:
            self.accept()
        else:
            self.show_form(following)

    def _left(self) -> list[int]:
        """Those that wait: the pages that are no form do not."""
        every = sorted({*self._pile.known, *self.panes})
        return [one for one in every if (pane := self.panes.get(one)) is None or not (pane.kept or pane.is_twice)]

    def accept(self) -> None:
        super().accept()
        propose(self._desk, self.parentWidget() or self, self.kept, self.then)

    def reject(self) -> None:
        """What was read and not kept is asked about."""
        left = len(self._left())
        if left:
            title = counted(left, "fiche lue n’est pas enregistrée", "fiches lues ne sont pas enregistrées")
            text = "Leurs fichiers restent où ils sont\u00a0: vous pourrez les déposer de nouveau."
            if not self._desk.ask.confirm(self, title, text, "Fermer", "Revenir aux fiches"):
                return
        super().reject()
        propose(self._desk, self.parentWidget() or self, self.kept, self.then)
