"""What an intervention tells of its ticket, as a list of boxes ticked beforehand: nothing is asked twice."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.services.interventions import Implied
from app.ui.parts.basics import column, empty_layout, holder, label

INTRO = "Décochez ce qui n’est pas arrivé ainsi\u00a0: le reste sera écrit au journal, à ces heures."


class ImpliedList(QWidget):
    """`show_acts` keeps what the person ticked or not of an act that is still there."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: Sequence[Implied] = ()
        self.boxes: list[QCheckBox] = []
        self._chosen: dict[tuple[object, object], bool] = {}
        self._rows = column(gap=4)
        body = column(label("À noter au journal du ticket", "card"), label(INTRO, "second", "ink2", wrap=True), gap=2)
        body.addSpacing(4)
        body.addWidget(holder(self._rows))
        self.setLayout(body)
        self.hide()

    def show_acts(self, acts: Sequence[Implied]) -> None:
        self._remember()
        self._acts = acts
        empty_layout(self._rows)
        self.boxes = []
        for one in acts:
            box = QCheckBox(one.told)
            box.setChecked(self._chosen.get((one.kind, one.reason), one.usual))
            self._rows.addWidget(box)
            self.boxes.append(box)
        self.setVisible(bool(acts))

    def _remember(self) -> None:
        for one, box in zip(self._acts, self.boxes, strict=True):
            if box.isChecked() != one.usual:
                self._chosen[one.kind, one.reason] = box.isChecked()
            else:
                self._chosen.pop((one.kind, one.reason), None)

    def chosen(self) -> list[Implied]:
        return [one for one, box in zip(self._acts, self.boxes, strict=True) if box.isChecked()]
