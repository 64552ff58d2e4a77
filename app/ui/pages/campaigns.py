"""The physical inventories: their list, and the opening of a new one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import this_day
from app.services import campaigns, records
from app.services.needs_paper import manager
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

CAMPAIGN = ENTITIES["campaign"]
ASKED = tuple(CAMPAIGN.field(name) for name in ("title", "site_id", "opened_on", "held_by", "notes"))
CORRECTED = tuple(field for field in ASKED if field.name != "site_id")


class CampaignsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, CAMPAIGN, state)

    def new(self) -> None:
        open_campaign(self.desk, self.window())

    def edit(self) -> None:
        """But the site, which is that of the frozen list."""
        if chosen := self.panel.current_id():
            with self.desk.read() as session:
                values = records.get(session, CAMPAIGN, chosen).values
            ActDialog(self.desk, correction(chosen, values), self.window()).open()

    def duplicate(self) -> None:
        """The next campaign of the same place, by the same person."""
        if chosen := self.panel.current_id():
            with self.desk.read() as session:
                values = records.get(session, CAMPAIGN, chosen).values
            open_campaign(self.desk, self.window(), {name: values[name] for name in ("site_id", "held_by")})

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", "Ouvrir une campagne", primary=True)]


def open_campaign(desk: Desk, parent: QWidget, start: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Ask what the campaign is; its list is then frozen off the window's thread, and its page opens."""
    kept: dict[str, Any] = {}
    with desk.read() as session:
        usual = {"held_by": manager(session)}
    dialog = ActDialog(desk, opening(kept, {**usual, **start}), parent)
    dialog.accepted.connect(lambda: _freeze(desk, kept))
    dialog.open()


def opening(kept: dict[str, Any], start: Mapping[str, Any]) -> Act:
    """`kept` receives the values once they are checked."""
    today = this_day()
    return Act(
        title="Ouvrir une campagne d’inventaire",
        verb="Ouvrir la campagne",
        intro="La liste des biens attendus est figée à l’ouverture\u00a0: sans les biens sortis ni les machines "
        "virtuelles. Vous pointerez ensuite chaque bien, au lecteur de codes ou à la main.",
        icon="scan-barcode",
        fields=ASKED,
        start={"opened_on": today, "title": f"Inventaire physique {today.year}", **start},
        run=lambda session, values: kept.update(campaigns.to_open(session, values)),
    )


def _freeze(desk: Desk, values: dict[str, Any]) -> None:
    desk.run(
        "Ouverture de la campagne",
        lambda: campaigns.open_job(desk.store, values),
        lambda made: _opened(desk, made),
        "Annuler n’ouvre rien.",
    )


def _opened(desk: Desk, campaign_id: int) -> None:
    desk.tell_done("Campagne ouverte")
    desk.go_to.emit(CAMPAIGN.key, campaign_id)


def correction(campaign_id: int, values: dict[str, Any]) -> Act:
    """Of what was said at the opening, but the site: it is that of the frozen list."""
    return Act(
        title="Modifier la campagne",
        verb="Enregistrer",
        fields=CORRECTED,
        start={field.name: values[field.name] for field in CORRECTED},
        run=lambda session, told: records.update(session, CAMPAIGN, campaign_id, told),
        told="Campagne modifiée",
    )
