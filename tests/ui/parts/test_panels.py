"""Panels made of several parts: what they say, show and emit."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import OneLine, column, frame, scrolled
from app.ui.parts.buttons import Button
from app.ui.parts.card import Card
from app.ui.parts.clock import ClockPanel
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.footer import Footer
from app.ui.parts.formshell import FormShell
from app.ui.parts.gaps import GapsCard
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter
from app.ui.parts.notice import NoticePanel, Strip
from app.ui.parts.progress import ProgressDialog, time_left
from app.ui.parts.timeline import Timeline
from app.ui.parts.undo_bar import UndoBar
from tests.ui.gallery_data import clock, completeness, entries, notice


def texts(widget: QWidget) -> list[str]:
    return [shown.text() for shown in widget.findChildren(QLabel) if shown.text()]


def press(widget: QWidget, text: str) -> None:
    next(made for made in widget.findChildren(Button) if text in {made.text(), made.accessibleName()}).click()


def test_the_clock_says_each_deadline_and_restarts(qtbot: QtBot) -> None:
    panel = ClockPanel(clock())
    qtbot.addWidget(panel)
    said = [bar.accessibleName() for bar in panel.findChildren(Meter)]
    assert said[2].startswith("Rétablissement, Suspendu\u00a0: Reste 2 h 50 5 h 10 écoulées sur 8 h 00.")
    with qtbot.waitSignal(panel.acted):
        press(panel, "Relancer")


def test_the_notice_offers_three_equal_choices(qtbot: QtBot) -> None:
    panel = NoticePanel(notice())
    qtbot.addWidget(panel)
    assert {made.property("kind") for made in panel.findChildren(Button)} == {"plain"}
    with qtbot.waitSignal(panel.chosen, check_params_cb=lambda key: key == "keep"):
        press(panel, "Laisser reconduire")


def test_no_zone_of_the_notice_is_narrower_than_its_word(qtbot: QtBot) -> None:
    strip = Strip(notice())
    qtbot.addWidget(strip)
    strip.resize(400, 80)
    widths = strip._widths()
    assert sum(widths) == 400
    assert widths[2] > 0.086 * 400
    assert widths[0] < strip._today_at(widths) < widths[0] + widths[1]


def test_a_gap_leads_to_what_fills_it(qtbot: QtBot) -> None:
    card = GapsCard(completeness())
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.followed, check_params_cb=lambda key: key == "d"):
        press(card, "Choisir la zone\u00a0: Jours fériés")


def test_the_journal_keeps_the_order_given(qtbot: QtBot) -> None:
    shown = Timeline(entries())
    qtbot.addWidget(shown)
    assert texts(shown)[:3] == ["Relance", "Hélène Morvan", "Le transporteur annonce la pièce pour lundi matin."]
    shown.set_entries(entries()[:1])
    assert len([w for w in shown.children() if isinstance(w, QWidget) and not w.isHidden()]) == 1


def test_what_a_person_typed_is_never_read_as_markup(qtbot: QtBot) -> None:
    shown = FactsView([FactGroup("", [Fact("Nom", "<b>gras</b>")])])
    qtbot.addWidget(shown)
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in shown.findChildren(QLabel))


def test_facts_go_in_two_columns_when_wide(qtbot: QtBot) -> None:
    groups = [FactGroup("Un", [Fact("a", "1")]), FactGroup("Deux", [Fact("b", "2", link="x")])]
    shown = FactsView(groups)
    qtbot.addWidget(shown)
    shown.show()
    shown.resize(400, 300)
    below = [one.mapTo(shown, one.rect().topLeft()).y() for one in shown._groups]
    assert below[0] < below[1]
    shown.resize(1000, 300)
    qtbot.waitUntil(lambda: shown._groups[1].x() > 300)
    assert shown._groups[0].y() == shown._groups[1].y()
    with qtbot.waitSignal(shown.link_followed, check_params_cb=lambda key: key == "x"):
        press(shown, "2")


def test_a_long_note_goes_to_the_next_line(qtbot: QtBot) -> None:
    note = "aucun délai n’est promis par personne"
    shown = FactsView([FactGroup("", [Fact("Contrat", "Hors contrat", note=note)])])
    qtbot.addWidget(shown)
    bare = FactsView([FactGroup("", [Fact("Contrat", "Hors contrat")])])
    qtbot.addWidget(bare)
    assert shown.minimumSizeHint().width() < bare.sizeHint().width() + shown.fontMetrics().horizontalAdvance(note)


def test_a_value_that_cannot_be_broken_never_widens_its_pane(qtbot: QtBot) -> None:
    long = "33e737a8-f827-11df-9297-47c0a3f1d2e4" * 2
    shown = FactsView(
        [FactGroup("", [Fact("Machine", long), Fact("Antivirus", long, badge_text="Actif", badge=Mark("ok"))])]
    )
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show()
    assert shown.minimumSizeHint().width() < shown.fontMetrics().horizontalAdvance(long)
    cut = shown.findChildren(OneLine)
    assert [one.accessibleName() for one in cut] == [long, long]
    assert all(one.toolTip() == long for one in cut)


def test_a_form_gathers_its_errors_and_leads_to_them(qtbot: QtBot) -> None:
    form = FormShell()
    first, second = QLineEdit(), QLineEdit()
    qtbot.addWidget(form)
    form.add("name", "Nom", first, required=True)
    form.add("end", "Fin", second, hint="JJ/MM/AAAA")
    assert first.accessibleName() == "Nom, obligatoire"
    form.show()
    form.set_problems({"end": "Ce jour n’existe pas.", "other": "Le fichier est occupé."})
    assert "1 champ à corriger avant d’enregistrer\nLe fichier est occupé." in texts(form)
    assert second.accessibleDescription() == "Ce jour n’existe pas."
    assert second.property("invalid")
    press(form, "Fin")
    assert form.focusWidget() is second
    form.set_problems({})
    assert "JJ/MM/AAAA" in texts(form)
    assert not second.property("invalid")
    assert not form._box.isVisible()


def test_a_refusal_that_no_field_shows_is_scrolled_to(qtbot: QtBot) -> None:
    form = FormShell()
    for name in range(30):
        form.add(str(name), str(name), QLineEdit())
    area = scrolled(form)
    qtbot.addWidget(area)
    area.resize(500, 200)
    area.show()
    area.verticalScrollBar().setValue(900)
    form.set_problems({"": "Le fichier est occupé."})
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() == 0)


def test_two_errors_are_counted_in_the_plural(qtbot: QtBot) -> None:
    form = FormShell()
    qtbot.addWidget(form)
    for name in ("a", "b"):
        form.add(name, name, QLineEdit())
    form.set_problems({"a": "Un.", "b": "Deux."})
    assert "2 champs à corriger avant d’enregistrer" in texts(form)


def test_a_field_of_two_columns_starts_its_own_line(qtbot: QtBot) -> None:
    form = FormShell()
    qtbot.addWidget(form)
    for name, span in (("a", 1), ("b", 2), ("c", 1)):
        form.add(name, name, QLineEdit(), span=span)
    cells = [form._grid.getItemPosition(position) for position in range(3)]
    assert [tuple(cell)[:2] for cell in cells] == [(0, 0), (1, 0), (2, 0)]  # type: ignore[arg-type]


def test_a_banner_acts_and_closes(qtbot: QtBot) -> None:
    banner = Banner(BannerData("warn", "Sauvegarde ancienne", "Branchez la clé.", "Sauvegarder", closable=True))
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Sauvegarde ancienne. Branchez la clé."
    with qtbot.waitSignal(banner.acted):
        press(banner, "Sauvegarder")
    with qtbot.waitSignal(banner.closed):
        press(banner, "Fermer ce message")


def test_the_undo_bar_leaves_by_itself_and_stays_at_the_foot(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    bar = UndoBar(window)
    bar.tell("PC-0012 mis à la corbeille", "trash-2")
    assert bar._timer.interval() == 10_000
    assert bar.isVisible()
    window.resize(600, 500)
    assert bar.geometry().bottom() < 500
    assert bar.y() > 400
    bar._leave()
    assert not bar.isVisible()


def test_the_undo_bar_never_hides_the_foot_of_a_page(qtbot: QtBot) -> None:
    window, keys = QWidget(), frame("foot")
    qtbot.addWidget(window)
    window.setLayout(column(None, keys, Footer(), gap=0))
    keys.setFixedHeight(50)
    window.resize(600, 400)
    window.show()
    bar = UndoBar(window)
    keys.hide()
    bar.tell("PC-0012\u00a0: À remplacer")
    qtbot.waitUntil(lambda: bar.x() == 16)
    keys.show()
    qtbot.waitUntil(lambda: bar.geometry().bottom() < keys.y())
    assert bar.geometry().right() < 600 - 8


def test_the_undo_bar_undoes_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    bar = UndoBar(window)
    bar.tell("Fait")
    with qtbot.waitSignal(bar.undone):
        press(bar, "Annuler")
    assert not bar.isVisible()
    assert not bar._timer.isActive()


def test_progress_is_counted_and_cancelled_once(qtbot: QtBot) -> None:
    dialog = ProgressDialog("Import", "Rien n’est gardé.")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_progress(25, 43, "Écriture")
    assert "25 sur 43" in texts(dialog)
    heard: list[None] = []
    dialog.cancelled.connect(lambda: heard.append(None))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    press(dialog, "Annuler")
    assert len(heard) == 1
    assert dialog.isVisible()
    dialog.close()
    assert not dialog.isVisible()


def test_progress_without_a_total_shows_no_count(qtbot: QtBot) -> None:
    dialog = ProgressDialog("Import")
    qtbot.addWidget(dialog)
    dialog.set_progress(1, 0)
    assert texts(dialog) == ["Import"]
    assert dialog.findChildren(QProgressBar)[0].maximum() == 0


def test_a_steady_pace_tells_the_time_left(qtbot: QtBot) -> None:
    dialog = ProgressDialog("Import")
    qtbot.addWidget(dialog)
    assert dialog._estimate(10, 40) == ""
    dialog._began -= 10
    assert dialog._estimate(10, 40) == ""
    assert dialog._estimate(10, 40) == "Encore 30 secondes environ"
    assert time_left(170) == "Encore 3 minutes environ"
    assert time_left(0.2) == "Encore 1 seconde environ"


def test_the_head_of_a_record_walks_the_list(qtbot: QtBot) -> None:
    head = RecordHead(tabs=["Général", "Clauses"])
    qtbot.addWidget(head)
    head.set_data(
        HeadData("Contrats", "CT-1", "Maintenance", "Lumeo", "3 sur 9", [("En cours", Mark("ok", loud=True))])
    )
    assert [badge.accessibleName() for badge in head.findChildren(Badge)] == ["En cours"]
    for name, signal in (("Retour à la liste", head.back), ("Précédent", head.previous), ("Suivant", head.following)):
        with qtbot.waitSignal(signal):
            press(head, name)
    with qtbot.waitSignal(head.tab_changed, check_params_cb=lambda position: position == 1):
        head.tabs.setCurrentIndex(1)
    head.set_steps(before=False, after=True)
    assert [head._up.isEnabled(), head._down.isEnabled()] == [False, True]


def test_a_card_has_its_link(qtbot: QtBot) -> None:
    card = Card("Contrat et bien", link="Changer")
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.link_followed):
        press(card, "Changer")


def test_the_foot_joins_what_is_not_empty(qtbot: QtBot) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.set_left(["26 biens", "", "1 choisi"])
    footer.set_right(["Enregistré à 14:18"], "warn")
    assert texts(footer) == ["26 biens\u00a0\u00a0·\u00a0\u00a01 choisi", "Enregistré à 14:18"]
