"""The pictures of the guide, made by the program itself on the example company.

`python -m tests.ui.guide_pictures resources/aide/images` writes them, light and in few colours; the same day gives the
same bytes. Inter stands for the system's font where it is installed.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.jobs import drain
from app.services import example, listing, papers, setup
from app.services.paper_kinds import PAPERS as PAPER_KINDS
from app.storage import Store, open_store
from app.ui import acts, places, theme
from app.ui.app import make_application
from app.ui.ask import Ask
from app.ui.control import Control
from app.ui.crud.page import EntityPage
from app.ui.demonstration import settle
from app.ui.pages import starts
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.tabbed import TabbedPage
from app.ui.parts.basics import empty_layout
from app.ui.state import UiState
from app.ui.window import Window
from tests.ui.pictures import LOOKS, SYNTHESIS, font, form_number, newest, waiting

COLOURS = 96
SIZE, DIALOG = (1280, 760), 540
PAPER_SCALE, MARGIN, SEEN = 1.8, 0.06, 0.6
"""Pixels of a point of a paper; of its width, what is left out at the sides; of its height, how far it is seen."""
PAPERS: dict[str, tuple[str, int, int]] = {
    "rapport": ("inventaire", 0, SYNTHESIS),
    "rapport-periodique": ("periodique", 0, 0),
    "fiche-controle": ("controle", 1, 0),
    "bilan": ("satisfaction", 0, 0),
    "evaluation": ("evaluation", 0, 0),
}
"""The paper behind each picture, of which record counted from the newest, and which page of it."""
Shows = Callable[[Control], dict[str, Callable[[], object]]]
LISTED = """N° d’inventaire;Famille;Marque;Modèle;N° de série;Site;Local;Mise en service
PT-0003;;;;;Dijon;Bureau 12;
PT-0004;;;;;Dijon;Bureau 14;
PT-0005;;;;;Beaune;Atelier 2;
;Portable;Dell;Latitude 5550;7XK22Z3;Dijon;Accueil;02/11/2026
;Portable;Dell;Latitude 5550;7XK22Z4;Dijon;Accueil;02/11/2026
;Écran;Dell;U2723QE;CN0TV8;Dijon;Réunion;31/02/2026
"""
"""A list to import: assets changed, new, and one refused."""


def fewer(content: bytes) -> bytes:
    """The same picture in few colours, several times smaller, and no different to the eye."""
    with Image.open(BytesIO(content)) as whole:
        spare = whole.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = BytesIO()
    spare.save(out, "PNG", optimize=True)
    return out.getvalue()


def grabbed(widget: QWidget) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


def shown() -> list[QDialog]:
    """The dialogs on the screen."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def screens(control: Control, store: Store, folder: Path) -> dict[str, Callable[[], object]]:
    """What to show before each picture; a dialog left open is the picture."""

    def section(tab: str, title: str) -> Callable[[], object]:
        return lambda: control.section(*places.named(tab, title))

    def record(key: str, record_id: int, tab: str = "") -> Callable[[], object]:
        def show() -> None:
            control.go_to(key, record_id)
            page = control.current()
            if tab and isinstance(page, TabbedPage):
                page.open_tab(tab)

        return show

    def inventory() -> None:
        page = control.section(*places.named("Inventaire", "Biens"))
        assert isinstance(page, EntityPage)
        settle(make_application())
        page.panel.table.selectRow(24)

    def imported() -> None:
        path = folder / "parc.csv"
        path.write_text(LISTED, encoding="utf-8")
        starts.import_files(control.desk, control.window, [path])

    def called() -> None:
        acts.new_ticket(control)
        dialog = shown()[-1]
        assert isinstance(dialog, NewTicketDialog)
        for name, text in (
            ("requester_id", "Samir Belkacem"),
            ("asset_id", "IMP-0003"),
            ("words", "Bourrage papier dès la deuxième page"),
        ):
            dialog.editors[name].put_text(text)

    return {
        "accueil": lambda: control.window.tabs.setCurrentIndex(0),
        "inventaire": inventory,
        "import": imported,
        "contrats": record("contract", 1),
        "preavis": record("contract", 1, "Périodes et préavis"),
        "reversibilite": record("contract", 1, "Réversibilité"),
        "tickets": record("ticket", waiting(store)),
        "liste": section("Tickets", "Tickets"),
        "nouveau-ticket": called,
        "factures": record("invoice", newest(store, "invoice", 1)),
        "planning": section("Tickets", "Planning"),
        "echeances": section("Contrats", "Échéancier"),
        "couts": section("Contrats", "Coûts"),
        "remplacements": section("Inventaire", "Remplacements"),
        "indicateurs": section("Indicateurs", "Tableau de bord"),
    }


def take(
    app: QApplication, store: Store, folder: Path, chosen: Callable[[Control], dict[str, Callable[[], object]]]
) -> None:
    """One window on a file, and its pictures."""
    window = Window(UiState(folder / "poste.json"))
    window.resize(*SIZE)
    control = Control(window, store, Ask())
    window.show()
    for name, show in chosen(control).items():
        show()
        for _ in range(LOOKS):
            settle(app)
            time.sleep(0.02)
        empty_layout(window.notes)
        settle(app)
        opened = shown()
        for one in opened:
            one.resize(one.width(), min(one.height(), DIALOG))
            settle(app)
        (folder / f"{name}.png").write_bytes(fewer(grabbed(opened[-1] if opened else window)))
        for one in opened:
            one.done(0)
    control.reminding.stop()
    control.jobs.wait()
    control.desk.close()
    window.hide()
    window.deleteLater()
    settle(app)


def paper(store: Store, kind: str, rank: int, number: int) -> bytes:
    """The head of a page of a paper: issued, unless it is one to fill by hand."""
    told, form, now = PAPER_KINDS[kind], form_number(store), datetime.now(UTC)
    with store.begin("Papier émis") as session:
        if told.by_hand:
            drawn = papers.draft(session, kind, form, now)
        else:
            ref = None if told.prefix else _number(session, told.entity, rank)
            drawn = papers.issued_bytes(session, papers.issue(session, kind, ref, now))
    out = BytesIO()
    with closing(pypdfium2.PdfDocument(drawn)) as document:
        whole = document[number].render(scale=PAPER_SCALE).to_pil()
    box = (whole.width * MARGIN, whole.height * MARGIN / 2, whole.width * (1 - MARGIN), whole.height * SEEN)
    whole.crop(tuple(round(side) for side in box)).save(out, "PNG")
    return fewer(out.getvalue())


def _number(session: Session, key: str, rank: int) -> str:
    """The number of a record, counted from the newest."""
    entity = ENTITIES[key]
    asked = replace(listing.default_query(entity), columns=("number",))
    return str(listing.page(session, entity, asked, limit=rank + 1)[rank].values[0])


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    theme.apply(app, "light", 1.0, font())
    with tempfile.TemporaryDirectory() as name:
        os.environ["PARCOMETRE_HOME"] = name  # nothing of who makes them shows in the pictures
        with closing(open_store(Path(name) / "vide.parc")) as empty:
            with empty.begin("Préparation") as session:
                setup.ensure(session)
            take(app, empty, folder, lambda control: {"bienvenue": lambda: control.window.tabs.setCurrentIndex(0)})
        with closing(open_store(Path(name) / "exemple.parc")) as store:
            drain(example.fill_job(store, today=datetime.now(UTC).date()))
            take(app, store, folder, lambda control: screens(control, store, Path(name)))
            for file, drawn in PAPERS.items():
                (folder / f"{file}.png").write_bytes(paper(store, *drawn))
    (folder / "poste.json").unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
