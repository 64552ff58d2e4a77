"""Screens of the gallery: contract, ticket, board of indicators, one indicator."""

from dataclasses import replace

from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QWidget,
)

from app.reports import chart_data
from app.reports.chart_data import Chart, Shape, Unit, series
from app.ui import theme
from app.ui.parts.basics import column, frame, holder, label, row
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView, Legend
from app.ui.parts.chips import Chip
from app.ui.parts.clock import ClockPanel
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.formula import formula
from app.ui.parts.gaps import GapsCard
from app.ui.parts.marks import Mark
from app.ui.parts.notice import NoticePanel
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.tabbar import Section, SectionSwitch
from app.ui.parts.tiles import Tile
from app.ui.parts.timeline import Timeline
from tests.ui.gallery_data import BAD, HOLD, MONTHS, OK, WARN, clock, completeness, entries, notice, tiles
from tests.ui.gallery_lists import shell


def contract() -> QWidget:
    head = RecordHead(
        [
            button("Modifier", icon="pencil"), button("Imprimer", icon="printer"),
            icon_button("ellipsis", "Autres actions"),
        ],
        [
            "Général", "Périmètre", "Niveaux de service", "Prix et révision", "Clauses", "Périodes et préavis",
            "Avenants  1", "RGPD", "Factures", "Documents",
        ],
    )  # fmt: skip
    head.set_data(
        HeadData(
            "Contrats", "CT-2024-03", "Maintenance du parc et assistance",
            "Lumeo Services · depuis le 01/03/2024 · forfait 450,00 € HT par mois", "3 sur 9",
            [("En cours", OK), ("Préavis à décider", WARN)],
        )
    )  # fmt: skip
    head.tabs.setCurrentIndex(5)
    periods = Card(
        "Périodes", aside="Durée initiale 12 mois, reconduction tacite de 12 mois, sans limite de nombre", flush=True
    )
    periods.body.addWidget(_periods())
    main = column(NoticePanel(notice()), periods, None, gap=12)
    side = column(GapsCard(completeness()), None)
    body = row(gap=14, margins=(16, 14, 16, 12))
    body.addLayout(main, 1)
    right = holder(side)
    right.setFixedWidth(theme.scaled(318))
    side.setContentsMargins(0, 0, 0, 0)
    body.addWidget(right)
    whole = column(head, gap=0)
    whole.addLayout(body, 1)
    return shell(2, whole, ["CT-2024-03", "modifié le 12/06/2026 par Hélène Morvan"])


def _periods() -> SmallTable:
    columns = [
        SmallColumn("Période", 234), SmallColumn("Début", 104), SmallColumn("Fin", 104),
        SmallColumn("Envoi conseillé", 118), SmallColumn("Limite", 104), SmallColumn("Décision", 112),
        SmallColumn("État", 120, "badge"),
    ]  # fmt: skip
    done = Mark("mute", glyph="circle-check")
    first = ("Initiale", "01/03/2024", "28/02/2025", "07/11/2024", "28/11/2024", "Reconduite")
    later = ("Reconduction 3", "01/03/2027", "29/02/2028", "08/11/2027", "29/11/2027", "–")
    rows = [
        [*(Cell(text) for text in first), Cell("Terminée", mark=done)],
        [
            Cell("Reconduction 2", strong=True), Cell("01/03/2026"), Cell("28/02/2027"),
            Cell("06/11/2026", "warn", strong=True), Cell("28/11/2026"), Cell("À prendre", "warn", strong=True),
            Cell("En cours", mark=OK),
        ],
        [
            *(Cell(text, "mute") for text in later),
            Cell("Si rien n’est fait", mark=Mark("hold", glyph="circle-dashed")),
        ],
    ]  # fmt: skip
    return SmallTable(columns, rows, "Périodes du contrat")


