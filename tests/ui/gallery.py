"""The parts composed as on the screens, with invented data: for the tests, and to look at.

`python -m tests.ui.gallery DOSSIER [ÉCHELLE]` writes each screen as PNG, light and dark.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import theme
from tests.ui.gallery_lists import home, inventory
from tests.ui.gallery_records import board, contract, indicator, ticket
from tests.ui.gallery_states import empty, form, progress, states

SCREENS: dict[str, Callable[[], QWidget]] = {
    "01-accueil": home,
    "02-inventaire": inventory,
    "02b-inventaire-vide": empty,
    "03-contrat": contract,
    "04-ticket": ticket,
    "05-indicateurs": board,
    "05b-indicateur": indicator,
    "06a-formulaire": form,
    "06b-progression": progress,
    "07-etats": states,
}


def shoot(folder: Path, name: str, mode: str) -> None:
    """Grab one screen at 1280 x 800."""
    window = SCREENS[name]()
    if not name.startswith("06"):
        window.resize(1280, 800)
    window.show()
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}-{mode}.png"))
    window.close()
    window.deleteLater()


def main() -> None:
    folder = Path(sys.argv[1])
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    base = QFont("Inter")
    base.setPixelSize(13)
    for mode in ("light", "dark"):
        theme.apply(app, mode, scale, base)
        for name in SCREENS:
            shoot(folder, name, mode)


if __name__ == "__main__":
    main()
