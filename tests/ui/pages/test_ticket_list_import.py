"""Stories of a list of tickets of another tool: dropped, looked at, told again, imported, taken back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import listing, setup
from app.storage import Store, undo
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.import_columns import MappingDialog
from app.ui.pages.import_preview import ImportDialog
from app.ui.pages.ticket_list_import import UNSAID, TicketImportDialog
from app.ui.parts.banner import Banner
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press
from tests.ui.pages.test_import_columns import choose, row

TICKET = ENTITIES["ticket"]
LIST = (
    "ID;Titre;Date d'ouverture;Date de résolution;Priorité\n"
    "1;Écran noir;01/06/2026 09:30;01/06/2026 11:00;Haute\n"
    "2;Souris;02/06/2026;;\n"
    "3;Clavier;31/02/2026 10:00;;Basse\n"
)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
    return make_desk(qtbot, store, answers)


def written(folder: Path, text: str = LIST, name: str = "glpi.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def previewed(qtbot: QtBot, desk: Desk, *files: Path) -> ImportDialog:
    """Dropped on the window, then shown."""
    window = desk.parent()
    assert isinstance(window, QWidget)
    starts.import_files(desk, window, files)
    return shown_preview(qtbot, desk)


def shown_preview(qtbot: QtBot, desk: Desk) -> ImportDialog:
    def visible() -> list[ImportDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, ImportDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()) and not desk.jobs.busy, timeout=20_000)
    return visible()[-1]


def tickets(desk: Desk) -> int:
    with desk.read() as session:
        return listing.count(session, TICKET, listing.default_query(TICKET))


def test_a_list_dropped_is_looked_at_then_imported_and_taken_back(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = previewed(qtbot, desk, written(tmp_path))
    assert isinstance(dialog, TicketImportDialog)
    assert {key: tile.data.number for key, tile in dialog.tiles.items()} == {
        "created": "2", "changed": "0", "unchanged": "0", "refused": "1",
    }  # fmt: skip
    (banner,) = dialog.findChildren(Banner)
    assert banner.accessibleName().startswith(f"{UNSAID}. 1\u00a0ticket sans gravité reconnue")
    assert "ce jour n’existe pas" in str(dialog.model.index(0, 4).data())
    assert (tickets(desk), dialog.import_button.text()) == (0, "Importer 2\u00a0tickets")
    told: list[str] = []
    desk.done.connect(lambda text, _: told.append(text))
    press(dialog, "Importer 2\u00a0tickets")
    settle(qtbot, lambda: bool(told))
    assert (tickets(desk), told) == (2, ["2\u00a0tickets ajoutés, 1\u00a0ligne refusée"])
    with desk.store.begin("Annulation") as session:
        undo.undo(session, desk.store.last_action_id or 0)
    assert tickets(desk) == 0


def test_a_list_that_nothing_tells_becomes_one_of_tickets(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Nr;Appel reçu;Souci\n7;01/06/2026 09:30;oups\n")
    assets = previewed(qtbot, desk, path, written(tmp_path, "N° de série;Modèle\nS1;OptiPlex\n", "parc.csv"))
    assert not isinstance(assets, TicketImportDialog)
    assets.review.ask(path, None)
    settle(qtbot, lambda: not desk.jobs.busy)
    mapping = opened(assets, MappingDialog)
    mapping.entity.setCurrentIndex(mapping.entity.findData("ticket"))
    mapping.entity.activated.emit(mapping.entity.currentIndex())
    settle(qtbot, lambda: not desk.jobs.busy)
    for heading, field in (("Nr", "N°"), ("Appel reçu", "Ouvert le"), ("Souci", "Objet")):
        choose(mapping, heading, field)
    assert row(mapping, "Nr").box.target() == "number"
    press(mapping, "Lire avec ces colonnes")
    qtbot.waitUntil(lambda: not assets.isVisible(), timeout=20_000)
    dialog = shown_preview(qtbot, desk)
    assert isinstance(dialog, TicketImportDialog)
    press(dialog, "Importer 1\u00a0ticket")
    settle(qtbot, lambda: tickets(desk) == 1)
    left = shown_preview(qtbot, desk)
    assert (type(left), left.import_button.text()) == (ImportDialog, "Importer 1\u00a0ligne")
    left.reject()
    again = previewed(qtbot, desk, path)
    assert (type(again), again.import_button.text()) == (TicketImportDialog, "Rien à importer")
    again.reject()
