"""A person before the real window: what stories are told with."""

from io import BytesIO
from pathlib import Path
from typing import TypeVar

from pypdf import PdfReader
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.entities import ENTITIES
from app.services import listing
from app.services.listing import Row
from app.ui import places, theme
from app.ui.app import make_application
from app.ui.control import Control
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.demonstration import settle
from app.ui.opening import bring_to_life
from app.ui.pages.acts import ActDialog
from app.ui.pages.expertises import OpeningDialog
from app.ui.preview import Preview
from app.ui.state import UiState
from app.ui.window import Window
from tests.ui.fakes import Answers
from tests.ui.pages.hand import press

T = TypeVar("T", bound=QObject)


def text_of(shown: Preview) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(shown.paper.pdf)).pages)


class Story:
    """The window, the person's answers, and the few gestures that the story is told with."""

    def __init__(self, qtbot: QtBot, base: Path) -> None:
        self.qtbot, self.base, self.answers = qtbot, base, Answers()
        self.app = make_application()
        theme.apply(self.app, "light")
        self.open()

    def open(self) -> None:
        self.window = Window(UiState())
        self.window.resize(1280, 800)
        self.window.show()
        assert bring_to_life(self.window, self.base, lambda _: None, lambda: None, self.answers)
        control = self.window.findChild(Control)
        assert isinstance(control, Control)
        self.control, self.opened = control, True
        settle(self.app)

    def close(self) -> None:
        self.opened = False
        self.window.close()
        self.window.deleteLater()
        settle(self.app)

    def dialog(self, kind: type[T]) -> T:
        """The dialog of this kind on the screen, waited for."""

        def shown() -> list[T]:
            return [w for w in QApplication.allWidgets() if isinstance(w, kind) and w.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
        return shown()[-1]

    def issued(self, draft: Preview) -> tuple[Preview, str]:
        """Issue the paper in sight; the one that takes its place, and its text."""
        with self.qtbot.waitSignal(self.control.jobs.idle, timeout=30_000):
            draft.issue_button.click()
        settle(self.app)
        shown = self.dialog(Preview)
        assert shown is not draft
        return shown, text_of(shown)

    def gone(self, dialog: QDialog) -> None:
        settle(self.app)
        assert not isValid(dialog) or not dialog.isVisible()

    def page(self, key: str) -> EntityPage:
        page = self.control.section(*(places.where(key) or ()))
        settle(self.app)
        assert isinstance(page, EntityPage)
        return page

    def fill(self, form: FormDialog | ActDialog | OpeningDialog, **texts: str) -> None:
        for name, text in texts.items():
            form.form.editors[name].put_text(text)

    def rows(self, key: str) -> list[Row]:
        entity = ENTITIES[key]
        with self.control.desk.read() as session:
            return listing.page(session, entity, listing.default_query(entity))

    def act(self, words: str, **texts: str) -> None:
        """Press a button of the record page, fill the small dialog that it opens, accept."""
        press(self.record(), words)
        dialog = self.dialog(ActDialog)
        self.fill(dialog, **texts)
        dialog.accept()
        self.gone(dialog)

    def record(self) -> QWidget:
        record = self.control.tab_pages[self.window.tabs.currentIndex()].record
        assert record is not None
        return record
