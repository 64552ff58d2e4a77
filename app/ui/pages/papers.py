"""Papers asked for from the screen: what draws and shows them is imported with the first one, not with the window."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk


def preview(
    desk: Desk,
    kind: str,
    parent: QWidget,
    ref: str | None = None,
    *,
    blank: bool = False,
    chosen: Mapping[str, Any] | None = None,
) -> None:
    """A paper as a draft that can be issued, or the one to fill by hand. `ref` is the number of its record, if any;
    `chosen` what this paper takes by name, where the screen has it already."""
    from app.ui.pages import paper_acts  # noqa: PLC0415 - as said above

    paper_acts.preview(desk, kind, parent, ref, blank=blank, chosen=chosen)


def offer(desk: Desk, parent: QWidget, under: QWidget) -> None:
    """The papers that need no record: those of the company, and those to fill by hand."""
    from app.ui.pages import paper_acts  # noqa: PLC0415 - as above

    paper_acts.offer(desk, parent, under)


def offer_of(desk: Desk, entity: str, ref: str, parent: QWidget, under: QWidget) -> None:
    """The papers of one record."""
    from app.ui.pages import paper_acts  # noqa: PLC0415 - as above

    paper_acts.offer_of(desk, entity, ref, parent, under)
