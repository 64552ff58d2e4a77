"""What is done to the lines of a campaign: each act is one transaction, which can be undone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.entities import ENTITIES
from app.fields import Text, counted, this_day
from app.services import campaign_places, campaigns, export, records
from app.services.listing import Query
from app.ui import ask
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.campaign_view import before_closing, ticked

LINE = ENTITIES["campaign_line"]
MANY = 400
"""Lines beyond which the window does not wait."""
WORDS = {
    campaigns.FOUND: "trouvé",
    campaigns.MISSING: "non trouvé",
    campaigns.TO_FIND: "à trouver",
}
ROOM = Text(name="room", label="Local où il a été trouvé", required=True, max_length=80)
NOTE = Text(name="notes", label="Remarque", max_length=300)


def tick(desk: Desk, line_ids: Sequence[int], result: Any) -> None:
    """Found, missing, or taken back (`TO_FIND`): what was not expected then goes to the bin."""
    n = len(line_ids)
    told = ticked(n, WORDS[result])
    label = f"Pointage\u00a0: {told}"

    def do(session: Any) -> int:
        if result == campaigns.TO_FIND:
            return campaigns.forget(session, line_ids)
        return campaigns.tick(session, line_ids, result, datetime.now(UTC))

    if n <= MANY:
        desk.act(label, do, told)
    else:
        desk.run(label, lambda: campaigns.at_once(desk.store, label, do), lambda _: desk.tell_done(told))


def find_elsewhere(desk: Desk, line_ids: Sequence[int], rooms: list[str], parent: Any) -> None:
    dialog = ActDialog(desk, _elsewhere(line_ids), parent)
    room = dialog.form.editors["room"]
    if isinstance(room, LineEditor):
        room.suggest(rooms)
    dialog.open()


def _elsewhere(line_ids: Sequence[int]) -> Act:
    def run(session: Any, values: dict[str, Any]) -> None:
        for line_id in line_ids:
            campaign_places.found_in(session, line_id, values["room"], datetime.now(UTC))

    return Act(
        title="Trouvé ailleurs",
        verb="Noter",
        icon="map-pin",
        intro="La fiche du bien reste comme elle est\u00a0: vous pourrez la corriger ensuite.",
        fields=(ROOM,),
        run=run,
        told="Trouvé dans un autre local",
    )


def remark(desk: Desk, line_ids: Sequence[int], parent: Any) -> None:
    """Shown in the list when asked for, and on the paper of the gaps."""
    with desk.read() as session:
        before = records.get(session, LINE, line_ids[0]).values["notes"]
    act = Act(
        title="Remarque",
        verb="Enregistrer",
        icon="pen-line",
        intro="Elle sera imprimée avec les écarts.",
        fields=(NOTE,),
        start={NOTE.name: before},
        run=lambda session, values: campaigns.remark(session, line_ids, values[NOTE.name]),
        told="Remarque enregistrée",
    )
    ActDialog(desk, act, parent).open()


def correct_places(desk: Desk, campaign_id: int, line_ids: Sequence[int] | None, count: int) -> None:
    told = f"{counted(count, 'fiche')} corrigée" + ("s" if count > 1 else "")
    desk.act("Correction des locaux", lambda s: campaign_places.correct_places(s, campaign_id, line_ids), told)


def close(desk: Desk, campaign_id: int, parent: Any) -> None:
    """Ask, then close off the window's thread."""
    with desk.read() as session:
        counts = campaigns.counts(session, campaign_id)
    if not desk.ask.confirm(parent, "Clore la campagne\u00a0?", before_closing(counts), "Clore la campagne"):
        return
    desk.run(
        "Clôture de la campagne",
        lambda: campaigns.close_job(desk.store, campaign_id, this_day()),
        lambda done: desk.tell_done(f"Campagne close\u00a0: {ticked(done.missing, 'non trouvé')}"),
        "Annuler laisse la campagne en cours.",
    )


def reopen(desk: Desk, campaign_id: int) -> None:
    desk.act("Réouverture de campagne", lambda s: campaigns.reopen(s, campaign_id), "Campagne rouverte")


def export_lines(desk: Desk, number: str, query: Query, parent: Any) -> None:
    """The list as it is shown."""
    path = desk.ask.file_to_save(parent, "Exporter la liste", f"{number}.xlsx", f"{ask.EXCEL};;Fichier CSV (*.csv)")
    if path:
        desk.run(
            "Export de la liste",
            lambda: export.list_job(desk.store, LINE, path, query=query),
            lambda n: desk.done.emit(f"{LINE.counted(n)} dans {path.name}", 0),
            "Annuler ne laisse aucun fichier.",
        )
