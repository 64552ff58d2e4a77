"""« Sortir du parc… »: how an asset leaves, to whom, with what proof, and never with readable data (domain.md F.3)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import NBSP, Field, Flag, plural, this_day
from app.services import attachments, erasures, retirement
from app.services.retirement import BREACH, DOUBTS, Exit, Leaving
from app.ui import theme
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts import dropping
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder, label, row
from app.ui.parts.buttons import button

ASSET, ERASURE, RETIREMENT = (ENTITIES[key] for key in ("asset", "erasure", "retirement"))
NAMES = ("kind", "retired_on", "recipient", "price", "proof", "derogation", "reason")
PERSONAL = Flag(
    name="personal_data",
    label="Contient des données personnelles",
    help="Personne ne l’a encore dit pour ce bien, qui a un disque.",
)
HINTS = {
    "price": "Seulement pour une vente ou une reprise.",
    "derogation": "Seulement si le bien part sans effacement suffisant\u00a0: pourquoi, et qui l’a décidé.",
}
WIDTH = 640


class RetireDialog(ActDialog):
    """One exit for the assets chosen. `documents` are the proofs dropped, kept with each exit."""

    def __init__(self, desk: Desk, assets: Sequence[int], parent: QWidget) -> None:
        self._assets = list(assets)
        self.documents: list[Path] = []
        with desk.read() as session:
            self._known = [retirement.leaving_of(session, one) for one in self._assets]
        super().__init__(desk, self._act(), parent)
        self.setAcceptDrops(True)
        self.form.on_change(self._follow)
        self._banner = column()
        self._files = label("", "second", "ink2", wrap=True)
        join = button("Joindre la preuve…", icon="paperclip", tip="Ou déposez le fichier ici.")
        join.clicked.connect(lambda: self.attach(self._desk.ask.files_to_open(self, "Joindre la preuve")))
        self.extras.addLayout(row(join, self._files, None, gap=10))
        self.above.addWidget(holder(self._banner))
        self.setMinimumWidth(theme.scaled(WIDTH))
        self._show_doubt()

    @property
    def _told(self) -> str:
        return self._known[0].title if len(self._known) == 1 else ASSET.counted(len(self._known))

    def _act(self) -> Act:
        return Act(
            title="Sortie du parc",
            verb=f"Sortir {self._told}" if len(self._known) > 1 else "Sortir du parc",
            icon="log-out",
            intro=f"{self._told}{NBSP}: sa fiche et son histoire restent, dans les biens sortis."
            if len(self._known) == 1
            else f"{self._told} sortent ensemble{NBSP}: leurs fiches restent, dans les biens sortis.",
            fields=self._fields(),
            start={"retired_on": this_day()},
            run=self._run,
            told=f"{self._told} {plural(len(self._known), 'sorti')} du parc",
        )

    def _fields(self) -> tuple[Field, ...]:
        doubts = {one.doubt for one in self._known} - {None}
        names = [name for name in NAMES if doubts or name != "derogation"]
        found = [replace(RETIREMENT.field(name), group="", help=HINTS.get(name, "")) for name in names]
        return (*found[:4], *((PERSONAL,) if "ask" in doubts else ()), *found[4:])

    def _follow(self, name: str) -> None:
        self.form.forgive(name)
        if name != "kind":
            return
        kind = self.form.editors["kind"].value()
        if kind is not None:
            self.form.set_hint("proof", f"Attendu{NBSP}: {retirement.expected(kind)}.")

    # Data

    def _show_doubt(self) -> None:
        """What keeps the asset from leaving as things stand, and the way to mend it."""
        while item := self._banner.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        held = [one for one in self._known if one.doubt not in {None, "ask"}]
        if not held:
            return
        several = f"{ASSET.counted(len(held))}{NBSP}: " if len(self._known) > 1 else ""
        told = BannerData("warn", "Les données ne sont pas effacées", several + _why(held[0]), "Noter un effacement…",
                          action_icon="eraser")  # fmt: skip
        banner = Banner(told)
        banner.acted.connect(lambda: self.erase(self._assets[self._known.index(held[0])]))
        self._banner.addWidget(banner)

    def erase(self, asset: int) -> None:
        with self._desk.read() as session:
            start = erasures.begin(session, asset, this_day())
        form = FormDialog(self._desk, ERASURE, None, start, self)
        form.saved.connect(lambda _: self._read_again())
        form.open()

    def _read_again(self) -> None:
        with self._desk.read() as session:
            self._known = [retirement.leaving_of(session, one) for one in self._assets]
        self._show_doubt()
        if "derogation" in self.form.editors:
            self.form.forgive("derogation")

    # The proof

    def attach(self, paths: Sequence[Path]) -> None:
        self.documents += paths
        self._files.setText(", ".join(path.name for path in self.documents))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach(dropping.files_of(event))

    # The act

    def _run(self, session: Any, values: dict[str, Any]) -> list[Exit]:
        done = retirement.retire_all(session, self._assets, values, this_day())
        for one in done:
            for path in self.documents:
                attachments.add_file(session, RETIREMENT, one.id, path)
        if any(one.breach for one in done):
            self.accepted.connect(self._tell_breach)
        return done

    def _tell_breach(self) -> None:
        self._desk.ask.tell(self.parentWidget(), BREACH[0], "\n\n".join(f"•{NBSP}{one}" for one in BREACH[1:]))


def _why(known: Leaving) -> str:
    disks = f" {known.disks}{NBSP}disques sont notés dans ses composants." if known.disks > 1 else ""
    return DOUBTS[known.doubt or "erase"].replace(", ou écrivez ici pourquoi", ", ou écrivez plus bas pourquoi") + disks
