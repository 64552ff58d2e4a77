"""The window as a whole: going about, searching, undoing, leaving and coming back."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.entities import ENTITIES
from app.errors import AppError, NotFound, Refused, StoreNewer
from app.jobs import drain
from app.services import preferences, records, setup
from app.services.listing import Filter, Query
from app.storage import Store, backup, open_store
from app.ui import acts, errors, file_acts, first_frame, opening, places, theme
from app.ui.about import AboutDialog, diagnostics
from app.ui.app import make_application
from app.ui.bin_dialog import BinDialog
from app.ui.company_dialog import CompanyDialog
from app.ui.control import Control
from app.ui.crud.page import EntityPage
from app.ui.demonstration import settle
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.settings_dialog import SettingsDialog
from app.ui.state import UiState
from app.ui.window import Window
from tests.ui.fakes import Answers

INVENTORY = 1
ASSET, PERSON = ENTITIES["asset"], ENTITIES["person"]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Five assets and two people in a file of their own."""
    path = tmp_path / "entreprise.parc"
    with closing(open_store(path)) as store, store.begin("essai") as session:
        setup.ensure(session)
        setup.save_company(session, {"name": "Ateliers Morvan"})
        for name in ("Morvan", "Bonnin"):
            records.create(session, PERSON, {"last_name": name})
        for number in range(1, 6):
            records.create(session, ASSET, {"family_id": 1, "brand": "Dell", "model": f"M{number}", "person_id": 1})
    return path


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the program puts its own, for this test only
    return Answers()


class Opened:
    """One run of the window on a file."""

    def __init__(self, path: Path, answers: Answers, state: UiState | None = None) -> None:
        self.app = make_application()
        self.window = Window(state or UiState())
        self.store = open_store(path)
        self.control = Control(self.window, self.store, answers)
        self.window.show()
        settle(self.app)

    def page(self) -> EntityPage:
        page = self.control.page()
        assert isinstance(page, EntityPage)
        return page

    def leave(self) -> None:
        self.window.close()
        self.store.close()
        self.window.deleteLater()
        settle(self.app)


@pytest.fixture
def opened(base: Path, answers: Answers, qapp: QApplication) -> Iterator[Opened]:  # noqa: ARG001 - one application
    run = Opened(base, answers)
    yield run
    if run.window.isVisible():
        run.leave()


def test_a_ticket_is_opened_from_anywhere(qtbot: QtBot, opened: Opened) -> None:
    """Ctrl+Shift+T with the inventory in front; its number is told, the list stays where it was."""
    opened.control.section(INVENTORY, 0)
    shortcut = next(a for a in opened.window.findChildren(QAction) if a.shortcut().toString() == "Ctrl+Shift+T")
    shortcut.trigger()
    dialog = dialog_of(NewTicketDialog)
    assert isinstance(dialog, NewTicketDialog)
    dialog.editors["requester_id"].put_text("Morvan")
    dialog.editors["words"].put_text("Écran noir")
    with qtbot.waitSignal(opened.control.desk.done) as told:
        dialog.accept()
    assert told.args[0].startswith("Ticket T-")
    assert opened.window.tabs.currentIndex() == INVENTORY


def dialog_of(kind: type[QWidget]) -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def test_every_section_opens(opened: Opened) -> None:
    for tab, declared in enumerate(places.TABS):
        for section in range(len(declared.places)):
            opened.control.section(tab, section)
            settle(opened.app)
            assert opened.window.tabs.currentIndex() == tab


def test_every_section_is_left_and_come_back_to(opened: Opened, qapp: QApplication) -> None:
    places_of = [(tab, at) for tab, declared in enumerate(places.TABS) for at in range(len(declared.places))]
    buttons: list[dict[tuple[int, int], int]] = []
    for _ in range(2):
        buttons.append({})
        for tab, at in places_of:
            opened.control.section(tab, at)
            settle(qapp)
            buttons[-1][tab, at] = len(opened.control.page().section_actions())
    assert buttons[0] == buttons[1]


