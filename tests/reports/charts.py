"""Charts of each shape, for the tests of both painters."""

from dataclasses import replace

from app.reports.chart_data import Chart, Shape, Unit, line, series

QUARTERS = ("T2 25", "T3 25", "T4 25", "T1 26", "T2 26", "T3 26")
RATE = replace(
    line(QUARTERS, [0.95, 0.94, None, 0.96, 0.92, 0.833], "Rétablissements dans le délai", Unit.RATIO),
    target=0.9,
    target_text="Objectif 90 %",
    tones=("", "", "", "", "", "bad"),
)
GRADE = Chart(
    shape=Shape.COLUMNS,
    sentence="Note sur quatre trimestres",
    labels=QUARTERS[2:],
    series=(series("Note", [76, 78, 73, 70]),),
    target=85,
    target_text="A\u00a0: 85",
    high=100,
)
VOLUME = Chart(
    shape=Shape.COLUMNS,
    sentence="Tickets ouverts et résolus",
    labels=QUARTERS,
    series=(series("Ouverts", [58, 51, 66, 72, 60, 67]), series("Résolus", [55, 54, 63, 70, 0, 62])),
)
ROWS = Chart(
    shape=Shape.ROWS,
    sentence="Satisfaction par question",
    labels=("Le dépannage est rapide", "On m’explique ce qui est fait", "L’accueil est courtois"),
    series=(series("2026", [3.4, None, 4.6]), series("2025", [3.1, 3.9, 0])),
    unit=Unit.NOTE,
    target=4,
    low=0,
    high=5,
)
SHARES = Chart(
    shape=Shape.SHARES,
    sentence="Réponses de 1 à 5",
    labels=("Rapide", "Clair", "Sans réponse"),
    series=tuple(series(str(note), [count, 3, 0]) for note, count in zip(range(1, 6), (1, 2, 5, 12, 9), strict=True)),
)
SIGNED = Chart(
    shape=Shape.COLUMNS,
    sentence="NPS",
    labels=("2024", "2025", "2026"),
    series=(series("NPS", [-12, 0, 28]),),
    unit=Unit.POINTS,
)
CHARTS = {"line": RATE, "grade": GRADE, "volume": VOLUME, "rows": ROWS, "shares": SHARES, "signed": SIGNED}
