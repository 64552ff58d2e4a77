"""Stories of the replacement plan: read, put off, kept, priced, taken back, printed."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.fields import this_day
from app.models import Asset, Family, Replacement
from app.services.replacements import decisions
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.replacements import ReplacementsPage
from app.ui.parts.tiles import FigureCard
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

THIS = this_day().year


def aged(store: Store, *ends: int, value: int | None = 80_000) -> None:
    """Computers whose life of five years ends on the last day of these years."""
    with store.begin("essai") as session:
        family = Family(name="Poste fixe", prefix="PC", life_years=5)
        session.add(family)
        session.flush()
        for at, year in enumerate(ends, 1):
            session.add(
                Asset(number=f"PC-{at:04}", family_id=family.id, brand="Dell", replacement_value=value,
                      commissioned_on=date(year - 5, 12, 31))
            )  # fmt: skip


@pytest.fixture
def desk(qtbot: QtBot, ready: Store, answers: Answers) -> Desk:
    return make_desk(qtbot, ready, answers)


def show(qtbot: QtBot, desk: Desk) -> ReplacementsPage:
    page = ReplacementsPage(desk, UiState())
    qtbot.addWidget(page)
    page.buttons = page.section_actions()  # type: ignore[attr-defined] # kept alive, as the bar does
    for one in page.buttons:  # type: ignore[attr-defined]
        one.setParent(page)
    page.resize(1280, 700)
    page.show()
    ready(qtbot, page)
    return page


def ready(qtbot: QtBot, page: ReplacementsPage) -> None:
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    settle(qtbot)


def choose(page: ReplacementsPage, *rows: int) -> None:
    page.list.table.clearSelection()
    for at in rows:
        page.list.table.selectionModel().select(
            page.list.model.index(at, 0),
            page.list.table.selectionModel().SelectionFlag.Select | page.list.table.selectionModel().SelectionFlag.Rows,
        )


def test_nothing_to_replace_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    page = show(qtbot, desk)
    assert "Aucun bien à remplacer" in shown(page)
    page.new()
    assert not page.findChildren(ActDialog)


def test_each_year_with_its_budget_and_its_assets(qtbot: QtBot, desk: Desk) -> None:
    aged(desk.store, THIS, THIS + 1, THIS + 1, THIS + 2, THIS + 6)
    page = show(qtbot, desk)
    assert page.sentence() == "4\u00a0biens affichés  ·  3\u00a0200,00\u00a0€ HT"
    assert page.views.tabText(2) == f"{THIS + 1}  2"
    card = page.findChildren(FigureCard)[1]
    assert card.data.sentence == f"{THIS + 1}\u00a0: 1\u00a0600\u00a0€\u00a0HT. 2\u00a0biens"
    card.click()
    assert [one.number for one in page.list.model.rows] == ["PC-0002", "PC-0003"]
    with qtbot.waitSignal(desk.go_to) as gone:
        page.list.activated.emit(page.list.model.rows[0])
    assert gone.args == ["asset", 2]


def test_a_replacement_is_put_off_with_its_reason(qtbot: QtBot, desk: Desk) -> None:
    aged(desk.store, THIS)
    page = show(qtbot, desk)
    choose(page, 0)
    press(page, "Choisir l’année…")
    dialog = opened(page, ActDialog)
    write(dialog, "year", str(THIS + 1))
    dialog.accept()
    assert dialog.isVisible()
    write(dialog, "reason", "Budget vote plus tard")
    dialog.accept()
    ready(qtbot, page)
    [one] = page.list.model.rows
    assert (one.year, one.reason) == (THIS + 1, "Budget vote plus tard")
    assert page.list.model.index(0, 8).data() == "Reporté"


def test_one_is_kept_another_priced_and_both_come_back(qtbot: QtBot, desk: Desk) -> None:
    aged(desk.store, THIS, THIS, value=None)
    page = show(qtbot, desk)
    assert "2\u00a0biens non chiffrés" in "\n".join(b.text() for b in page.findChildren(type(page.buttons[0])))  # type: ignore[attr-defined]
    choose(page, 0)
    press(page, "Garder…")
    write(opened(page, ActDialog), "reason", "Secours")
    opened(page, ActDialog).accept()
    ready(qtbot, page)
    choose(page, 0)
    page._offer(QPoint(5, 5))
    pick(page, "Fixer le budget…")
    write(opened(page, ActDialog), "amount", "950")
    opened(page, ActDialog).accept()
    ready(qtbot, page)
    assert page.sentence() == "1\u00a0bien affiché  ·  950,00\u00a0€ HT  ·  1\u00a0choisi, 950,00\u00a0€ HT"
    page.views.setCurrentIndex(5)
    assert [one.number for one in page.list.model.rows] == ["PC-0001"]
    choose(page, 0)
    press(page, "Autres décisions sur ces biens")
    pick(page, "Revenir à la proposition")
    ready(qtbot, page)
    page.views.setCurrentIndex(0)
    assert len(page.list.model.rows) == 2


def test_what_is_to_be_looked_at_lists_its_assets(qtbot: QtBot, desk: Desk) -> None:
    aged(desk.store, THIS - 2)
    page = show(qtbot, desk)
    with qtbot.waitSignal(desk.show_list) as gone:
        press(page, "1\u00a0bien aurait déjà dû être remplacé")
    assert gone.args[0] == "asset"
    assert gone.args[1].ids == (1,)
    choose(page, 0)
    with qtbot.waitSignal(desk.go_to):
        page._offer(QPoint(5, 5))
        pick(page, "Ouvrir le bien")


def test_it_follows_what_changes_elsewhere_and_is_printed(qtbot: QtBot, desk: Desk) -> None:
    aged(desk.store, THIS)
    page = show(qtbot, desk)
    desk.act("Gardé", lambda s: decisions.keep(s, page.plan.items, "Pilote", this_day()))  # type: ignore[union-attr]
    ready(qtbot, page)
    assert page.views.tabText(5) == "Gardés  1"
    with desk.read() as session:
        assert session.query(Replacement).one().reason == "Pilote"
    page.print_paper()
    preview = opened(page, Preview)
    assert preview.paper.book is not None
    preview.close()
