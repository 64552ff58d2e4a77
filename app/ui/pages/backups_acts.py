"""What is done of backups: jobs checked by one key, restorations tried and measured, tests planned."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Choice, Day, Minutes, Text, counted, this_day
from app.services import records
from app.services.backups import Every, TaskKind, VisitResult, acts
from app.services.backups.acts import Told
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog

PLAN, TASK = ENTITIES["backup_plan"], ENTITIES["maintenance_task"]
ON = Day(name="on", label="Fait le", required=True)
WHO = Text(name="author", label="Par", placeholder="Vous", max_length=120)
RESULT = Choice(name="result", label="Résultat", options=VisitResult, required=True)
MEASURED = Minutes(
    name="measured",
    label="Temps de restauration (RTO)",
    help="De la demande aux données utilisables, par exemple 2\u00a0h.",
)
LOST = Minutes(
    name="lost", label="Âge des données revenues (RPO)", help="Ce qui aurait été perdu, par exemple 24\u00a0h."
)
NOTES = Text(name="notes", label="Remarques", multiline=True, max_length=2000)
TRIED = (
    "Restaurez un fichier ou une machine, ouvrez ce qui revient, et notez le temps que cela a pris. Une sauvegarde "
    "jamais restaurée n’est qu’un espoir."
)
CHECKED = "Dites ce que montre le journal de la sauvegarde. Un échec s’explique\u00a0: c’est ce que vous relirez."
EVERY = 6


def check_good(desk: Desk, plans: Sequence[int]) -> None:
    """One key: the jobs of these plans ended well."""
    if not plans:
        return
    told = Told(this_day(), VisitResult.GOOD)

    def check(session: Any) -> None:
        for plan in plans:
            acts.check(session, plan, told, this_day())

    many = counted(len(plans), "sauvegarde contrôlée", "sauvegardes contrôlées")
    desk.act("Contrôle de sauvegardes", check, told=f"{many}\u00a0: tout est conforme")


def check_dialog(desk: Desk, plan: int, parent: QWidget, result: VisitResult | None = None) -> ActDialog:
    act = Act(
        title=f"Contrôle\u00a0: {_title(desk, plan)}",
        verb="Noter le contrôle",
        icon="list-checks",
        intro=CHECKED,
        fields=(RESULT, ON, WHO, NOTES),
        start={"on": this_day(), "result": result},
        run=lambda s, v: acts.check(s, plan, _told(v), this_day()),
        told="Contrôle noté",
    )
    dialog = ActDialog(desk, act, parent)
    dialog.form.focus_on("notes" if result else "result")
    dialog.open()
    return dialog


def test_dialog(desk: Desk, plan: int, parent: QWidget) -> ActDialog:
    act = Act(
        title=f"Essai de restauration\u00a0: {_title(desk, plan)}",
        verb="Noter l’essai",
        icon="archive-restore",
        intro=TRIED,
        fields=(RESULT, ON, MEASURED, LOST, WHO, NOTES),
        start={"on": this_day()},
        run=lambda s, v: acts.test(s, plan, _told(v), this_day()),
        told="Essai de restauration noté",
    )
    dialog = ActDialog(desk, act, parent)
    dialog.open()
    return dialog


def _told(values: dict[str, Any]) -> Told:
    return Told(
        values["on"], values["result"], values["notes"], values["author"], values.get("measured"), values.get("lost")
    )


def _title(desk: Desk, plan: int) -> str:
    with desk.read() as session:
        return str(records.get(session, PLAN, plan).values["label"])


def plan_tests(desk: Desk, plan: int, parent: QWidget) -> FormDialog:
    """The form of a task that makes the tests come again by themselves."""
    with desk.read() as session:
        values = records.get(session, PLAN, plan).values
    start = {
        "label": f"Essai de restauration · {values['label']}"[:160], "kind": TaskKind.RESTORE_TEST,
        "backup_plan_id": plan, "contract_id": values["contract_id"], "every": EVERY, "unit": Every.MONTHS,
        "first_on": this_day(), "technician": values["owner"],
    }  # fmt: skip
    form = FormDialog(desk, TASK, None, start, parent)
    form.open()
    return form
