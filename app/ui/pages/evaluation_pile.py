"""The pile of forms that came back, at the left of their confirmation: each with what it waits for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.services.form_returns import FormKind, Target, sorted_out
from app.services.reading.form_data import PageRead
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.pages.evaluation_pane import FormPane, pile_words

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
SIGNS = {
    "Enregistrée": ("circle-check", "ok.solid"),
    "Déjà enregistrée": ("copy", "warn.solid"),
    "À enregistrer": ("circle", "ctl"),
}
TO_CHECK, NO_FORM = ("triangle-alert", "warn.solid"), ("circle-x", "mute.solid")


class Pile:
    """The forms in their order; `known` what those that are forms answer to, before any is built: a pile may be of
    hundreds. `twins`: the other page of a form that is there twice."""

    def __init__(self, desk: Desk, kinds: Sequence[FormKind], pages: Sequence[PageRead]) -> None:
        self.forms = sorted_out(pages, kinds)
        with desk.read() as session:
            self.known: dict[int, Target | None] = {
                position: form.kind.find(session, form.first.reference, form.first.sheet)
                for position, form in enumerate(self.forms)
                if form.kind is not None
            }
        self.twins = self._paired()

    def _paired(self) -> dict[int, PageRead]:
        seen: dict[tuple[str, int], int] = {}
        found: dict[int, PageRead] = {}
        for position in self.known:
            first = self.forms[position].first
            before = seen.setdefault((first.reference, first.sheet), position)
            if first.reference and before != position:
                found[position], found[before] = self.forms[before].first, first
        return found

    def words(self, position: int, pane: FormPane | None) -> tuple[str, str]:
        """The name of a form, and what it waits for."""
        form = self.forms[position]
        if pane is not None:
            return pane.title, pane.state_words()
        if position not in self.known:
            return form.first.source.name, form.first.kind.label
        target = self.known[position]
        twice = target is not None and bool(target.received)
        words = pile_words(twice=twice, doubts=form.doubts, chosen=target is not None, pale=form.pale)
        return form.first.reference or "Sans numéro", words


class PileList(QListWidget):
    """Two lines a form: its name, its state with its sign."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setAccessibleName("Fiches lues")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _ in range(count):
            QListWidgetItem(self).setSizeHint(QSize(0, 2 * theme.line() + 12))

    def tell(self, position: int, title: str, state: str, *, is_form: bool) -> None:
        item = self.item(position)
        item.setText(f"{title}\n{state}")
        item.setIcon(icons.icon(*(SIGNS.get(state, TO_CHECK) if is_form else NO_FORM)))
        item.setData(SPOKEN, f"{title}, {state}")
