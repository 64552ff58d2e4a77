"""What is asked of a new ticket: a few fields first, the rarer ones below when they are called for (look 04b)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Field, Moment, OneOf, Ref, Text
from app.services import similar, ticket_cover
from app.services.contracts import opening_day
from app.services.similar import Asked
from app.services.tickets import TicketDraft
from app.ui import theme
from app.ui.crud.editors import Editor, LineEditor, RefEditor, editor
from app.ui.desk import Desk
from app.ui.pages.acts import MANDATORY, this_minute
from app.ui.pages.new_ticket_parts import DownField, OpeningField, code_of, quietly, segments_of
from app.ui.pages.ticket_view import subject_of
from app.ui.parts.basics import holder, row
from app.ui.parts.buttons import Segments, button
from app.ui.parts.formshell import FormShell

TICKET = ENTITIES["ticket"]
PERSON = Ref(name="requester_id", label="Demandeur", target="person")
ASSET = Ref(name="asset_id", label="Bien concerné", target="asset")
WORDS = Text(name="words", label="Que se passe-t-il\u00a0?", multiline=True)
OPENED = Moment(name="opened_at", label="Ouvert le")
DOWN = Moment(name="down_at", label="Bien à l’arrêt\u00a0?", placeholder="Date, heure")
REASON = Text(name="reason", label="Pourquoi ce choix", placeholder="De la priorité ou du contrat", max_length=300)
BY_ASSET, UNCOVERED = "asset", "none"
MORE = ("channel", "priority", "contract", "reason")
"""Asked less often: out of sight until they are called for."""
ROWS = 3
REQUIRED = ("requester_id", "words")


class NewTicketForm(FormShell):
    """`changed` tells the name of what was just changed."""

    changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._days: dict[str, int] = {}
        fields: list[Field] = [PERSON, ASSET, WORDS, TICKET.field("kind"), TICKET.field("category"), OPENED, DOWN]
        fields += [TICKET.field("channel"), REASON]
        self.editors: dict[str, Editor] = {one.name: editor(one, desk) for one in fields}
        self.segments: dict[str, Segments] = {
            "impact": segments_of("impact"),
            "urgency": segments_of("urgency"),
            "priority": segments_of("priority", short=True),
        }
        self.down = DownField(DOWN.label, self.editors["down_at"])
        self.opening = OpeningField(self.editors["opened_at"])
        self.segments["down"] = self.down.answer
        self.opened_at = this_minute()
        self.priority_chosen, self._usual = False, ""
        self._make_contracts()
        self._place()
        self._wire()
        self.show_more(False)

    # Building

    def _make_contracts(self) -> None:
        """The contracts in force on the day of the opening, the one of the asset and none at all."""
        with self._desk.read() as session:
            found = ticket_cover.choices(session, opening_day(self.opened_at))
        options = [(BY_ASSET, "Celui du bien"), (UNCOVERED, "Hors contrat")]
        options += [(str(one.id), one.name) for one in found]
        self.editors["contract"] = editor(
            OneOf(name="contract", label="Contrat", options=tuple(options), required=True), self._desk
        )

    def _place(self) -> None:
        made = self.editors
        area = made["words"].widget
        if isinstance(area, QPlainTextEdit):
            area.setFixedHeight(ROWS * theme.line() + 16)
        self.add("requester_id", PERSON.label, made["requester_id"].widget, required=True)
        self.add("asset_id", ASSET.label, made["asset_id"].widget)
        self.add("words", WORDS.label, area, required=True, span=2)
        for name in ("impact", "urgency"):
            self.add(name, TICKET.field(name).label, self.segments[name])
        self.add("kind", TICKET.field("kind").label, made["kind"].widget)
        self.add("category", TICKET.field("category").label, self._category())
        self.add("down_at", DOWN.label, self.down)
        self.add("opened_at", OPENED.label, self.opening)
        self.add("channel", TICKET.field("channel").label, made["channel"].widget)
        self.add("priority", TICKET.field("priority").label, self.segments["priority"])
        self.add("contract", "Contrat", made["contract"].widget)
        self.add("reason", REASON.label, made["reason"].widget)

    def _category(self) -> QWidget:
        """The field, and the category that the words call for: one key takes it."""
        made = self.editors["category"]
        if isinstance(made, LineEditor):
            with self._desk.read() as session:
                made.suggest(similar.categories(session))
        self.offered = button("", "link")
        self.offered.clicked.connect(self._take_category)
        self.offered.hide()
        line = row(made.widget, self.offered, gap=10)
        line.setStretch(0, 1)
        found = holder(line)
        found.setFocusProxy(made.widget)
        return found

    def _wire(self) -> None:
        for name, made in self.editors.items():
            made.on_change(partial(self._follow, name))
        for name, segments in self.segments.items():
            segments.changed.connect(partial(self._follow_segment, name))
        line = self.editors["asset_id"].widget.focusProxy()
        if line is not None:
            line.installEventFilter(self)

    # Beginning

    def begin(self, start: Mapping[str, Any]) -> None:
        """The values known beforehand; the others as they usually are."""
        for name in ("requester_id", "asset_id", "category"):
            self.editors[name].show(start.get(name))
        self.editors["words"].show(start.get("description") or start.get("subject"))
        for name in ("kind", "channel"):
            field = TICKET.field(name)
            self.editors[name].show(start.get(name) or field.default)
        for name in ("impact", "urgency"):
            self.segments[name].set_value(str(start.get(name) or _default(name)))
        self.editors["contract"].show(BY_ASSET)
        self.show_opening(this_minute())

    def show_opening(self, at: datetime) -> None:
        self.opened_at = at
        self.editors["opened_at"].show(at)
        self.opening.tell(at)

    def show_more(self, shown: bool) -> None:
        """The rarer questions."""
        self.has_more = shown
        for name in MORE:
            block = self.editor(name).parentWidget()
            if block is not None:
                block.setVisible(shown)

    # Living

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._offer_asset()
        return super().eventFilter(watched, event)

    def _offer_asset(self) -> None:
        """On coming to the asset while none was named: that of a person who has just one, or theirs to choose from."""
        made, person = self.editors["asset_id"], quietly(self.editors["requester_id"])
        if made.text() or not person or not isinstance(made, RefEditor):
            return
        with self._desk.read() as session:
            theirs = similar.assets_of(session, person)
        made.offer(theirs)
        if len(theirs) == 1:
            made.show(theirs[0][0])

    def _follow(self, name: str) -> None:
        self.forgive(name)
        if name == "reason":
            self.forgive("priority")
        self.changed.emit(name)

    def _follow_segment(self, name: str, _value: str) -> None:
        if name == "down":
            self.down.ask_since(quietly(self.editors["opened_at"]) or self.opened_at)
        elif name == "priority":
            self.priority_chosen = self.segments[name].value() != self._usual
        self.forgive(name)
        self.changed.emit(name)

    def show_priority(self, code: str) -> None:
        """That of the impact and the urgency, until another is chosen."""
        if not self.priority_chosen:
            self._usual = code
            self.segments["priority"].set_value(code)

    def offer_category(self, name: str) -> None:
        self.offered.setVisible(bool(name) and not self.editors["category"].text())
        self.offered.setText(f"{name}\u00a0?")
        self.offered.setProperty("category", name)
        self.offered.setAccessibleName(f"Prendre la catégorie {name}")
        self.offered.setToolTip("Catégorie des tickets qui ont ces mots")

    def _take_category(self) -> None:
        self.editors["category"].put_text(str(self.offered.property("category")))
        self.offered.hide()
        self.segments["down"].setFocus()

    # Reading

    def asked(self) -> Asked:
        """What is typed so far, to find tickets like it."""
        made = self.editors
        at = quietly(made["opened_at"]) or self.opened_at
        kind = quietly(made["kind"])
        more = {"kind": kind} if kind else {}
        return Asked(
            made["words"].text(), at, quietly(made["asset_id"]), quietly(made["category"]),
            quietly(made["requester_id"]), **more,
        )  # fmt: skip

    def contract(self) -> dict[str, Any]:
        """As a TicketDraft takes it."""
        kept = self.editors["contract"].value()
        if kept in {None, BY_ASSET}:
            return {}
        return {"contract_chosen": True, "contract_id": None if kept == UNCOVERED else int(kept)}

    def priority(self) -> Any:
        """The one chosen, None for that of the impact and the urgency."""
        return code_of("priority", self.segments["priority"]) if self.priority_chosen else None

    def texts(self) -> dict[str, str]:
        """All that is typed, as a draft keeps it."""
        found = {name: made.text() for name, made in self.editors.items()}
        found |= {name: made.value() for name, made in self.segments.items() if name != "priority"}
        return found | {"priority": self.segments["priority"].value() if self.priority_chosen else ""}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            if name in self.editors:
                self.editors[name].put_text(text)
            elif name in self.segments and text:
                self.segments[name].set_value(text)
        self.priority_chosen = bool(texts.get("priority"))
        self.down.take(texts.get("down", ""))
        if opened := quietly(self.editors["opened_at"]):
            self.opening.tell(opened)
        usual = {"channel": self.editors["channel"].text(), "contract": "Celui du bien"}
        if texts.get("priority") or texts.get("reason") or texts.get("contract", "") != usual["contract"]:
            self.show_more(True)

    def draft(self) -> TicketDraft:
        """What was typed, as a ticket to open; InvalidFields with a sentence for each field."""
        found, problems = self._read()
        if self.down.is_down and not found.get("down_at"):
            problems.setdefault("down_at", "Écrivez depuis quand, même à peu près.")
        if problems:
            raise InvalidFields(problems)
        return TicketDraft(
            subject=subject_of(found["words"]),
            description=found["words"],
            opened_at=found["opened_at"] or self.opened_at,
            kind=found["kind"],
            category=found["category"],
            channel=found["channel"],
            requester_id=found["requester_id"],
            asset_id=found["asset_id"],
            impact=code_of("impact", self.segments["impact"]),
            urgency=code_of("urgency", self.segments["urgency"]),
            priority=self.priority(),
            priority_reason=found["reason"],
            contract_reason=found["reason"],
            down_at=found["down_at"] if self.down.is_down else None,
            **self.contract(),
        )

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        problems: dict[str, str] = {}
        found: dict[str, Any] = {}
        for name, made in self.editors.items():
            try:
                found[name] = made.value()
            except ValueError as error:
                problems[name] = str(error)
        problems |= {name: MANDATORY for name in REQUIRED if found.get(name, "") is None}
        if not self.down.is_down:
            problems.pop("down_at", None)
        return found, problems


def levels(form: NewTicketForm) -> tuple[Any, Any]:
    """The impact and the urgency told."""
    return code_of("impact", form.segments["impact"]), code_of("urgency", form.segments["urgency"])


def _default(name: str) -> str:
    return str(TicketDraft.__dataclass_fields__[name].default)
