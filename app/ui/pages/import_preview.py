"""The preview of an import: four counts, each line with what it would do, then one act that can be undone.

Nothing is written before « Importer N lignes » is pressed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Refused
from app.fields import counted
from app.jobs import Job
from app.services import importing
from app.services.importing import Options, UnknownColumns
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.import_columns import REMEMBERED, TICKET
from app.ui.pages.import_review import Review
from app.ui.pages.import_rows import ChangeDelegate, LinesModel
from app.ui.pages.import_words import about, counts, is_remembered, lists_of, rejects_job
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, holder, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.empty import no_match
from app.ui.parts.formshell import foot_frame
from app.ui.parts.search import search_field
from app.ui.parts.table import ListColumn, ListView
from app.ui.parts.tiles import CountData, CountTile

SIZE = (1080, 726)
NOTES = 3
CSV = "Fichier CSV (*.csv)"


class ImportDialog(QDialog):
    """`open()` reads the files, then shows itself. A file that cannot be read is told in it, the others go on; a list
    that is told to hold something else goes to the preview of that. `told` has what was already said of some files."""

    guide_page = "import"

    title = "Importer"
    what = "ligne"
    """One of the lines that importing writes."""
    named_by = "N° inventaire"
    of_tickets = False

    def __init__(
        self, desk: Desk, files: Sequence[Path], parent: QWidget, told: Mapping[Path, Options] = MappingProxyType({})
    ) -> None:
        super().__init__(parent)
        self._desk, self._files = desk, list(files)
        self._told_columns = dict(told)
        self.plan: Any = None
        self.outcome = ""
        self._reading = False
        self.setWindowTitle(self.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.tiles: dict[str, CountTile] = {}
        self.review = Review(desk, self, TICKET if self.of_tickets else "")
        self.review.told.connect(self._read_with)
        self.review.elsewhere.connect(self._hand_over)
        self._build()
        desk.jobs.idle.connect(self._on_idle)

    # What it is made of

    def _build(self) -> None:
        self.about = label("", "body", "ink2")
        self.columns_button = button("Revoir les colonnes", icon="columns-3")
        self.columns_button.clicked.connect(self._review)
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
        self.export_button = button("Exporter les refusées", "quiet", "file-spreadsheet")
        self.export_button.clicked.connect(self._export)
        return holder(row(self.search, self.last_user, None, self.export_button, gap=12, margins=(16, 0, 16, 0)))

    def _table(self) -> QWidget:
        self.model = LinesModel(self, self.named_by)
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
        self.import_button = button("Importer", "primary", "check")
        self.import_button.setDefault(True)
        self.import_button.clicked.connect(self._import)
        box = QDialogButtonBox()
        box.addButton(self.import_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(button("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        told = label("Rien n’est encore écrit. L’import entier pourra être annulé (Ctrl+Z).", "second", "ink2")
        return foot_frame(row(Glyph("shield-check", "ok.text", 15), told, None, box, margins=(16, 11, 16, 11)))

    # Reading

    def open(self) -> None:
        self._read()

    def _read(self) -> None:
        options = Options(last_user=self.last_user.isChecked())
        self._desk.run("Lecture des fichiers", self._plan_job(options), self._show, "Rien n’est écrit dans la base.")
        self._reading = True
        self.import_button.setEnabled(False)

    def _plan_job(self, options: Options) -> Callable[[], Job[Any]]:
        """A plan, or what refuses the only file."""
        own = {path: replace(told, last_user=options.last_user) for path, told in self._told_columns.items()}

        def make() -> Job[Any]:
            try:
                return (yield from self.read_job(options, own))
            except Refused as refusal:
                return refusal

        return make

    def read_job(self, options: Options, own: Mapping[Path, Options]) -> Job[Any]:
        return importing.plan_job(self._desk.store, self._files, options, own)

    def _on_idle(self) -> None:
        """A reading that was cancelled, or failed, leaves nothing to look at; a failed import leaves its preview."""
        if self._reading:
            self.reject()
        elif self.plan is not None:
            self._tell_button(self.plan)

    def _show(self, found: Any) -> None:
        self._reading = False
        if isinstance(found, Refused):
            self._show_refusal(found)
        else:
            self._show_plan(found)
        super().open()
        if isinstance(found, UnknownColumns):
            self.review.ask(self._files[0], None)

    def _show_refusal(self, refusal: Refused) -> None:
        """The only file is not read: say so; if it is a list, its columns can still be told."""
        self.about.setText(self._files[0].name)
        unknown = isinstance(refusal, UnknownColumns)
        for part in (self.search, self.last_user, self.export_button):
            part.hide()
        self.columns_button.setVisible(unknown)
        empty_layout(self._told)
        title = "Dites ce que contiennent les colonnes" if unknown else "Ce fichier ne peut pas être importé"
        self._told.addWidget(Banner(BannerData("warn" if unknown else "bad", title, str(refusal))))
        self.table.setEnabled(False)
        set_available(self.import_button, False, "Il n’y a rien à importer.")
        self.import_button.setText("Rien à importer")

    def _show_plan(self, plan: Any) -> None:
        self.plan = plan
        self.about.setText(about(plan.files, plan.size))
        self.search.show()
        self.table.setEnabled(True)
        self.columns_button.setVisible(bool(lists_of(plan.files)))
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

    def _tell_button(self, plan: Any) -> None:
        text = f"Importer {counted(plan.writes, self.what)}" if plan.writes else "Rien à importer"
        self.import_button.setText(text)
        set_available(self.import_button, plan.writes > 0, "Toutes les lignes sont déjà à jour, ou refusées.")

    def _show_notes(self, plan: Any) -> None:
        """Files that could not be read, in one banner; else what the readers noted."""
        empty_layout(self._told)
        unread = [line for line in plan.lines if line.outcome == "refused" and line.line is None and not line.title]
        if unread:
            title = f"{counted(len(unread), 'fichier')} {'ne sont pas lus' if len(unread) > 1 else 'n’est pas lu'}"
            self._told.addWidget(Banner(BannerData("bad", title, "\n".join(line.detail for line in unread))))
        remembered = [REMEMBERED + "."] if any(is_remembered(source) for source in plan.files) else []
        for note in [*remembered, *plan.notes][:NOTES]:
            self._told.addWidget(label(note, "second", "ink2", wrap=True))

    def counts(self, plan: Any) -> Sequence[CountData]:
        return counts(plan)

    def _show_counts(self, plan: Any) -> None:
        empty_layout(self._counts)
        self.tiles = {one.key: CountTile(one) for one in self.counts(plan)}
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

    # The columns

    def _review(self) -> None:
        """The columns of the list; of several, the one that is chosen."""
        found = lists_of(self.plan.files) if self.plan is not None else self._files
        self.review.choose(found, self._told_columns, self.columns_button)

    def _read_with(self, path: Path, options: Options) -> None:
        self._told_columns[path] = options
        self._read()

    def _hand_over(self, path: Path, options: Options) -> None:
        """To the preview of the other kind; the files left are looked at after it."""
        self.reject()
        left = [one for one in self._files if one != path]
        window = self.parentWidget() or self
        other = starts.preview_lists(self._desk, window, [path], tickets=not self.of_tickets, told={path: options})
        if left:
            other.finished.connect(lambda _: starts.preview_lists(self._desk, window, left, tickets=self.of_tickets))

    def _export(self) -> None:
        path = self._desk.ask.file_to_save(self, "Exporter les lignes refusées", "lignes-refusees.csv", CSV)
        if path and self.plan is not None:
            rejects = self.plan.rejects
            self._desk.run(
                "Export des lignes refusées",
                lambda: rejects_job(rejects, path),
                lambda _: self._desk.done.emit(f"Lignes refusées\u00a0: {path.name}", 0),
            )

    # Writing

    def _import(self) -> None:
        plan = self.plan
        if plan is None or self._desk.jobs.busy:
            return
        self.import_button.setEnabled(False)
        self._desk.run(
            f"Import de {counted(plan.writes, self.what)}",
            lambda: self.write_job(plan),
            self._imported,
            "Annuler laisse la base comme avant.",
        )

    def write_job(self, plan: Any) -> Job[Any]:
        return importing.apply_job(self._desk.store, plan)

    def sentence(self, result: Any) -> str:
        """What was done, for the bar that offers to undo it."""
        written = ((result.created, "créé"), (result.changed, "modifié"))
        told = " et ".join(counted(count, word) for count, word in written if count) + " par l’import"
        return told + (f", {counted(len(result.rejects), 'refusé')}" if result.rejects else "")

    def _imported(self, result: Any) -> None:
        self._desk.tell_done(self.sentence(result))
        self.accept()
