"""The forms to hand out: on paper, as a PDF to fill on screen, by e-mail, by the dozen."""

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from app.errors import Refused
from app.fields import Day, counted, this_day
from app.services import papers
from app.services.evaluations import expected, mail
from app.services.evaluations.paper import Choices
from app.storage.files import write_safely
from app.ui import ask
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.pages import paper_acts
from app.ui.pages.acts import Act, ActDialog

KIND = "evaluation"
SINCE = Day(name="since", label="Interventions finies du", required=True)
UNTIL = Day(name="until", label="Au", required=True)
NONE = "Chaque intervention de cette période a déjà sa fiche."


def offer(desk: Desk, parent: QWidget, under: QWidget, ref: str | None) -> None:
    """The ways to hand out a form: `ref` is the number of an intervention or of a form, None for a blank one."""
    menu = QMenu(parent)
    menu.addAction("Fiche d’évaluation sur papier…", partial(print_form, desk, parent, ref))
    menu.addAction("PDF à remplir à l’écran…", partial(save_fillable, desk, parent, ref))
    if ref is not None:
        menu.addAction("PDF à remplir, par courriel…", partial(send, desk, ref))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))


def print_form(desk: Desk, parent: QWidget, ref: str | None) -> None:
    paper_acts.preview(desk, KIND, parent, ref)


def _fillable(desk: Desk, ref: str | None) -> tuple[str, str, bytes]:
    """(its number, file name, PDF)."""
    number = paper_acts.prepared(desk, KIND, ref) or ""
    with desk.read() as session:
        return number, papers.file_name(KIND, number, this_day()), papers.fillable(session, KIND, number)


def save_fillable(desk: Desk, parent: QWidget, ref: str | None) -> None:
    number, name, pdf = _fillable(desk, ref)
    path = desk.ask.file_to_save(parent, "Enregistrer la fiche à remplir", name, ask.PDF)
    if path:
        write_safely(path, pdf)
        desk.done.emit(f"{number} dans {path.name}\u00a0: à déposer ici une fois remplie", 0)


def send(desk: Desk, ref: str) -> None:
    """A draft in the usual mail program, the form attached."""
    number, name, pdf = _fillable(desk, ref)
    with desk.read() as session:
        content = mail.draft_of(session, number, name, pdf)
    open_copy("courriel.eml", content, read_only=False)
    desk.done.emit(f"Courriel préparé pour {number}", 0)


def batch(desk: Desk, parent: QWidget) -> None:
    """Every intervention of a period about which nobody was asked."""
    today = this_day()
    made: list[int] = []

    def expect(session: Any, values: dict[str, Any]) -> None:
        wanted = expected.without_form(session, values["since"], values["until"])
        if not wanted:
            raise Refused(NONE)
        made.extend(expected.expect_all(session, wanted, today))

    act = Act(
        title="Fiches des interventions sans fiche",
        verb="Imprimer les fiches",
        icon="printer",
        intro="Une fiche par intervention finie dont personne n’a encore été interrogé.",
        fields=(SINCE, UNTIL),
        start={"since": today - timedelta(days=30), "until": today},
        run=expect,
    )
    dialog = ActDialog(desk, act, parent)
    dialog.accepted.connect(lambda: _print_all(desk, parent, tuple(made)))
    dialog.open()


def _print_all(desk: Desk, parent: QWidget, made: tuple[int, ...]) -> None:
    desk.tell_done(f"{counted(len(made), 'fiche')} à faire remplir")
    paper_acts.preview(desk, KIND, parent, chosen={"choices": Choices(made)})
