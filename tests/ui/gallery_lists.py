"""Screens of the gallery: the shell of the window, home, inventory."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QLayout,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, frame, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.card import Card
from app.ui.parts.chips import Chip
from app.ui.parts.crumbs import record_tabs
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.footer import Footer
from app.ui.parts.marks import MARK, VERDICTS, Mark
from app.ui.parts.meter import Meter, Run
from app.ui.parts.search import SearchField, search_field
from app.ui.parts.steps import StepsList
from app.ui.parts.tabbar import Count, MainTab, MainTabs, Section, SectionSwitch
from app.ui.parts.table import ListColumn, ListView
from app.ui.parts.tiles import FigureCard, FigureData
from app.ui.parts.todo import TodoList
from tests.ui.gallery_data import ASSETS, BAD, DEADLINES, FAMILIES, OK, STATES, VERDICT_WORDS, steps, todo

TABS = (
    MainTab("Accueil", "house"),
    MainTab("Inventaire", "monitor"),
    MainTab("Contrats", "file-text"),
    MainTab("Tickets", "ticket"),
    MainTab("Indicateurs", "chart-column"),
)


def shell(current: int, body: QLayout, foot: list[str]) -> QWidget:
    """Menu bar, tabs, search, what is given, footer: as the window does."""
    window = QWidget()
    window.setObjectName("central")
    menu = QMenuBar()
    for title in ("&Fichier", "&Édition", "&Affichage", "&Outils", "Fe&nêtre", "&Aide"):
        menu.addMenu(title)
    tabs = MainTabs(TABS)
    tabs.set_count(2, Count(1, "warn", "1 contrat à décider"))
    tabs.set_count(3, Count(1, "bad", "1 ticket hors délai"))
    tabs.setCurrentIndex(current)
    search = SearchField("Rechercher partout", QKeySequence("Ctrl+K"), everywhere=True)
    search.setFixedWidth(theme.scaled(250))
    bar = frame("bar", row(tabs, None, search, icon_button("circle-question-mark", "Aide"), margins=(4, 0, 15, 0)))
    footer = Footer()
    footer.set_left(foot)
    footer.set_right(["Enregistré à 14:18"])
    window.setLayout(column(menu, bar, gap=0))
    layout = window.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addLayout(body, 1)
    layout.addWidget(footer)
    return window


def home() -> QWidget:
    head = row(
        column(
            label("Vendredi 23 octobre 2026", "page"),
            label("Ateliers Morvan · 9 choses à faire, dont 3 en retard", "body", "ink2"),
            gap=0,
        ),
        None,
        button("Ajouter un bien", icon="plus"),
        button("Saisir une évaluation", icon="star"),
        button("Imprimer un document", icon="printer"),
        button("Nouveau ticket", "primary", "plus"),
    )
    figures = row(
        FigureCard(FigureData("a", "Biens en service", "132", "sur 148", "6 sans support de leur système", "warn")),
        FigureCard(FigureData("b", "Tickets ouverts", "6", "", "1 hors délai", "bad")),
        FigureCard(
            FigureData(
                "c", "Rétablissements dans le délai", "91,4", "%", "Objectif 90 % tenu · 12 mois · n = 187", "ok"
            )
        ),
        FigureCard(FigureData("d", "Dépense engagée 2026", "18 640,00", "€ HT", "Budget 21 000,00 €")),
        gap=12,
    )
    todo_card = Card("À faire", corner=Chip("Tous les sujets"), flush=True)
    todo_card.body.addWidget(TodoList(todo()), 1)
    steps_card = frame(
        "card",
        column(
            column(
                label("Mise en place", "card"), label("6 étapes faites sur 9", "second", "ink2"), gap=0,
                margins=(16, 0, 16, 6),
            ),
            StepsList(steps()),
            gap=0,
            margins=(0, 10, 0, 10),
        ),
    )  # fmt: skip
    steps_card.setFixedWidth(theme.scaled(318))
    cards = row(todo_card, steps_card, gap=12)
    cards.setStretch(0, 1)
    body = column(head, figures, cards, gap=12, margins=(16, 12, 16, 12))
    body.setStretch(2, 1)
    return shell(0, body, ["Fichier : Ateliers Morvan"])


def asset_model(times: int = 3) -> QStandardItemModel:
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(
        ["N°", "Marque et modèle", "Affecté à", "Site, local", "Garantie", "Expertise", "Statut"]
    )
    for number, name, person, place, warranty, near, verdict, state in ASSETS * times:
        cells = [QStandardItem(text) for text in (number, name, person, place, warranty)]
        cells[1].setIcon(icons.icon(FAMILIES[number.partition("-")[0]], "ink2"))
        cells[4].setData(DEADLINES[near], MARK)
        cells += [_marked(VERDICT_WORDS[verdict], VERDICTS[verdict]), _marked(state, STATES[state])]
        model.appendRow(cells)
    return model


def _marked(text: str, mark: Mark) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(mark, MARK)
    return item


def asset_list(times: int = 3) -> ListView:
    view = ListView()
    model = asset_model(times)
    model.setParent(view)
    view.setModel(model)
    view.set_columns(
        [
            ListColumn(101), ListColumn(168), ListColumn(115), ListColumn(107), ListColumn(114, "deadline"),
            ListColumn(118, "verdict"), ListColumn(114, "badge"),
        ]
    )  # fmt: skip
    view.setSortingEnabled(True)
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    selection = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(model.index(4, 0), selection)
    view.setCurrentIndex(QModelIndex())
    view.selectionModel().select(model.index(4, 0), selection)
    return view


def inventory() -> QWidget:
    sections = SectionSwitch(
        [
            Section("Biens", 148), Section("Licences", 23), Section("Expertises"), Section("Besoins", 27),
            Section("Sites et personnes"),
        ]
    )  # fmt: skip
    top = row(
        sections, None, button("Importer", icon="file-input"), button("Inventaire physique", icon="scan-line"),
        button("Rapport", icon="printer"), button("Nouveau bien", "primary", "plus"), margins=(16, 8, 16, 8),
    )  # fmt: skip
    site = Chip("Site")
    site.set_value("Dijon, Beaune")
    filters = row(
        search_field("Filtrer cette liste", "Ctrl+F"), Chip("Famille"), site, Chip("Statut"),
        icon_button("list-filter", "Autre critère"), None, Chip("Vue : Tout le parc"),
        icon_button("columns-3", "Colonnes"), icon_button("table", "Excel"), margins=(16, 0, 8, 8), gap=7,
    )  # fmt: skip
    left = column(filters, hairline(), asset_list(), gap=0)
    pane = frame("pane", column(_pane_head(), scrolled(_pane_facts()), gap=0))
    pane.setFixedWidth(theme.scaled(430))
    body = row(gap=0)
    body.addLayout(left, 1)
    body.addWidget(pane)
    whole = column(top, gap=0)
    whole.addLayout(body, 1)
    return shell(1, whole, ["26 biens affichés sur 148", "1 sélectionné", "Valeur de remplacement : 31 480,00 € HT"])


def _pane_head() -> QWidget:
    first = row(
        label("PC-0042", "second", "ink2"), Badge("En service", OK), None,
        *(
            icon_button(icon, name)
            for icon, name in (
                ("pencil", "Modifier"), ("ticket-plus", "Nouveau ticket"), ("printer", "Imprimer"),
                ("ellipsis", "Autres actions"), ("x", "Fermer"),
            )
        ),
        gap=4,
    )  # fmt: skip
    tabs = record_tabs(["Fiche", "Expertise", "Contrats", "Tickets", "Coûts", "Documents", "Historique"], small=True)
    words = column(
        first,
        label("Dell Latitude 5440", "record"),
        label("Hélène Morvan, direction · Dijon, bureau 2.01", "second", "ink2"),
        gap=1,
        margins=(17, 8, 8, 6),
    )
    return holder(column(words, row(tabs, None, margins=(10, 0, 0, 0)), hairline(), gap=0))


def _pane_facts() -> QWidget:
    facts = FactsView(
        [
            FactGroup(
                "Identification",
                [
                    Fact("N° de série", "7HX2KT3"), Fact("Famille", "Ordinateur portable"),
                    Fact("Criticité", "2, importante"), Fact("Propriété", "Acquis"),
                ],
            ),
            FactGroup(
                "Achat et garantie",
                [
                    Fact("Achat", "28/06/2024, Lumeo Services, F-2217"), Fact("Prix HT", "1 089,00 €"),
                    Fact("Mise en service", "01/07/2024"), Fact("Fin de garantie", "30/06/2027", "reste 8 mois"),
                ],
            ),
            FactGroup(
                "Système",
                [
                    Fact("Système", "Windows 11 Pro 24H2"),
                    Fact("Fin de support", "13/10/2026", tone="bad", badge_text="Dépassée", badge=BAD),
                    Fact("Données personnelles", "Oui, disque chiffré"),
                ],
            ),
        ]
    )  # fmt: skip
    score = Meter([Run(0.863, "ok.solid")], "Expertise : 86,3 sur 100")
    verdict = row(
        label("Maintenable en l’état", "strong"), None, label("86,3", "strong"), label("/ 100", "body", "ink2")
    )
    return holder(column(facts, 8, hairline(), 4, verdict, score, None, gap=6, margins=(17, 10, 17, 16)))