def test_sections_are_counted_before_any_is_opened(opened: Opened, qtbot: QtBot) -> None:
    opened.window.tabs.setCurrentIndex(INVENTORY)
    switch = opened.control.tab_pages[INVENTORY].switch
    at = switch.titles().index("Personnes")
    qtbot.waitUntil(lambda: switch.accessibleTabName(at) == "Personnes, 2")
    assert switch.accessibleTabName(switch.titles().index("Sécurité")) == "Sécurité"
    opened.control.desk.act("Arrivée", lambda s: records.create(s, PERSON, {"last_name": "Haddad"}))
    qtbot.waitUntil(lambda: switch.accessibleTabName(at) == "Personnes, 3")
    opened.window.tabs.setCurrentIndex(0)
    opened.control.desk.act("Arrivée", lambda s: records.create(s, PERSON, {"last_name": "Perrot"}))
    opened.window.tabs.setCurrentIndex(INVENTORY)
    qtbot.waitUntil(lambda: switch.accessibleTabName(at) == "Personnes, 4")


def test_a_tab_opened_by_its_key_gives_the_focus_to_its_list(opened: Opened, qtbot: QtBot) -> None:
    window = opened.window
    window.activateWindow()
    window.tabs.setFocus()
    window.tabs._go_to(INVENTORY)
    page = opened.control.page()
    assert isinstance(page, EntityPage)
    qtbot.waitUntil(page.panel.search.hasFocus)
    assert not window.tabs.hasFocus()


def test_search_finds_everything_and_goes_there(opened: Opened, qtbot: QtBot) -> None:
    search = opened.window.search
    qtbot.keyClicks(search, "bonn")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    settle(opened.app)
    assert opened.page().entity is PERSON
    assert opened.page().detail.title.text() == "Bonnin"
    qtbot.keyClicks(search, "rien de tel")
    search.look_up()
    assert "Rien ne correspond" in search.list.item(0).text()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.popup.isHidden()


def test_search_answers_are_walked_by_keys(opened: Opened, qtbot: QtBot) -> None:
    search = opened.window.search
    qtbot.keyClicks(search, "dell")
    search.look_up()
    assert search.list.count() == 5
    qtbot.keyClick(search, Qt.Key.Key_Up)
    assert search.list.currentRow() == 4
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert search.list.currentRow() == 0


def test_what_was_done_is_undone(opened: Opened, answers: Answers) -> None:
    opened.control.undo_last()
    assert answers.told[-1][0] == "Il n’y a rien à annuler"
    opened.control.section(INVENTORY, 0)
    opened.page().to_bin([1])
    settle(opened.app)
    assert opened.window.undo_bar.isVisible()
    opened.control.undo_last()
    settle(opened.app)
    with opened.control.desk.read() as session:
        assert not records.get(session, ASSET, 1).in_bin


def test_the_bin_gives_back(opened: Opened) -> None:
    opened.control.section(INVENTORY, 0)
    opened.page().to_bin([1, 2])
    acts.show_bin(opened.control)
    dialog = dialog_of(BinDialog)
    assert isinstance(dialog, BinDialog)
    assert dialog.kinds.itemText(0) == "2\u00a0biens"
    dialog.table.selectAll()
    dialog.back.click()
    with opened.control.desk.read() as session:
        assert not records.get(session, ASSET, 2).in_bin
    dialog.accept()


