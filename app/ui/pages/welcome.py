"""The first screen of an empty base: look around with an example, or begin with one's own company."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts.basics import column
from app.ui.parts.empty import Beginning, EmptyState

WAYS = (
    Beginning(
        "example",
        "Ouvrir l’exemple",
        "graduation-cap",
        "Découvrir avec une entreprise d’exemple",
        "Une menuiserie inventée, son parc, ses deux contrats, trois ans de tickets.",
    ),
    Beginning(
        "company",
        "Créer mon entreprise",
        "building",
        "Commencer avec la vôtre",
        "Son nom et son adresse suffisent pour commencer. Le reste vient au fil de l’eau.",
        primary=True,
    ),
    Beginning(
        "import",
        "Choisir un fichier…",
        "file-input",
        "Importer un inventaire",
        "Tableau CSV ou fichier d’un agent d’inventaire. Rien n’est écrit avant votre accord.",
    ),
)


class WelcomePage(QWidget):
    example_wanted = Signal()
    company_wanted = Signal()
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        told = "Mesurez votre parc, tenez votre prestataire. Tout reste dans un fichier, sur cet ordinateur."
        shown = EmptyState("gauge", "Bienvenue dans Parcomètre", told, WAYS)
        shown.chosen.connect(self._choose)
        self.setLayout(column(shown, gap=0))

    def _choose(self, key: str) -> None:
        {"example": self.example_wanted, "company": self.company_wanted, "import": self.import_wanted}[key].emit()
