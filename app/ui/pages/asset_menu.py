"""What can be done with the assets chosen, for the menus of their list and of their pane."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import this_day
from app.services import erasures, loans, records
from app.ui.crud.form import FormDialog
from app.ui.crud.pane import MenuAct
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.asset_acts import cancel_exit, lend, take_back
from app.ui.pages.licences_acts import give_licences
from app.ui.pages.retirement_dialog import RetireDialog

ASSET, ERASURE = ENTITIES["asset"], ENTITIES["erasure"]


class AssetMenu:
    """`parent` is what the dialogs stand over."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk, self._parent = desk, parent

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if not wanted:
            return ()
        give = ("Attribuer une licence…", lambda: give_licences(self._desk, wanted, self._parent.window()))
        if len(wanted) > 1:
            return (give, ("Sortir ces biens du parc…", lambda: self.retire(wanted)))
        [one] = wanted
        return (
            ("Nouveau ticket…", lambda: self.open_ticket(one)),
            ("Imprimer la fiche…", lambda: self.print_sheet(one)),
            give,
            *self._movements(one),
        )

    def _movements(self, asset: int) -> Sequence[MenuAct]:
        """What suits the state of the asset."""
        with self._desk.read() as session:
            title = records.title(session, ASSET, asset)
            loan = loans.of_asset(session, asset, this_day())
            is_out = records.get(session, ASSET, asset).values["retired_on"] is not None
        if is_out:
            return (("Annuler la sortie…", lambda: self._act(cancel_exit(asset, title))),)
        out = ("Sortir du parc…", lambda: self.retire([asset]))
        if loan is not None:
            return (("Rendre…", lambda: self._act(take_back(loan))), out)
        return (
            ("Prêter…", lambda: self._act(lend(asset, title))),
            ("Noter un effacement…", lambda: self.erase(asset)),
            out,
        )

    def _act(self, act: Act) -> None:
        ActDialog(self._desk, act, self._parent).open()

    def open_ticket(self, asset: int) -> None:
        from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - not for a list that starts

        NewTicketDialog(self._desk, self._parent.window(), {"asset_id": asset}).open()

    def erase(self, asset: int) -> None:
        with self._desk.read() as session:
            start = erasures.begin(session, asset, this_day())
        FormDialog(self._desk, ERASURE, None, start, self._parent.window()).open()

    def retire(self, assets: Sequence[int]) -> None:
        RetireDialog(self._desk, assets, self._parent).open()

    def print_sheet(self, asset: int) -> None:
        with self._desk.read() as session:
            number = records.get(session, ASSET, asset).values["number"]
        papers.preview(self._desk, "bien", self._parent, number)
