"""Periods and notice of a contract: the panel to scale, the choices that work, the table of periods (look 03)."""

from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, Day, Text, day, this_day
from app.fields.formats import DAYS
from app.services import notices, periods, records, terms
from app.services.notices import NoticePanel as Standing
from app.services.periods import PeriodRow
from app.services.records import Sheet
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, scrolled
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.notice import Choice, NoticeData, NoticeDate, NoticePanel, Zone
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

CONTRACT = ENTITIES["contract"]
BEFORE = timedelta(days=38)
"""Shown of the time when it is too early: the rest of it would only squeeze what counts."""
DENOUNCE = Choice("denounce", "Dénoncer…", "mail-x")
MAY_DENOUNCE = frozenset({"future", "running", "renewed", "open_ended"})
TONES = {"early": "mute", "decide": "warn", "send": "bad", "late": "mute"}
NAMES = (("early", "Trop tôt"), ("decide", "À décider"), ("send", "À envoyer"), ("late", "Trop tard"))
COLUMNS = (
    SmallColumn("Période", 200),
    SmallColumn("Début", 104),
    SmallColumn("Fin", 104),
    SmallColumn("Envoi conseillé", 122),
    SmallColumn("Limite", 104),
    SmallColumn("Décision", 112),
    SmallColumn("État", 150, "badge"),
)


class NoticeTab(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self._place: QVBoxLayout = column(gap=0)
        self.periods = SmallTable(COLUMNS, name="Périodes du contrat")
        card = Card("Périodes", aside=" ", flush=True)
        card.body.addWidget(self.periods)
        self._terms = card.aside
        self.setLayout(column(scrolled(holder(column(self._place, card, None, gap=12, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        today = this_day()
        with self._desk.read() as session:
            standing = notices.notice_of(session, self._contract, today)
            rows = periods.periods_of(session, self._contract, today)
            sheet = records.get(session, CONTRACT, self._contract)
        empty_layout(self._place)
        self._place.addWidget(self._panel(standing, sheet, today))
        self.periods.set_rows([_row(one) for one in rows])
        self._terms.setText(terms_told(sheet))

    def _panel(self, standing: Standing, sheet: Sheet, today: date) -> QWidget:
        choices = [DENOUNCE] if standing.state.value in MAY_DENOUNCE else []
        data = notice_data(standing, sheet, today, choices)
        if data is not None:
            panel = NoticePanel(data)
            panel.chosen.connect(self.choose)
            return panel
        told = Banner(
            BannerData(standing.state.tone or "info", standing.headline, standing.consequence,
                       action=choices[0].text if choices else "", action_icon=DENOUNCE.icon)
        )  # fmt: skip
        told.acted.connect(lambda: self.choose(DENOUNCE.key))
        return told

    def choose(self, key: str) -> None:
        if key == DENOUNCE.key:
            ActDialog(self._desk, denounce(self._contract), self).open()


def denounce(contract_id: int) -> Act:
    return Act(
        title="Dénonciation du contrat",
        verb="Enregistrer la dénonciation",
        icon="mail-x",
        intro="À enregistrer quand la lettre est partie. Le contrat prend fin avec la période que ce préavis peut "
        "encore arrêter\u00a0; reçu trop tard, il n’arrête que la suivante.",
        fields=(
            Day(name="received", label="Reçue par le prestataire le", required=True,
                help="La date de l’avis de réception."),
            Text(name="reason", label="Pourquoi", multiline=True, required=True),
        ),
        start={"received": this_day()},
        run=lambda s, v: terms.denounce(s, contract_id, v["received"], v["reason"]),
        told="Contrat dénoncé",
    )  # fmt: skip


def notice_data(standing: Standing, sheet: Sheet, today: date, choices: list[Choice]) -> NoticeData | None:
    """The panel to scale; None where the period has no notice or nothing is left to decide."""
    marks = [standing.decide_from, standing.advised_posting, standing.safe_receipt, standing.ends]
    dates = [one for one in marks if one is not None]
    if standing.phase is None or len(dates) < len(marks) or standing.limit is None:
        return None
    phase = standing.phase.value
    first = max(standing.starts, min(dates[0] - BEFORE, today - BEFORE))
    zones = _zones(first, dates, phase)
    shown = min(max(today, first), dates[-1])
    told = ", ".join(f"{zone.name.lower()} jusqu’au {zone.date}" for zone in zones)
    return NoticeData(
        icon="calendar-clock",
        tone=TONES[phase],
        headline=standing.headline,
        consequence=standing.consequence,
        zones=zones,
        today=(shown - first).days / max(1, (dates[-1] - first).days),
        today_text=f"Aujourd’hui, {day(today)}",
        sentence=f"{standing.headline}. {told}.",
        dates=_dates(standing, sheet, TONES[phase]),
        choices=choices,
        aside="Votre choix est daté et gardé avec le contrat." if choices else "",
    )


def _zones(first: date, dates: list[date], phase: str) -> list[Zone]:
    whole = max(1, (dates[-1] - first).days)
    zones, start = [], first
    for (key, name), end in zip(NAMES, dates, strict=True):
        share = max(0, (end - start).days) / whole
        zones.append(Zone(name, share, TONES[key], day(end), key == phase, key == "late"))
        start = max(start, end)
    return zones


def _dates(standing: Standing, sheet: Sheet, tone: str) -> list[NoticeDate]:
    values = sheet.values
    count, unit = values["notice_value"], values["notice_unit"].label
    margin = values["postal_margin"]
    posted, safe, limit = (
        (day(one), DAYS[one.weekday()]) if one else (MISSING, "")
        for one in (standing.advised_posting, standing.safe_receipt, standing.limit)
    )
    form = values["notice_form"].label
    return [
        NoticeDate("Envoi conseillé", *posted, f"{margin}\u00a0jours de marge postale", tone if tone != "mute" else ""),
        NoticeDate("Réception sûre", *safe, "Dernier jour ouvré avant la limite"),
        NoticeDate("Limite du contrat", *limit, f"{count}\u00a0{unit} avant la fin. {form}"),
    ]


def terms_told(sheet: Sheet) -> str:
    """« Durée initiale 12 mois, reconduction tacite de 12 mois, 3 fois au plus »."""
    values = sheet.values
    first = f"Durée initiale {values['initial_months']}\u00a0mois"
    renewal = values["renewal"].value
    if renewal != "tacit":
        told = {"none": "sans reconduction", "tacit_open": "puis durée indéterminée"}
        return f"{first}, {told.get(renewal, 'reconduction expresse')}"
    most = values["max_renewals"]
    limit = f"{most}\u00a0fois au plus" if most else "sans limite de nombre"
    return f"{first}, reconduction tacite de {values['renewal_months']}\u00a0mois, {limit}"


def _row(one: PeriodRow) -> list[Cell]:
    tone = "" if one.is_current or one.tone != "mute" else "mute"
    decide = "warn" if one.decision == "À prendre" else tone
    texts = (one.starts, one.ends, one.advised_posting, one.limit)
    cells = [Cell(day(text), tone, one.is_current) for text in texts]
    cells[2] = Cell(cells[2].text, decide, decide == "warn")
    return [
        Cell(one.label, tone, one.is_current),
        *cells,
        Cell(one.decision, decide),
        Cell(one.state, mark=Mark(one.tone, loud=one.is_current)),
    ]
