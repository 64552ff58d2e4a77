"""Give licences to assets and persons, several at once, and take them back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import NBSP, Day, number, plural, this_day
from app.services import licences
from app.services.listing import Filter, Query
from app.ui.desk import Desk
from app.ui.pages.acts import Act
from app.ui.pages.chooser import Choosing, RecordsChooser

LICENCE, SEAT, ASSET, PERSON = (ENTITIES[key] for key in ("licence", "licence_seat", "asset", "person"))
SINCE = Day(name="on", label="À partir du", required=True)
IN_USE = ("in_service", "in_stock", "in_repair", "lent")
ASSET_COLUMNS = ("number", "label", "family_id", "person_id", "site_id", "status")
LICENCE_COLUMNS = ("number", "name", "seats", "used", "free", "expires_on")


def give_to(desk: Desk, wanted: Sequence[int], key: str, parent: QWidget) -> None:
    """Choose the assets, or the persons, that get these licences."""
    if key == ASSET.key:
        whom, query = "des biens", Query(ASSET_COLUMNS, ASSET.order_by, filters=_computers(desk))
    else:
        whom, query = "des personnes", Query(PERSON.shown, PERSON.order_by, filters=(Filter("left_on", (None,)),))

    def run(chosen: Sequence[int], on: date) -> str:
        assets, persons = (chosen, ()) if key == ASSET.key else ((), chosen)
        return _give(desk, wanted, assets, persons, on)

    what = "la licence" if len(wanted) == 1 else LICENCE.counted(len(wanted))
    asked = Choosing(
        title=f"Attribuer {what} à {whom}",
        verb="Attribuer",
        hint="Filtrez, puis choisissez une ou plusieurs lignes.",
        entity=key,
        query=query,
        day=SINCE,
        start=this_day(),
        run=run,
    )
    RecordsChooser(desk, asked, parent).open()


def _computers(desk: Desk) -> tuple[Filter, ...]:
    """What can have a software: the computers not retired. Each filter can be taken off in the dialog."""
    options = ASSET.field("status").options  # type: ignore[attr-defined]  # declared as a Choice
    with desk.read() as session:
        families = licences.computer_families(session)
    kept = Filter("status", tuple(options.of(one) for one in IN_USE))
    return (kept, Filter("family_id", families)) if families else (kept,)


def give_licences(desk: Desk, assets: Sequence[int], parent: QWidget) -> None:
    """Choose the licences that these assets get."""
    with desk.read() as session:
        ids = tuple(one for one, _ in licences.in_force(session, this_day()))
    asked = Choosing(
        title="Attribuer une licence" + ("" if len(assets) == 1 else f" à {ASSET.counted(len(assets))}"),
        verb="Attribuer",
        hint="Les licences expirées ne sont pas proposées.",
        entity=LICENCE.key,
        query=Query(LICENCE_COLUMNS, LICENCE.order_by, ids=ids),
        day=SINCE,
        start=this_day(),
        run=lambda chosen, on: _give(desk, chosen, assets, (), on),
    )
    RecordsChooser(desk, asked, parent).open()


def _give(desk: Desk, wanted: Sequence[int], assets: Sequence[int], persons: Sequence[int], on: date) -> str:
    """Do it, and tell it; what is now used beyond what was bought is told too."""
    given = desk.act("Attribution de licences", lambda s: licences.assign(s, wanted, assets, persons, on=on))
    told = f"{SEAT.counted(given.added)} {plural(given.added, 'ajoutée')}"
    if not given.added:
        told = "Aucune attribution ajoutée"
    if given.already:
        told += f", {number(given.already)}{NBSP}déjà {plural(given.already, 'faite')}"
    with desk.read() as session:
        over = set(licences.over(session, this_day())) & set(wanted)
    return f"{told}. Il y a maintenant plus d’usages que de postes permis." if over else told


def take_back(seats: Sequence[int]) -> Act:
    counted, several = SEAT.counted(len(seats)), len(seats) > 1
    ends = "elles prennent fin ce jour-là, et restent" if several else "elle prend fin ce jour-là, et reste"
    return Act(
        title="Fin d’attribution",
        verb="Libérer",
        icon="rotate-ccw",
        intro=f"{counted}\u00a0: {ends} dans l’historique de la licence.",
        fields=(Day(name="on", label="Libérée le", required=True),),
        start={"on": this_day()},
        run=lambda s, v: licences.release(s, seats, v["on"]),
        told=f"{counted} libérée{'s' if several else ''}",
    )
