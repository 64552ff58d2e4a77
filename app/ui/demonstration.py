"""The main job without anybody at the screen: what `lancer.py` shows where there is no display, and the self-test."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.entities import ENTITIES
from app.fields import this_day
from app.jobs import drain
from app.services import example, export, listing, papers, records, setup
from app.services.guide import book
from app.services.measures import measures
from app.services.paper_kinds import PAPERS
from app.storage import Store, open_store
from app.storage.files import write_safely
from app.ui import places, theme
from app.ui.app import make_application
from app.ui.ask import Ask
from app.ui.control import Control
from app.ui.state import UiState
from app.ui.window import Window

SIZE = (1280, 800)
LISTS = ("asset", "ticket")


def demonstrate(args: argparse.Namespace) -> int:
    """The example company: base, papers, workbooks, a picture of each tab, in a folder whose path is printed."""
    qInstallMessageHandler(_without_a_screen)
    folder = args.dossier or Path(tempfile.mkdtemp(prefix="parcometre-"))
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / "entreprise.parc"
    with closing(_example(base)) as store:
        for made in (*_papers(store, folder), *_workbooks(store, folder), *pictures(store, folder)):
            print(made.name)  # noqa: T201 - this command prints what it made
    print(f"Tout est dans\u00a0: {folder}")  # noqa: T201
    return 0


def _without_a_screen(_: object, __: object, text: str) -> None:
    """What Qt says, but that a platform without a screen has no window manager: it says so at each window."""
    if "This plugin does not support" not in text:
        print(text, file=sys.stderr)  # noqa: T201


def _example(base: Path) -> Store:
    store = open_store(base)
    with store.begin("Préparation de la base") as session:
        setup.ensure(session)
    with store.read() as session:
        wanted = setup.is_empty(session)
    if wanted:
        drain(example.fill_job(store))
    return store


def _papers(store: Store, folder: Path) -> list[Path]:
    """Every kind of paper, as a draft, on the latest record it is about."""
    made = []
    for kind, paper in PAPERS.items():
        with store.read() as session:
            ref = None if paper.prefix else _latest(session, paper.entity)
            pdf = papers.draft(session, kind, ref, datetime.now(UTC))
        made.append(folder / f"{kind}.pdf")
        write_safely(made[-1], pdf)
    return made


def _latest(session: Any, key: str) -> str:
    """The number of the last record; the name of one where they have no numbers."""
    entity = ENTITIES[key]
    if entity.numbering is None:
        return records.choices(session, key, limit=1)[0][1]
    query = replace(listing.default_query(entity), columns=("number",))
    return str(listing.page(session, entity, query, limit=1)[0].values[0])


def _workbooks(store: Store, folder: Path) -> list[Path]:
    made = []
    for key in LISTS:
        entity = ENTITIES[key]
        path = folder / f"{entity.many.lower()}.xlsx"
        drain(export.list_job(store, entity, path, query=listing.default_query(entity)))
        made.append(path)
    return made


def pictures(store: Store, folder: Path) -> list[Path]:
    """Each tab of the window, as a PNG."""
    app = make_application()
    theme.apply(app, "light")
    window = Window(UiState(folder / "poste.json"))
    control = Control(window, store, Ask())
    window.resize(*SIZE)
    window.show()
    made = []
    for position, tab in enumerate(places.TABS):
        window.tabs.setCurrentIndex(position)
        settle(app)
        made.append(folder / f"onglet-{position + 1}-{tab.title.lower()}.png")
        window.grab().save(str(made[-1]))
    control.reminding.stop()
    control.jobs.wait()
    control.desk.close()
    window.hide()
    window.deleteLater()
    settle(app)
    return made


def settle(app: QApplication) -> None:
    """Let everything asked for be done: timers of zero, late counts, deletions, paint."""
    for _ in range(8):
        app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def selftest(_: argparse.Namespace) -> int:
    """Open a temporary base, show each tab, render each paper, compute each indicator; 0 when all of it worked."""
    qInstallMessageHandler(_without_a_screen)
    with (
        tempfile.TemporaryDirectory(prefix="parcometre-") as name,
        closing(_example(Path(name) / "essai.parc")) as store,
    ):
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("onglets", lambda: pictures(store, Path(name))),
            ("papiers", lambda: _papers(store, Path(name))),
            ("classeurs", lambda: _workbooks(store, Path(name))),
            ("indicateurs", lambda: _indicators(store)),
            ("guide", lambda: book.pdf(this_day())),
        )
        for told, step in steps:
            step()
            print(f"{told}\u00a0: bien")  # noqa: T201
    return 0


def _indicators(store: Store) -> None:
    today = this_day()
    with store.read() as session:
        measures(session, today.replace(month=1, day=1), today, datetime.now(UTC))
