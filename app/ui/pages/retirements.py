"""The exits, with the register of waste, and the erasures, with their certificates (domain.md F.3)."""

from collections.abc import Sequence

from app.entities import ENTITIES
from app.services import records, retirement, waste
from app.ui import ask
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import MenuAct
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_acts import cancel_exit, complete_exit
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

ASSET, RETIREMENT, ERASURE = (ENTITIES[key] for key in ("asset", "retirement", "erasure"))
REGISTER = "registre-des-dechets.xlsx"


class NumberedPage(EntityPage):
    """A list whose records each have a paper under their number."""

    paper = ""

    def print_paper(self) -> None:
        if chosen := self.panel.current_id():
            self.print_one(chosen)

    def print_one(self, record_id: int) -> None:
        with self.desk.read() as session:
            number = records.get(session, self.entity, record_id).values["number"]
        papers.preview(self.desk, self.paper, self, number)


class RetirementsPage(NumberedPage):
    """Exits are made from the assets: here they are proved, printed, cancelled."""

    paper = "sortie"

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, RETIREMENT, state)

    def section_actions(self) -> list[Button]:
        register = button("Registre des déchets…", icon="file-spreadsheet")
        register.setToolTip("Les sorties en déchets électriques, pour Excel (art. R541-43 du code de l’environnement)")
        register.clicked.connect(self.export_register)
        return [register]

    def new(self) -> None:
        """An exit begins from its asset."""

    def beginnings(self) -> list[Beginning]:
        return [Beginning("assets", "Choisir un bien à sortir", "monitor", primary=True)]

    def begin(self, key: str) -> None:  # noqa: ARG002 - the only one
        self.desk.show_list.emit("asset", None)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        return (
            ("Imprimer la fiche de sortie…", lambda: self.print_one(wanted[0])),
            ("Compléter la preuve…", lambda: self.complete(wanted[0])),
            ("Annuler la sortie…", lambda: self.cancel(wanted[0])),
        )

    def complete(self, retirement_id: int) -> None:
        with self.desk.read() as session:
            kept = records.get(session, RETIREMENT, retirement_id).values
        ActDialog(self.desk, complete_exit(retirement_id, kept), self).open()

    def cancel(self, retirement_id: int) -> None:
        with self.desk.read() as session:
            asset = retirement.asset_of(session, retirement_id)
            title = records.title(session, ASSET, asset)
        ActDialog(self.desk, cancel_exit(asset, title), self).open()

    def to_bin(self, wanted: Sequence[int]) -> None:
        """An exit in the bin would leave its asset nowhere: it is cancelled, one at a time."""
        if wanted:
            self.cancel(wanted[0])

    def export_register(self) -> None:
        path = self.desk.ask.file_to_save(self, "Registre des déchets", REGISTER, ask.EXCEL)
        if path:
            self.desk.run(
                "Registre des déchets",
                lambda: waste.register_job(self.desk.store, path),
                lambda n: self.desk.done.emit(f"{RETIREMENT.counted(n)} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )


class ErasuresPage(NumberedPage):
    paper = "effacement"

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, ERASURE, state)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        return (("Imprimer le certificat d’effacement…", lambda: self.print_one(wanted[0])),)
