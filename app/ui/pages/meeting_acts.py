"""The small dialogs of a meeting: prepared, written up, its actions noted and followed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, this_day
from app.jobs import Job, Progress
from app.services import actions, meeting_paper, meetings, papers, records
from app.services.meetings import ActionRow
from app.services.records import Sheet
from app.ui.crud.editors import LineEditor
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.pages.acts import Act, ActDialog

MEETING, ACTION = ENTITIES["meeting"], ENTITIES["meeting_action"]
PLANNED = ("contract_id", "kind", "subject", "starts_at", "place", "participants", "since", "until")
MINUTES = ("participants", "excused", "minutes", "decisions", "next_on")
KEEP_FOLLOWED = "Suivie de réunion en réunion, jusqu’à ce qu’elle soit faite ou abandonnée."


def now() -> datetime:
    return datetime.now(UTC)


def prepare(desk: Desk, contract_id: int, parent: QWidget, then: Callable[[int], object], kind: str = "") -> None:
    """Ask when and with whom; the agenda is made of the facts of the period. `then` gets the meeting."""
    with desk.read() as session:
        kinds = MEETING.field("kind")
        start = meetings.proposed(session, contract_id, kinds.options.of(kind or "review"))  # type: ignore[attr-defined] # a Choice
    _plan(desk, start, PLANNED[1:], parent, then)


def prepare_any(desk: Desk, parent: QWidget, then: Callable[[int], object]) -> None:
    """The same before the contract is known: who comes and on what period is proposed by it."""
    start = {"kind": MEETING.field("kind").default, "subject": "Revue de service"}
    _plan(desk, start, PLANNED[:5], parent, then)


def _plan(
    desk: Desk, start: dict[str, Any], names: tuple[str, ...], parent: QWidget, then: Callable[[int], object]
) -> None:
    made: list[int] = []
    act = Act(
        title="Préparation d’une réunion",
        verb="Préparer la réunion",
        icon="users",
        intro="L’ordre du jour s’écrit d’après les faits de la période\u00a0: tickets, délais, actions, échéances. "
        "Vous le corrigez ensuite ligne à ligne.",
        fields=tuple(MEETING.field(name) for name in names),
        start=start,
        run=lambda s, v: made.append(meetings.plan(s, {**start, **v}, now())),
        told="Réunion préparée",
    )
    dialog = ActDialog(desk, act, parent)
    dialog.accepted.connect(lambda: then(made[-1]))
    dialog.open()


def edit_agenda(desk: Desk, sheet: Sheet, parent: QWidget) -> None:
    act = Act(
        title="Ordre du jour",
        verb="Enregistrer",
        icon="save",
        intro="Un point par ligne\u00a0: ajoutez, corrigez, retirez, changez l’ordre.",
        fields=(MEETING.field("agenda"),),
        start={"agenda": sheet.values["agenda"]},
        run=lambda s, v: records.update(s, MEETING, sheet.id, v),
        told="Ordre du jour enregistré",
    )
    ActDialog(desk, act, parent).open()


def write_up(desk: Desk, sheet: Sheet, parent: QWidget) -> None:
    """What was said and decided; the next date is asked for, but at the last meeting of a contract."""
    ends = sheet.values["kind"].value == "exit"
    act = Act(
        title="Compte rendu",
        verb="Enregistrer le compte rendu",
        icon="save",
        intro="" if ends else "La prochaine date est demandée\u00a0: sans elle, les actions ne sont pas suivies.",
        fields=tuple(MEETING.field(name) for name in MINUTES),
        start={name: sheet.values[name] for name in MINUTES},
        run=lambda s, v: meetings.write_up(s, sheet.id, v),
        told="Compte rendu enregistré",
    )
    ActDialog(desk, act, parent).open()


def add_action(desk: Desk, meeting_id: int, parent: QWidget) -> None:
    with desk.read() as session:
        people = meetings.owners(session, meeting_id)
    act = Act(
        title="Action décidée",
        verb="Ajouter l’action",
        icon="plus",
        intro=KEEP_FOLLOWED,
        fields=tuple(ACTION.field(name) for name in ("label", "owner", "due_on")),
        run=lambda s, v: meetings.add_action(s, meeting_id, v),
        told="Action ajoutée",
    )
    dialog = ActDialog(desk, act, parent)
    owner = dialog.form.editors["owner"]
    if isinstance(owner, LineEditor):
        owner.suggest(people)
    dialog.open()


def settle_action(desk: Desk, row: ActionRow, state: str, parent: QWidget) -> None:
    """« done » on a day, « dropped » for a reason."""
    done = state == "done"
    outcome = Text(name="outcome", label="Résultat" if done else "Pourquoi", max_length=200, required=not done)
    day = Day(name="done_on", label="Faite le", required=True)
    wanted = ACTION.field("state").options.of(state)  # type: ignore[attr-defined] # a Choice
    act = Act(
        title="Action faite" if done else "Action abandonnée",
        verb="Noter" if done else "Abandonner",
        icon="check",
        intro=f"{row.label} ({row.owner}).",
        fields=(day, outcome) if done else (outcome,),
        start={"done_on": this_day(), "outcome": row.outcome or None},
        run=lambda s, v: actions.settle(s, "meeting_action", row.id, wanted, v),
        told="Action faite" if done else "Action abandonnée",
    )
    ActDialog(desk, act, parent).open()


def take_up_again(desk: Desk, row: ActionRow) -> None:
    to_do = ACTION.field("state").options.of("to_do")  # type: ignore[attr-defined] # a Choice
    desk.act(
        "Action à refaire",
        lambda s: actions.settle(s, "meeting_action", row.id, to_do, {}),
        told="Action remise à faire",
    )


def edit_action(desk: Desk, row: ActionRow, parent: QWidget) -> None:
    FormDialog(desk, ACTION, row.id, parent=parent.window()).open()


def prepare_email(desk: Desk, sheet: Sheet) -> None:
    """A draft to the participants, with the paper of the moment: the agenda before, the minutes after."""
    held = sheet.values["status"].value == "held"
    kind = meeting_paper.MINUTES if held else meeting_paper.AGENDA
    number = sheet.values["number"]
    desk.run(
        "Préparation du courriel",
        partial(_mail_job, desk, sheet.id, kind, number),
        partial(_open_mail, f"{number}.eml"),
    )


def _open_mail(name: str, content: bytes) -> None:
    open_copy(name, content, read_only=False)


def _mail_job(desk: Desk, meeting_id: int, kind: str, number: str) -> Job[bytes]:
    yield Progress(0, 0, "Mise en page du papier joint")
    with desk.read() as session:
        pdf = papers.draft(session, kind, number, now())
        return meeting_paper.email(session, meeting_id, (papers.file_name(kind, number, this_day()), pdf))
