"""The register of the accesses given: the questions asked of it, and taking accesses back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, counted, this_day
from app.services import accesses
from app.ui.crud.form import FormDialog
from app.ui.crud.pane import MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import column, row
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.state import UiState

GRANT = ENTITIES["access_grant"]
WATCHED = frozenset({"provider_contact", "person", "contract", "amendment"})
QUESTIONS: tuple[Question, ...] = (
    ("En cours", accesses.still_open),
    ("À revoir", lambda session: accesses.to_review(session, this_day())),
    ("À retirer", lambda session: [one.id for one in accesses.to_withdraw(session, this_day())]),
    ("Sans double authentification", accesses.without_two_factor),
)
NONE_CHOSEN = "Choisissez d’abord un ou plusieurs accès."
FIELDS = (
    Day(name="on", label="Retiré le", required=True),
    Text(
        name="reason", label="Pourquoi", max_length=200, placeholder="Fin du contrat, départ, plus utile…",
        help="Gardé au registre, avec la date.",
    ),
)  # fmt: skip


def withdraw(wanted: Sequence[int], reason: str = "") -> Act:
    told = counted(len(wanted), "accès", "accès")
    several = len(wanted) > 1
    return Act(
        title="Retrait d’un accès" if not several else "Retrait de plusieurs accès",
        verb="Retirer l’accès" if not several else f"Retirer {told}",
        icon="lock",
        intro="Fermez d’abord le compte, ou reprenez le badge\u00a0: le registre note que c’est fait. "
        + ("Ceux qui sont déjà retirés restent tels quels." if several else ""),
        fields=FIELDS,
        start={"on": this_day(), "reason": reason or None},
        run=lambda s, v: accesses.withdraw(s, wanted, v["on"], v["reason"], this_day()),
        told=f"{told} {'retirés' if several else 'retiré'}",
    )


def _withdrawn(desk: Desk) -> frozenset[int]:
    with desk.read() as session:
        return frozenset(accesses.withdrawn(session))


class AccessesPage(QuestionsPage):
    """All providers together; one access or several are taken back from the menus."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, GRANT, state, QUESTIONS, WATCHED)
        take_back = icon_button("lock", "Retirer l’accès…")
        take_back.clicked.connect(lambda: ActDialog(self.desk, withdraw([self.detail.record_id]), self).open())
        self.detail.add_act(take_back)

    def _count_views(self) -> None:
        super()._count_views()
        self.panel.model.quiet = _withdrawn(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        words = "Retirer l’accès…" if len(wanted) == 1 else f"Retirer ces {len(wanted)} accès…"
        return ((words, lambda: ActDialog(self.desk, withdraw(wanted), self).open()),)


class AccessesTab(QWidget):
    """Those of one provider, and taking them all back at the end of the contract."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__()
        self._desk, self._provider = desk, provider_id
        self.list = LinkedList(desk, GRANT.key, "provider_id", provider_id, "Aucun accès donné à ce prestataire")
        self.list.opened.connect(self.edit)
        self._some = button("Retirer l’accès…", icon="lock")
        self._some.clicked.connect(lambda: self._withdraw(self.list.chosen_ids()))
        self._all = button("Tout retirer…", icon="log-out")
        self._all.clicked.connect(self.withdraw_all)
        add = button("Ajouter…", icon="plus")
        add.setAccessibleName("Ajouter\u00a0: accès donné")
        add.clicked.connect(lambda: self.edit(None))
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        bar = row(None, self._all, self._some, add, margins=(16, 8, 16, 8))
        self.setLayout(column(bar, self.list, gap=0))
        self.reload()

    def reload(self) -> None:
        self.list.model.quiet = _withdrawn(self._desk)
        self.list.reload()
        self._follow()

    def _open(self) -> list[int]:
        with self._desk.read() as session:
            return accesses.of_provider(session, self._provider)

    def _follow(self) -> None:
        set_available(self._some, bool(self.list.chosen_ids()), NONE_CHOSEN)
        set_available(self._all, bool(self._open()), "Tous les accès de ce prestataire sont déjà retirés.")

    def edit(self, grant: int | None) -> None:
        start = {"provider_id": self._provider, "since": this_day()} if grant is None else None
        FormDialog(self._desk, GRANT, grant, start, self.window()).open()

    def withdraw_all(self) -> None:
        self._withdraw(self._open(), "Fin du contrat")

    def _withdraw(self, wanted: Sequence[int], reason: str = "") -> None:
        ActDialog(self._desk, withdraw(wanted, reason), self).open()
