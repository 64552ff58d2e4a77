"""Stories of somebody who leaves."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.models import Asset, LicenceSeat, Person
from app.models.codes import AssetStatus
from app.services import loans, records, setup
from app.storage import Store
from app.ui.pages.persons import LeaveDialog, PersonsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown


@pytest.fixture
def page(qtbot: QtBot, store: Store, tmp_path: Path) -> PersonsPage:
    """Hélène has a PC, borrows another, and has a licence; Luc has nothing."""
    with store.begin() as session:
        setup.ensure(session)
        for name in ("Morvan", "Garnier"):
            records.create(session, ENTITIES["person"], {"last_name": name, "arrived_on": date(2020, 1, 6)})
        for owner in (1, None):
            records.create(session, ENTITIES["asset"], {"family_id": 1, "person_id": owner, "brand": "Dell"})
        loans.lend(session, 2, {"person_id": 1, "lent_on": date(2026, 1, 2)})
        licence = records.create(session, ENTITIES["licence"], {"name": "Suite"})
        records.create(session, ENTITIES["licence_seat"], {"licence_id": licence, "person_id": 1})
    made = PersonsPage(make_desk(qtbot, store, Answers()), UiState(tmp_path / "poste.json"))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(qtbot, lambda: made.panel.model.tally.all == 2)
    made.show_record(1)
    settle(qtbot)
    return made


def act(page: PersonsPage, words: str) -> None:
    press(page.detail, "Autres actions")
    pick(page.detail, words)


def test_what_somebody_has_stands_in_tabs(page: PersonsPage) -> None:
    titles = [page.detail.tabs.tabToolTip(i) for i in range(page.detail.tabs.count())]
    assert titles == ["Fiche", "Biens 1", "Prêts 1", "Licences 1", "Tickets", "Documents", "Historique"]


def test_a_seat_leads_to_its_licence(qtbot: QtBot, page: PersonsPage) -> None:
    went: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, number: went.append((key, number)))
    page.detail.tabs.setCurrentIndex(3)
    settle(qtbot)
    page.detail.pages.currentWidget().opened.emit(1)  # type: ignore[union-attr]  # a LinkedList
    page.detail.tabs.setCurrentIndex(1)
    settle(qtbot)
    page.detail.pages.currentWidget().opened.emit(1)  # type: ignore[union-attr]
    assert went == [("licence", 1), ("asset", 1)]


def test_what_is_ticked_is_given_back_and_the_rest_is_told(qtbot: QtBot, page: PersonsPage) -> None:
    told: list[str] = []
    page.desk.done.connect(lambda text, _: told.append(text))
    act(page, "Départ…")
    dialog = opened(page, LeaveDialog)
    assert [box.text() for box in dialog.boxes] == ["PC-0001 Dell", "PC-0002 Dell", "LIC-0001 Suite"]
    dialog.boxes[0].setChecked(True)
    dialog.boxes[2].setChecked(True)
    dialog.form.editors["left_on"].put_text("20/01/2026")
    dialog.accept()
    settle(qtbot, lambda: bool(told))
    assert told == ["Départ de Morvan noté, 1\u00a0chose à rendre"]
    with page.desk.read() as session:
        assert session.get_one(Person, 1).left_on == date(2026, 1, 20)
        assert session.get_one(Asset, 1).status == AssetStatus.IN_STOCK
        assert session.get_one(LicenceSeat, 1).released_on == date(2026, 1, 20)
    settle(qtbot, lambda: "1\u00a0chose à rendre" in shown(page.detail))
    press(page.detail, "Restitution…")
    again = opened(page, LeaveDialog)
    assert [box.text() for box in again.boxes] == ["PC-0002 Dell"]
    press(again, "Tout cocher")
    again.accept()
    settle(qtbot, lambda: "à rendre" not in shown(page.detail))


def test_a_bad_day_is_refused_and_the_ticks_stay(page: PersonsPage) -> None:
    act(page, "Départ…")
    dialog = opened(page, LeaveDialog)
    dialog.boxes[1].setChecked(True)
    dialog.form.editors["left_on"].put_text("01/01/2019")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.returned() == ["loan:1"]
    dialog.form.editors["left_on"].put_text("")
    dialog.accept()
    assert "Ce champ est obligatoire." in shown(dialog)


def test_somebody_who_has_nothing_leaves_too(qtbot: QtBot, page: PersonsPage) -> None:
    page.show_record(2)
    settle(qtbot)
    act(page, "Départ…")
    dialog = opened(page, LeaveDialog)
    assert "Rien n’est noté à son nom" in shown(dialog)
    dialog.accept()
    assert not dialog.isVisible()


def test_the_sheet_to_sign_opens_from_everywhere(page: PersonsPage) -> None:
    page.print_paper()
    preview = opened(page, Preview)
    assert preview.paper.title == "Fiche de restitution Morvan"
    preview.close()
    act(page, "Imprimer la fiche de restitution…")
    opened(page, Preview).close()