def test_settings_are_kept_where_they_belong(opened: Opened) -> None:
    acts.settings(opened.control)
    dialog = dialog_of(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.editors["backup_days"].put_text("mille")
    dialog.accept()
    assert dialog.isVisible()
    dialog.editors["backup_days"].put_text("14")
    dialog.editors["theme"].put_text("Sombre")
    dialog.accept()
    assert theme.is_dark()
    with opened.control.desk.read() as session:
        assert preferences.get(session, "backup_days") == 14
    assert UiState().setting("theme") == "dark"


def test_about_and_company(opened: Opened, qtbot: QtBot) -> None:
    acts.show_about(opened.control)
    assert "SQLite" in diagnostics(opened.store)
    about = dialog_of(AboutDialog)
    about.close()
    acts.edit_company(opened.control)
    company = dialog_of(CompanyDialog)
    assert isinstance(company, CompanyDialog)
    company.form.editors["name"].put_text("Morvan Frères")
    company.accept()
    qtbot.waitUntil(lambda: opened.window.windowTitle() == "Morvan Frères – Parcomètre")


def test_a_list_is_opened_on_what_a_figure_counted(opened: Opened) -> None:
    query = Query(ASSET.shown, "number", filters=(Filter("person_id", (1,)),))
    opened.control.show_list("asset", query)
    assert opened.page().panel.query.filters == query.filters
    opened.control.show_list("blob", None)
    with pytest.raises(NotFound):
        opened.control.go_to("service_level", 1)


def test_every_menu_entry_does_something(opened: Opened) -> None:
    named = [a for a in opened.window.findChildren(QAction) if a.text() and not a.isSeparator()]
    for text in ("Nouveau", "Modifier…", "Annuler la dernière action", "Corbeille…", "Réglages…", "Guide", "Importer…"):
        assert any(a.text() == text and a.isEnabled() for a in named), text


def test_a_backup_is_made_and_the_file_checked(opened: Opened, answers: Answers, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.control.jobs.idle, timeout=20_000):
        file_acts.save_backup(opened.control)
    assert len(backup.backups(paths.backup_dir(opened.store.path))) == 1
    assert file_acts.backup_age(opened.store) == 0
    with qtbot.waitSignal(opened.control.jobs.idle, timeout=20_000):
        file_acts.check(opened.control)
    assert answers.told[-1][0] == "La base est saine"


def test_another_file_or_a_backup_is_asked_for(opened: Opened, answers: Answers, qtbot: QtBot) -> None:
    answers.opens, answers.confirms = [[Path("autre.parc")], [Path("copie.zip")], [Path("copie.zip")]], [False, True]
    with qtbot.waitSignal(opened.control.reopen) as asked:
        file_acts.open_other(opened.control)
    assert asked.args == [("open", Path("autre.parc"))]
    file_acts.restore_backup(opened.control)
    assert answers.begun_in == paths.backup_dir(opened.store.path)
    with qtbot.waitSignal(opened.control.reopen) as asked:
        file_acts.restore_backup(opened.control)
    assert asked.args == [("restore", Path("copie.zip"))]


def test_a_new_file_never_takes_the_place_of_another(
    opened: Opened, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    answers.saves = [None, opened.store.path, tmp_path / "autre.parc"]
    file_acts.new_file(opened.control)
    with pytest.raises(Refused):
        file_acts.new_file(opened.control)
    with qtbot.waitSignal(opened.control.reopen) as asked:
        file_acts.new_file(opened.control)
    assert asked.args == [("open", tmp_path / "autre.parc")]


def test_the_window_comes_back_as_it_was_left(base: Path, answers: Answers, qapp: QApplication) -> None:  # noqa: ARG001
    run = Opened(base, answers)
    run.control.section(*(places.where("person") or ()))
    run.window.resize(1100, 700)
    settle(run.app)
    run.leave()
    again = Opened(base, answers)
    assert again.window.tabs.currentIndex() == INVENTORY
    assert again.page().entity is PERSON
    assert again.window.height() == 700  # the offscreen screen is too narrow for the width
    again.leave()


def test_the_first_frame_shows_the_rows_that_were_in_sight(base: Path, answers: Answers, qtbot: QtBot) -> None:
    run = Opened(base, answers)
    run.control.section(INVENTORY, 0)
    settle(run.app)
    run.leave()
    shown = first_frame.read(base)
    assert shown is not None
    assert [row[0].text for row in shown.rows] == [f"PC-000{n}" for n in range(1, 6)]
    assert shown.rows[0][1].icon == "pc-case"
    picture = first_frame.picture(shown)
    qtbot.addWidget(picture)
    picture.resize(1200, 600)
    picture.show()
    assert not picture.grab().isNull()


def test_rows_that_changed_since_are_not_shown(base: Path, answers: Answers, qapp: QApplication) -> None:  # noqa: ARG001
    run = Opened(base, answers)
    run.control.section(INVENTORY, 0)
    settle(run.app)
    run.leave()
    with closing(open_store(base)) as store, store.begin("ailleurs") as session:
        records.update(session, ASSET, 1, {"room": "Quai"})
    assert first_frame.read(base) is None
    assert first_frame.read(base.with_name("absent.parc")) is None


def test_a_frame_that_cannot_be_read_is_left_aside(base: Path) -> None:
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("INSERT INTO setting VALUES ('frame', '{')")
        connection.commit()
    assert first_frame.read(base) is None


def life(path: Path, answers: Answers) -> tuple[Window, bool, list[object]]:
    """A window brought to life as the program does it, and what it asked of the program."""
    make_application()
    window = Window(UiState())
    asked: list[object] = []
    alive = opening.bring_to_life(window, path, asked.append, lambda: asked.append("fin"), answers)
    return window, alive, asked


def test_closing_leaves_a_backup(base: Path, answers: Answers, qtbot: QtBot) -> None:
    window, alive, asked = life(base, answers)
    qtbot.addWidget(window)
    assert alive
    window.close()
    assert asked == ["fin"]
    assert len(backup.backups(paths.backup_dir(base))) == 1


def test_a_file_already_open_is_offered_for_reading(base: Path, answers: Answers, qtbot: QtBot) -> None:
    with closing(open_store(base)):
        answers.confirms = [False]
        window, alive, _ = life(base, answers)
        qtbot.addWidget(window)
        assert not alive
        answers.confirms = [True]
        window, alive, _ = life(base, answers)
        qtbot.addWidget(window)
        assert alive
        assert "Lecture seule" in window.footer._right.text()
        window.close()


def test_a_newer_file_is_refused_and_left_as_it_was(base: Path, answers: Answers, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("PRAGMA user_version=9999")
        connection.commit()
    before = base.read_bytes()
    window, alive, _ = life(base, answers)
    qtbot.addWidget(window)
    assert not alive
    assert "plus récente" in answers.told[-1][1]
    assert base.read_bytes() == before


def test_a_backup_is_put_back_from_the_window(base: Path, answers: Answers, qtbot: QtBot) -> None:
    with closing(open_store(base)) as store:
        made = drain(backup.make_backup(store, base.parent / "copies"))
        with store.begin("essai") as session:
            records.update(session, ASSET, 1, {"room": "Quai"})
    window, _, asked = life(base, answers)
    qtbot.addWidget(window)
    control = window.findChild(Control)
    assert isinstance(control, Control)
    control.reopen.emit(("restore", made.path))
    assert asked == [base]
    assert answers.told[-1][0] == "La sauvegarde est en place"
    with closing(open_store(base)) as store, store.read() as session:
        assert records.get(session, ASSET, 1).values["room"] is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StoreNewer("Ce fichier vient d’une version plus récente."), "version plus récente"),
        (OSError(28, "No space left"), "Le disque est plein"),
        (PermissionError(13, "denied", "parc.xlsx"), "parc.xlsx"),
        (sqlite3.OperationalError("database or disk is full"), "Le disque est plein"),
        (sqlite3.OperationalError("database is locked"), "occupé par un autre programme"),
        (OSError(999, "odd"), None),
        (ValueError("a bug"), None),
    ],
)
def test_the_known_world_gets_a_sentence(error: BaseException, told: str | None) -> None:
    sentence = errors.sentence(error)
    assert sentence is None if told is None else sentence is not None and told in sentence


