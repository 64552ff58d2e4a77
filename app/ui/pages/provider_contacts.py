"""The people of a provider: who is called first, who next, and those who left."""

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Flag, counted, this_day
from app.services import accesses, providers, records
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button, set_available

CONTACT = ENTITIES["provider_contact"]
ONE = "Choisissez d’abord un interlocuteur."
HINT = "Le 1 est appelé d’abord, le 2 si rien ne bouge, et ainsi de suite."


def leave(desk: Desk, contact: int) -> Act:
    """The departure of somebody at a provider; what they still have is proposed to be taken back."""
    with desk.read() as session:
        name = records.title(session, CONTACT, contact)
        held = len(accesses.of_contact(session, contact))
    told = counted(held, "accès", "accès")
    take_back = Flag(
        name="withdraw", label="Noter aussi le retrait de ses accès", required=True,
        help=f"{name} a encore {told}\u00a0: fermez ses comptes, reprenez son badge.",
    )  # fmt: skip
    return Act(
        title=f"{name} a quitté le prestataire",
        verb="Noter le départ",
        icon="log-out",
        intro="Cette personne sort de l’ordre d’appel et reste dans l’historique.",
        fields=(Day(name="on", label="Parti le", required=True), *((take_back,) if held else ())),
        start={"on": this_day(), "withdraw": True},
        run=lambda s, v: providers.leave(s, contact, v["on"], withdraw=bool(v.get("withdraw")), today=this_day()),
        told=f"{name}\u00a0: départ noté",
    )


class ContactsList(LinkedList):
    sort = "escalation"


class ContactsTab(QWidget):
    """Added, corrected, ordered and seen off in place."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__()
        self._desk, self._provider = desk, provider_id
        self.list = ContactsList(desk, CONTACT.key, "provider_id", provider_id, "Aucun interlocuteur noté")
        self.list.opened.connect(self.edit)
        self._sooner = button("Appeler plus tôt", icon="arrow-up")
        self._sooner.clicked.connect(lambda: self.call(-1))
        self._later = button("Plus tard", icon="arrow-down")
        self._later.clicked.connect(lambda: self.call(1))
        self._out = button("Hors de l’ordre", icon="x")
        self._out.clicked.connect(self.take_out)
        self._gone = button("A quitté…", icon="log-out")
        self._gone.clicked.connect(self.leave)
        add = button("Ajouter…", icon="plus")
        add.setAccessibleName("Ajouter\u00a0: interlocuteur")
        add.clicked.connect(lambda: self.edit(None))
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        acts = (self._sooner, self._later, self._out, self._gone, add)
        hint = label(HINT, "second", "ink2", wrap=True)
        bar = row(hint, *acts, gap=8, margins=(16, 8, 16, 8))
        bar.setStretch(0, 1)
        self.setLayout(column(bar, self.list, gap=0))
        self._follow()

    def reload(self) -> None:
        kept = self.chosen()
        self.list.reload()
        place = self.list.model.position(kept) if kept else None
        if place is not None:
            self.list.table.selectRow(place)
        self._follow()

    def chosen(self) -> int:
        return next(iter(self.list.chosen_ids()), 0)

    def _follow(self) -> None:
        one = len(self.list.chosen_ids()) == 1
        left = placed = False
        if one:
            with self._desk.read() as session:
                values = records.get(session, CONTACT, self.chosen()).values
            left, placed = values["left_on"] is not None, values["escalation"] is not None
        here = one and not left
        why = "Cette personne est partie." if left else ONE
        set_available(self._sooner, here, why)
        set_available(self._later, here and placed, why if not here else "Cette personne n’est pas dans l’ordre.")
        set_available(self._out, here and placed, why if not here else "Cette personne n’est pas dans l’ordre.")
        set_available(self._gone, here, why)

    def edit(self, contact: int | None) -> None:
        start = {"provider_id": self._provider} if contact is None else None
        FormDialog(self._desk, CONTACT, contact, start, self.window()).open()

    def call(self, by: int) -> None:
        chosen = self.chosen()
        self._desk.act("Ordre d’appel", lambda s: providers.move(s, chosen, by), told="Ordre d’appel changé")

    def take_out(self) -> None:
        chosen = self.chosen()
        self._desk.act("Ordre d’appel", lambda s: providers.take_out(s, chosen), told="Ordre d’appel changé")

    def leave(self) -> None:
        ActDialog(self._desk, leave(self._desk, self.chosen()), self).open()
