"""The tab « Besoins et demande » of a consultation: what it asks for, and from what it is written."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import Ref, counted, day, plural, this_day
from app.services import consultation_request, consultations, listing, needs, records
from app.services.consultation_request import SourceCount
from app.services.consultations import ProjectFacts, ReportRow
from app.services.listing import Filter
from app.services.records import Sheet
from app.ui import theme
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

CONSULTATION, NEED = ENTITIES["consultation"], ENTITIES["need"]
SIDE = 400
TEXTS = ("context", "exclusions", "takeover", "visits")
DAYS = ("sent_on", "questions_until", "answers_until", "decided_until")
NEEDS = (
    SmallColumn("Source", 240),
    SmallColumn("Retenus", 100, "number"),
    SmallColumn("Indispensables", 140, "number"),
    SmallColumn("", 10),
)
NO_PROJECT = "Le projet de contrat décrit la demande\u00a0: prestations, délais, heures, biens à couvrir."
NO_REPORT = "Aucun rapport d’inventaire n’a été émis. Le cahier des charges dira le parc tel qu’il est ce jour-là."


@dataclass(frozen=True)
class Wanted:
    """What the tab shows. `chosen`: the report was picked, it is not merely the last one."""

    sheet: Sheet
    project: ProjectFacts | None
    report: ReportRow | None
    chosen: bool
    reports: list[ReportRow]
    sources: tuple[SourceCount, ...]
    undecided: int
    lacking: list[str]


class WantedTab(QWidget):
    def __init__(self, desk: Desk, consultation_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, consultation_id
        self._texts = Card("Demande", link="Modifier")
        self._texts.link_followed.connect(lambda: self._edit(TEXTS, "demande"))
        self._needs = Card("Besoins retenus", flush=True)
        self._project = Card("Projet de contrat")
        self._fleet = Card("Parc")
        self._days = Card("Calendrier", link="Modifier")
        self._days.link_followed.connect(lambda: self._edit(DAYS, "calendrier"))
        self._banner = column(gap=0)
        side = holder(column(self._project, self._fleet, self._days, None, gap=12))
        side.setFixedWidth(theme.scaled(SIDE))
        main = column(self._texts, self._needs, None, gap=12)
        body = row(main, side, gap=12)
        body.setStretch(0, 1)
        self.setLayout(column(scrolled(holder(column(self._banner, body, gap=12, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            asked = consultations.found(session, self._id)
            self.shown = Wanted(
                records.get(session, CONSULTATION, self._id),
                consultation_request.project_facts(session, asked),
                consultations.report_of(session, asked),
                asked.report_id is not None,
                consultations.reports(session),
                consultation_request.needs_by_source(session),
                len(needs.to_decide(session)),
                consultations.lacking(session, self._id),
            )
        self._show_banner()
        self._show_texts()
        self._show_needs()
        self._show_project()
        self._show_fleet()
        self._show_days()

    def _show_banner(self) -> None:
        empty_layout(self._banner)
        if self.shown.sheet.values["status"].value == "draft" and self.shown.lacking:
            title = f"Avant l’envoi, il manque {', '.join(self.shown.lacking)}."
            self._banner.addWidget(Banner(BannerData("info", title)))

    # What is written

    def _show_texts(self) -> None:
        values = self.shown.sheet.values
        groups = [FactGroup(CONSULTATION.field(name).label, [Fact("", values[name] or "à préciser")]) for name in TEXTS]
        _facts(self._texts, groups)

    def _show_days(self) -> None:
        values = self.shown.sheet.values
        facts = [Fact(CONSULTATION.field(name).label, day(values[name])) for name in DAYS]
        _facts(self._days, [FactGroup("", facts)])

    def _edit(self, names: tuple[str, ...], title: str) -> None:
        FormDialog(self._desk, CONSULTATION, self._id, parent=self.window(), only=names, title=title).open()

    # Needs

    def _show_needs(self) -> None:
        rows = [
            [
                Cell(one.label),
                Cell(str(one.kept) if one.kept else "–"),
                Cell(str(one.must) if one.must else "–"),
                Cell(""),
            ]
            for one in self.shown.sources
        ]
        empty_layout(self._needs.body)
        self._needs.body.addWidget(SmallTable(NEEDS, rows, "Besoins retenus, par source"))
        kept = sum(one.kept for one in self.shown.sources)
        self._needs.note.setText(NEED.counted(kept) if kept else "aucun")
        follow = button(self._undecided(), "link")
        follow.clicked.connect(self.show_undecided)
        every = button("Voir les besoins retenus", "link")
        every.clicked.connect(partial(self._show_list, "kept"))
        self._needs.body.addLayout(row(every, None, follow, margins=(16, 8, 16, 0)))
        every.setVisible(bool(kept))
        follow.setVisible(bool(self.shown.undecided))

    def _undecided(self) -> str:
        n = self.shown.undecided
        return f"{NEED.counted(n)} {plural(n, 'reste', 'restent')} à décider"

    def show_undecided(self) -> None:
        self._show_list("pending")

    def _show_list(self, decision: str) -> None:
        options = NEED.field("decision").options  # type: ignore[attr-defined]  # declared as a Choice
        query = replace(listing.default_query(NEED), filters=(Filter("decision", (options.of(decision),)),))
        self._desk.show_list.emit(NEED.key, query)

    # The project of contract

    def _show_project(self) -> None:
        project = self.shown.project
        if project is not None:
            facts = [
                Fact("Projet", project.title, link=f"contract:{project.id}"),
                Fact("Début", day(project.starts_on)),
                Fact("Prestations", counted(project.services, "prestation") if project.services else "à écrire"),
                Fact(
                    "Délais", f"{project.levels} {plural(project.levels, 'gravité')}" if project.levels else "à écrire"
                ),
                Fact("Biens à couvrir", project.perimeter),
            ]
            _facts(self._project, [FactGroup("", facts)], self._desk)
            return
        empty_layout(self._project.body)
        make, link = button("Créer le projet", icon="plus"), button("Relier un projet…", "link")
        make.clicked.connect(self.create_project)
        link.clicked.connect(self.link_project)
        self._project.body.addWidget(label(NO_PROJECT, "body", "ink2", wrap=True))
        self._project.body.addLayout(row(make, None, link))

    def create_project(self) -> None:
        self._desk.act(
            "Création du projet de contrat",
            lambda s: consultations.create_project(s, self._id, this_day()),
            told="Projet de contrat créé et relié",
        )

    def link_project(self) -> None:
        asked = Ref(name="contract_id", label="Projet de contrat", target="contract", required=True)
        act = Act(
            title="Relier un projet de contrat",
            verb="Relier",
            icon="link",
            fields=(asked,),
            run=lambda s, v: consultations.link_project(s, self._id, v["contract_id"]),
            told="Projet de contrat relié",
        )
        ActDialog(self._desk, act, self).open()

    # The fleet

    def _show_fleet(self) -> None:
        empty_layout(self._fleet.body)
        report = self.shown.report
        if report is None:
            make = button("Faire le rapport d’inventaire…", icon="printer")
            make.clicked.connect(lambda: papers.preview(self._desk, "inventaire", self))
            self._fleet.body.addWidget(label(NO_REPORT, "body", "ink2", wrap=True))
            self._fleet.body.addLayout(row(make, None))
            return
        last = "" if self.shown.chosen else "le dernier émis"
        facts = FactsView([FactGroup("", [Fact("Rapport", report.label, last), Fact("Émis le", day(report.day))])])
        self._fleet.body.addWidget(facts)
        if len(self.shown.reports) > 1:
            other = button("Choisir un autre rapport…", "link")
            other.clicked.connect(lambda: self._offer_reports(other))
            self._fleet.body.addLayout(row(other, None))

    def _offer_reports(self, under: QWidget) -> None:
        menu = QMenu(self)
        menu.addAction("Toujours le dernier émis", partial(self._choose_report, None))
        menu.addSeparator()
        for one in self.shown.reports:
            menu.addAction(f"{one.label}, du {day(one.day)}", partial(self._choose_report, one.id))
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def _choose_report(self, report_id: int | None) -> None:
        self._desk.act(
            "Choix du rapport d’inventaire",
            lambda s: consultations.choose_report(s, self._id, report_id),
            told="Rapport d’inventaire choisi",
        )


def _facts(card: Card, groups: list[FactGroup], desk: Desk | None = None) -> None:
    empty_layout(card.body)
    view = FactsView(groups)
    if desk is not None:
        view.link_followed.connect(desk.follow)
    card.body.addWidget(view)