def test_an_expected_error_is_told_and_the_program_goes_on(answers: Answers) -> None:
    errors.install(answers)
    error = AppError("Ce n’est pas permis.")
    sys.excepthook(type(error), error, None)
    assert answers.told == [("Ce n’est pas possible", "Ce n’est pas permis.")]


def test_a_state_file_that_cannot_be_read_is_begun_again(tmp_path: Path, store: Store) -> None:  # noqa: ARG001
    path = tmp_path / "poste.json"
    for text in ("{", "[1]", '{"setting/theme": "\\"mauve\\""}'):
        path.write_text(text, encoding="utf-8")
        assert UiState(path).setting("theme") == "system"


def test_a_write_by_another_program_is_told_once_the_file_is_open(base: Path, answers: Answers, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS asset_update")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='asset'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE asset SET room = 'Ailleurs' WHERE id = 1")
        connection.commit()
    window, alive, _ = life(base, answers)
    qtbot.addWidget(window)
    assert alive
    qtbot.waitUntil(lambda: bool(answers.told), timeout=5000)
    assert answers.told[-1][0] == "Le fichier demande votre attention"
    window.close()


@pytest.mark.parametrize("act", ["open", "restore"])
def test_a_file_that_is_refused_leaves_the_present_one_open(
    base: Path, answers: Answers, qtbot: QtBot, tmp_path: Path, act: str
) -> None:
    (tmp_path / "photo.parc").write_bytes(b"not a base" * 100)
    window, _, asked = life(base, answers)
    qtbot.addWidget(window)
    control = window.findChild(Control)
    assert isinstance(control, Control)
    with qtbot.captureExceptions() as raised:
        control.reopen.emit((act, tmp_path / "photo.parc"))
    assert len(raised) + len(answers.told) == 1
    assert asked == []
    with control.desk.read() as session:
        assert records.get(session, ASSET, 1).values["number"] == "PC-0001"
    window.close()
