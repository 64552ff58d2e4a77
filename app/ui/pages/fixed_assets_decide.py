"""« À décider »: what was bought and is neither capitalised nor expensed yet, decided one, several or all at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, NBSP, Field, Money, amount, counted, day, number, plural, this_day
from app.services.fixed_assets import bought, decide, limits, sheet
from app.services.fixed_assets.bought import Bought, Key
from app.services.fixed_assets.decide import Decided
from app.services.fixed_assets.limits import Limits
from app.services.listing import default_query
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.fixed_assets_rows import Column, RowsList
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.empty import EmptyState
from app.ui.parts.marks import Mark

LINE, ASSET = ENTITIES["fixed_asset"], ENTITIES["asset"]
CHARGE, CAPITALISED = "expensed", "capitalised"
PROPOSED = {CHARGE: "En charge", CAPITALISED: "À immobiliser"}
TOGETHER = "Un ensemble\u00a0?"
FEES = Money(
    name="fees", label="Livraison et installation", help="S’ajoutent au coût\u00a0; ni formation, ni maintenance."
)
NAMES = ("label", "kind", "starts_on", "life_months", "residual")


def _mark(one: Bought) -> Mark:
    """Only what asks for a person is tinted."""
    tones = {CHARGE: Mark("mute"), CAPITALISED: Mark("info")}
    return tones.get(one.proposal, Mark("warn", loud=True))


COLUMNS: tuple[Column[Bought], ...] = (
    Column("N°", 110, lambda one: one.number),
    Column("Achat", 250, lambda one: one.label, elastic=True),
    Column("Acheté le", 96, lambda one: day(one.bought_on), key=lambda one: one.bought_on or date.min),
    Column("Facture", 110, lambda one: one.invoice or MISSING, aside=True),
    Column("Fournisseur", 140, lambda one: one.supplier or MISSING, aside=True),
    Column("Coût", 104, lambda one: amount(one.cents), "number", key=lambda one: one.cents),
    Column("Proposition", 136, lambda one: PROPOSED.get(one.proposal, TOGETHER), "badge", mark=_mark),
    Column("Pourquoi", 300, lambda one: one.why, elastic=True),
)
WHY = (
    "Les biens et licences achetés, et les lignes de matériel ou de logiciel des factures,\n"
    "viennent ici d’eux-mêmes dès qu’ils ont un prix."
)


class DecideView(QWidget):
    """`told` is the sentence of the foot. The one primary act follows what is proposed."""

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._bounds = Limits(0, recovered=True, rate=0)
        self._unpriced: tuple[int, ...] = ()
        empty = EmptyState("check-check", "Rien à décider", WHY)
        self.unpriced = button("", "link", tip="Sans prix, rien ne peut être proposé.")
        self.unpriced.clicked.connect(self.show_unpriced)
        excel = icon_button("file-spreadsheet", "Exporter vers Excel")
        excel.clicked.connect(self.export)
        self.list: RowsList[Bought] = RowsList("À décider", COLUMNS, empty, self.unpriced, excel)
        self.list.chose.connect(self._follow)
        self.list.activated.connect(self._open)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._offer)
        self._judged = label("", "body", "ink2", wrap=True)
        self.charge = button("Passer en charge", icon="receipt-euro")
        self.charge.clicked.connect(self.expense)
        self.capital = button("Immobiliser…", icon="landmark")
        self.capital.clicked.connect(self.capitalise)
        self.proposals = button("Suivre les propositions", "primary", "check-check")
        self.proposals.clicked.connect(self.follow)
        acts = row(self._judged, self.charge, self.capital, self.proposals, gap=8, margins=(16, 9, 16, 9))
        acts.setStretch(0, 1)
        self._foot = frame("dialogfoot", acts)
        self.setLayout(column(self.list, self._foot, gap=0))
        self.setFocusProxy(self.list)

    def refresh(self) -> None:
        with self._desk.read() as session:
            self._bounds = limits.limits(session)
            found = bought.pending(session)
            self._unpriced = bought.unpriced(session)
        self.unpriced.setText(f"{counted(len(self._unpriced), 'bien')} sans prix")
        self.unpriced.setVisible(bool(self._unpriced))
        self.list.show_rows(found)
        self._foot.setVisible(bool(found))

    def count(self) -> int:
        return len(self.list.model.rows)

    def sentence(self) -> str:
        """« 12 achats à décider · Coût : 8 340,00 € · 2 sélectionnés »."""
        rows, chosen = self.list.model.rows, self.list.chosen()
        parts = [f"{counted(len(rows), 'achat')} à décider" if rows else "Rien à décider"]
        parts += [f"Coût{NBSP}: {amount(sum(one.cents for one in rows))}"] if rows else []
        parts += [counted(len(chosen), "sélectionné")] if chosen else []
        return "  ·  ".join(parts)

    # What is chosen

    def _keys(self) -> list[Key]:
        return [one.key for one in self.list.chosen()]

    def _follow(self) -> None:
        chosen = self.list.chosen()
        self._judged.setText(self._judge(chosen))
        none = "" if chosen else "Choisissez une ou plusieurs lignes."
        set_available(self.charge, bool(chosen), none)
        set_available(self.capital, bool(chosen), none)
        clear = [one for one in chosen or self.list.model.rows if one.proposal in PROPOSED]
        words = plural(len(clear), "la proposition", f"les {number(len(clear))} propositions")
        self.proposals.setText(f"Suivre {words}")
        set_available(self.proposals, bool(clear), "Rien de sûr n’est proposé\u00a0: choisissez vous-même.")
        self.told.emit(self.sentence())

    def _judge(self, chosen: Sequence[Bought]) -> str:
        """What the limit says of the lines chosen, as one and as a set."""
        limit = amount(self._bounds.limit) + (" HT" if self._bounds.recovered else " TTC")
        if not chosen:
            return f"Jusqu’à {limit}, un achat peut passer en charge. Un ensemble se juge à son prix entier."
        if len(chosen) == 1:
            return chosen[0].why
        whole = bought.judged(chosen, self._bounds)
        then = "peut passer en charge" if whole == CHARGE else "à immobiliser"
        cost = amount(sum(one.cents for one in chosen))
        return f"{counted(len(chosen), 'ligne')}, {cost}. Si c’est un tout{NBSP}: {then}."

    # What is done

    def show_unpriced(self) -> None:
        self._desk.show_list.emit(ASSET.key, replace(default_query(ASSET), ids=self._unpriced))

    def expense(self) -> None:
        keys = self._keys()
        s = "s" if len(keys) > 1 else ""
        self._desk.act(
            "Passer en charge", lambda session: decide.expense(session, keys),
            told=f"{counted(len(keys), 'achat')} passé{s} en charge",
        )  # fmt: skip

    def capitalise(self) -> None:
        """One line for one; several may be a set, sold as one good."""
        keys = self._keys()
        if len(keys) == 1:
            self._ask(keys)
            return
        menu = QMenu(self)
        menu.addAction("Une ligne pour chacun", partial(self._each, keys))
        menu.addAction("Une seule ligne\u00a0: vendus comme un tout…", partial(self._ask, keys))
        menu.popup(self.capital.mapToGlobal(QPoint(0, 0)))

    def _each(self, keys: Sequence[Key]) -> None:
        self._desk.act(
            "Immobiliser", lambda session: decide.capitalise_each(session, keys),
            told=f"{LINE.counted(len(keys))} au registre",
        )  # fmt: skip

    def _ask(self, keys: Sequence[Key]) -> None:
        ActDialog(self._desk, self._act(keys), self).open()

    def _act(self, keys: Sequence[Key]) -> Act:
        with self._desk.read() as session:
            start = decide.start(session, keys)
        of = counted(len(keys), "achat")
        cost = f"{amount(start['cost'])} {'HT' if self._bounds.recovered else 'TTC'}"
        return Act(
            title="Immobiliser" if len(keys) == 1 else f"Immobiliser {of} en une ligne",
            verb="Immobiliser",
            icon="landmark",
            intro=f"{start['label']}{NBSP}: {cost}. L’amortissement part de la mise en service, non de l’achat.",
            fields=_fields(),
            start=start,
            run=lambda session, values: decide.capitalise_set(session, keys, values),
            told="1\u00a0immobilisation au registre",
        )

    def follow(self) -> None:
        """Do what is proposed of the lines chosen, or of all those in sight."""
        rows = self.list.chosen() or self.list.model.rows
        keys = [one.key for one in rows if one.proposal in PROPOSED]
        self._desk.run(
            "Suivre les propositions", lambda: decide.follow_job(self._desk.store, keys), self._followed,
            "Annuler laisse tout à décider.",
        )  # fmt: skip

    def _followed(self, done: Decided) -> None:
        told = [
            f"{LINE.counted(done.lines)} au registre" if done.lines else "",
            f"{counted(done.expensed, 'achat')} en charge" if done.expensed else "",
        ]
        self._desk.tell_done(", ".join(one for one in told if one))

    def export(self) -> None:
        path = self._desk.ask.file_to_save(self, "Exporter la liste", f"a-decider_{this_day()}.xlsx", ask.EXCEL)
        if path:
            rows = list(self.list.model.rows)
            self._desk.run(
                "Export de la liste", lambda: sheet.decide_job(self._desk.store, path, rows),
                lambda n: self._desk.done.emit(f"{counted(n, 'achat')} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )  # fmt: skip

    def _open(self, one: Bought) -> None:
        key, record_id = one.key
        self._desk.go_to.emit(*(("invoice", one.invoice_id) if key == "invoice_line" else (key, record_id)))

    def _offer(self, spot: QPoint) -> None:
        chosen = self.list.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        if len(chosen) == 1:
            menu.addAction("Ouvrir", partial(self._open, chosen[0]))
        menu.addAction("Passer en charge", self.expense)
        menu.addAction("Immobiliser…", self.capitalise)
        menu.popup(self.list.table.viewport().mapToGlobal(spot))


def _fields() -> tuple[Field, ...]:
    found = [LINE.field(name) for name in NAMES]
    return (*found[:4], FEES, found[4])
