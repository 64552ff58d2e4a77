"""What follows a decision: the letter step by step with its proofs, or the renegotiation to prepare."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import day, joined
from app.services.decisions import Choosing, Decided
from app.ui.crud.document_card import DocumentsCard
from app.ui.desk import Desk
from app.ui.pages import contract_notice_acts as acts
from app.ui.pages.contract_notice_acts import About, Noting
from app.ui.parts.basics import Glyph, column, hairline, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card

DECISION = ENTITIES["notice_decision"]


@dataclass(frozen=True, slots=True)
class Step:
    """`done` tells when it was, empty while it is to do; `act` is what its button does."""

    title: str
    done: str
    hint: str
    verb: str
    again: str
    act: Callable[[], None]


class LetterCard(Card):
    """The letter: printed, posted, presented, received; and what it obtained."""

    def __init__(self, desk: Desk, about: About, decided: Decided, by_email: bool, obtained: str) -> None:
        self._desk, self._about, self._decided = desk, about, decided
        steps = self._by_email() if by_email else self._by_post()
        left = sum(not step.done for step in steps)
        super().__init__("La lettre, étape par étape", aside=f"{len(steps) - left} sur {len(steps)}")
        following = next((step for step in steps if not step.done), None)
        for number, step in enumerate(steps, 1):
            if number > 1:
                self.body.addWidget(hairline())
            self.body.addLayout(_step(number, step, step is following))
        if obtained:
            self.body.addWidget(label(obtained, "title", wrap=True))

    def _by_post(self) -> list[Step]:
        one = self._decided
        return [
            Step("Imprimer et signer la lettre", _issued("Émise le", "Signée", one),
                 "Émettez-la\u00a0: la copie exacte reste avec le contrat.", "Voir la lettre", "Voir la lettre",
                 lambda: acts.show_letter(self._desk, self._about.number, self, Choosing.DENOUNCE)),
            Step("La poster en recommandé", _told("Postée le", one.sent_on, one.tracking),
                 "Avec avis de réception\u00a0; gardez la preuve de dépôt.", "Noter l’envoi…", "Corriger…",
                 lambda: self._note(acts.SENDING)),
            Step("Première présentation", _told("Présentée le", one.presented_on),
                 "Une lettre non réclamée reste quinze jours au bureau de poste.", "Noter la présentation…",
                 "Corriger…", lambda: self._note(acts.PRESENTING)),
            Step("Réception par le prestataire", _told("Reçue le", one.received_on),
                 "Joignez ci-dessous l’avis de réception.", "Noter la réception…", "Corriger…",
                 lambda: self._note(acts.RECEIVING)),
        ]  # fmt: skip

    def _by_email(self) -> list[Step]:
        one = self._decided
        return [
            Step("Préparer le courriel", _issued("Copie émise le", "Écrit", one),
                 "Le contrat admet le courriel\u00a0: le texte s’ouvre dans votre messagerie.", "Préparer le courriel",
                 "Préparer le courriel",
                 lambda: acts.prepare_email(self._desk, self._about, Choosing.DENOUNCE)),
            Step("L’envoyer", _told("Envoyée le", one.sent_on), "Demandez un accusé de réception.", "Noter l’envoi…",
                 "Corriger…", lambda: self._note(acts.MAILING)),
            Step("Accusé de réception", _told("Reçue le", one.received_on), "Joignez ci-dessous la réponse.",
                 "Noter la réception…", "Corriger…", lambda: self._note(acts.RECEIVING)),
        ]  # fmt: skip

    def _note(self, what: Noting) -> None:
        acts.note(self._desk, self._decided, what, self)


def _issued(word: str, otherwise: str, one: Decided) -> str:
    """A letter that went was written, whether its copy was issued here or not."""
    if one.printed_on:
        return f"{word} {day(one.printed_on)}"
    return f"{otherwise}, sans copie émise ici" if one.sent_on else ""


def _told(word: str, at: object, more: str = "") -> str:
    return joined(f"{word} {day(at)}", f"n°\u00a0{more}" if more else "", by=", ") if at else ""  # type: ignore[arg-type] # a date


def _step(number: int, step: Step, is_next: bool) -> QHBoxLayout:
    state = "circle-check" if step.done else "circle-dot" if is_next else "circle"
    tone = "ok.solid" if step.done else "accent" if is_next else "ctl"
    act = button(step.again if step.done else step.verb, "plain" if is_next else "quiet")
    act.clicked.connect(step.act)
    words = column(
        label(f"{number}. {step.title}", "title", "ink" if step.done or is_next else "ink2"),
        label(step.done or f"À faire. {step.hint}", "second", "ink2", wrap=True),
        gap=0,
    )
    line = row(Glyph(state, tone, 20), words, act, gap=12, margins=(0, 4, 0, 4))
    line.setStretch(1, 1)
    return line


class ProofsCard(DocumentsCard):
    """The signed letter, the deposit slip, the acknowledgement: kept with the decision."""

    def __init__(self, desk: Desk, decided: Decided) -> None:
        super().__init__(desk, DECISION, decided.id, title="Preuves de l’envoi")


class RenegotiationCard(Card):
    """What a renegotiation asks for: a letter that proposes to meet, a meeting. `meeting_wanted` to prepare it."""

    meeting_wanted = Signal()

    def __init__(self, desk: Desk, about: About, by_email: bool) -> None:
        super().__init__("Renégociation")
        told = (
            "Écrivez au prestataire, préparez la réunion et notez ce que vous voulez obtenir. Si rien n’aboutit, "
            "revenez ici dénoncer avant la limite."
        )
        see = button("Voir la lettre", icon="file-text")
        see.clicked.connect(lambda: acts.show_letter(desk, about.number, self, Choosing.RENEGOTIATE))
        write = button("Préparer le courriel", icon="mail")
        write.clicked.connect(lambda: acts.prepare_email(desk, about, Choosing.RENEGOTIATE))
        meet = button("Préparer une réunion…", icon="users")
        meet.clicked.connect(self.meeting_wanted)
        buttons: list[QWidget] = [see, *([write] if by_email else []), meet]
        self.body.addWidget(label(told, "body", "ink2", wrap=True))
        self.body.addLayout(row(*buttons, None))
