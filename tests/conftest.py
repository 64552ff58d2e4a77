"""What every test runs under: no screen, French, a foreign time zone, and no dialog that nobody answers."""

import gc
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

from app.jobs import drain
from app.services import example, setup
from app.storage import Store, open_store

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.story import Story

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "America/New_York"  # a time that forgot to be in Paris or in UTC shows here
if hasattr(time, "tzset"):
    time.tzset()

settings.register_profile("house", deadline=None, database=None, derandomize="CI" in os.environ)
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _french() -> None:
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - after the platform is chosen

    QLocale.setDefault(QLocale("fr_FR"))


@pytest.fixture(scope="session", autouse=True)
def _kept() -> None:
    """What the modules made when they were imported is never looked at again: collecting after each test is quick."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collected_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program, no thread frees the widgets of a test before (app/ui/collecting.py); and none of them lives
    on, its timers with it, in the tests after.

    Before a test of widgets, what the tests before left is gone: what remains is never looked at again, or collecting
    would take longer from test to test.
    """
    gc.disable()
    if "qapp" in request.fixturenames:
        gc.collect()
        gc.freeze()
    yield
    if "qapp" in request.fixturenames:
        from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - after the platform is chosen

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    else:
        from app.ui.collecting import collect_if_due  # noqa: PLC0415 - as above

        collect_if_due()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written outside the test's folder."""
    monkeypatch.setenv("PARCOMETRE_HOME", str(tmp_path / "maison"))


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A new company's file, and one with what a company needs before its first record: each test copies one."""
    folder = tmp_path_factory.mktemp("neuf")
    empty, ready = folder / "vide.parc", folder / "pret.parc"
    open_store(empty).close()
    with closing(open_store(ready)) as opened, opened.begin() as session:
        setup.ensure(session)
    return empty, ready


@pytest.fixture
def store(tmp_path: Path, request: pytest.FixtureRequest, _made_once: tuple[Path, Path]) -> Iterator[Store]:
    """A new company's file."""
    shutil.copyfile(_made_once["ready" in request.fixturenames], tmp_path / "essai.parc")
    with closing(open_store(tmp_path / "essai.parc")) as opened:
        yield opened


@pytest.fixture
def ready(store: Store) -> Store:
    """The same with what a company needs before its first record."""
    return store


@pytest.fixture(scope="session")
def _morvan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example company, made once."""
    path = tmp_path_factory.mktemp("morvan") / "morvan.parc"
    with closing(open_store(path)) as opened:
        drain(example.fill_job(opened))
    return path


@pytest.fixture(scope="session")
def morvan(tmp_path_factory: pytest.TempPathFactory, _morvan_file: Path) -> Iterator[Store]:
    """The example company, which no test writes to."""
    path = tmp_path_factory.mktemp("lue") / "morvan.parc"
    shutil.copyfile(_morvan_file, path)
    with closing(open_store(path, who="Essai")) as opened:
        yield opened


@pytest.fixture
def own_morvan(tmp_path: Path, _morvan_file: Path) -> Iterator[Store]:
    """The example company, for one test to write to."""
    shutil.copyfile(_morvan_file, tmp_path / "morvan.parc")
    with closing(open_store(tmp_path / "morvan.parc", who="Essai")) as opened:
        yield opened


@pytest.fixture
def story(qtbot: "QtBot", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Story]":
    """The real window on a base that does not exist yet."""
    from tests.story import Story  # noqa: PLC0415 - after the platform is chosen

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the program puts its own, for this test only
    told = Story(qtbot, tmp_path / "morvan.parc")
    yield told
    if told.opened:
        told.close()


@pytest.fixture(autouse=True)
def _no_modal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A modal dialog that no test expects would wait for ever: it raises instead."""
    from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox  # noqa: PLC0415 - as above

    def refuse(*_: Any, **__: Any) -> NoReturn:
        pytest.fail("a modal dialog was opened")

    waiting = {
        QDialog: ("exec",),
        QMenu: ("exec",),
        QMessageBox: ("exec", "question", "information", "warning", "critical", "about"),
        QInputDialog: ("getText", "getItem", "getInt", "getDouble", "getMultiLineText"),
        QFileDialog: ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
    }
    for owner, names in waiting.items():
        for name in names:
            monkeypatch.setattr(owner, name, refuse)
