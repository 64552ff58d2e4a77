"""The card « Pénalités » of a contract: its late months, what each breach costs, claiming them; and all the claims."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.fields import amount, joined, month_words, number
from app.jobs import Job
from app.services import records
from app.services.penalties import claims, months, words
from app.services.penalties.months import Line, Month, MonthState
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import MenuAct
from app.ui.desk import Desk
from app.ui.pages import claim_acts
from app.ui.pages import contract_penalties_acts as acts
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.indicator_reading import Reader
from app.ui.parts.basics import holder, label, row
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.state import UiState

CLAIM = ENTITIES["penalty_claim"]
MONTHS = (
    SmallColumn("Mois", 150), SmallColumn("Manquements", 110, "number"), SmallColumn("Dû", 110, "number"),
    SmallColumn("Réclamé", 110, "number"), SmallColumn("Obtenu", 110, "number"), SmallColumn("État", 150, "badge"),
)  # fmt: skip
LINES = (
    SmallColumn("N°", 120), SmallColumn("Objet", 390), SmallColumn("Manquement", 210), SmallColumn("Dû le", 140),
    SmallColumn("Fait le", 140), SmallColumn("Retard", 90, "number"), SmallColumn("Pénalité", 110, "number"),
)  # fmt: skip
NO_LINE = "Choisissez d’abord un mois où il reste à réclamer."
MOST = 8


class PenaltiesCard(Card):
    """Nothing but a sentence while there is nothing to claim. `reload()` has it read beside the window, at first too:
    what acts on a month is offered once its months are known."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        self._desk, self._contract = desk, contract_id
        self._months: Sequence[Month] = ()
        self._month: date | None = None
        self.claim_button = button("Réclamer…", icon="scale")
        self.claim_button.clicked.connect(self.claim)
        self.write_button = button("Préparer le courriel", "quiet", "mail")
        self.write_button.clicked.connect(lambda: acts.write(desk, self._shown()))
        self.obtain_button = button("Noter l’avoir…", "quiet", "check")
        self.obtain_button.clicked.connect(self.obtain)
        self._more = icon_button("ellipsis", "Autres actions sur ces pénalités")
        self._more.clicked.connect(self._offer)
        self._acts = (self.write_button, self.obtain_button, self.claim_button, self._more)
        super().__init__("Pénalités", corner=holder(row(*self._acts, gap=4)), flush=True)
        self.table = SmallTable(MONTHS, name="Pénalités par mois", most=MOST)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        self.lines = SmallTable(LINES, name="Manquements du mois", most=MOST)
        self.lines.opened.connect(self._open)
        self._how, self._nothing = label("", wrap=True), label("", "second", "ink2", wrap=True)
        for told in (self._how, self._nothing):
            told.setContentsMargins(16, 8, 16, 6)
        for part in (self.table, self._how, self.lines, self._nothing):
            self.body.addWidget(part)

        self.reader = Reader(desk, self._reading, self._show, self)
        for one in (*self._acts[:-1], self.table, self.lines):
            one.hide()

    def reload(self) -> None:
        self.reader.ask()

    def _reading(self) -> Job[tuple[Month, ...]]:
        return months.read_job(self._desk.store, self._contract, datetime.now(UTC))

    def _show(self, found: Sequence[Month]) -> None:
        self._months = found
        with self._desk.read() as session:
            self._nothing.setText("" if found else words.standing(session, self._contract))
        some = bool(self._months)
        for part in (self.table, self._how, self.lines, self.write_button, self.obtain_button, self.claim_button):
            part.setVisible(some)
        self._nothing.setVisible(not some)
        self.note.setText(_sums(self._months))
        self.table.set_rows([_month_cells(one) for one in self._months])
        if some:
            kept = [one.month for one in self._months]
            calling = [at for at, one in enumerate(self._months) if one.state == MonthState.TO_CLAIM]
            first = calling[0] if calling else 0
            self.table.selectRow(kept.index(self._month) if self._month in kept else first)
            self._choose()

    def _shown(self) -> Month:
        chosen = self.table.selectionModel().selectedRows()
        return self._months[chosen[0].row() if chosen else 0]

    def _choose(self) -> None:
        if not self._months:
            return
        month = self._shown()
        self._month = month.month
        self._how.setText(f"{month_words(month.month).capitalize()}\u00a0: {words.how(month)}")
        self.lines.setVisible(bool(month.lines))
        self.lines.set_rows([_line_cells(one) for one in month.lines])
        over = month.state != MonthState.RUNNING
        set_available(self.claim_button, over and bool(month.left), NO_LINE if over else claims.NOT_OVER)
        set_available(self.write_button, over and bool(month.lines and month.owed), NO_LINE)
        set_available(self.obtain_button, month.waiting is not None, "Notez d’abord la réclamation.")

    def _open(self, at: int) -> None:
        late = self._shown().lines[at].late
        self._desk.go_to.emit(late.entity, late.record_id)

    # What is done

    def claim(self) -> None:
        self._ask(acts.claim(self._shown()))

    def obtain(self) -> None:
        waiting = self._shown().waiting
        if waiting is not None:
            self._ask(acts.obtain(self._desk, waiting))

    def _ask(self, act: Act) -> None:
        ActDialog(self._desk, act, self.window()).open()

    def show_letter(self) -> None:
        claim_acts.letter(self._desk, self._contract, self._shown().month, self.window())

    def open_claim_file(self) -> None:
        self.dialog = claim_acts.of_contract(self._desk, self._contract, self._month, self.window())

    def _other_acts(self) -> list[MenuAct]:
        found: list[MenuAct] = [("Dossier de preuve…", self.open_claim_file)]
        if not self._months:
            return found
        month = self._shown()
        if month.lines:
            found.insert(0, ("Lettre de réclamation…", self.show_letter))
        if month.left and month.state != MonthState.RUNNING:
            found.append(("Ne pas réclamer ce mois…", lambda: self._ask(acts.give_up(month))))
        if (waiting := month.waiting) is not None:
            found.append(("Abandonner la réclamation…", lambda: self._ask(acts.abandon(self._desk, waiting))))
        if (settled := month.settled) is not None:
            found.append(("Réclamer de nouveau", lambda: acts.reopen(self._desk, settled)))
        return found

    def _offer(self) -> None:
        menu = QMenu(self)
        for text, act in self._other_acts():
            menu.addAction(text, act)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


