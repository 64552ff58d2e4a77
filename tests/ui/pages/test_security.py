"""Stories of the security page and of the table of ends of support."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Asset, SupportEnd, Survey
from app.services import preferences, records, setup, support
from app.services.security import Coverage, Finding
from app.services.security_checks import Gravity
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.base import Page
from app.ui.pages.security import SecurityPage, coverage_told, headline, undated_told
from app.ui.pages.security_support import SupportEndsPage, SystemsDialog
from app.ui.parts.basics import row
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press, shown


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
    return make_desk(qtbot, store, answers)


def opened_page(qtbot: QtBot, kind: type[Page], desk: Desk) -> Any:
    """The page with the actions of its section above it."""
    made = kind(desk, UiState())
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    bar.show()
    settle(qtbot)
    return made


def pc(session: Session, **values: Any) -> int:
    return records.create(session, ENTITIES["asset"], {"family_id": 1, **values})


def seen(session: Session, asset: int, **values: Any) -> None:
    session.add(Survey(asset_id=asset, taken_at=datetime.now(UTC), firewall_on=True, **values))


def fleet(desk: Desk) -> None:
    """One machine without antivirus, one never surveyed under a system that is over."""
    with desk.store.begin("essai") as session:
        seen(session, pc(session), antivirus_on=False)
        pc(session, system="Windows 10 Pro", support_end=date(2025, 10, 14))


def asked_of(qtbot: QtBot, desk: Desk, act: Any) -> tuple[str, tuple[int, ...]]:
    with qtbot.waitSignal(desk.show_list) as told:
        act()
    return told.args[0], told.args[1].ids


def test_each_figure_opens_the_assets_behind_it(qtbot: QtBot, desk: Desk) -> None:
    fleet(desk)
    page = opened_page(qtbot, SecurityPage, desk)
    assert page.head.text() == "2\u00a0points graves"
    line = page.rows["antivirus-absent"]
    assert (line.figure.text(), line.unknown.text()) == ("1\u00a0bien", "1\u00a0non relevé")
    assert "100\u00a0% de 1 relevé" in shown(line)
    assert asked_of(qtbot, desk, line.figure.click) == ("asset", (1,))
    assert asked_of(qtbot, desk, line.unknown.click) == ("asset", (2,))
    assert not page.rows["firewall-off"].figure.isEnabled()
    assert page.rows["disk-full"].figure.text() == "–"
    assert page.sentence() == "2\u00a0points à voir sur 9 contrôles"


def test_the_page_follows_what_changes(qtbot: QtBot, desk: Desk) -> None:
    fleet(desk)
    page = opened_page(qtbot, SecurityPage, desk)
    with desk.store.begin("essai") as session:
        seen(session, 2, antivirus_on=False)
    assert page.rows["antivirus-absent"].figure.text() == "2\u00a0biens"
    assert "2 relevés sur 2\u00a0postes" in page.note.text()


def test_a_check_goes_to_excel(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    fleet(desk)
    page = opened_page(qtbot, SecurityPage, desk)
    answers.saves = [tmp_path / "sans-antivirus.xlsx", None]
    page.rows["antivirus-absent"].export.click()
    qtbot.waitUntil((tmp_path / "sans-antivirus.xlsx").exists, timeout=20_000)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    page.rows["support-ended"].export.click()
    assert answers.saves == []


def test_without_survey_the_page_says_where_they_come_from(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    with desk.store.begin("essai") as session:
        pc(session)
    page = opened_page(qtbot, SecurityPage, desk)
    assert "Aucun relevé pour l’instant" in shown(page)
    assert page.head.text() == "Rien n’a encore été relevé"
    answers.opens = [[]]
    press(page, "Importer des relevés…")
    assert answers.opens == []


def test_an_empty_base_says_how_to_begin(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    page = opened_page(qtbot, SecurityPage, desk)
    assert "Aucun poste à surveiller" in shown(page)
    answers.opens = [[]]
    press(page, "Choisir un fichier…")
    assert answers.opens == []
    with qtbot.waitSignal(desk.show_list) as told:
        press(page, "Aller aux biens")
    assert told.args == ["asset", None]


def test_the_systems_are_dated_from_the_table(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        pc(session, system="Microsoft Windows Server 2019 Standard")
        pc(session, system="Microsoft Windows Server 2022 Standard")
    page = opened_page(qtbot, SecurityPage, desk)
    assert "2\u00a0biens ont un système que la table connaît" in shown(page)
    with qtbot.waitSignal(desk.done) as told:
        press(page, "Dater les systèmes")
    assert told.args[0].startswith("2\u00a0dates remplies")
    assert "que la table connaît" not in shown(page)
    with desk.read() as session:
        assert session.scalars(select(Asset.support_end)).all() == [date(2029, 1, 9), date(2031, 10, 14)]
    with qtbot.waitSignal(desk.done) as told:
        press(page, "Dater les systèmes")
    assert told.args == ["0\u00a0date remplie, 0\u00a0corrigée.", 0]


def test_a_newer_table_is_offered_and_taken(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        pc(session, system="Windows Server 2019 Standard")
        session.delete(session.scalars(select(SupportEnd).where(SupportEnd.code == "windows-server/2019")).one())
        records.to_bin(session, ENTITIES["support_end"], [1])
        preferences.keep(session, support.BUNDLED, "2026-01-01")
    page = opened_page(qtbot, SupportEndsPage, desk)
    assert "table plus récente" in shown(page)
    with qtbot.waitSignal(desk.done) as told:
        press(page, "Mettre à jour depuis le programme")
    assert told.args[0] == (
        "1\u00a0ligne ajoutée, 0\u00a0ligne changée, 1\u00a0ligne gardée comme vous l’avez voulu. "
        "1\u00a0date remplie, 0\u00a0corrigée."
    )
    qtbot.waitUntil(lambda: not page.banner.isVisible())
    with desk.read() as session:
        assert session.scalars(select(Asset.support_end)).one() == date(2029, 1, 9)
    page.refresh()
    assert any(one.text() == "Dater les biens" for one in page.findChildren(QPushButton))


def test_what_the_table_cannot_date_is_told_with_its_reason(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, SupportEndsPage, desk)
    with qtbot.waitSignal(desk.done) as told:
        press(page, "Systèmes sans date…")
    assert told.args[0] == "La table sait dater le système de chaque bien"
    with desk.store.begin("essai") as session:
        pc(session, system="Windows Server 2019 Standard")
        for version in ("24H2", "24H2", None):
            pc(session, system="Windows 11", system_version=version)
    press(page, "Systèmes sans date…")
    dialog = opened(page, SystemsDialog)
    lines = [[dialog.table.model().index(line, at).data() for at in range(4)] for line in range(2)]
    assert lines[0] == ["Windows 11", "24H2", "2", "Windows 11 24H2\u00a0: édition non relevée."]
    assert lines[1][1:] == ["–", "1", "Windows\u00a0: version non relevée."]
    assert asked_of(qtbot, desk, lambda: dialog.table.opened.emit(0)) == ("asset", (2, 3))


def test_the_sentences() -> None:
    def found(gravity: Gravity, count: int) -> Finding:
        return Finding("x", "X", gravity, "shield", count, 0, 10, "", "")

    assert headline([found(Gravity.GRAVE, 0)]) == "Rien à corriger dans ce qui a été relevé"
    assert undated_told(1).title.startswith("1\u00a0bien a un système")
    told = headline([found(Gravity.GRAVE, 1), found(Gravity.MEND, 2), found(Gravity.WATCH, 1), found(Gravity.MEND, 0)])
    assert told == "1\u00a0point grave, 1\u00a0à corriger, 1\u00a0à surveiller"
    assert headline([found(Gravity.WATCH, 1)]) == "1\u00a0à surveiller"
    one = Coverage(3, 2, date(2026, 11, 2), date(2026, 11, 2))
    assert coverage_told(one).startswith("2 relevés sur 3\u00a0postes, serveurs compris, le 02/11/2026.")
    assert "du 01/11/2026 au 02/11/2026" in coverage_told(Coverage(3, 2, date(2026, 11, 1), date(2026, 11, 2)))
    assert coverage_told(Coverage(1, 0, None, None)).startswith("0 relevé sur 1\u00a0poste, serveurs compris.")