def ticket() -> QWidget:
    head = RecordHead(
        [
            button("Modifier", icon="pencil"), button("Fiche d’intervention", icon="printer"),
            button("Résoudre", "primary", "check"),
        ]
    )  # fmt: skip
    head.set_data(
        HeadData(
            "Tickets", "T-2026-0415", "Imprimante de l’atelier : bourrages et traces noires",
            "Incident · IMP-0004 HP LaserJet E60165 · Marc Delaunay, atelier · ouvert le 22/10/2026 à 08:50",
            "2 sur 6", [("P2, haute", Mark("warn", loud=True, glyph="chevrons-up")), ("En attente de pièce", HOLD)],
        )
    )  # fmt: skip
    request = Card("Demande")
    request.body.addWidget(
        label(
            "Depuis hier, une feuille sur trois se bloque à la sortie et les plans ont une bande noire à droite. "
            "L’atelier imprime sur l’imprimante de la comptabilité en attendant.",
            wrap=True,
        )
    )
    journal = Card("Journal", corner=Chip("Tout"))
    note = QLineEdit(placeholderText="Ajouter une note, un appel, une pièce jointe…  (coller une capture ici)")
    journal.body.addLayout(row(note, button("Noter", icon="send"), button("Contact", icon="phone"), gap=7))
    journal.body.addSpacing(8)
    journal.body.addWidget(Timeline(entries()), 1)
    facts = Card("Contrat et bien", link="Changer")
    facts.body.addWidget(
        FactsView(
            [
                FactGroup("", [
                    Fact("Contrat", "CT-2024-03, Lumeo Services"), Fact("Imputation", "Inclus, pièce facturée à part"),
                    Fact("Priorité", "P2 = impact moyen × urgence haute"), Fact("Coût à ce jour", "186,00 € HT"),
                    Fact("Déjà en panne", "2 fois en 12 mois"), Fact("Évaluation", "À saisir après résolution"),
                ])
            ]
        )
    )  # fmt: skip
    side = holder(column(ClockPanel(clock()), facts, None, gap=12))
    side.setFixedWidth(theme.scaled(372))
    main = column(request, gap=12)
    main.addWidget(journal, 1)
    body = row(gap=14, margins=(16, 12, 16, 12))
    body.addLayout(main, 1)
    body.addWidget(side)
    whole = column(head, gap=0)
    whole.addLayout(body, 1)
    return shell(3, whole, ["T-2026-0415", "6 événements"])


