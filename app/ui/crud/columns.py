"""Choose the columns of a list and their order."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.entities import Entity
from app.ui.parts.ordering import OrderDialog


class ColumnsDialog(OrderDialog):
    """The first column always stays."""

    def __init__(
        self, entity: Entity, shown: tuple[str, ...], chosen: Callable[[tuple[str, ...]], None], parent: QWidget
    ) -> None:
        super().__init__(
            ("Colonnes", f"Colonnes de la liste\u00a0: {entity.many.lower()}"),
            {field.name: field.label for field in entity.columns},
            shown,
            parent,
            usual=entity.shown,
            back="Colonnes d’origine",
            chosen=chosen,
        )
