"""Stories of licences and of the software that inventories saw."""

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.fields import this_day
from app.models import Licence, LicenceSeat, Software
from app.models.codes import LicenceNeed
from app.services import licences, listing, records, setup
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.chooser import RecordsChooser
from app.ui.pages.licences import LicencesPage, SeatsTab
from app.ui.pages.licences_part import LicencesPart
from app.ui.pages.software import MachinesTab, SoftwarePage
from app.ui.pages.software_needs import NeedsDialog
from app.ui.parts.basics import row
from app.ui.state import UiState
from tests.services.machines import licence, machine, person, product
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

ASSET = ENTITIES["asset"]


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    """AutoCAD on three machines, of which two licences; an idle licence of nothing; 7-Zip still to be told."""
    with store.begin("essai") as session:
        setup.ensure(session)
        cad = product(session)
        zip_ = product(session, "7-Zip", LicenceNeed.UNKNOWN)
        machine(session, cad, zip_)
        machine(session, cad)
        machine(session, cad)
        licence(session, cad, 2)
        licence(session)
        person(session)
    return make_desk(qtbot, store, Answers())


def page_of(qtbot: QtBot, kind: type[EntityPage], desk: Desk) -> Any:
    made = kind(desk, UiState())  # type: ignore[call-arg]  # each page names its own entity
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    bar.show()
    settle(qtbot, lambda: made.panel.model.tally.all == 2)
    return made


def seats(desk: Desk) -> list[tuple[int | None, int | None]]:
    with desk.read() as session:
        rows = session.execute(
            select(LicenceSeat.asset_id, LicenceSeat.person_id).where(LicenceSeat.released_on.is_(None))
        )
        return [tuple(one) for one in rows]