def board() -> QWidget:
    sections = SectionSwitch(
        [
            Section(title)
            for title in (
                "Tableau de bord", "Tous les indicateurs", "Fiche contrôle entreprise", "Bilan de satisfaction",
                "Rapport périodique",
            )
        ]
    )  # fmt: skip
    top = row(
        sections, None, button("Choisir les indicateurs", icon="sliders-horizontal"), button("Excel", icon="table"),
        button("Rapport périodique", "primary", "printer"),
    )  # fmt: skip
    chips = row(
        Chip("Octobre 2026"), Chip("Comparé à septembre 2026"), Chip("Tous les contrats"),
        Chip("Incidents et demandes"), None,
        label("Heures ouvrées · données au 23/10/2026, 14:18", "second", "ink2"), gap=6,
    )  # fmt: skip
    grid = QGridLayout()
    grid.setSpacing(12)
    for position, data in enumerate(tiles()):
        grid.addWidget(Tile(data), position // 4, position % 4)
    opened = Card("Tickets ouverts et résolus", corner=Legend(["Ouverts", "Résolus"]))
    volume = (
        series("Ouverts", [22, 18, 27, 24, 30, 21, 26, 33, 25, 14, 28, 34]),
        series("Résolus", [20, 19, 25, 25, 28, 23, 24, 32, 27, 15, 26, 31]),
    )
    chart = Chart(shape=Shape.COLUMNS, sentence="Tickets ouverts et résolus par mois", labels=MONTHS, series=volume)
    opened.body.addWidget(ChartView(chart), 1)
    late = Card("Hors délai de rétablissement", note="4 sur 24", link="Ouvrir la liste", flush=True)
    late.body.addWidget(_late())
    late.body.addStretch(1)
    body = column(top, chips, grid, gap=8, margins=(16, 8, 16, 12))
    cards = row(opened, late, gap=12)
    cards.setStretch(0, 1)
    cards.setStretch(1, 1)
    body.addLayout(cards, 1)
    return shell(4, body, ["8 indicateurs sur 16", "4 tenus, 2 à surveiller, 1 non tenu, 1 sans donnée"])


def _late() -> SmallTable:
    rows = [
        [Cell(number), Cell(text), Cell(over, "bad", strong=True), Cell(state, mark=mark)]
        for number, text, over, state, mark in (
            ("T-2026-0412", "Serveur de fichiers inaccessible", "+1 h 40", "En cours", Mark("bad")),
            ("T-2026-0396", "Imprimante des expéditions bloquée", "+6 h 15", "Résolu", Mark("ok")),
            ("T-2026-0388", "Connexion VPN refusée, 4 itinérants", "+0 h 35", "Résolu", Mark("ok")),
            ("T-2026-0381", "Onduleur en alarme, local technique", "+2 h 05", "Résolu", Mark("ok")),
        )
    ]
    columns = [
        SmallColumn("Ticket", 120), SmallColumn("Objet", 294), SmallColumn("Dépassement", 110, "number"),
        SmallColumn("État", 90, "badge"),
    ]  # fmt: skip
    return SmallTable(columns, rows, "Tickets hors délai de rétablissement")


def indicator() -> QWidget:
    head = RecordHead([Chip("Octobre 2026"), Chip("Tous les contrats"), button("Excel", icon="table")])
    head.set_data(
        HeadData(
            "Indicateurs", "Rétablissements dans le délai", "Rétablissements dans le délai",
            "Part des tickets rétablis avant l’échéance du contrat (GTR). Plus c’est haut, mieux c’est.", "4 sur 8",
            [("Non tenu", BAD)],
        )
    )  # fmt: skip
    figure = frame(
        "card",
        column(
            label("Octobre 2026", "second", "ink2"),
            row(label("83,3", "figure_big"), label("%", "card", "ink2"), None),
            label("20 tenus sur 24 · objectif ≥ 90 %", "body", "ink2"),
            None,
            gap=2,
            margins=(16, 12, 12, 12),
        ),
    )
    figure.setFixedWidth(theme.scaled(272))
    line = Card("Douze derniers mois")
    values = [0.95, 0.93, 0.94, 0.91, 0.92, 0.96, 0.93, 0.90, 0.92, 0.91, 0.89, 0.833]
    tones = tuple("bad" if value < 0.90 else "" for value in values)
    chart = chart_data.line(MONTHS, values, "Rétablissements dans le délai sur douze mois", Unit.RATIO)
    line.body.addWidget(ChartView(replace(chart, target=0.9, target_text="Objectif 90 %", tones=tones)), 1)
    how = Card("Comment c’est calculé")
    how.body.addWidget(formula("rétablis dans le délai", "rétablis + ouverts déjà en retard"))
    facts = [
        Fact("Retenus", "23 résolus, 1 ouvert en retard"), Fact("Laissés de côté", "5 pas encore dus, 2 hors contrat"),
        Fact("Base", "Heures ouvrées, attentes déduites"),
    ]  # fmt: skip
    how.body.addWidget(FactsView([FactGroup("", facts)]))
    how.setFixedWidth(theme.scaled(330))
    cards = row(figure, gap=12)
    cards.addWidget(line, 1)
    cards.addWidget(how)
    body = column(cards, gap=12, margins=(16, 12, 16, 12))
    body.addStretch(1)
    whole = column(head, gap=0)
    whole.addLayout(body, 1)
    return shell(4, whole, ["24 tickets", "durée nette totale 106 h 24"])
