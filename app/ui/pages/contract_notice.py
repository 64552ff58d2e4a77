"""Periods and notice of a contract: the panel to scale, the three choices, the letter, the periods (look 03)."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, day, joined, this_day
from app.fields.formats import DAYS
from app.services import contracts, decisions, notices, periods, protections, records
from app.services.amendments import on_day
from app.services.decisions import Choosing, Decided
from app.services.notices import NoticePanel as Standing
from app.services.periods import TO_TAKE, PeriodRow
from app.services.records import Sheet
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.contract_letter import LetterCard, ProofsCard, RenegotiationCard
from app.ui.pages.contract_notice_acts import ICONS, About, DecisionDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.notice import Choice, NoticeData, NoticeDate, NoticePanel, Zone
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.timeline import Entry, Timeline

CONTRACT = ENTITIES["contract"]
BEFORE = timedelta(days=38)
"""Shown of the time when it is too early: the rest of it would only squeeze what counts."""
CHOICES = {
    Choosing.DENOUNCE: Choice("denounce", "Dénoncer…", "mail-x"),
    Choosing.RENEGOTIATE: Choice("renegotiate", "Renégocier…", "handshake"),
    Choosing.RENEW: Choice("renew", "Laisser reconduire…", "refresh-cw"),
}
BY = {"registered": "LRAR", "email": "courriel", "other": ""}
TONES = {"early": "mute", "decide": "warn", "send": "bad", "late": "mute"}
NAMES = (("early", "Trop tôt"), ("decide", "À décider"), ("send", "À envoyer"), ("late", "Trop tard"))
COLUMNS = (
    SmallColumn("Période", 160),
    SmallColumn("Début", 98),
    SmallColumn("Fin", 98),
    SmallColumn("Envoi conseillé", 118),
    SmallColumn("Limite", 98),
    SmallColumn("Décision", 130),
    SmallColumn("État", 150, "badge"),
)


class NoticeTab(QWidget):
    """`meeting_wanted` when a renegotiation asks to prepare one."""

    meeting_wanted = Signal()

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self._place: QVBoxLayout = column(gap=12)
        self.periods = SmallTable(COLUMNS, name="Périodes du contrat")
        card = Card("Périodes", aside=" ", flush=True)
        card.body.addWidget(self.periods)
        self._terms = card.aside
        self.decided = Timeline()
        self._kept = Card("Décisions prises")
        self._kept.body.addWidget(self.decided)
        whole = column(self._place, card, self._kept, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(whole))))
        self.reload()

    def reload(self) -> None:
        today = this_day()
        with self._desk.read() as session:
            standing = notices.notice_of(session, self._contract, today)
            rows = periods.periods_of(session, self._contract, today)
            sheet = records.get(session, CONTRACT, self._contract)
            rights = protections.protections(session, self._contract, today)
            kept = decisions.history(session, self._contract)
            decided = standing.decided
            obtained = decisions.obtained(session, self._contract, decided) if decided else ""
            terms = contracts.terms_of(on_day(session, self._contract, today))
        names = {one.id: periods.label_of(terms, one.period_end) for one in kept}
        empty_layout(self._place)
        self._place.addWidget(self._panel(standing, sheet, today))
        for one in rights:
            self._place.addWidget(Banner(BannerData(one.tone, one.title, one.text)))
        self._add_following(standing, sheet, obtained)
        self.periods.set_rows([_row(one) for one in rows])
        self._terms.setText(terms_told(sheet))
        self._kept.setVisible(bool(kept))
        self.decided.set_entries([_entry(one, names[one.id]) for one in reversed(kept)])

    def _panel(self, standing: Standing, sheet: Sheet, today: date) -> QWidget:
        self._about = _about(standing, sheet)
        choices = [CHOICES[one] for one in standing.choices]
        data = notice_data(standing, sheet, today, choices)
        if data is not None:
            panel = NoticePanel(data)
            panel.chosen.connect(self.choose)
            return panel
        tone = "warn" if standing.choices and standing.decided is None else standing.state.tone
        return self._told(Banner(BannerData(tone or "info", standing.headline, standing.consequence)), choices)

    def _told(self, banner: Banner, choices: Sequence[Choice]) -> QWidget:
        """Where there is no strip: the sentence, and what may be chosen under it."""
        if not choices:
            return banner
        line = row(gap=8)
        for one in choices:
            made = button(one.text, icon=one.icon)
            made.clicked.connect(lambda _=False, key=one.key: self.choose(key))
            line.addWidget(made)
        line.addStretch(1)
        return holder(column(banner, line, gap=8))

    def _add_following(self, standing: Standing, sheet: Sheet, obtained: str) -> None:
        """The steps of what was decided."""
        decided, by_email = standing.decided, sheet.values["notice_form"].value == "email"
        if decided is not None and decided.choice == Choosing.DENOUNCE:
            self._place.addWidget(LetterCard(self._desk, self._about, decided, by_email, obtained))
            self._place.addWidget(ProofsCard(self._desk, decided))
        elif decided is not None and decided.choice == Choosing.RENEGOTIATE:
            card = RenegotiationCard(self._desk, self._about, by_email)
            card.meeting_wanted.connect(self.meeting_wanted)
            self._place.addWidget(card)

    def choose(self, key: str) -> None:
        choice = next(one for one, known in CHOICES.items() if known.key == key)
        DecisionDialog(self._desk, self._about, choice, self).open()


def _about(standing: Standing, sheet: Sheet) -> About:
    target = day(standing.target) if standing.target else ""
    arrived = "envoyée" if standing.by_dispatch else "reçue"
    return About(sheet.id, sheet.values["number"], target, arrived)


def notice_data(standing: Standing, sheet: Sheet, today: date, choices: list[Choice]) -> NoticeData | None:
    """The panel to scale; None where the period has no notice or nothing is left to decide."""
    marks = [standing.decide_from, standing.advised_posting, standing.safe_receipt, standing.ends]
    dates = [one for one in marks if one is not None]
    if standing.phase is None or len(dates) < len(marks) or standing.limit is None:
        return None
    phase = standing.phase.value
    first = max(standing.starts, min(dates[0] - BEFORE, today - BEFORE))
    zones = _zones(first, dates, phase if standing.pressing or standing.decided is None else "")
    shown = min(max(today, first), dates[-1])
    told = ", ".join(f"{zone.name.lower()} jusqu’au {zone.date}" for zone in zones)
    icon, tone = _sign(standing)
    return NoticeData(
        icon=icon,
        tone=tone,
        headline=standing.headline,
        consequence=standing.consequence,
        zones=zones,
        today=(shown - first).days / max(1, (dates[-1] - first).days),
        today_text=f"Aujourd’hui, {day(today)}",
        sentence=f"{standing.headline}. {told}.",
        dates=_dates(standing, sheet, tone),
        choices=choices,
        aside=_aside(standing),
    )


def _sign(standing: Standing) -> tuple[str, str]:
    """Calm once it is decided and nothing presses."""
    pressing = standing.pressing
    if pressing is not None:
        return "calendar-clock", TONES[pressing.value]
    if standing.decided is not None and standing.decided.choice == Choosing.DENOUNCE:
        return "send", "info"
    return "circle-check", "ok"


def _aside(standing: Standing) -> str:
    if not standing.choices:
        return ""
    if standing.state.value == "renewed" and standing.target:
        return f"Pour la période qui finit le {day(standing.target)}."
    return "Votre choix est daté et gardé avec la période."


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
    posted, safe, limit = (
        (day(one), DAYS[one.weekday()]) if one else (MISSING, "")
        for one in (standing.advised_posting, standing.safe_receipt, standing.limit)
    )
    article = f"art.\u00a0{values['notice_article']}" if values["notice_article"] else ""
    how = joined(f"{count}\u00a0{unit} avant la fin", article, BY[values["notice_form"].value], by=", ")
    margin = (
        "3\u00a0jours de sûreté" if standing.by_dispatch else f"{values['postal_margin']}\u00a0jours de marge postale"
    )
    safely = "Envoi sûr" if standing.by_dispatch else "Réception sûre"
    return [
        NoticeDate("Envoi conseillé", *posted, margin, tone if tone in {"warn", "bad"} else ""),
        NoticeDate(safely, *safe, "Dernier jour ouvré avant la limite"),
        NoticeDate("Limite du contrat", *limit, how),
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
    decide = "warn" if one.decision == TO_TAKE else tone
    texts = (one.starts, one.ends, one.advised_posting, one.limit)
    cells = [Cell(day(text), tone, one.is_current) for text in texts]
    cells[2] = Cell(cells[2].text, decide, decide == "warn")
    return [
        Cell(one.label, tone, one.is_current),
        *cells,
        Cell(one.decision, decide),
        Cell(one.state, mark=Mark(one.tone, loud=one.is_current)),
    ]


def _entry(one: Decided, period: str) -> Entry:
    """A decision, why, and what became of its letter."""
    until = f"période jusqu’au {day(one.period_end)} ({period.lower()})" if one.period_end else "sans terme fixé"
    sent = f"Postée le {day(one.sent_on)}" if one.sent_on else ""
    received = f"reçue le {day(one.received_on)}" if one.received_on else ""
    letter = joined(sent, f"n°\u00a0{one.tracking}" if one.tracking else "", received, by=", ")
    return Entry(
        day(one.decided_on),
        ICONS[one.choice],
        one.choice.tone,
        f"{one.choice.label}, {until}",
        one.decided_by,
        joined(one.reason, letter, by="\n"),
    )