def _sums(months: Sequence[Month]) -> str:
    """« 36,00 € à réclamer · 18,00 € réclamés · 90,00 € obtenus »."""
    to_claim = sum(one.left for one in months if one.state != MonthState.RUNNING)
    obtained = sum(one.obtained for one in months)
    waiting = sum(one.claimed for one in months) - obtained
    told = ((to_claim, "à réclamer"), (waiting, "réclamés"), (obtained, "obtenus"))
    return joined(*(f"{amount(cents)} {word}" for cents, word in told if cents), by=" · ")


def _month_cells(one: Month) -> list[Cell]:
    money = [Cell(amount(cents) if cents else "–", "" if cents else "mute")
             for cents in (one.owed, one.claimed, one.obtained)]  # fmt: skip
    state = Cell(one.state.label, mark=Mark(one.state.tone, one.state.loud))
    return [Cell(month_words(one.month).capitalize()), Cell(number(len(one.lines))), *money, state]


def _line_cells(line: Line) -> list[Cell]:
    one = line.late
    done = Cell(words.at_words(one, one.done)) if one.done else Cell("Pas encore", "warn")
    cost = "–" if line.cents is None else amount(line.cents)
    return [
        Cell(one.number), Cell(one.subject), Cell(one.penalty.trigger.label), Cell(words.at_words(one, one.due)), done,
        Cell(words.late_words(line)), Cell(cost, "" if line.cents else "mute"),
    ]  # fmt: skip


class ClaimsPage(EntityPage):
    """The penalties claimed from all providers; those that the program does not find are added by hand."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, CLAIM, state)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        one = wanted[0]
        with self.desk.read() as session:
            values = records.get(session, CLAIM, one).values
        contract = ("Ouvrir le contrat", lambda: self.desk.go_to.emit("contract", values["contract_id"]))
        if values["state"] != "claimed":
            return (("Réclamer de nouveau", lambda: acts.reopen(self.desk, one)), contract)
        return (
            ("Noter l’avoir…", lambda: self._ask(acts.obtain(self.desk, one))),
            ("Abandonner la réclamation…", lambda: self._ask(acts.abandon(self.desk, one))),
            contract,
        )

    def _ask(self, act: Act) -> None:
        ActDialog(self.desk, act, self.window()).open()
