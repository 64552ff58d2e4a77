"""One form that was read, on its way to be kept: what it answers to, what is asked beside, its answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Ref, counted
from app.services.form_returns import FormKind, Given, Kept, Returned, Target, proofs
from app.services.reading.form_data import PageRead
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.pages.evaluation_answers import AnswersForm
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, hairline

FORM = "form_id"
PALE = "Feuille pâle ou vierge"
READ_AGAIN = "Relisez-la en entier\u00a0: peu de cases ont été reconnues."
NO_NUMBER = "Cette fiche ne porte pas de numéro lisible"
UNKNOWN = "«\u00a0{}\u00a0» n’est pas dans ce fichier"
CHOOSE = "Dites à laquelle elle répond."
TWIN = "La même fiche est aussi dans {}, page {}"
COMPARE = "Comparez-les\u00a0: une seule sera gardée."
REPLACE = "Remplacer ses réponses"


def whose_field(kind: FormKind) -> Ref:
    """The record that a form without number answers to."""
    return Ref(name=FORM, label=ENTITIES[kind.entity].one, target=kind.entity, help=kind.without)


def pile_words(*, twice: bool, doubts: int, chosen: bool, pale: bool) -> str:
    """What a form of the pile waits for, the gravest first."""
    if twice:
        return "Déjà enregistrée"
    if doubts:
        return f"{counted(doubts, 'ligne')} à vérifier"
    if not chosen:
        return "À choisir"
    return "À relire" if pale else "À enregistrer"


class FormPane(QWidget):
    """`changed` when the answers, or what the form answers to, did; `entered` names the line in hand."""

    changed = Signal()
    entered = Signal(str)

    def __init__(self, desk: Desk, kind: FormKind, form: Returned, every: Sequence[PageRead], *, typed: bool) -> None:
        """`typed`: nothing could be read, the page serves to type from; `every` page of the pile."""
        super().__init__()
        self._desk, self.kind, self.form, self._every = desk, kind, form, every
        self.again = False
        self.twin: PageRead | None = None
        self.kept: Kept | None = None
        self.told: QVBoxLayout = column(gap=6)
        self.target = self._found()
        self.is_known = self.target.id is not None and not typed
        fields = kind.fields if self.is_known else (whose_field(kind), *kind.fields)
        self.fields = FieldsForm(desk, fields)
        self.fields.show_values(self.target.start)
        self.answers = AnswersForm(kind.model, () if typed else form.pages)
        parts = (self.answers, hairline(), self.fields) if self.is_known else (self.fields, hairline(), self.answers)
        self.setLayout(column(self.told, *parts, None, gap=10, margins=(16, 12, 12, 12)))
        self.answers.changed.connect(self.changed)
        self.answers.entered.connect(self.entered)
        self.fields.on_change(self._follow)
        self.tell()

    def _found(self) -> Target:
        first = self.form.first
        with self._desk.read() as session:
            found = self.kind.find(session, first.reference, first.sheet) if first.reference else None
            return found or self.kind.chosen(session, None, first.sheet)

    def _follow(self, name: str) -> None:
        """Another form chosen brings what is known of it."""
        self.fields.forgive(name)
        if name != FORM:
            return
        values, problems = self.fields.read()
        if FORM in problems or values[FORM] == self.target.id:
            return
        with self._desk.read() as session:
            self.target = self.kind.chosen(session, values[FORM], self.form.first.sheet)
        for field in self.kind.fields:
            self.fields.editors[field.name].show(self.target.start.get(field.name))
        self.tell()
        self.changed.emit()

    # What is said of it

    def refresh(self) -> None:
        """What it answers to, once others of the pile were kept."""
        if self.target.id is not None and self.kept is None:
            with self._desk.read() as session:
                self.target = self.kind.chosen(session, self.target.id, self.form.first.sheet)
            self.tell()

    @property
    def is_twice(self) -> bool:
        """Received before, and nobody asked to put its answers right."""
        return bool(self.target.received) and not self.again and self.kept is None

    def tell(self) -> None:
        empty_layout(self.told)
        if self.is_twice:
            text = "La même fiche deux fois, ou une fiche corrigée à la main\u00a0?"
            twice = Banner(BannerData("warn", self.target.received, text, REPLACE))
            twice.acted.connect(self.replace)
            self.told.addWidget(twice)
        elif not self.is_known and self.target.id is None:
            reference = self.form.first.reference
            title = UNKNOWN.format(reference) if reference else NO_NUMBER
            self.told.addWidget(Banner(BannerData("warn", title, CHOOSE)))
        elif self.twin is not None and self.kept is None:
            title = TWIN.format(self.twin.source.name, self.twin.number)
            self.told.addWidget(Banner(BannerData("warn", title, COMPARE)))
        elif self.form.pale:
            self.told.addWidget(Banner(BannerData("warn", PALE, READ_AGAIN)))
        if self.form.missing > 0 and self.form.kind is not None:
            n = self.form.missing
            title = f"Il manque {counted(n, 'page')} de cette fiche"
            self.told.addWidget(Banner(BannerData("warn", title, "Leurs lignes sont sans réponse.")))

    def replace(self) -> None:
        self.again = True
        self.tell()
        self.changed.emit()

    @property
    def title(self) -> str:
        if self.target.id is not None:
            return self.target.title
        return self.form.first.reference or self.target.title

    def state_words(self) -> str:
        """Under its name in the pile."""
        if self.kept is not None:
            return "Enregistrée"
        doubts = len(self.answers.unsettled())
        chosen = self.is_known or self.target.id is not None
        return pile_words(twice=self.is_twice, doubts=doubts, chosen=chosen, pale=self.form.pale)

    # Keeping

    def hold(self) -> Kept | None:
        """Write it; None, and the cursor where it is wanted, while lines are to be checked. Raises as the kind does."""
        waiting = self.answers.unsettled()
        if waiting:
            told = counted(len(waiting), "ligne reste à vérifier", "lignes restent à vérifier")
            self._warn(f"{told}\u00a0: tapez la réponse, ou Suppr s’il n’y en a pas.")
            waiting[0].setFocus()
            return None
        given = self._given(self.fields.values())
        target = self.target
        label = f"Fiche lue\u00a0: {self.title}"
        self.kept = self._desk.act(label, lambda session: self.kind.keep(session, target, given))
        self.fields.set_problems({})
        self.tell()
        return self.kept

    def _warn(self, sentence: str) -> None:
        self.tell()
        self.told.addWidget(Banner(BannerData("bad", sentence)))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """What the base says, under its field, or on top when it has none."""
        self.fields.set_problems({name: told for name, told in problems.items() if name in self.fields.editors})
        if others := [told for name, told in problems.items() if name not in self.fields.editors]:
            self._warn("\n".join(others))

    def _given(self, values: Mapping[str, Any]) -> Given:
        empty = [field.name for field in self.kind.fields if field.required and values[field.name] is None]
        if empty:
            raise InvalidFields(dict.fromkeys(empty, "Ce champ est obligatoire."))
        return Given(
            lines=self.answers.answers(),
            texts=self.answers.texts(),
            values={field.name: values[field.name] for field in self.kind.fields},
            source=self.form.source,
            files=proofs(self.form, self._every),
            sheet=self.form.first.sheet,
            again=self.again,
        )
