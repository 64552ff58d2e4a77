"""What the inventories tell of the security of the fleet: each check, how many are at fault, why, what to do."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, NBSP, counted, day, joined, number, percent, plural, this_day
from app.jobs import Job
from app.services import security, support
from app.services.listing import default_query
from app.services.security import Coverage, Finding
from app.services.security_checks import Gravity
from app.services.support import Refreshed
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.base import Page
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, frame, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.meter import Meter, Run
from app.ui.state import UiState

ASSET = ENTITIES["asset"]
TOUCHED = {"asset", "survey", "family", "setting", "support_end"}
BAR, FIGURE, UNKNOWN = 92, 118, 104
"""Widths of what stands at the right of a check."""
NO_SURVEY = BannerData(
    "info",
    "Aucun relevé pour l’instant",
    "Antivirus, pare-feu, place libre et batterie viennent des fichiers d’un agent d’inventaire\u00a0: rien à saisir.",
    "Importer des relevés…",
)
NOTHING, NOTHING_KNOWN = "Rien à signaler", "Rien n’a encore été relevé"


class SecurityPage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.rows: dict[str, CheckRow] = {}
        self._shown: tuple[tuple[Finding, ...], Coverage, int] | None = None
        self.head, self.note = label("", "card"), label("", "body", "ink2", wrap=True)
        self._told, self._cards = column(gap=0), column(gap=12)
        body = column(
            self._told, column(self.head, self.note, gap=2), self._cards, None, gap=12, margins=(16, 2, 16, 12)
        )
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(holder(body)))
        self.body.addWidget(self._empty())
        self.setLayout(column(self.body, gap=0))
        desk.changed.connect(self._on_change)
        self.refresh()

    def section_actions(self) -> list[Button]:
        dates = button(
            "Dater les systèmes",
            icon="calendar-clock",
            tip="Remplit et corrige les fins de support depuis la table, sans toucher à celles que vous avez saisies.",
        )
        dates.clicked.connect(self.date_systems)
        bring = button("Importer des relevés", icon="file-input")
        bring.clicked.connect(self._import)
        return [dates, bring]

    def _empty(self) -> EmptyState:
        ways = [
            Beginning(
                "import",
                "Choisir un fichier…",
                "file-input",
                "Importer un relevé",
                "Fichier d’un agent d’inventaire\u00a0: système, antivirus, chiffrement, place libre, batterie.",
                primary=True,
            ),
            Beginning(
                "assets",
                "Aller aux biens",
                "monitor",
                "Commencer par vos postes",
                "Saisis à la main ou importés d’un tableau\u00a0: leurs fins de support suffisent pour commencer.",
            ),
        ]
        told = "Rien à saisir ici\u00a0: tout est lu dans les relevés de vos postes."
        empty = EmptyState("shield", "Aucun poste à surveiller pour l’instant", told, ways)
        empty.chosen.connect(lambda key: self._import() if key == "import" else self._to_assets())
        return empty

    # What is shown

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TOUCHED and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        with self.desk.read() as session:
            undated = support.undated(session, this_day())
            shown = security.summary(session, this_day()), security.coverage(session), undated
        if shown != self._shown:
            self._shown = shown
            self._show(*shown)
        self.footed.emit(self.sentence())

    def _show(self, findings: Sequence[Finding], covered: Coverage, undated: int) -> None:
        self.body.setCurrentIndex(0 if any(one.concerned for one in findings) else 1)
        self._advise(covered, undated)
        self.head.setText(headline(findings))
        self.note.setText(coverage_told(covered))
        empty_layout(self._cards)
        self.rows = {}
        for gravity in Gravity:
            self._cards.addWidget(self._card(gravity, [one for one in findings if one.gravity == gravity]))

    def _advise(self, covered: Coverage, undated: int) -> None:
        """One banner at most: what the program can fill in by itself, else where surveys come from."""
        empty_layout(self._told)
        if undated:
            banner = Banner(undated_told(undated))
            banner.acted.connect(self.date_systems)
            self._told.addWidget(banner)
        elif covered.computers and not covered.surveyed:
            banner = Banner(NO_SURVEY)
            banner.acted.connect(self._import)
            self._told.addWidget(banner)

    def _card(self, gravity: Gravity, findings: Sequence[Finding]) -> QFrame:
        at_fault = sum(1 for one in findings if one.count)
        told = counted(at_fault, "point") if at_fault else NOTHING if any(one.known for one in findings) else ""
        body = column(
            row(label(gravity.label, "strong"), label(told, "second", "ink2"), None, margins=(16, 8, 16, 7)), gap=0
        )
        for one in findings:
            made = CheckRow(one)
            made.asked.connect(self.show_assets)
            made.unknown_asked.connect(self.show_unknown)
            made.excel.connect(self.export)
            self.rows[one.key] = made
            body.addWidget(hairline())
            body.addWidget(made)
        return frame("card", body)

    def sentence(self) -> str:
        findings = self._shown[0] if self._shown else ()
        if wrong := sum(1 for one in findings if one.count):
            return f"{counted(wrong, 'point')} à voir sur {len(findings)} contrôles"
        return NOTHING if any(one.known for one in findings) else NOTHING_KNOWN

    # What is done

    def show_assets(self, key: str) -> None:
        with self.desk.read() as session:
            ids = security.assets(session, key, this_day())
        self.desk.show_list.emit(ASSET.key, replace(default_query(ASSET), ids=ids))

    def show_unknown(self, key: str) -> None:
        with self.desk.read() as session:
            ids = security.unknown_assets(session, key)
        self.desk.show_list.emit(ASSET.key, replace(default_query(ASSET), ids=ids))

    def export(self, key: str) -> None:
        name = f"securite-{key}_{this_day().isoformat()}.xlsx"
        path = self.desk.ask.file_to_save(self, "Exporter ces biens", name, f"{ask.EXCEL};;Fichier CSV (*.csv)")
        if path:
            self.desk.run(
                "Export de la liste",
                lambda: security.export_job(self.desk.store, key, path, this_day()),
                lambda n: self.desk.done.emit(f"{ASSET.counted(n)} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )

    def date_systems(self) -> None:
        date_systems(self.desk)

    def _import(self) -> None:
        starts.import_files(self.desk, self)

    def _to_assets(self) -> None:
        self.desk.show_list.emit(ASSET.key, None)


def date_systems(desk: Desk) -> None:
    """Write the ends of support of the assets from the table, as one act that can be undone."""

    def make() -> Job[Refreshed]:
        with desk.store.begin("Fins de support des biens") as session:
            return (yield from support.refresh(session))

    def done(found: Refreshed) -> None:
        if found.filled or found.corrected:
            desk.tell_done(found.sentence)
        else:
            desk.done.emit(found.sentence, 0)

    desk.run("Fins de support des biens", make, done, "Annuler laisse tout comme avant.")


def undated_told(count: int) -> BannerData:
    s, ont, leur = ("s", "ont", "leurs dates") if count > 1 else ("", "a", "sa date")
    return BannerData(
        "info",
        f"{number(count)}{NBSP}bien{s} {ont} un système que la table connaît, sans date de fin de support",
        f"Le programme peut remplir {leur} depuis la table.",
        "Dater les systèmes",
        action_icon="calendar-clock",
    )


def headline(findings: Sequence[Finding]) -> str:
    """« 2 points graves, 3 à corriger, 1 à surveiller »."""
    counts = {g: sum(1 for one in findings if one.gravity == g and one.count) for g in Gravity}
    if not any(counts.values()):
        return NOTHING_KNOWN if not any(one.known for one in findings) else "Rien à corriger dans ce qui a été relevé"
    grave, mend, watch = (counts[g] for g in Gravity)
    told = [
        f"{counted(grave, 'point')} {plural(grave, 'grave')}" if grave else "",
        f"{number(mend)}{NBSP}à corriger" if mend else "",
        f"{number(watch)}{NBSP}à surveiller" if watch else "",
    ]
    return joined(*told, by=", ")


def coverage_told(covered: Coverage) -> str:
    """« 41 postes et serveurs relevés sur 48, entre le 12/11/2026 et le 20/11/2026. »"""
    seen = f"{number(covered.surveyed)} {plural(covered.surveyed, 'relevé')}"
    of = f"{seen} sur {counted(covered.computers, 'poste')}"
    rest = "Ce qui n’a pas été relevé n’est jamais compté comme bon."
    if covered.oldest is None or covered.newest is None:
        return f"{of}, serveurs compris. {rest}"
    when = f"le {day(covered.newest)}"
    if covered.oldest != covered.newest:
        when = f"du {day(covered.oldest)} au {day(covered.newest)}"
    return f"{of}, serveurs compris, {when}. {rest}"


class CheckRow(QWidget):
    """One check: its sentence, and its figures, which open the assets behind them."""

    asked = Signal(str)
    unknown_asked = Signal(str)
    excel = Signal(str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        tone = finding.gravity.tone if finding.count else "ok" if finding.known else "mute"
        aside = label(finding.detail, "second", "ink2")
        told = label(f"{finding.why} {finding.advice}", "second", "ink2", wrap=True)
        words = column(row(label(finding.title, "title"), aside, None), told, gap=1)
        line = row(self._glyph(tone), words, *self._figures(tone), gap=12, margins=(16, 7, 12, 7))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setAccessibleName(f"{finding.title}\u00a0: {self.figure.text()}, {self._share()}")

    def _glyph(self, tone: str) -> Glyph:
        """Tinted only when it calls for an act."""
        if self.finding.count:
            return Glyph(self.finding.icon, f"{tone}.text", 16, f"{tone}.soft", 30)
        return Glyph("circle-check" if self.finding.known else "circle-dashed", f"{tone}.solid", 16, side=30)

    def _figures(self, tone: str) -> list[QWidget]:
        one = self.finding
        self.figure = button(self._count(), "link")
        self.figure.setProperty("fact", True)
        self.figure.clicked.connect(lambda: self.asked.emit(one.key))
        set_available(self.figure, bool(one.count), "Aucun bien n’est concerné.")
        self.unknown = button(one.unsaid, "link")
        self.unknown.clicked.connect(lambda: self.unknown_asked.emit(one.key))
        self.unknown.setVisible(bool(one.unknown))
        self.export = icon_button("file-spreadsheet", f"Exporter vers Excel\u00a0: {one.title.lower()}")
        self.export.clicked.connect(lambda: self.excel.emit(one.key))
        set_available(self.export, bool(one.count), "Aucun bien à exporter.")
        bar = Meter([Run(float(one.share or 0), f"{tone}.solid")], f"{one.title}\u00a0: {self._share()}")
        share = label(self._share(), "small", "ink2")
        count = column(None, row(None, self.figure), row(None, share), None, gap=0)
        placed = [bar, holder(count), holder(row(None, self.unknown)), self.export]
        for widget, width in zip(placed, (BAR, FIGURE, UNKNOWN), strict=False):
            theme.fix_width(widget, width)
        return placed

    def _count(self) -> str:
        if not self.finding.known:
            return MISSING
        return counted(self.finding.count, "bien") if self.finding.count else "Aucun"

    def _share(self) -> str:
        """« 25 % de 48 relevés », « sur 48 relevés »."""
        one = self.finding
        if one.share is None:
            return "rien de relevé" if one.concerned else "sans objet"
        of = f"{number(one.known)} {plural(one.known, 'relevé')}"
        return f"{percent(one.share, 0)} de {of}" if one.count else f"sur {of}"
