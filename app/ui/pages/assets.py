"""The inventory: its list, its import, its report, and the ways to begin it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.jobs import Job, Progress
from app.ui import ask, icons, outside
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import DetailPane, MenuAct
from app.ui.desk import Desk
from app.ui.pages import papers, starts
from app.ui.pages.asset_menu import AssetMenu
from app.ui.pages.asset_pane import AssetPane
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

WAYS = [
    Beginning(
        "import",
        "Choisir un fichier…",
        "file-input",
        "Importer un fichier",
        "Tableau Excel ou CSV, fichier d’un outil d’inventaire. Rien n’est écrit avant votre accord.",
        primary=True,
    ),
    Beginning(
        "computer",
        "Décrire ce poste",
        "laptop",
        "Décrire cet ordinateur",
        "Lit le modèle, le n° de série et le système de ce poste, sans rien envoyer.",
    ),
    Beginning(
        "new",
        "Nouveau bien",
        "pen-line",
        "Saisir à la main",
        "Une fiche par bien. Le numéro d’inventaire est donné par le programme.",
    ),
]


class AssetsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        self.menu = AssetMenu(desk, self)
        super().__init__(desk, ENTITIES["asset"], state)

    def section_actions(self) -> list[Button]:
        bring, report = button("Importer", icon="file-input"), button("Rapport", icon="printer")
        report.setToolTip("Rapport d’inventaire")
        more = button("Plus", "quiet", "ellipsis")
        more.clicked.connect(lambda: self._offer_more(more))
        bring.clicked.connect(lambda: starts.import_files(self.desk, self))
        report.clicked.connect(self.print_report)
        return [more, bring, report, *super().section_actions()]

    def _offer_more(self, under: Button) -> None:
        """What is done more rarely."""
        menu = QMenu(self)
        menu.addAction(icons.icon("qr-code"), "Étiquettes…", self.print_labels)
        menu.addAction(icons.icon("file-spreadsheet"), "Classeur du parc…", self.export_fleet)
        menu.addSeparator()
        menu.addAction(icons.icon("folder"), "Importer un dossier…", lambda: starts.import_folder(self.desk, self))
        menu.addAction(icons.icon("laptop"), "Décrire les postes…", lambda: starts.describe_others(self.desk, self))
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def print_labels(self) -> None:
        """Of the rows chosen, or of all that is shown."""
        from app.ui.pages.labels import LabelsDialog  # noqa: PLC0415 - not for a list that starts

        LabelsDialog(self.desk, self.state, self.panel.query, self.panel.chosen_ids(), self.window()).open()

    def export_fleet(self) -> None:
        """The whole of it: the assets, their expertise, the licences, the needs."""
        from app.services import fleet_book  # noqa: PLC0415 - as above

        path = self.desk.ask.file_to_save(self, "Classeur du parc", "parc.xlsx", ask.EXCEL)
        if path:
            self.desk.run(
                "Classeur du parc",
                lambda: fleet_book.job(self.desk.store, path),
                lambda n: self.desk.done.emit(f"{self.entity.counted(n)} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )

    def make_pane(self) -> DetailPane:
        return AssetPane(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        return self.menu.acts_on(wanted)

    def print_paper(self) -> None:
        """Of the asset chosen; of the whole inventory when none is."""
        if chosen := self.panel.current_id():
            self.menu.print_sheet(chosen)
        else:
            self.print_report()

    def print_report(self) -> None:
        papers.preview(self.desk, "inventaire", self)

    # Empty

    def empty_title(self) -> str:
        return "Commencez par votre parc"

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def empty_link(self) -> tuple[str, str, str]:
        return ("Vous voulez d’abord voir\u00a0?", "Ouvrir l’entreprise d’exemple", "example")

    def begin(self, key: str) -> None:
        if key == "import":
            starts.import_files(self.desk, self)
        elif key == "example":
            starts.open_example(self.desk)
        elif key == "computer":
            self.desk.run("Lecture de ce poste", _described, lambda file: starts.import_files(self.desk, self, [file]))
        else:
            super().begin(key)


def _described() -> Job[Path]:
    """Written as an agent would: the import compares it with what is known, and shows it before anything is kept."""
    from app.services import this_computer  # noqa: PLC0415 - as above

    yield Progress(0, 0, "Modèle, n° de série, système, logiciels")
    return this_computer.write(outside.passing_folder())
