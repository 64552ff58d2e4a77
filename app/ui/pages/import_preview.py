"""The preview of an import: four counts, each line with what it would do, then one act that can be undone.

Nothing is written before « Importer N lignes » is pressed.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Refused
from app.fields import number
from app.jobs import Job
from app.services import importing
from app.services.importing import Options, Outcome, Plan, Result
from app.ui.desk import Desk
from app.ui.pages.import_rows import ChangeDelegate, LinesModel
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, frame, holder, label, row
from app.ui.parts.buttons import Button, button, set_available
from app.ui.parts.empty import no_match
from app.ui.parts.search import search_field
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.table import ListColumn, ListView
from app.ui.parts.tiles import CountData, CountTile

SIZE = (1080, 726)
NOTES = 3
CSV = "Fichier CSV (*.csv)"


def counted(count: int, one: str) -> str:
    return f"{number(count)}\u00a0{one}{'s' if count > 1 else ''}"


class ImportDialog(QDialog):
    """`open()` reads the files, then shows itself. A file that cannot be read is told in it, the others go on."""

    def __init__(self, desk: Desk, files: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._files = desk, list(files)
        self.plan: Plan | None = None
        self.outcome = ""
        self._reading = False
        self.setWindowTitle("Importer")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.tiles: dict[str, CountTile] = {}
        self._build()
        desk.jobs.idle.connect(self._on_idle)

    # What it is made of

    def _build(self) -> None:
        self.about = label("", "body", "ink2")
        self.columns_button = button("Revoir les colonnes", icon="columns-3")
        self.columns_button.clicked.connect(self._show_columns)
        head = row(
            column(label("Vérifiez avant d’importer", "page"), self.about, gap=2), None, self.columns_button,
            margins=(16, 14, 16, 0),
        )  # fmt: skip
        self._told: QVBoxLayout = column(gap=6, margins=(16, 0, 16, 0))
        self._counts = row(gap=12, margins=(16, 0, 16, 0))
        body = column(head, self._counts, self._told, self._filters(), self._table(), gap=12)
        body.setStretch(4, 1)
        self.setLayout(column(holder(body), self._foot(), gap=0))
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)  # noqa: S101 - set on the line above
        whole.setStretch(0, 1)

    def _filters(self) -> QWidget:
        self.search = search_field("Filtrer ces lignes", "Ctrl+F")
        self.search.textChanged.connect(lambda _: self._filter())
        self.last_user = QCheckBox("Garder le nom du dernier utilisateur")
        self.last_user.setToolTip("C’est une donnée personnelle\u00a0: ne la gardez que si vous en avez l’usage.")
        self.last_user.toggled.connect(lambda _: self._read())
        self.export_button = button("", "quiet", "file-spreadsheet")
        self.export_button.clicked.connect(self._export)
        return holder(row(self.search, self.last_user, None, self.export_button, gap=12, margins=(16, 0, 16, 0)))

    def _table(self) -> QWidget:
        self.model = LinesModel(self)
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Lignes de l’import")
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        nothing = no_match("Aucune ligne ne correspond")
        nothing.chosen.connect(lambda _: self._show_all())
        self.body.addWidget(nothing)
        return self.body

    def _foot(self) -> QFrame:
        self.import_button = button("", "primary", "check")
        self.import_button.setDefault(True)
        self.import_button.clicked.connect(self._import)
        box = QDialogButtonBox()
        box.addButton(self.import_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(button("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        told = label("Rien n’est encore écrit. L’import entier pourra être annulé (Ctrl+Z).", "second", "ink2")
        return frame("dialogfoot", row(Glyph("shield-check", "ok.text", 15), told, None, box, margins=(16, 11, 16, 11)))

    # Reading

    def open(self) -> None:
        self._read()

    def _read(self) -> None:
        options = Options(last_user=self.last_user.isChecked())
        self._desk.run("Lecture des fichiers", self._plan_job(options), self._show, "Rien n’est écrit dans la base.")
        self._reading = True
        self.import_button.setEnabled(False)

    def _plan_job(self, options: Options) -> Callable[[], Job[Plan | str]]:
        """A plan, or the sentence that refuses the only file."""

        def make() -> Job[Plan | str]:
            try:
                return (yield from importing.plan_job(self._desk.store, self._files, options))
            except Refused as refusal:
                return str(refusal)

        return make

    def _on_idle(self) -> None:
        """A reading that was cancelled, or failed, leaves nothing to look at; a failed import leaves its preview."""
        if self._reading:
            self.reject()
        elif self.plan is not None:
            self._tell_button(self.plan)

    def _show(self, found: Plan | str) -> None:
        self._reading = False
        if isinstance(found, str):
            self._show_refusal(found)
        else:
            self._show_plan(found)
        super().open()

    def _show_refusal(self, sentence: str) -> None:
        """The only file is none that is read: say so, and leave."""
        self.about.setText(self._files[0].name)
        for part in (self.search, self.last_user, self.export_button, self.columns_button):
            part.hide()
        refusal = Banner(BannerData("bad", "Ce fichier ne peut pas être importé", sentence))
        self._told.addWidget(refusal)
        self.table.setEnabled(False)
        set_available(self.import_button, False, "Il n’y a rien à importer.")
        self.import_button.setText("Rien à importer")

    def _show_plan(self, plan: Plan) -> None:
        self.plan = plan
        self.about.setText(about(plan))
        self.columns_button.setVisible(any(source.columns for source in plan.files))
        self.last_user.setVisible(any(entry.from_tool for source in plan.files for entry in source.entries))
        refused = plan.count("refused")
        self.export_button.setVisible(bool(refused))
        self.export_button.setText(f"Exporter les {refused} refusées" if refused > 1 else "Exporter la ligne refusée")
        self._show_notes(plan)
        self._show_counts(plan)
        self.model.set_lines(plan.lines, len(plan.files) > 1)
        columns = self.model.columns
        self.table.set_columns([ListColumn(one.width, one.shape) for one in columns])
        self.table.setItemDelegateForColumn(len(columns) - 1, ChangeDelegate(self.table))
        self._filter()
        self._tell_button(plan)
        self.table.setFocus()

    def _tell_button(self, plan: Plan) -> None:
        text = f"Importer {counted(plan.writes, 'ligne')}" if plan.writes else "Rien à importer"
        self.import_button.setText(text)
        set_available(self.import_button, plan.writes > 0, "Toutes les lignes sont déjà à jour, ou refusées.")

    def _show_notes(self, plan: Plan) -> None:
        """Files that could not be read, in one banner; else what the readers noted."""
        empty_layout(self._told)
        unread = [line for line in plan.lines if line.outcome == "refused" and line.line is None and not line.title]
        if unread:
            title = f"{counted(len(unread), 'fichier')} {'ne sont pas lus' if len(unread) > 1 else 'n’est pas lu'}"
            self._told.addWidget(Banner(BannerData("bad", title, "\n".join(line.detail for line in unread))))
        for note in plan.notes[:NOTES]:
            self._told.addWidget(label(note, "second", "ink2", wrap=True))

    def _show_counts(self, plan: Plan) -> None:
        empty_layout(self._counts)
        self.tiles = {one.key: CountTile(one) for one in counts(plan)}
        for key, tile in self.tiles.items():
            tile.toggled.connect(lambda on, key=key: self._take(key, on))
            self._counts.addWidget(tile)

    # Looking

    def _take(self, outcome: str, on: bool) -> None:
        """One result at a time; pressed again, all of them."""
        self.outcome = outcome if on else "" if self.outcome == outcome else self.outcome
        for key, tile in self.tiles.items():
            if on and key != outcome:
                tile.setChecked(False)
        self._filter()

    def _filter(self) -> None:
        self.model.keep(self.outcome, self.search.text())
        self.body.setCurrentIndex(0 if self.model.lines or self.plan is None else 1)

    def _show_all(self) -> None:
        self.search.clear()
        for tile in self.tiles.values():
            tile.setChecked(False)

    def _show_columns(self) -> None:
        if self.plan is not None:
            ColumnsRead(self.plan, self).open()

    def _export(self) -> None:
        path = self._desk.ask.file_to_save(self, "Exporter les lignes refusées", "lignes-refusees.csv", CSV)
        if path and self.plan is not None:
            rejects = self.plan.rejects
            self._desk.run(
                "Export des lignes refusées",
                lambda: _rejects_job(rejects, path),
                lambda _: self._desk.done.emit(f"Lignes refusées\u00a0: {path.name}", 0),
            )

    # Writing

    def _import(self) -> None:
        plan = self.plan
        if plan is None or self._desk.jobs.busy:
            return
        self.import_button.setEnabled(False)
        self._desk.run(
            f"Import de {counted(plan.writes, 'ligne')}",
            lambda: importing.apply_job(self._desk.store, plan),
            self._imported,
            "Annuler laisse la base comme avant.",
        )

    def _imported(self, result: Result) -> None:
        told = f"{counted(result.created, 'créé')} et {counted(result.changed, 'modifié')} par l’import"
        self._desk.tell_done(told)
        self.accept()


def about(plan: Plan) -> str:
    """« parc-2026.csv · 148 lignes, 14 colonnes reconnues sur 16 », « 3 fichiers · 12 lignes »."""
    name = plan.files[0].name if len(plan.files) == 1 else counted(len(plan.files), "fichier")
    told = f"{name} · {counted(len(plan.lines), 'ligne')}"
    columns = [known for source in plan.files for known in source.columns]
    if not columns:
        return told
    known = sum(1 for _, taken in columns if taken)
    return f"{told}, {counted(known, 'colonne')} reconnue{'s' if known > 1 else ''} sur {number(len(columns))}"


def counts(plan: Plan) -> tuple[CountData, ...]:
    fields = f"{counted(plan.fields_changed, 'champ')} {'changent' if plan.fields_changed > 1 else 'change'}"
    kinds: tuple[tuple[Outcome, str, str, str, str], ...] = (
        ("created", "circle-plus", "ok", "créé", "Numérotés à l’import"),
        ("changed", "pencil", "info", "modifié", fields),
        ("unchanged", "equal", "mute", "inchangé", "Déjà à jour"),
        ("refused", "circle-x", "bad", "refusé", "Laissés de côté, à corriger"),
    )
    return tuple(
        CountData(key, icon, tone, number(plan.count(key)), word + ("s" if plan.count(key) > 1 else ""), note)
        for key, icon, tone, word, note in kinds
    )


def _rejects_job(rejects: Sequence[importing.Reject], path: Path) -> Job[int]:
    from app.reports import table_csv, workbook  # noqa: PLC0415 - openpyxl is read when a table is written

    columns = [workbook.Column(name, "text", 20) for name in ("Fichier", "Ligne", "Champ", "Motif")]
    rows = [(one.source, str(one.line or ""), one.field, one.message) for one in rejects]
    return (yield from table_csv.write_list(path, columns, rows, len(rows)))


class ColumnsRead(QDialog):
    """Which column of the file goes into which field, and those that are left aside."""

    def __init__(self, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Colonnes reconnues")
        rows = [
            [Cell(header), Cell(taken or "Laissée de côté", "" if taken else "mute")]
            for source in plan.files
            for header, taken in source.columns
        ]
        heads = (SmallColumn("Colonne du fichier", 220), SmallColumn("Champ de Parcomètre", 220))
        self.table = SmallTable(heads, rows, "Colonnes reconnues", most=16)
        close: Button = button("Fermer", "primary")
        close.clicked.connect(self.accept)
        self.setLayout(column(self.table, None, row(None, close, margins=(16, 10, 16, 12)), gap=0))
        self.resize(520, 480)
