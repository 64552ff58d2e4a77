"""What is decided of the assets of the replacement plan: another year, to keep them, another budget."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.fields import Count, Money, Text, counted, plural, this_day
from app.services.replacements import decisions
from app.services.replacements.reading import Item
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog

YEAR = Count(name="year", label="Année du remplacement", low=2000, high=2100, required=True)
WHY_LATER = Text(
    name="reason", label="Raison", max_length=200, help="Demandée quand le remplacement attend plus que prévu."
)  # fmt: skip
WHY_KEPT = Text(name="reason", label="Raison", max_length=200, required=True)
BUDGET = Money(name="amount", label="Budget de chaque bien, HT", help="Vide\u00a0: ce que le programme en sait.")


def _titled(items: Sequence[Item]) -> str:
    return items[0].title if len(items) == 1 else counted(len(items), "bien")


def _told(items: Sequence[Item], word: str) -> str:
    return f"{counted(len(items), 'bien')} {plural(len(items), word)}"


def _reason(items: Sequence[Item]) -> str | None:
    """The one they share, to be read again."""
    found = {one.reason for one in items}
    return found.pop() or None if len(found) == 1 else None


def put_in(desk: Desk, items: Sequence[Item], parent: QWidget) -> None:
    years = [one.year for one in items if one.year]
    proposed = f"{items[0].why[0].upper()}{items[0].why[1:]}." if len(items) == 1 else ""
    act = Act(
        title=f"Année de remplacement\u00a0: {_titled(items)}",
        verb="Enregistrer",
        icon="calendar-check",
        intro=proposed,
        fields=(YEAR, WHY_LATER),
        start={"year": years[0] if years else this_day().year + 1, "reason": _reason(items)},
        run=lambda s, v: decisions.put_in(s, items, v["year"], v["reason"] or "", this_day()),
        told=_told(items, "replanifié"),
    )
    ActDialog(desk, act, parent.window()).open()


def keep(desk: Desk, items: Sequence[Item], parent: QWidget) -> None:
    act = Act(
        title=f"Garder\u00a0: {_titled(items)}",
        verb="Garder",
        intro="Le plan ne le propose plus, et le dit à part avec sa raison, jusqu’à ce que vous en décidiez autrement.",
        fields=(WHY_KEPT,),
        start={"reason": _reason(items)},
        run=lambda s, v: decisions.keep(s, items, v["reason"] or "", this_day()),
        told=_told(items, "gardé"),
    )
    ActDialog(desk, act, parent.window()).open()


def price(desk: Desk, items: Sequence[Item], parent: QWidget) -> None:
    act = Act(
        title=f"Budget\u00a0: {_titled(items)}",
        verb="Enregistrer",
        icon="wallet",
        fields=(BUDGET,),
        run=lambda s, v: decisions.price(s, items, v["amount"], this_day()),
        told=_told(items, "chiffré"),
    )
    ActDialog(desk, act, parent.window()).open()


def forget(desk: Desk, items: Sequence[Item]) -> None:
    """As the rules propose."""
    desk.act(
        f"Plan de remplacement\u00a0: {_titled(items)}", lambda s: decisions.forget(s, items),
        told=f"{_told(items, 'remis')} comme proposé",
    )  # fmt: skip
