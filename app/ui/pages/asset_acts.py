"""What is done with one asset, as small dialogs: lend it, take it back, put a retired one back in the fleet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.entities import ENTITIES
from app.fields import Day, Text, this_day
from app.services import loans, retirement
from app.services.loans import OpenLoan
from app.ui.pages.acts import Act, words

LOAN, RETIREMENT = ENTITIES["loan"], ENTITIES["retirement"]
LENT_FIELDS = tuple(
    replace(LOAN.field(name), required=name == "lent_on")
    for name in ("person_id", "borrower", "lent_on", "due_on", "condition_out", "notes")
)
CONDITION_IN = LOAN.field("condition_in")


def lend(asset_id: int, asset: str) -> Act:
    return Act(
        title="Prêt",
        verb="Prêter",
        icon="hand-coins",
        intro=f"{asset}\u00a0: il sera marqué «\u00a0Prêté\u00a0» jusqu’à son retour.",
        fields=LENT_FIELDS,
        start={"lent_on": this_day()},
        run=lambda s, v: loans.lend(s, asset_id, v),
        told=f"{asset} prêté",
    )


def take_back(loan: OpenLoan) -> Act:
    return Act(
        title="Retour de prêt",
        verb="Noter le retour",
        icon="check",
        intro=f"{loan.asset}, prêté à {loan.who}.",
        fields=(
            Day(name="on", label="Rendu le", required=True),
            replace(CONDITION_IN, help="Devient l’état du bien, vu ce jour-là."),
            Text(name="notes", label="Remarque", multiline=True, help="Ce qui manque, ce qui est abîmé."),
        ),
        start={"on": this_day()},
        run=lambda s, v: loans.give_back(s, loan.id, v["on"], v["condition_in"], v["notes"]),
        told=f"{loan.asset} rendu",
    )


def cancel_exit(asset_id: int, asset: str) -> Act:
    return Act(
        title="Annulation de la sortie",
        verb="Remettre dans le parc",
        icon="rotate-ccw",
        intro=f"{asset} reviendra en stock. Ses contrats et ses licences sont à lui redonner.",
        fields=(words("Pourquoi"),),
        run=lambda s, v: retirement.cancel(s, asset_id, v["text"] or ""),
        told=f"{asset} remis dans le parc",
    )


def complete_exit(retirement_id: int, kept: Mapping[str, Any]) -> Act:
    """`kept` are the values of the exit as it stands."""
    kind = kept["kind"]
    names = [n for n in ("recipient", "price", "proof", "reason") if n != "price" or retirement.is_paid(kind)]
    expected = retirement.expected(kind)
    return Act(
        title="Preuve de la sortie",
        verb="Enregistrer",
        intro="Le document lui-même se dépose dans l’onglet Documents de la sortie.",
        fields=tuple(replace(RETIREMENT.field(name), help=expected if name == "proof" else "") for name in names),
        start={name: kept[name] for name in names},
        run=lambda s, v: retirement.complete(s, retirement_id, v),
        told="Preuve enregistrée",
    )
