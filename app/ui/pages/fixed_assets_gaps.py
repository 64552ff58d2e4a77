"""« Écarts physiques »: what the register says and nobody found, what was found and is on no line (L123-12 C. com.)."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.fields import MISSING, amount, counted, day, plural, this_day
from app.services.fixed_assets import decide, sheet
from app.services.fixed_assets.gaps import Gap, GapKind, gaps
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages.fixed_assets_exit import ExitDialog
from app.ui.pages.fixed_assets_rows import Column, RowsList
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.empty import EmptyState
from app.ui.parts.marks import Mark

COLUMNS: tuple[Column[Gap], ...] = (
    Column("N°", 96, lambda one: one.number),
    Column("Libellé", 230, lambda one: one.label or MISSING, elastic=True),
    Column("Écart", 226, lambda one: one.kind.label, "badge", mark=lambda one: Mark(one.kind.tone, loud=True)),
    Column("Pourquoi", 360, lambda one: one.why, elastic=True),
    Column("Reste ou prix", 110, lambda one: amount(one.cents), "number", key=lambda one: one.cents),
    Column("Depuis le", 96, lambda one: day(one.on), key=lambda one: one.on or date.min, aside=True),
)
WHY = (
    "Le registre et l’inventaire physique se comparent ici\u00a0: une ligne dont le bien est sorti\n"
    "ou n’a pas été trouvé, un bien trouvé qui n’est sur aucune ligne."
)
LAW = "Au moins un inventaire physique tous les douze mois (art. L123-12 C. com.). Rien ne se corrige sans vous."


class GapsView(QWidget):
    """`told` is the sentence of the foot."""

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        excel = icon_button("file-spreadsheet", "Exporter vers Excel")
        excel.clicked.connect(self.export)
        empty = EmptyState("scan-line", "Aucun écart", WHY)
        self.list: RowsList[Gap] = RowsList("Écarts physiques", COLUMNS, empty, excel)
        self.list.chose.connect(self._follow)
        self.list.activated.connect(self._open)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._offer)
        self.out = button("Sortir de l’actif…", icon="log-out")
        self.out.clicked.connect(self.take_out)
        self.thing = button("Ouvrir le bien", icon="monitor")
        self.thing.clicked.connect(self.open_asset)
        acts = row(label(LAW, "body", "ink2", wrap=True), self.thing, self.out, gap=8, margins=(16, 9, 16, 9))
        acts.setStretch(0, 1)
        self._foot = frame("dialogfoot", acts)
        self.setLayout(column(self.list, self._foot, gap=0))
        self.setFocusProxy(self.list)

    def refresh(self) -> None:
        with self._desk.read() as session:
            found = gaps(session, this_day())
        self.list.show_rows(found)
        self._foot.setVisible(bool(found))

    def count(self) -> int:
        return len(self.list.model.rows)

    def sentence(self) -> str:
        """« 3 écarts · 2 à l’actif, non trouvés · 1 trouvé, absent de l’actif »."""
        kinds = [one.kind for one in self.list.model.rows]
        if not kinds:
            return "Aucun écart"
        lost, found = kinds.count(GapKind.NOT_FOUND), kinds.count(GapKind.NOT_LISTED)
        told = [
            counted(len(kinds), "écart"),
            counted(lost, "ligne sans bien trouvé", "lignes sans bien trouvé") if lost else "",
            f"{counted(found, 'bien')} {plural(found, 'absent')} de l’actif" if found else "",
        ]
        return "  ·  ".join(one for one in told if one)

    def _one(self) -> Gap | None:
        chosen = self.list.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _follow(self) -> None:
        one = self._one()
        line, asset = one and one.fixed_asset_id, one and one.asset_id
        set_available(self.out, bool(line), "Choisissez une ligne du registre." if one else "Choisissez un écart.")
        set_available(self.thing, bool(asset), "Aucun bien ne lui est rattaché." if one else "Choisissez un écart.")
        self.told.emit(self.sentence())

    # What is done

    def take_out(self) -> None:
        one = self._one()
        if one is not None and one.fixed_asset_id is not None:
            ExitDialog(self._desk, one.fixed_asset_id, self).open()

    def open_asset(self) -> None:
        one = self._one()
        if one is not None and one.asset_id is not None:
            self._desk.go_to.emit("asset", one.asset_id)

    def _open(self, one: Gap) -> None:
        """The line of the register, else the asset."""
        if one.fixed_asset_id is not None:
            self._desk.go_to.emit("fixed_asset", one.fixed_asset_id)
        else:
            self._desk.go_to.emit("asset", one.asset_id or 0)

    def reopen(self, assets: Sequence[int]) -> None:
        self._desk.act(
            "Remettre à décider", lambda s: decide.reopen(s, [("asset", one) for one in assets]),
            told=f"{counted(len(assets), 'bien')} à décider de nouveau",
        )  # fmt: skip

    def export(self) -> None:
        path = self._desk.ask.file_to_save(self, "Exporter les écarts", f"ecarts_{this_day()}.xlsx", ask.EXCEL)
        if path:
            rows = list(self.list.model.rows)
            self._desk.run(
                "Export des écarts", lambda: sheet.gaps_job(self._desk.store, path, rows),
                lambda n: self._desk.done.emit(f"{counted(n, 'écart')} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )  # fmt: skip

    def _offer(self, spot: QPoint) -> None:
        chosen = self.list.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        if len(chosen) == 1:
            menu.addAction("Ouvrir", partial(self._open, chosen[0]))
            if chosen[0].fixed_asset_id is not None:
                menu.addAction("Sortir de l’actif…", self.take_out)
        assets = [one.asset_id for one in chosen if one.kind == GapKind.NOT_LISTED and one.asset_id is not None]
        if assets:
            menu.addAction("Remettre à décider", partial(self.reopen, assets))
        menu.popup(self.list.table.viewport().mapToGlobal(spot))
