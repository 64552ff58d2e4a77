"""The small dialogs of a scorecard: begun, noted criterion by criterion, weighed, commented."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Count, this_day
from app.services.periodic import when
from app.services.scorecards import cards, issuing, notes, plan
from app.services.scorecards.notes import CRITERIA, Retained
from app.services.scorecards.paper import note_told
from app.services.scorecards.view import Card, CriterionRow
from app.services.spans import Period, quarter, year
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog, Option, words

CARD = ENTITIES["scorecard"]
QUARTERS, YEARS = 4, 2
BEGIN = "Les faits de la période sont comptés pour vous\u00a0; il vous restera quelques avis à donner."
SOON = timedelta(days=30)


def begin(desk: Desk, parent: QWidget, then: Callable[[int], object], provider: int | None = None) -> ActDialog:
    """Ask of whom and of what period; `then` gets the card, the one there was if there was one."""
    with desk.read() as session:
        waiting = cards.due(session, this_day()) if provider is None else []
        provider = waiting[0].provider_id if waiting else provider or cards.only_provider(session, this_day())
        usual = cards.usual_period(session, this_day(), provider)
    offered = periods(usual)
    made: list[int] = []
    act = Act(
        title="Nouvelle fiche contrôle",
        verb="Préparer la fiche",
        icon="award",
        intro=BEGIN,
        fields=(CARD.field("provider_id"),),
        start={"provider_id": provider},
        question="Sur quelle période\u00a0?",
        unanswered="Choisissez une période.",
        options=[Option(one, _named(one), _days(one), "") for one in offered],
        taken=offered.index(usual) if usual in offered else 0,
        run=lambda s, v: made.append(cards.ensure(s, v["provider_id"], v["option"], this_day())),
        told="Fiche contrôle préparée",
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.accepted.connect(lambda: then(made[-1]))
    dialog.open()
    return dialog


def periods(usual: Period) -> list[Period]:
    """The last quarters over or under way, then the last years; the usual one among them."""
    today = this_day()
    found = [quarter(today).before(back) for back in range(QUARTERS)] + [year(today).before(n) for n in range(YEARS)]
    return found if usual in found else [usual, *found]


def _named(period: Period) -> str:
    told = when.words(period)
    return told[0].upper() + told[1:]


def _days(period: Period) -> str:
    return "en cours" if period.end >= this_day() else ""


def judge(desk: Desk, card: Card, contract: int, row: CriterionRow, parent: QWidget) -> ActDialog:
    """The levels in words; the note of the facts holds until another is given, with its reason."""
    options = [Option(100 * n, f"{n} · {told}", "", "") for n, told in reversed(list(enumerate(row.criterion.levels)))]
    if row.proposed is not None:
        options.insert(
            0, Option(None, f"Garder la note des faits\u00a0: {note_told(row.proposed)}", "", row.criterion.rule)
        )
    elif row.is_judged:
        options.append(
            Option(None, "Ne pas noter", "", "Le critère reste «\u00a0non évalué\u00a0», son poids est réparti.")
        )
    values = [one.value for one in options]
    held = row.note if row.is_judged else None
    asked = held if held in values else None
    measured = row.proposed is not None
    act = Act(
        title=row.criterion.label,
        verb="Enregistrer la note",
        icon="check",
        intro=f"{row.facts}." if row.facts else "Aucun fait n’est compté sur cette période.",
        question="Votre note",
        unanswered="Choisissez une note.",
        options=options,
        taken=values.index(asked) if asked is not None or measured else None,
        fields=(words("Pourquoi" if measured else "Ce que vous avez constaté", hint=HINT if measured else ""),),
        start={"text": row.reason or None},
        run=lambda s, v: notes.judge(
            s, card.id, contract, row.criterion.key, Retained(v["option"], row.proposed, v["text"])
        ),
        told=f"{row.criterion.label}\u00a0: note enregistrée",
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.open()
    return dialog


UNNOTED = "Le critère reste «\u00a0non évalué\u00a0», son poids est réparti sur les autres."
HINT = "Obligatoire si votre note n’est pas celle des faits. Imprimé sur la fiche."


def weigh(desk: Desk, card: Card, parent: QWidget) -> ActDialog:
    """The weights of this card; the next ones of the same provider begin with them."""
    fields = tuple(
        Count(name=one.key, label=one.label, high=100,
              help=f"Usuel\u00a0: {one.weight}\u00a0%" if card.weights[one.key] != one.weight else "")
        for one in CRITERIA
    )  # fmt: skip
    act = Act(
        title="Poids des critères",
        verb="Enregistrer les poids",
        icon="scale",
        intro="Ensemble, ils font 100\u00a0%. Un critère de poids 0 ne compte pas. Ils seront repris dans les fiches "
        "suivantes de ce prestataire.",
        fields=fields,
        start=dict(card.weights),
        run=lambda s, v: notes.weigh(s, card.id, {one.key: int(v[one.key] or 0) for one in CRITERIA}),
        told="Poids enregistrés",
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.open()
    return dialog


def comment(desk: Desk, card_id: int, whose: str, text: str, parent: QWidget) -> ActDialog:
    """`whose` is the field, « our_comment » or « their_comment »; `text` what it says."""
    field = CARD.field(whose)
    act = Act(
        title=field.label,
        verb="Enregistrer le commentaire",
        icon="save",
        fields=(replace(field, help="Imprimé sur la fiche. Vide\u00a0: des lignes à remplir à la main."),),
        start={whose: text or None},
        run=lambda s, v: notes.comment(s, card_id, v),
        told="Commentaire enregistré",
    )
    dialog = ActDialog(desk, act, parent.window())
    dialog.open()
    return dialog


def reopen(desk: Desk, card_id: int, number: str) -> None:
    desk.act(
        f"Réouverture de {number}",
        lambda s: issuing.reopen(s, card_id),
        told="Fiche rouverte\u00a0: la prochaine émission sera une nouvelle version",
    )


def add_plan(desk: Desk, card: Card) -> None:
    """An action for each weak point, all at once; each is then put right in the list."""
    desk.act(
        f"Plan d’action de {card.number}",
        lambda s: plan.add(s, card, this_day() + SOON),
        told="Plan d’action ajouté\u00a0: corrigez chaque ligne",
    )
