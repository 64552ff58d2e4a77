"""The tab « Bilan » of a survey: what is kept in mind of it, who does what, and the paper that says it."""

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import records
from app.services.satisfaction import surveys
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.improvement_card import ImprovementsCard
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card

SURVEY = ENTITIES["satisfaction_survey"]
KIND = "satisfaction"
NOTHING = "Rien n’est écrit. Dites ce que cette enquête apprend, et ce que vous en ferez savoir aux salariés."
TOLD = (
    "Le bilan reprend les résultats, ce que vous en retenez et les actions décidées\u00a0: à montrer à la direction, "
    "au prestataire et aux salariés."
)


class ReviewTab(QWidget):
    def __init__(self, desk: Desk, survey_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, survey_id
        self.write_button = button("Écrire…", icon="pen-line")
        self.write_button.clicked.connect(self.write)
        self.conclusion = Card("Ce que nous en retenons", corner=self.write_button)
        self.decided = ImprovementsCard(desk, survey_id=survey_id)
        see = button("Voir le bilan…", icon="file-chart-column", tip="En PDF ou en Excel.")
        see.clicked.connect(self.preview)
        foot = row(label(TOLD, "second", "ink2", wrap=True), see, gap=16)
        foot.setStretch(0, 1)
        body = column(self.conclusion, self.decided, foot, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self._sheet = records.get(session, SURVEY, self._id)
        text = self._sheet.values["conclusion"]
        empty_layout(self.conclusion.body)
        self.conclusion.body.addWidget(label(text or NOTHING, "body", "ink" if text else "ink2", wrap=True))
        self.write_button.setText("Modifier…" if text else "Écrire…")
        self.decided.reload()

    def write(self) -> None:
        act = Act(
            title="Ce que nous en retenons",
            verb="Enregistrer",
            fields=(SURVEY.field("conclusion"),),
            start={"conclusion": self._sheet.values["conclusion"]},
            run=lambda session, values: surveys.conclude(session, self._id, values["conclusion"] or ""),
            told="Conclusion enregistrée",
        )
        ActDialog(self._desk, act, self.window()).open()

    def preview(self) -> None:
        papers.preview(self._desk, KIND, self, self._sheet.values["number"])
