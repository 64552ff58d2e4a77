"""The small dialogs of a visit: moved, done with its hours, cancelled; and what a card says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Choice, Day, Field, Flag, Minutes, Text, counted, day, day_words, duration, joined, this_day
from app.fields import time_of_day as hour
from app.services import records
from app.services.planning import ICONS, TaskKind, VisitState, checklist, doing, visits
from app.services.planning.visits import VisitRow
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.pages import awareness_acts
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.visit_card import CardData

VISIT, INTERVENTION = ENTITIES["visit"], ENTITIES["intervention"]
REASON = Text(name="moved_reason", label="Pourquoi", max_length=200, help="Demandé hors de sa tolérance.")
REST = Flag(name="rest_is_good", label="Le reste est conforme")
MINUTES = Minutes(
    name="minutes", label="Temps passé", group="Intervention", help="Vide\u00a0: aucune intervention enregistrée."
)
LOUD = {VisitState.MISSED, VisitState.DUE}
OVER = {VisitState.DONE, VisitState.LATE, VisitState.CANCELLED}
GLYPHS = {
    VisitState.MISSED: "circle-x", VisitState.DUE: "triangle-alert", VisitState.CANCELLED: "calendar-x",
    VisitState.DONE: "circle-check", VisitState.LATE: "triangle-alert",
}  # fmt: skip
"""Of each state but the calm one, which leaves the icon of what is done."""


def card_of(one: VisitRow) -> CardData:
    at = hour(one.starts_at) if one.starts_at is not None else ""
    lasts = duration(one.duration_minutes) if one.duration_minutes else ""
    told = [one.label, one.place, day_words(one.planned_on, weekday=True), at, lasts, one.technician]
    tone = "ink" if one.state == VisitState.PLANNED else one.state.tone
    return CardData(
        one.id,
        at,
        one.label,
        joined("" if one.state == VisitState.PLANNED else one.state.label, lasts, one.place, by=" · "),
        GLYPHS.get(one.state, ICONS[one.kind]),
        "info" if tone == "ink" else tone,
        f"{joined(*told, by=', ')}\u00a0: {one.state.label.lower()}",
        loud=one.state in LOUD,
        quiet=one.state in OVER,
        movable=one.open,
    )


def move(desk: Desk, visit_id: int, parent: QWidget, on: date | None = None, technician: str | None = None) -> None:
    """Ask for the day, the hour, the person; what is worth knowing of the day asked for is told first."""
    with desk.read() as session:
        one = visits.get(session, visit_id)
        known = visits.warnings(session, visit_id, on) if on is not None else []
        people = records.suggestions(session, VISIT, "technician")
    room = f"Dans sa tolérance du {day(one.earliest_on)} au {day(one.latest_on)}."
    act = Act(
        title=f"Déplacer {one.number}",
        verb="Déplacer",
        icon="calendar-range",
        intro=joined(f"{one.label} ({one.place})." if one.place else f"{one.label}.", *(known or [room])),
        fields=(*(replace(VISIT.field(name), group="") for name in ("planned_on", "starts_at", "technician")), REASON),
        start={
            "planned_on": on or one.planned_on,
            "starts_at": one.starts_at,
            "technician": one.technician if technician is None else technician,
        },
        run=lambda s, v: visits.move(
            s, visit_id, v["planned_on"], v["moved_reason"], technician=v["technician"] or "", starts_at=v["starts_at"]
        ),
        told="Visite déplacée",
    )
    _open(desk, act, parent, people)


def _open(desk: Desk, act: Act, parent: QWidget, people: list[str]) -> ActDialog:
    dialog = ActDialog(desk, act, parent)
    made = dialog.form.editors.get("technician")
    if isinstance(made, LineEditor):
        made.suggest(people)
    dialog.open()
    return dialog


def put(desk: Desk, one: VisitRow, on: date, technician: str, parent: QWidget) -> None:
    """Let fall, or moved by keys: at once within its window, else by the dialog, that asks why."""
    if on == one.planned_on and technician == one.technician:
        return
    if on != one.planned_on and not one.earliest_on <= on <= one.latest_on:
        move(desk, one.id, parent, on, technician)
        return
    where = f"au {day_words(on, weekday=True)}" if on != one.planned_on else f"à {technician or 'personne'}"
    desk.act(
        f"Déplacement\u00a0: {one.number}",
        lambda s: visits.move(s, one.id, on, technician=technician),
        told=f"{one.label} {'déplacée' if on != one.planned_on else 'confiée'} {where}",
    )


def done(desk: Desk, visit_id: int, parent: QWidget, then: Callable[[], object] | None = None) -> None:
    """What was found, and the hours if they count; of a session of awareness, who came."""
    with desk.read() as session:
        one = visits.get(session, visit_id)
    if one.kind == TaskKind.AWARENESS:
        awareness_acts.presence(desk, visit_id, parent, then)
        return
    with desk.read() as session:
        lines = checklist.of_visit(session, visit_id)
        start = doing.start(session, visit_id, this_day())
        recorded = visits.interventions_of(session, visit_id)
        people = records.suggestions(session, VISIT, "technician")
    left = sum(line.result is None for line in lines)
    act = Act(
        title=f"Visite faite\u00a0: {one.number}",
        verb="Enregistrer la visite",
        icon="check",
        intro=_intro(one, len(lines), left, checklist.to_redo(lines)),
        fields=tuple(_fields(one, left, asks_hours=not recorded)),
        start=start,
        run=lambda s, v: doing.record(s, visit_id, v, this_day()),
        told="Visite faite",
    )
    dialog = _open(desk, act, parent, people)
    if then is not None:
        dialog.accepted.connect(then)


def _intro(one: VisitRow, points: int, left: int, redo: int) -> str:
    told = f"{one.label} ({one.place})." if one.place else f"{one.label}."
    if not points:
        return told
    parts = [counted(points, "point") + " à vérifier"]
    parts += [f"{left} sans constat"] if left else []
    parts += [f"{redo} à reprendre"] if redo else []
    return f"{told} {', '.join(parts)}."


def _fields(one: VisitRow, left: int, *, asks_hours: bool) -> list[Field]:
    result = VISIT.field("result")
    assert isinstance(result, Choice)  # noqa: S101 - as it is declared
    found: list[Field] = [
        Day(name="done_on", label="Faite le", required=True),
        replace(result, required=True, group=""),
        replace(VISIT.field("technician"), group=""),
    ]
    if left:
        found.append(replace(REST, help=f"{counted(left, 'point')} sans constat."))
    if one.kind == TaskKind.RESTORE_TEST:
        found += [replace(VISIT.field(name), group="") for name in ("measured_minutes", "lost_minutes")]
    found.append(replace(VISIT.field("notes"), group=""))
    if asks_hours:
        planned = f"prévu\u00a0: {duration(one.duration_minutes)}" if one.duration_minutes else ""
        hours = replace(VISIT.field("starts_at"), label="Arrivée à", group=MINUTES.group)
        found += [replace(MINUTES, placeholder=planned), hours]
        found += [replace(INTERVENTION.field(name), group=MINUTES.group) for name in ("kind", "charge")]
    return found


def cancel(desk: Desk, one: VisitRow, parent: QWidget) -> None:
    act = Act(
        title=f"Annuler {one.number}",
        verb="Annuler la visite",
        icon="calendar-x",
        intro="Elle ne comptera ni comme faite, ni comme manquée. La suivante reste prévue.",
        fields=(Text(name="reason", label="Pourquoi", required=True, max_length=200),),
        run=lambda s, v: visits.cancel(s, one.id, v["reason"]),
        told="Visite annulée",
    )
    ActDialog(desk, act, parent).open()


def reopen(desk: Desk, one: VisitRow) -> None:
    desk.act(
        f"Remise au planning\u00a0: {one.number}", lambda s: visits.reopen(s, one.id), told="Visite remise au planning"
    )
