"""A titled part of a pane, under the hairline that parts it from what is above."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.parts.basics import column, hairline, label, row


class SectionPart(QWidget):
    """`body` is the layout under the title; `corner` stands at the right of it."""

    def __init__(self, title: str, corner: QWidget | None = None) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = label(title, "strong")
        self.body: QVBoxLayout = column(gap=4)
        head = row(self.title, None, gap=6)
        if corner is not None:
            head.addWidget(corner)
        self.setLayout(column(hairline(), 8, head, self.body, gap=2))
