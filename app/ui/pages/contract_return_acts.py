"""What is done from the reversibility of a contract: the list, its days, the conditions of the exit, the file."""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import NBSP, Choice, counted, this_day
from app.services import records, return_dossier, reversibility
from app.ui.desk import Desk
from app.ui.pages.acts import Act
from app.ui.pages.campaign_keys import typed_text

CONTRACT, ITEM = ENTITIES["contract"], ENTITIES["return_item"]
ZIP = "Archive ZIP (*.zip)"
STATES = {"d": "asked", "r": "received", "v": "checked", "n": "missing", "s": "not_applicable", "f": "to_do"}
"""The key that notes each state: its first letter, F for « à faire »."""
EXIT_FIELDS = ("reversibility_days", "reversibility_price", "reversibility_on")


def state_label(value: str) -> str:
    field = ITEM.field("state")
    return field.options.of(value).label if isinstance(field, Choice) else value


def note_state(desk: Desk, wanted: list[int], value: str) -> None:
    """The same state for all the points chosen, in one act."""
    field = ITEM.field("state")
    if not wanted or not isinstance(field, Choice):
        return
    state = field.options.of(value)
    told = f"{counted(len(wanted), 'point')}{NBSP}: {state.label.lower()}"
    desk.act("Réversibilité", lambda s: reversibility.set_state(s, wanted, state), told=told)  # type: ignore[arg-type]


def prepare(desk: Desk, contract: int) -> None:
    added = desk.act("Liste de réversibilité", lambda s: reversibility.prepare(s, contract, this_day()))
    desk.tell_done(f"{counted(added, 'point ajouté', 'points ajoutés')} à la liste de réversibilité")


def reschedule(desk: Desk, contract: int) -> None:
    changed = desk.act("Échéances de la réversibilité", lambda s: reversibility.reschedule(s, contract, this_day()))
    desk.tell_done(f"{counted(changed, 'échéance recalée', 'échéances recalées')} sur la fin du contrat")


def conditions(desk: Desk, contract: int) -> Act:
    """What the contract says of its exit."""
    with desk.read() as session:
        values = records.get(session, CONTRACT, contract).values
    return Act(
        title="Conditions de sortie",
        verb="Enregistrer",
        icon="log-out",
        intro="De 30 à 90 jours d’assistance sont d’usage. Le plan dit qui rend quoi, et se tient à jour.",
        fields=tuple(CONTRACT.field(name) for name in EXIT_FIELDS),
        start={name: values[name] for name in EXIT_FIELDS},
        run=lambda s, v: records.update(s, CONTRACT, contract, {name: v[name] for name in EXIT_FIELDS}),
        told="Conditions de sortie enregistrées",
    )


def make_dossier(desk: Desk, contract: int, parent: QWidget) -> None:
    """Ask where, then write the ZIP off the window's thread."""
    with desk.read() as session:
        number = records.get(session, CONTRACT, contract).values["number"]
    name = return_dossier.file_name(number, this_day())
    path = desk.ask.file_to_save(parent, "Dossier de réversibilité", name, ZIP)
    if path:
        desk.run(
            "Dossier de réversibilité",
            lambda: return_dossier.job(desk.store, contract, path, datetime.now(UTC)),
            lambda made: desk.done.emit(f"{made.sentence} dans {path.name}", 0),
            "Annuler ne laisse aucun fichier.",
        )


class StateKeys(QObject):
    """Watches the list of points: one key notes the state of those chosen. `noted` gives the state."""

    noted = Signal(str)

    def __init__(self, table: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            state = STATES.get(typed_text(event).lower())
            if state:
                self.noted.emit(state)
                return True
        return super().eventFilter(watched, event)
