"""What is done of a survey: prepared, its sheets handed out on paper or as PDF files, typed, brought back, closed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import Count, Day, counted, this_day
from app.services import records
from app.services.satisfaction import handing, questions, returned, surveys
from app.services.satisfaction.handing import KIND
from app.services.satisfaction.paper import Choices
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.evaluation_entry import EntryDialog

SURVEY, SHEET = ENTITIES["satisfaction_survey"], ENTITIES["satisfaction_response"]
COUNT = Count(name="count", label="Combien de feuilles", low=1, high=surveys.MOST_SHEETS, required=True)
FIELDS = (
    SURVEY.field("title"), replace(SURVEY.field("questionnaire_id"), required=False), SURVEY.field("opened_on"),
    SURVEY.field("invited"),
)  # fmt: skip
CLOSED = Day(name="closed_on", label="Close le", required=True)
SHUFFLED = (
    "Chaque feuille porte un numéro, qui évite de la compter deux fois. Elles sortent mélangées\u00a0: distribuez-les "
    "sans noter qui reçoit laquelle."
)


def prepare(desk: Desk, parent: QWidget, then: Callable[[int], None]) -> None:
    """Ask for a survey; `then` is given its id."""
    made: list[int] = []
    with desk.read() as session:
        start = {
            "opened_on": this_day(),
            "invited": surveys.invited(session, this_day()) or None,
            "questionnaire_id": questions.latest(session),
        }
    act = Act(
        title="Préparer une enquête de satisfaction",
        verb="Préparer l’enquête",
        icon="smile",
        intro="Sans questionnaire choisi, le programme prend les questions usuelles. Personne n’est jamais nommé.",
        fields=FIELDS,
        start={**start, "title": f"L’informatique et vous, {this_day().year}"},
        run=lambda session, values: made.append(surveys.create(session, values)),
        told="Enquête préparée",
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.accepted.connect(lambda: then(made[-1]))
    dialog.open()


def offer_sheets(desk: Desk, survey_id: int, number: str, parent: QWidget, under: QWidget) -> None:
    """The ways to hand out the questionnaire."""
    menu = QMenu(parent)
    menu.addAction("Feuilles numérotées à imprimer…", partial(print_sheets, desk, survey_id, number, parent))
    menu.addAction("Un exemplaire à photocopier…", partial(papers.preview, desk, KIND, parent, number))
    menu.addAction("PDF à remplir, un par personne…", partial(save_fillables, desk, survey_id, parent))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))


def _number(  # noqa: PLR0917 - what the two ways differ by
    desk: Desk, survey_id: int, parent: QWidget, verb: str, icon: str, then: Callable[[tuple[int, ...]], None]
) -> None:
    with desk.read() as session:
        survey = surveys.found(session, survey_id)
        wanted = max((survey.invited or 0) - survey.sheets, 0) or survey.invited
    made: list[tuple[int, ...]] = []
    act = Act(
        title="Numéroter les feuilles",
        verb=verb,
        icon=icon,
        intro=SHUFFLED,
        fields=(COUNT,),
        start={"count": wanted},
        run=lambda session, values: made.append(surveys.number_sheets(session, survey_id, values["count"])),
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.accepted.connect(lambda: then(made[-1]))
    dialog.open()


def print_sheets(desk: Desk, survey_id: int, number: str, parent: QWidget) -> None:
    def show(sheets: tuple[int, ...]) -> None:
        papers.preview(desk, KIND, parent, number, chosen={"choices": Choices(sheets)})

    _number(desk, survey_id, parent, "Imprimer les feuilles", "printer", show)


def save_fillables(desk: Desk, survey_id: int, parent: QWidget) -> None:
    """One file a person, in a folder: to be sent without noting who gets which."""

    def save(sheets: tuple[int, ...]) -> None:
        folder = desk.ask.folder(parent, "Où mettre les PDF à remplir")
        if folder is not None:
            desk.run(
                "PDF à remplir", lambda: handing.fillables_job(desk.store, survey_id, sheets, folder),
                lambda n: desk.done.emit(f"{counted(n, 'PDF', 'PDF')} dans {folder.name}", 0),
                "Annuler laisse ceux déjà écrits.",
            )  # fmt: skip

    _number(desk, survey_id, parent, "Écrire les PDF", "download", save)


def enter(desk: Desk, survey_id: int, parent: QWidget) -> EntryDialog:
    """Sheets typed one after the other."""
    with desk.read() as session:
        kind = returned.of_survey(session, survey_id)
    dialog = EntryDialog(desk, kind, parent.window(), survey_id)
    dialog.open()
    return dialog


def bring_back(desk: Desk, parent: QWidget, files: Sequence[Path] = ()) -> None:
    from app.ui.pages.evaluation_import import import_forms  # noqa: PLC0415 - all that reads files, with the first one

    import_forms(desk, parent, files)


def close(desk: Desk, survey_id: int, parent: QWidget) -> None:
    act = Act(
        title="Clore l’enquête",
        verb="Clore l’enquête",
        intro="Plus aucune feuille n’est attendue\u00a0; celle qui viendrait quand même peut encore être notée.",
        fields=(CLOSED,),
        start={"closed_on": this_day()},
        run=lambda session, values: surveys.close(session, survey_id, values["closed_on"]),
        told="Enquête close",
    )
    ActDialog(desk, act, parent.window()).open()


def reopen(desk: Desk, survey_id: int) -> None:
    desk.act("Enquête rouverte", lambda session: surveys.reopen(session, survey_id), told="Enquête rouverte")


def remove_sheets(desk: Desk, wanted: Sequence[int]) -> None:
    """They no longer count; the same sheets may be noted again."""
    if wanted:
        told = f"{SHEET.counted(len(wanted))} à la corbeille"
        desk.act("Retrait de feuilles", lambda session: records.to_bin(session, SHEET, wanted), told=told)


def add_usual(desk: Desk, then: Callable[[int], None]) -> None:
    then(desk.act("Questionnaire usuel", questions.add_usual, told="Questionnaire usuel ajouté"))


def new_version(desk: Desk, questionnaire_id: int) -> None:
    made = desk.act(
        "Nouvelle version du questionnaire", lambda session: questions.new_version(session, questionnaire_id),
        told="Nouvelle version prête\u00a0: ses questions se corrigent",
    )  # fmt: skip
    desk.go_to.emit("questionnaire", made)
