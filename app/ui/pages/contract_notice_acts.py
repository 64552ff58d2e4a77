"""The small dialogs of the notice: what is decided, and the days of the letter."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.fields import Day, Field, Text, day, lowered, this_day
from app.reports.identity import Stamp
from app.services import decisions, letter
from app.services.decisions import Choosing, Decided
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import row
from app.ui.parts.buttons import button

SEE = {Choosing.DENOUNCE: "Voir la lettre", Choosing.RENEGOTIATE: "Voir la lettre de renégociation"}
INTRO = {
    Choosing.DENOUNCE: "Votre décision est datée et gardée avec la période. Le contrat ne prend fin qu’une fois la "
    "lettre {arrived}\u00a0: les étapes suivantes vous y mènent.",
    Choosing.RENEGOTIATE: "Demander à renégocier n’arrête pas la reconduction\u00a0: sans accord, il faudra encore "
    "dénoncer ou laisser reconduire avant la limite.",
    Choosing.RENEW: "Le contrat repartira pour une période. Vous pouvez changer d’avis jusqu’à la limite du préavis.",
}
TITLES = {
    Choosing.DENOUNCE: "Dénoncer le contrat",
    Choosing.RENEGOTIATE: "Renégocier le contrat",
    Choosing.RENEW: "Laisser le contrat se reconduire",
}
TOLD = {
    Choosing.DENOUNCE: "Dénonciation décidée",
    Choosing.RENEGOTIATE: "Renégociation décidée",
    Choosing.RENEW: "Reconduction décidée",
}
ICONS = {Choosing.DENOUNCE: "mail-x", Choosing.RENEGOTIATE: "handshake", Choosing.RENEW: "refresh-cw"}


@dataclass(frozen=True, slots=True)
class About:
    """The contract that the acts are about: `arrived` is « reçue » or « envoyée », as its clause counts."""

    id: int
    number: str
    target: str
    arrived: str


class DecisionDialog(ActDialog):
    """Why, by whom, since when; the letter that goes with the choice can be read before."""

    def __init__(self, desk: Desk, about: About, choice: Choosing, parent: QWidget) -> None:
        with desk.read() as session:
            author = decisions.usual_author(session)
        super().__init__(desk, _deciding(about, choice, author), parent)
        if choice in SEE:
            see = button(SEE[choice], icon="file-text")
            see.clicked.connect(partial(show_letter, desk, about.number, self, choice))
            self.extras.addLayout(row(see, None))


def _deciding(about: About, choice: Choosing, author: str) -> Act:
    fields: tuple[Field, ...] = (
        Day(name="decided_on", label="Décidé le", required=True),
        Text(name="decided_by", label="Par", max_length=120),
        Text(name="reason", label="Pourquoi", multiline=True, required=True,
             help="Reste entre vous\u00a0: la lettre ne le dit pas." if choice != Choosing.RENEW else ""),
    )  # fmt: skip
    what = f"{TITLES[choice]} {about.number}{f', période jusqu’au {about.target}' if about.target else ''}"
    return Act(
        title=what,
        verb="Enregistrer la décision",
        icon="check",
        intro=INTRO[choice].format(arrived=about.arrived),
        fields=fields,
        start={"decided_on": this_day(), "decided_by": author},
        run=lambda s, v: decisions.decide(s, about.id, choice, v),
        told=TOLD[choice],
    )


def show_letter(desk: Desk, number: str, parent: QWidget, choice: Choosing) -> None:
    papers.preview(desk, decisions.LETTER, parent, number, chosen={"choice": choice})


def prepare_email(desk: Desk, about: About, choice: Choosing) -> None:
    """The words of the letter as a draft of the usual mail program."""
    stamp = Stamp("Lettre de préavis", about.number, data_at=datetime.now(UTC))
    with desk.read() as session:
        content = letter.email(session, about.id, stamp, choice)
    open_copy(f"{about.number}.eml", content, read_only=False)


@dataclass(frozen=True, slots=True)
class Noting:
    """One day of the letter to note: its field and, with the first, the number that the post gave."""

    name: str
    title: str
    label: str
    help: str
    numbered: bool = False


SENDING = Noting("sent_on", "Envoi de la lettre", "Postée le", "La date de la preuve de dépôt.", numbered=True)
MAILING = Noting("sent_on", "Envoi de la dénonciation", "Envoyée le", "La date d’envoi du courriel.")
PRESENTING = Noting("presented_on", "Première présentation", "Présentée le", "La date du passage du facteur.")
RECEIVING = Noting("received_on", "Réception par le prestataire", "Reçue le", "La date que porte l’avis de réception.")


def note(desk: Desk, one: Decided, what: Noting, parent: QWidget) -> None:
    """Ask for that day of the letter."""
    fields: list[Field] = [Day(name=what.name, label=what.label, help=what.help, required=not _known(one, what))]
    start: dict[str, Any] = {what.name: getattr(one, what.name) or this_day()}
    if what.numbered:
        fields.append(Text(name="tracking", label="N° du recommandé", max_length=40, help="Sur la preuve de dépôt."))
        start["tracking"] = one.tracking or None
    intro = f"Décidée le {day(one.decided_on)}."
    if _known(one, what):
        intro = "Videz la date pour la reprendre si elle a été notée par erreur."

    act = Act(
        title=what.title,
        verb="Enregistrer",
        icon="check",
        intro=intro,
        fields=tuple(fields),
        start=start,
        run=lambda s, v: decisions.prove(s, one.id, v),
        told=f"Noté\u00a0: {lowered(what.title)}",
    )
    ActDialog(desk, act, parent).open()


def _known(one: Decided, what: Noting) -> bool:
    return getattr(one, what.name) is not None
