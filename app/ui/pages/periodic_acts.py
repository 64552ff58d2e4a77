"""The small dialogs of a periodic report: which period, what is to be remembered or decided."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import OneOf, Ref, this_day
from app.services import preferences
from app.services.periodic import reviews, when
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.indicators import place_of

REVIEW = ENTITIES["period_review"]


def establish(desk: Desk, parent: QWidget, then: Callable[[int], object]) -> None:
    """Ask of which period and contract; `then` gets the report, made or found."""
    today, made = this_day(), []
    with desk.read() as session:
        rhythm = preferences.get(session, "report_rhythm")
    offered = when.offered(today)
    act = Act(
        title="Rapport périodique",
        verb="Établir le rapport",
        icon="file-chart-column",
        intro="Les chiffres sont ceux de la fin de la période, quoi qu’il se soit passé depuis. S’il est déjà fait, "
        "il s’ouvre.",
        fields=(
            OneOf(name="period", label="Période", required=True, options=_options(offered, today)),
            Ref(name="contract_id", label="Contrat", target="contract", help="Vide\u00a0: tous les contrats."),
        ),
        start={"period": when.mark(when.usual(rhythm, today))},
        run=lambda s, v: made.append(reviews.ensure(s, when.read(v["period"]), v["contract_id"], today)),
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.accepted.connect(lambda: then(made[-1]))
    dialog.open()


def _options(offered: list[Any], today: date) -> tuple[tuple[str, str], ...]:
    return tuple((when.mark(one), when.title(one, today)) for one in offered)


def write(desk: Desk, review_id: int, values: Mapping[str, Any], name: str, parent: QWidget) -> None:
    """« takeaways » or « decisions »."""
    field = REVIEW.field(name)
    act = Act(
        title=field.label,
        verb="Enregistrer",
        icon="save",
        intro=INTROS[name],
        fields=(field,),
        start={name: values[name]},
        run=lambda s, v: reviews.write(s, review_id, v),
        told="Texte enregistré",
    )
    ActDialog(desk, act, parent.window()).open()


INTROS = {
    "takeaways": "Deux ou trois phrases, imprimées sous les indicateurs\u00a0: ce qui change, et pourquoi.",
    "decisions": "Ce que la direction doit trancher\u00a0; les actions décidées s’ajoutent à part, avec qui et quand.",
}


def open_indicator(desk: Desk, code: str) -> None:
    desk.go_to.emit("indicator", place_of(code))
