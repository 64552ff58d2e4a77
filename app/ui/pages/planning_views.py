"""The week and the month of the planning: what the services read, as grids of cards and of days."""

from collections.abc import Sequence
from datetime import date

from app.fields import counted, day_words, duration, joined
from app.services.planning import ICONS, VisitState
from app.services.planning.visits import VisitRow
from app.services.planning.week import Day, Line, Week
from app.ui.pages.planning_acts import GLYPHS, card_of
from app.ui.parts.monthgrid import NAMES, Entry, MonthDay
from app.ui.parts.weekgrid import DayHead, GridLine

NOBODY = "À attribuer"


def heads(week: Week, today: date) -> list[DayHead]:
    return [_head(day, today) for day in week.days]


def _head(day: Day, today: date) -> DayHead:
    minutes = sum(one.duration_minutes or 0 for one in day.visits)
    told = joined(counted(len(day.visits), "visite"), duration(minutes) if minutes else "", by=" · ")
    note = day.holiday or (told if day.visits else "")
    title = f"{NAMES[day.on.weekday()][:3]}. {day.on:%d/%m}"
    return DayHead(day.on, title, note, day.worked, day.on == today)


def lines(week: Week) -> list[GridLine]:
    return [_line(line) for line in week.lines]


def _line(line: Line) -> GridLine:
    cells = [[card_of(one) for one in cell] for cell in line.cells]
    lasts = duration(line.minutes) if line.minutes else ""
    return GridLine(line.technician, line.technician or NOBODY, lasts, cells)


def month(weeks: Sequence[Sequence[Day]], today: date) -> list[list[MonthDay]]:
    return [[_day(day, today) for day in days] for days in weeks]


def _day(day: Day, today: date) -> MonthDay:
    told = [counted(len(day.visits), "visite") if day.visits else "aucune visite"]
    told += [f"dont {day.state.label.lower()}"] if day.state in {VisitState.MISSED, VisitState.DUE} else []
    sentence = joined(day_words(day.on, weekday=True), day.holiday, *told, by=", ")
    entries = [_entry(one) for one in day.visits]
    return MonthDay(day.on, day.holiday, day.worked, day.on == today, day.inside, entries, sentence)


def _entry(one: VisitRow) -> Entry:
    tone = "info" if one.state == VisitState.PLANNED else one.state.tone
    return Entry(GLYPHS.get(one.state, ICONS[one.kind]), tone, joined(one.label, one.site, by=" · "))
