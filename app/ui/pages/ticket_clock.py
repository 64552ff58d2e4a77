"""The clock of a ticket in words, figures and bars (look.md « Clock panel »)."""

from datetime import datetime

from app.fields import MISSING, brief_moment, duration
from app.services.clock import ClockPanel, Deadline, DownTold
from app.ui.parts.banner import BannerData
from app.ui.parts.clock import ClockData, Moved
from app.ui.parts.clock import Deadline as Shown
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Run

SOON = 0.75
"""Share of a delay after which what is left is tinted as soon due."""
ROOM = 34
"""Characters at the right of the panel's title."""
DUE = ("Due", "Due", "Dû")
DONE = ("faite", "arrivée", "rétabli")
FEMININE = {"met": "Tenue", "missed": "Dépassée", "stopped": "Suspendue"}


def clock_data(panel: ClockPanel, resting: datetime | None) -> ClockData:
    """`resting` is when the covered hours begin again, None within them."""
    shown = [
        _deadline(one, position, covered=bool(panel.terms))
        for position, one in enumerate(panel.deadlines)
        if one.target is not None or one.actual is not None or position != 1
    ]
    moves = [Moved(one.title, one.text, brief_moment(one.due) if one.due else "") for one in panel.moves]
    state, down = _state(panel, resting), panel.down
    return ClockData(
        hours_told(panel.base), state, shown, moves, _down(down) if down else "", bool(down and down.since)
    )


def _down(down: DownTold) -> str:
    if down.since is None:
        return f"Bien à l’arrêt pendant {duration(down.minutes)} ouvrées, remis en service"
    return f"Bien à l’arrêt depuis le {brief_moment(down.since)}, {duration(down.minutes)} ouvrées à ce jour"


def hours_told(base: str) -> str:
    """The covered hours where they fit at the head of the panel; else they are told among the facts."""
    return base if len(base) <= ROOM else "Heures du contrat"


def _state(panel: ClockPanel, resting: datetime | None) -> BannerData:
    if panel.waiting:
        why = panel.why.removeprefix("L’horloge s’arrête\u00a0: ").removeprefix("L’horloge continue\u00a0: ")
        since = f"Depuis {duration(panel.waited)} ouvrées\u00a0: {why}"
        tone = "hold" if panel.stopped else "info"
        return BannerData(tone, panel.waiting, since, "Relancer", action_icon="play")
    if panel.status in {"open", "taken"}:
        return _running(panel, resting)
    actual = panel.deadlines[2].actual
    return {
        "resolved": BannerData("ok", "Arrêtée\u00a0: service rétabli", f"Le {brief_moment(actual)}" if actual else ""),
        "closed": BannerData("mute", "Ticket clos", "Ses délais ne changeront plus."),
    }.get(panel.status, BannerData("mute", "Ticket annulé", "Il ne compte dans aucun indicateur."))


def _running(panel: ClockPanel, resting: datetime | None) -> BannerData:
    act = "Suspendre…" if panel.status == "taken" else ""
    if not panel.terms:
        text = "Aucun délai n’est promis\u00a0: les durées sont comptées, rien n’est dû."
        return BannerData("warn", "Hors contrat", text, act, icon="shield-off", action_icon="pause")
    title, text = "L’horloge tourne", "" if panel.status == "taken" else "En attente de prise en charge"
    if resting is not None:
        title, text = "Hors des heures couvertes", f"L’horloge repart {brief_moment(resting, weekday=True)}"
    elif panel.workaround:
        title, text = "Contournement en place", "L’horloge tourne\u00a0: le contrat demande la solution définitive."
    return BannerData("info", title, text, act, icon="timer", action_icon="pause")


def _deadline(one: Deadline, position: int, *, covered: bool) -> Shown:
    word = one.state.label if position == 2 else FEMININE.get(one.state.value, one.state.label)  # noqa: PLR2004 - masculine
    mark = Mark(one.state.tone, loud=True)
    if one.target is None:
        figure = duration(one.spent) if one.actual else MISSING
        return Shown(one.label, word, mark, figure, "", (), _unpromised(one, position, covered=covered))
    figure, of = _figures(one, one.target)
    if one.state == "running" and one.spent >= SOON * one.target:
        mark = Mark("warn", loud=True)
    return Shown(one.label, word, mark, figure, of, _runs(one, one.target), _words(one, position))


def _unpromised(one: Deadline, position: int, *, covered: bool) -> str:
    if one.actual:
        return f"{DONE[position].capitalize()} le {brief_moment(one.actual)}"
    return "Le contrat ne promet rien pour cette priorité." if covered else "Hors contrat, aucun délai n’est promis."


def _figures(one: Deadline, target: int) -> tuple[str, str]:
    left = one.left or 0
    if left < 0:
        return f"Dépassé de {duration(-left)}", f"{duration(one.spent)} sur {duration(target)}"
    if one.actual:
        return duration(one.spent), f"sur {duration(target)}"
    return f"Reste {duration(left)}", f"{duration(one.spent)} écoulées sur {duration(target)}"


def _runs(one: Deadline, target: int) -> list[Run]:
    share = min(1.0, one.spent / target) if target else 1.0
    tone = {"met": "ok", "missed": "bad"}.get(one.state.value, "warn" if share >= SOON else "info")
    runs = [Run(share, f"{tone}.solid")]
    return [*runs, Run(1 - share, "hold.solid", hatched=True)] if one.state == "stopped" else runs


def _words(one: Deadline, position: int) -> str:
    due, done = DUE[position], DONE[position]
    if one.due is None:
        return _if_resumed(one.due_if_resumed, due)
    said = f"{due} le {brief_moment(one.due)}"
    return f"{said} · {done} le {brief_moment(one.actual)}" if one.actual else said


def _if_resumed(moment: datetime | None, due: str) -> str:
    return f"Si l’horloge repart maintenant\u00a0: {due.lower()} le {brief_moment(moment)}" if moment else ""
