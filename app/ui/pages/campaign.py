"""A physical inventory as a page: the reader, what is found and what is not, the list by room, ticked by keys too."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.services import campaign_places, campaign_reading, campaigns, records
from app.services.campaign_reading import Reading
from app.services.campaigns import Counts
from app.services.listing import Filter
from app.services.records import Sheet
from app.storage import undo
from app.ui import theme
from app.ui.crud.form import FormDialog
from app.ui.crud.list_panel import ListPanel
from app.ui.desk import Desk
from app.ui.pages import campaign_acts, papers
from app.ui.pages.acts import ActDialog, to_bin
from app.ui.pages.base import RecordPage
from app.ui.pages.campaign_foot import RowActs
from app.ui.pages.campaign_head import CampaignHead
from app.ui.pages.campaign_keys import TickKeys, typed_text
from app.ui.pages.campaign_reader import Reader
from app.ui.pages.campaign_view import head_data, progress_of, tiles_of, told_of
from app.ui.pages.campaigns import correction
from app.ui.parts.basics import column, row
from app.ui.parts.meter import Meter
from app.ui.parts.tiles import CountTile
from app.ui.state import UiState

CAMPAIGN, LINE, ASSET = ENTITIES["campaign"], ENTITIES["campaign_line"], ENTITIES["asset"]
CONCERNED = frozenset({"campaign", "campaign_line", "asset"})
TICKS = {"found": campaigns.FOUND, "missing": campaigns.MISSING, "back": campaigns.TO_FIND}
MARGINS = (16, 10, 16, 10)
LEAST_ROWS = 4
"""In sight on a low screen."""


class CampaignPage(RecordPage):
    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self._place = ("", False, False)
        self.last: Reading | None = None
        self._action = 0
        self.result = ""
        self.is_open: bool | None = None
        self.head = CampaignHead()
        self.reader = Reader()
        self.meter = Meter()
        self.tiles: dict[str, CountTile] = {}
        self._tile_row = row(gap=12)
        self.foot = RowActs()
        self.panel = ListPanel(desk, LINE, UiState(), held=(Filter("campaign_id", (record_id,)),))
        self.panel.body.setMinimumHeight(LEAST_ROWS * theme.row_height())  # less than the words of an empty filter ask
        top = column(self.reader, self._tile_row, self.meter, gap=10, margins=MARGINS)
        body = column(self.head, top, self.panel, self.foot, gap=0)
        body.setStretch(2, 1)
        self.setLayout(body)
        self.setFocusProxy(self.reader.field)
        self._wire()
        self._read()

    def _wire(self) -> None:
        self.head.acted.connect(self._on_campaign)
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))
        self.reader.read.connect(self.read)
        self.reader.acted.connect(self._on_reading)
        self.reader.field.left.connect(self._go_to_list)
        self.foot.acted.connect(self._on_rows)
        panel, self._keys = self.panel, TickKeys(self.panel.table, self)
        self._keys.found.connect(partial(self.tick, campaigns.FOUND))
        self._keys.missing.connect(partial(self.tick, campaigns.MISSING))
        self._keys.typed.connect(self._type)
        panel.tallied.connect(lambda _: self._follow_filter())
        panel.opened.connect(self.open_line)
        panel.binned.connect(partial(self.tick, campaigns.TO_FIND))
        panel.excel.connect(self.export)
        panel.table.customContextMenuRequested.connect(self._menu)
        panel.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.desk.changed.connect(self._on_change)

    # What is shown

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & CONCERNED:
            self._read()
            self.panel.reload()

    def _read(self) -> None:
        """All but the list; a campaign that was put in the bin closes its page."""
        with self.desk.read() as session:
            self.sheet: Sheet = records.get(session, CAMPAIGN, self.record_id)
            if self.sheet.in_bin:
                self.closed.emit()
                return
            self.counts: Counts = campaigns.counts(session, self.record_id)
            self.misplaced = len(campaign_places.misplaced(session, self.record_id))
            self.rooms = campaigns.rooms(session, self.record_id)
        self.reader.suggest(self.rooms)
        self._show()

    def _show(self) -> None:
        is_open = self.sheet.values["status"].value == "open"
        if is_open != self.is_open:
            self.is_open = is_open
            self.reader.setVisible(is_open)
            self.head.set_open(is_open)
        self._show_head()
        self.meter.set_runs(*progress_of(self.counts))
        self._show_tiles()
        self.foot.offer_places(self.misplaced)
        self._follow()
        self.footed.emit(self.sentence())

    def _show_head(self) -> None:
        self.head.set_data(head_data(self.sheet, self._place[0]))
        self.head.set_steps(*self._place[1:])

    def _show_tiles(self) -> None:
        for data in tiles_of(self.counts):
            if data.key in self.tiles:
                self.tiles[data.key].set_data(data)
                continue
            self.tiles[data.key] = tile = CountTile(data)
            tile.clicked.connect(lambda _=False, key=data.key: self.keep(key))
            self._tile_row.addWidget(tile)

    def keep(self, result: str) -> None:
        """A tile keeps its lines; pressed again, all of them."""
        result = "" if self.result == result else result
        self.panel.set_filter("result", Filter("result", (campaigns.result_named(result),)) if result else None)
        self._follow_filter()
        self.reader.field.setFocus()

    def _follow_filter(self) -> None:
        """The tile of the one result that the list shows, however it was asked."""
        kept = next((one.values for one in self.panel.query.filters if one.field == "result"), ())
        self.result = str(kept[0]) if len(kept) == 1 else ""
        for key, tile in self.tiles.items():
            tile.setChecked(key == self.result)

    def _follow(self) -> None:
        self.foot.follow(len(self.panel.table.selectionModel().selectedRows()), self.is_open is True)

    def set_place(self, place: str, before: bool, after: bool) -> None:
        self._place = (place, before, after)
        self._show_head()

    def sentence(self) -> str:
        return told_of(self.sheet, self.counts)

    # The reader

    def read(self, code: str) -> None:
        """One code, one act: what it gave is told at once, and the field waits for the next."""
        room, now = self.reader.room_said(), datetime.now(UTC)
        self.last = self.desk.act(
            f"Pointage\u00a0: {code.strip()[:40]}",
            lambda s: campaign_reading.read(s, self.record_id, code, now, room),
        )
        if self.last.written:
            self._action = self.desk.store.last_action_id or 0
            what = "noté, inconnu du parc" if self.last.outcome == "unknown" else "pointé"
            self.desk.tell_done(f"{self.last.title}\u00a0: {what}")
        self.reader.tell(self.last)
        self.reader.field.setFocus()

    def _on_reading(self, act: str) -> None:
        """What is asked of the last reading."""
        reading = self.last
        if reading is None or reading.line_id is None:
            return
        if act == "create":
            self.create_asset(reading.line_id)
            return
        if act == "correct":
            campaign_acts.correct_places(self.desk, self.record_id, [reading.line_id], 1)
        else:
            self.desk.act("Annulation", lambda s: undo.undo(s, self._action))
        self.reader.tell(None)
        self.reader.field.setFocus()

    def _type(self, text: str) -> None:
        """What a reader types elsewhere on the page goes to its field."""
        if self.is_open:
            self.reader.field.setFocus()
            self.reader.field.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = typed_text(event)
        if text:
            self._type(text)
        else:
            super().keyPressEvent(event)

    def _go_to_list(self) -> None:
        table = self.panel.table
        if not table.currentIndex().isValid():
            table.selectRow(0)
        table.setFocus()

    # The rows

    def tick(self, result: Any) -> None:
        """By hand, the chosen rows; the next one is then chosen."""
        wanted = self.panel.chosen_ids()
        if wanted and self.is_open:
            at = self.panel.table.currentIndex().row()
            campaign_acts.tick(self.desk, wanted, result)
            if len(wanted) == 1:
                self._step(at, wanted[0])

    def _step(self, at: int, ticked: int) -> None:
        """A filter may have taken the row away: the next one then stands in its place."""
        row_there = self.panel.model.row(at)
        if row_there is not None and row_there.id == ticked and at + 1 < self.panel.model.rowCount():
            self.panel.table.selectRow(at + 1)

    def _on_rows(self, act: str) -> None:
        """A button of the foot, or its like in the menu of a row."""
        if act == "elsewhere":
            self.find_elsewhere()
        elif act == "note":
            self.remark()
        elif act == "places":
            campaign_acts.correct_places(self.desk, self.record_id, None, self.misplaced)
        else:
            self.tick(TICKS[act])
        self.panel.table.setFocus()

    def find_elsewhere(self) -> None:
        wanted = self.panel.chosen_ids()
        if wanted and self.is_open:
            campaign_acts.find_elsewhere(self.desk, wanted, self.rooms, self)

    def remark(self) -> None:
        wanted = self.panel.chosen_ids()
        if wanted:
            campaign_acts.remark(self.desk, wanted, self)

    def open_line(self, line_id: int) -> None:
        """The asset of a line; where there is none yet, the form that makes it."""
        with self.desk.read() as session:
            asset = records.get(session, LINE, line_id).values["asset_id"]
        if asset is None:
            self.create_asset(line_id)
        else:
            self.desk.go_to.emit(ASSET.key, asset)

    def create_asset(self, line_id: int) -> None:
        with self.desk.read() as session:
            start = campaign_reading.start_of_asset(session, line_id)
        form = FormDialog(self.desk, ASSET, None, start, self.window())
        form.saved.connect(partial(self._created, line_id))
        form.open()

    def _created(self, line_id: int, asset_id: int) -> None:
        self.desk.act("Bien de la campagne", lambda s: campaigns.name_asset(s, line_id, asset_id), "Bien créé")
        self.reader.tell(None)
        self.reader.field.setFocus()

    def _menu(self, spot: QPoint) -> None:
        menu, chosen = QMenu(self), self.panel.chosen_ids()
        if len(chosen) == 1:
            menu.addAction("Ouvrir le bien", partial(self.open_line, chosen[0]))
            menu.addSeparator()
        self.foot.fill(menu)
        menu.popup(self.panel.table.viewport().mapToGlobal(spot))

    def export(self) -> None:
        campaign_acts.export_lines(self.desk, self.sheet.values["number"], self.panel.query, self)

    # The campaign

    def _on_campaign(self, act: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "edit": self.edit,
            "gaps": self.print_paper,
            "list": self.print_list,
            "close": lambda: campaign_acts.close(self.desk, self.record_id, self),
            "reopen": lambda: campaign_acts.reopen(self.desk, self.record_id),
            "bin": lambda: to_bin(self.desk, CAMPAIGN, self.record_id, self.sheet.title),
        }
        acts[act]()

    def edit(self) -> None:
        ActDialog(self.desk, correction(self.record_id, self.sheet.values), self).open()

    def print_paper(self) -> None:
        papers.preview(self.desk, "ecarts", self, self.sheet.values["number"])

    def print_list(self) -> None:
        papers.preview(self.desk, "ecarts", self, self.sheet.values["number"], blank=True)
