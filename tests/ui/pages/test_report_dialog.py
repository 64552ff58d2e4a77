"""Stories of what is chosen before the inventory report."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models import Site
from app.services import papers as paper_services
from app.services import setup
from app.services.inventory_report import choices
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.report_dialog import NO_SITE, ReportDialog
from app.ui.preview import Preview
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import hurry, opened, press, shown


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
        session.add_all([Site(name="Dole"), Site(name="Évry")])
    return make_desk(qtbot, store, Answers())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    papers.preview(desk, "inventaire", made)
    return made


def box(dialog: QWidget, text: str) -> QCheckBox:
    return next(one for one in dialog.findChildren(QCheckBox) if one.text() == text)


def write(dialog: ReportDialog, name: str, text: str) -> None:
    widget = dialog.form.editors[name].widget
    assert isinstance(widget, QLineEdit)
    widget.setText(text)


def test_the_choices_shape_the_draft_and_come_back(desk: Desk, page: QWidget) -> None:
    dialog = opened(page, ReportDialog)
    box(dialog, "Évry").click()
    box(dialog, "Photos").click()
    write(dialog, "participants", "Kervadel")
    press(dialog, "Aperçu")
    draft = opened(page, Preview)
    assert draft.paper.title == "Rapport d’inventaire, projet"
    draft.close()
    papers.preview(desk, "inventaire", page)
    again = opened(page, ReportDialog)
    assert not box(again, "Évry").isChecked()
    assert box(again, "Dole").isChecked()
    assert not box(again, "Photos").isChecked()
    assert again.form.editors["participants"].text() == "Kervadel"
    again.reject()


def test_the_issued_report_bears_what_was_chosen(desk: Desk, page: QWidget) -> None:
    dialog = opened(page, ReportDialog)
    box(dialog, "Dole").click()
    hurry(dialog)
    draft = opened(page, Preview)
    press(draft, "Émettre")
    press(draft, "Émettre")
    issued = opened(page, Preview, lambda one: one.paper.issue is None)
    assert issued.paper.title.startswith("Rapport d’inventaire RIE-")
    with desk.read() as session:
        (row,) = paper_services.issued(session, "company", setup.company_id(session))
        assert choices.last(session).sites == (2,)
    assert row.version == 1
    issued.close()


def test_all_the_sites_are_none_in_particular(desk: Desk, page: QWidget) -> None:
    dialog = opened(page, ReportDialog)
    press(dialog.sites, "Tout décocher")
    press(dialog.sites, "Tout cocher")
    dialog.accept()
    with desk.read() as session:
        assert choices.last(session).sites == ()
    opened(page, Preview).close()


def test_a_site_at_least_is_asked_for_and_nothing_is_lost(desk: Desk, page: QWidget) -> None:
    dialog = opened(page, ReportDialog)
    press(dialog.sites, "Tout décocher")
    write(dialog, "redactor", "Hélène Roy")
    dialog.accept()
    assert NO_SITE in shown(dialog)
    box(dialog, "Dole").click()
    dialog.accept()
    with desk.read() as session:
        assert choices.last(session).redactor == "Hélène Roy"
    opened(page, Preview).close()


def test_a_text_too_long_is_told_under_its_field(page: QWidget) -> None:
    dialog = opened(page, ReportDialog)
    write(dialog, "diffusion", "x" * 301)
    dialog.accept()
    assert dialog.isVisible()
    assert "300" in shown(dialog.form)
    dialog.reject()


def test_a_company_of_one_site_is_not_asked_which(qtbot: QtBot, store: Store) -> None:
    with store.begin() as session:
        session.add(Site(name="Dole"))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ReportDialog(make_desk(qtbot, store, Answers()), window)
    assert dialog.sites.isHidden()
    dialog.accept()