def test_the_list_answers_its_questions(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(qtbot, LicencesPage, desk)
    assert [page.views.tabText(i) for i in range(page.views.count())] == [
        "Toutes", "En dépassement  1", "Expirées", "Bientôt expirées", "Sans usage  1",
    ]  # fmt: skip
    page.views.setCurrentIndex(1)
    settle(qtbot, lambda: page.panel.model.tally.shown == 1)
    with desk.store.begin("essai") as session:
        session.get_one(Licence, 1).seats = 3
    settle(qtbot, lambda: page.panel.model.tally.shown == 0)
    assert page.views.tabText(1) == "En dépassement"
    page.panel.clear_filters()
    settle(qtbot, lambda: page.panel.model.tally.shown == 2)
    assert page.views.currentIndex() == 0
    page.views.setCurrentIndex(4)
    page.show_only(listing.default_query(page.entity))
    settle(qtbot, lambda: page.panel.model.tally.shown == 2)
    assert page.views.currentIndex() == 0
    page.refresh()


def test_a_licence_is_given_to_several_and_taken_back(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(qtbot, LicencesPage, desk)
    page.panel.choose(1)
    assert "En dépassement" in {badge.accessibleName() for badge in page.detail.facts.findChildren(QWidget)}
    page.detail.tabs.setCurrentIndex(1)
    tab = page.detail.findChild(SeatsTab)
    press(tab, "Attribuer…")
    pick(tab, "À des biens…")
    dialog = opened(page, RecordsChooser)
    press(dialog, "Attribuer")
    assert "Choisissez au moins un bien dans la liste." in shown(dialog)
    dialog.panel.table.selectAll()
    with qtbot.waitSignal(desk.done) as told:
        press(dialog, "Attribuer")
    assert told.args[0] == "3\u00a0attributions ajoutées. Il y a maintenant plus d’usages que de postes permis."
    assert seats(desk) == [(1, None), (2, None), (3, None)]
    tab = page.detail.findChildren(SeatsTab)[-1]
    settle(qtbot, lambda: tab.list.model.rowCount() == 3)
    tab.list.table.selectRow(0)
    press(tab, "Libérer…")
    opened(page, ActDialog).accept()
    assert seats(desk) == [(2, None), (3, None)]


def test_a_line_leads_to_who_has_the_licence(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        licences.assign(session, [1], [2], [1], on=this_day())
    tab = SeatsTab(desk, 1)
    qtbot.addWidget(tab)
    tab.show()
    settle(qtbot, lambda: tab.list.model.rowCount() == 2)
    for seat, expected in ((1, ["asset", 2]), (2, ["person", 1])):
        with qtbot.waitSignal(desk.go_to) as told:
            tab.list.opened.emit(seat)
        assert told.args == expected
    tab.release()
    assert len(seats(desk)) == 2, "nothing chosen, nothing released"


def test_persons_get_licences_from_the_menu_of_the_list(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(qtbot, LicencesPage, desk)
    acts = dict(page.acts_on([1, 2]))
    for expected in ("2\u00a0attributions ajoutées", "Aucune attribution ajoutée, 2\u00a0déjà faites"):
        acts["Attribuer à des personnes…"]()
        dialog = opened(page, RecordsChooser)
        assert dialog.windowTitle() == "Attribuer 2\u00a0licences à des personnes"
        dialog.panel.table.selectAll()
        with qtbot.waitSignal(desk.done) as told:
            press(dialog, "Attribuer")
        assert told.args[0].startswith(expected)
    acts["Attribuer à des biens…"]()
    opened(page, RecordsChooser).reject()


def test_an_asset_shows_its_licences_and_its_software(qtbot: QtBot, desk: Desk) -> None:
    part = LicencesPart(desk)
    qtbot.addWidget(part)
    part.show_asset(1)
    part.show()
    press(part, "Attribuer une licence")
    dialog = opened(part, RecordsChooser)
    dialog.panel.table.selectRow(0)
    press(dialog, "Attribuer")
    part.show_asset(1)
    with qtbot.waitSignal(desk.go_to) as told:
        press(part, "LIC-0001 Une licence")
    assert told.args == ["licence", 1]
    with qtbot.waitSignal(desk.show_list) as listed:
        press(part, "2\u00a0logiciels vus sur ce poste")
    assert sorted(listed.args[1].ids) == [1, 2]
    press(part, "Libérer\u00a0: Une licence")
    opened(part, ActDialog).accept()
    assert seats(desk) == []


def test_an_asset_never_surveyed_says_so(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        bare = machine(session)
    part = LicencesPart(desk)
    qtbot.addWidget(part)
    part.show()
    part.show_asset(bare)
    assert "Aucun logiciel vu au dernier relevé" in shown(part)
    with desk.store.begin("essai") as session:
        unseen, screen = (records.create(session, ASSET, {"family_id": family}) for family in (1, 5))
    part.show_asset(unseen)
    assert "Aucun relevé n’a vu ses logiciels" in shown(part)
    part.show_asset(screen)
    assert not part.isVisible()


def test_an_empty_list_of_licences_leads_to_the_software(qtbot: QtBot, store: Store) -> None:
    desk = make_desk(qtbot, store, Answers())
    page = LicencesPage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, lambda: page.body.currentIndex() == 1)
    with qtbot.waitSignal(desk.show_list) as told:
        press(page, "Voir les logiciels")
    assert told.args == ["software", None]
    press(page, "Nouvelle licence")
    opened(page, FormDialog).reject()


def test_software_without_licence_gets_one_for_the_machines_that_lack_it(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(qtbot, SoftwarePage, desk)
    assert [page.views.tabText(i) for i in range(3)] == ["Tous", "Vus sans licence  1", "À préciser  1"]
    page.views.setCurrentIndex(1)
    settle(qtbot, lambda: page.panel.model.tally.shown == 1)
    page.panel.choose(1)
    assert "1\u00a0poste" in shown(page.detail)
    dict(page.acts_on([1]))["Enregistrer une licence…"]()
    form = opened(page, FormDialog)
    assert form.form.texts()["seats"] == "1"
    form.accept()
    settle(qtbot, lambda: page.panel.model.tally.shown == 0)
    assert page.acts_on([1, 2]) == ()


def test_the_pane_of_a_software_lists_its_machines(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(qtbot, SoftwarePage, desk)
    page.panel.choose(2)
    press(page.detail, "Licence\u00a0: Enregistrer une licence…")
    opened(page, FormDialog).reject()
    page.detail.tabs.setCurrentIndex(1)
    assert page.detail.tabs.tabText(1) == "Postes 1"
    tab = page.detail.findChild(MachinesTab)
    with qtbot.waitSignal(desk.go_to) as told:
        tab.table.opened.emit(0)
    assert told.args == ["asset", 1]
    with qtbot.waitSignal(desk.show_list) as listed:
        press(tab, "Voir dans les biens")
    assert listed.args[1].ids == (1,)
    page.panel.choose(1)
    page.detail.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(desk.go_to) as told:
        press(page.detail, "Licence\u00a0: LIC-0001 Une licence")
    assert told.args == ["licence", 1]


def test_a_software_seen_nowhere(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        lost = product(session, "Perdu")
    tab = MachinesTab(desk, lost)
    qtbot.addWidget(tab)
    tab.show()
    assert "Aucun poste ne l’a" in shown(tab)


def test_needs_are_told_by_publisher(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        product(session, "Autre", LicenceNeed.UNKNOWN)
        session.add(Software(name="Inconnu", publisher="Serein", need=LicenceNeed.UNKNOWN))
    page = SoftwarePage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    page.tell_needs()
    dialog = opened(page, NeedsDialog)
    assert [made.currentText() for made in dialog.choices] == ["Proposé\u00a0: gratuit ou libre, 1 sur 2", "Plus tard"]
    assert "1\u00a0logiciel sur 3 seront précisés." in shown(dialog)
    dialog.choices[1].setCurrentText("Licence à avoir")
    assert "2\u00a0logiciels sur 3" in shown(dialog)
    dialog.choices[0].setCurrentText("Gratuit ou libre, pour tous")
    with qtbot.waitSignal(desk.done) as told:
        press(dialog, "Appliquer")
    assert told.args[0] == "3\u00a0logiciels précisés"
    with qtbot.waitSignal(desk.done) as told:
        page.tell_needs()
    assert told.args == ["Le besoin de licence de chaque logiciel est déjà précisé", 0]


def test_an_empty_list_of_software_says_how_to_begin(qtbot: QtBot, store: Store) -> None:
    answers = Answers()
    page = SoftwarePage(make_desk(qtbot, store, answers), UiState())
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, lambda: page.body.currentIndex() == 1)
    answers.opens = [[]]
    press(page, "Choisir un fichier…")
    assert answers.opens == []
    press(page, "Nouveau logiciel")
    opened(page, FormDialog).reject()
