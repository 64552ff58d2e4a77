"""The pictures of README and docs, made by the program itself on the example company.

`python -m tests.ui.pictures FOLDER` writes them; Inter stands for the system's font where it is installed.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Evaluation, Ticket
from app.models.codes import TicketStatus
from app.services import example, listing, papers
from app.services.periodic import when
from app.settings import Rhythm
from app.storage import Store, open_store
from app.ui import places, theme
from app.ui.app import make_application
from app.ui.ask import Ask
from app.ui.control import Control
from app.ui.crud.page import EntityPage
from app.ui.demonstration import settle
from app.ui.pages.contract import ContractPage
from app.ui.pages.indicators import place_of
from app.ui.state import UiState
from app.ui.window import Window

LOOKS = 100
"""Fiftieths of a second left to what a page reads beside the window."""
PAPER_SCALE = 1.2
SYNTHESIS, TILES = 3, 1
"""The pages of the inventory report and of the periodic report that are shown, counted from 0."""
DARK = ("inventaire",)
"""Those shown in dark too: one is enough to tell."""


def font() -> QFont | None:
    return QFont("Inter", 10) if "Inter" in QFontDatabase.families() else None


def newest(store: Store, key: str, rank: int = 0) -> int:
    """The id of the newest record, or of one before it."""
    entity = ENTITIES[key]
    with store.read() as session:
        return listing.ids(session, entity, listing.default_query(entity), limit=rank + 1)[rank]


def screens(control: Control, store: Store) -> dict[str, Callable[[], object]]:
    """What to show before each picture."""
    tabs = control.window.tabs

    def inventory() -> None:
        page = control.section(1, 0)
        assert isinstance(page, EntityPage)
        settle(make_application())
        page.panel.table.selectRow(24)

    def contract() -> None:
        control.go_to("contract", 1)
        page = control.current()
        assert isinstance(page, ContractPage)
        page.open_tab("Périodes et préavis")

    return {
        "accueil": lambda: tabs.setCurrentIndex(0),
        "inventaire": inventory,
        "contrats": contract,
        "facture": lambda: control.go_to("invoice", newest(store, "invoice", 1)),
        "couts": lambda: control.section(2, [place.title for place in places.TABS[2].places].index("Coûts")),
        "tickets": lambda: control.go_to("ticket", waiting(store)),
        "planning": lambda: control.section(3, [place.title for place in places.TABS[3].places].index("Planning")),
        "indicateurs": lambda: control.section(4, 0),
        "indicateur": lambda: control.go_to("indicator", place_of("gtr")),
        "controle": lambda: control.go_to("scorecard", newest(store, "scorecard", 1)),
    }


def take(app: QApplication, store: Store, folder: Path, mode: theme.Mode, suffix: str) -> None:
    theme.apply(app, mode, 1.0, font())
    window = Window(UiState(folder / "poste.json"))
    window.resize(1280, 800)
    control = Control(window, store, Ask())
    window.show()
    for name, show in screens(control, store).items():
        if mode == "dark" and name not in DARK:
            continue
        show()
        for _ in range(LOOKS):
            settle(app)
            time.sleep(0.02)
        window.grab().save(str(folder / f"{name}{suffix}.png"))
    control.desk.close()
    window.hide()
    window.deleteLater()
    settle(app)


def paper(store: Store, kind: str, ref: str | None, path: Path, number: int = 0) -> None:
    with store.read() as session:
        drawn = papers.draft(session, kind, ref, datetime.now(UTC))
    with closing(pypdfium2.PdfDocument(drawn)) as document:
        document[number].render(scale=PAPER_SCALE).to_pil().save(path)


def waiting(store: Store) -> int:
    """A ticket whose clock has much to say."""
    with store.read() as session:
        return session.scalars(select(Ticket.id).where(Ticket.status == TicketStatus.WAITING)).one()


def form_number(store: Store) -> str:
    """The newest form about an intervention."""
    with store.read() as session:
        told = select(Evaluation.number).where(Evaluation.intervention_id.is_not(None))
        return session.scalars(told.order_by(Evaluation.id.desc())).first() or ""


def quarter_over() -> str:
    """« RP-2026-T3 »."""
    today = datetime.now(UTC).date()
    return f"RP-{when.mark(when.last_over(Rhythm.QUARTER, today))}"


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    with tempfile.TemporaryDirectory() as name, closing(open_store(Path(name) / "exemple.parc")) as store:
        drain(example.fill_job(store, today=datetime.now(UTC).date()))
        take(app, store, folder, "light", "")
        take(app, store, folder, "dark", "-sombre")
        paper(store, "inventaire", None, folder / "rapport.png", SYNTHESIS)
        paper(store, "intervention", "FI-2026-0003", folder / "fiche.png")
        paper(store, "evaluation", form_number(store), folder / "evaluation.png")
        paper(store, "periodique", quarter_over(), folder / "rapport-periodique.png", TILES)
    (folder / "poste.json").unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
