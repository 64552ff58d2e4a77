"""What is decided of an indicator: its target from a day on, and what the manager says of a period."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.fields import Day, Field, Minutes, Number, Ref, Text, day, lowered, this_day
from app.kpi import Good, Kpi, Unit
from app.services import indicator_notes, indicators, targets
from app.services.indicator_notes import Note
from app.services.targets import Chosen, Target
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog, words
from app.ui.pages.indicator_choice import Asked
from app.ui.parts.basics import label
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

HISTORY = (
    SmallColumn("À partir du", 96),
    SmallColumn("Pour", 130),
    SmallColumn("Objectif", 90),
    SmallColumn("Sert", 150, elastic=True),
)
MOST = 5
WIDTH = 600


class TargetDialog(ActDialog):
    """The target of an indicator, with those chosen before under it."""

    def __init__(self, desk: Desk, kpi: Kpi, asked: Asked, now: Target, parent: QWidget) -> None:
        super().__init__(desk, _target_act(kpi, asked, now), parent)
        with desk.read() as session:
            before = targets.history(session, kpi.code)
        if before:
            self.extras.addWidget(label("Déjà choisis", "title"))
            self.history = SmallTable(HISTORY, [_line(kpi, one) for one in before], "Objectifs déjà choisis", MOST)
            self.extras.addWidget(self.history)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH // 7)


def _target_act(kpi: Kpi, asked: Asked, now: Target) -> Act:
    proposed = indicators.aim_text(kpi, kpi.target)
    hint = f"Vide\u00a0: l’objectif proposé, {proposed}." if proposed else "Vide\u00a0: rien n’est demandé."
    return Act(
        title=f"Objectif\u00a0: {lowered(kpi.label)}",
        verb="Enregistrer l’objectif",
        icon="target",
        intro="Ce que l’indicateur doit atteindre. Les périodes d’avant ce jour restent jugées par l’objectif d’alors.",
        fields=(
            _value_field(kpi, hint),
            Day(name="starts_on", label="À partir du", help="Vide\u00a0: depuis toujours."),
            Ref(name="contract_id", label="Pour le contrat", target="contract", help="Vide\u00a0: toute l’entreprise."),
            Ref(name="objective_id", label="Objectif de l’entreprise servi", target="objective",
                help="Ce que l’entreprise veut, et que cet indicateur surveille."),
            Text(name="reason", label="Motif", max_length=200),
        ),
        start={
            "value": _shown(kpi, now.value),
            "starts_on": asked.period.start,
            "contract_id": asked.scope.contract_id,
            "objective_id": now.objective_id,
        },
        run=lambda session, values: _set(session, kpi, values),
        told=f"Objectif changé\u00a0: {lowered(kpi.label)}",
    )  # fmt: skip


def _value_field(kpi: Kpi, hint: str) -> Field:
    bound = "au plus" if kpi.good == Good.DOWN else "au moins"
    told = f"Objectif, {bound}"
    if kpi.unit == Unit.HOURS:
        return Minutes(name="value", label=told, help=hint, placeholder="4 h 00")
    return Number(name="value", label=told, help=hint, unit="%" if kpi.unit == Unit.RATIO else "", places=1)


def _shown(kpi: Kpi, value: Decimal | None) -> int | Decimal | None:
    """As its field writes it: minutes, percents."""
    if value is None:
        return None
    if kpi.unit == Unit.HOURS:
        return round(value * 60)
    return (value * 100 if kpi.unit == Unit.RATIO else value).normalize()


def _read(kpi: Kpi, value: int | Decimal | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(value) / {Unit.HOURS: 60, Unit.RATIO: 100}.get(kpi.unit, 1)


def _set(session: Any, kpi: Kpi, values: dict[str, Any]) -> None:
    """Without a value: the proposed one, kept as such when it serves an objective."""
    value, about = _read(kpi, values["value"]), values["contract_id"]
    if value is None and values["objective_id"] is None:
        on = values["starts_on"] or this_day()
        targets.clear(session, kpi.code, on, contract_id=about, reason=values["reason"])
        return
    targets.set_target(
        session, kpi.code, kpi.target if value is None else value, contract_id=about, starts_on=values["starts_on"],
        objective_id=values["objective_id"], reason=values["reason"],
    )  # fmt: skip


def _line(kpi: Kpi, one: Chosen) -> Sequence[Cell]:
    value = indicators.aim_text(kpi, one.value) or "proposé"
    return [
        Cell(day(one.since) if one.since else "toujours"), Cell(one.contract or "toute l’entreprise"), Cell(value),
        Cell(one.objective),
    ]  # fmt: skip


def note_act(kpi: Kpi, asked: Asked, who: str) -> Act:
    """A new note about the period and the contract asked for."""
    contract = asked.words.get("contract_id", "")
    about = f"{asked.period.name}, {contract or 'tous les contrats'}."
    return Act(
        title=f"Remarque\u00a0: {lowered(kpi.label)}",
        verb="Enregistrer la remarque",
        icon="message-square",
        intro=f"{about} Elle se lira ici et dans le rapport périodique.",
        fields=(words("Ce que les chiffres ne disent pas", required=True), _author()),
        start={"author": who},
        run=lambda session, values: indicator_notes.write(
            session, kpi.code, asked.period, values["text"], contract_id=asked.scope.contract_id,
            author=values["author"] or "",
        ),
        told="Remarque enregistrée",
    )  # fmt: skip


def _author() -> Text:
    return Text(name="author", label="Par", max_length=80)


def rewrite_act(note: Note) -> Act:
    return Act(
        title="Modifier la remarque",
        verb="Enregistrer la remarque",
        icon="message-square",
        intro=f"{note.period.name}, {note.contract or 'tous les contrats'}.",
        fields=(words("Ce que les chiffres ne disent pas", required=True),),
        start={"text": note.text},
        run=lambda session, values: indicator_notes.rewrite(session, note.id, values["text"]),
        told="Remarque modifiée",
    )
