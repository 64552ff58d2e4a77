"""One description of a chart: its scale, its gaps, its places, its words; then its drawing on paper."""

from dataclasses import replace

import pytest

from app.reports import chart_data, charts
from app.reports.chart_data import Chart, Rect, Shape, Unit, kept, lay, line, scale, series, spark, ticks, written
from app.reports.identity import CompanyCard, Stamp
from app.reports.paper import Paper
from tests.reports.charts import CHARTS, GRADE, RATE, ROWS, SHARES, SIGNED, VOLUME
from tests.reports.reading import pages_of

PLOT = Rect(10, 20, 120, 60)


def paper() -> Paper:
    return Paper(CompanyCard("Essai"), Stamp("Essai", "R-1"))


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0, 34, [0, 10, 20, 30, 40]),
        (83.3, 96, [80, 85, 90, 95, 100]),
        (-12, 28, [-20, -10, 0, 10, 20, 30]),
        (0, 1, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_the_axis_has_round_steps(low: float, high: float, found: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(found)


@pytest.mark.parametrize("value", [5.0, 0.0, -3.0])
def test_one_value_alone_has_a_scale(value: float) -> None:
    steps = ticks(value, value)
    assert steps[0] <= value <= steps[-1]
    assert len(steps) > 1


def test_a_rate_ends_at_one_hundred_and_bars_stand_on_zero() -> None:
    assert scale(RATE)[-1] == pytest.approx(1)
    assert scale(replace(RATE, target=None, series=(series("", [1, 1, 1, 1, 1, 1]),)))[-1] == pytest.approx(1)
    assert scale(VOLUME)[0] == 0
    assert scale(SIGNED)[0] < 0 < scale(SIGNED)[-1]
    assert scale(GRADE)[-1] == 100


def test_a_line_is_cut_where_there_is_no_data() -> None:
    laid = lay(RATE, PLOT)
    assert [[dot.at for dot in run] for run in laid.runs] == [[0, 1], [3, 4, 5]]
    assert laid.dots[-1].y > (laid.target or 0)
    assert laid.dots[0].x == 20
    assert lay(replace(RATE, series=(series("", [None] * 6),), target=None), PLOT).runs == ()


def test_the_line_of_a_tile_goes_from_edge_to_edge_on_its_own_scale() -> None:
    laid = spark(RATE, PLOT)
    assert (laid.dots[0].x, laid.dots[-1].x) == (10, 130)
    assert (min(dot.y for dot in laid.dots), max(dot.y for dot in laid.dots)) == pytest.approx((20, 80))
    flat = spark(line(["a", "b"], [5, 5], "", Unit.COUNT), PLOT)
    assert [dot.y for dot in flat.dots] == [50, 50]
    assert spark(line([], [], "", Unit.COUNT), PLOT).dots == ()


def test_bars_stand_side_by_side_from_their_base() -> None:
    laid = lay(VOLUME, PLOT)
    assert len(laid.bars) == 11
    assert all(bar.box.bottom == pytest.approx(laid.base) == pytest.approx(80) for bar in laid.bars)
    first, second = laid.bars[0], next(bar for bar in laid.bars if bar.rank == 1)
    assert first.box.right == pytest.approx(second.box.x)
    below = next(bar for bar in lay(SIGNED, PLOT).bars if bar.value < 0)
    assert below.box.y == pytest.approx(lay(SIGNED, PLOT).base)


def test_rows_lie_and_shares_fill_the_whole_width() -> None:
    rows = lay(ROWS, PLOT)
    assert {bar.box.x for bar in rows.bars} == {10}
    assert max(bar.box.right for bar in rows.bars) < 130
    assert rows.target == pytest.approx(10 + 120 * 4 / 5)
    shares = lay(SHARES, PLOT)
    assert sum(bar.box.wide for bar in shares.bars if bar.at == 0) == pytest.approx(120)
    assert not [bar for bar in shares.bars if bar.at == 2]


def test_labels_leave_one_another_room_and_the_last_stays() -> None:
    assert list(kept(VOLUME, 600, 40)) == [0, 1, 2, 3, 4, 5]
    assert list(kept(VOLUME, 150, 40)) == [1, 3, 5]
    assert list(kept(VOLUME, 0, 40)) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.HOURS, 4.433, "4 h 26"), (Unit.RATIO, 0.8333, "83,3 %"), (Unit.RATIO, 0.9, "90,0 %"),
        (Unit.COUNT, 1234, "1 234"), (Unit.EUROS, 1234.4, "1 234 €"), (Unit.NOTE, 3.45, "3,5"),
        (Unit.POINTS, 28, "+28"), (Unit.POINTS, -12, "−12"), (Unit.POINTS, 0, "0"), (Unit.COUNT, None, "–"),
    ],
)  # fmt: skip
def test_values_are_written_by_their_unit(unit: Unit, value: float | None, text: str) -> None:
    assert written(unit, value).replace("\u00a0", " ") == text


def test_things_have_no_half_step() -> None:
    assert [chart_data.mark(Unit.COUNT, 2.5), chart_data.mark(Unit.NOTE, 2.5)] == ["", "2,5"]
    marks = [chart_data.mark(Unit.RATIO, value).replace("\u00a0", "") for value in (0.9, 0.925, 0.9925)]
    assert marks == ["90%", "92,5%", "99,25%"]


def test_a_chart_is_told_and_has_its_table() -> None:
    assert chart_data.told(RATE).replace("\u00a0", " ").startswith("T2 25 95,0 %, T3 25 94,0 %, T4 25 sans donnée")
    assert chart_data.told(VOLUME).startswith("Ouverts\u00a0: T2 25 58")
    assert chart_data.table(ROWS)[1] == ("On m’explique ce qui est fait", "–", "3,9")
    assert [RATE.tone(5), VOLUME.tone(5), VOLUME.bold] == ["bad", "", 5]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_each_chart_is_drawn_with_its_words(chart: Chart) -> None:
    made = paper()
    page = made.page()
    assert charts.draw(page, Rect(20, 30, 100, 45), chart) == 75
    charts.legend(page, 20, 80, chart)
    seen = " ".join(pages_of(made.finish()))
    assert chart.labels[-1] in seen
    assert all(one.name in seen for one in chart.series)


@pytest.mark.parametrize("shape", Shape)
def test_nothing_known_draws_too(shape: Shape) -> None:
    page = paper().page()
    empty = Chart(shape=shape, sentence="", labels=(), series=())
    assert charts.draw(page, PLOT, empty) == PLOT.bottom
    assert charts.draw(page, PLOT, replace(empty, labels=("oct.",), series=(series("", [None]),))) == PLOT.bottom


def test_the_line_of_a_tile_on_paper_says_what_its_dashes_are() -> None:
    made = paper()
    page = made.page()
    charts.tile_line(page, Rect(20, 30, 40, 20), RATE)
    charts.tile_line(page, Rect(20, 60, 40, 20), replace(RATE, series=(series("", [0.9] * 6),)))
    charts.tile_line(page, Rect(20, 90, 40, 20), replace(RATE, labels=(), series=(series("", []),), target=None))
    seen = " ".join(pages_of(made.finish())).replace("\u00a0", " ")
    assert "ligne coupée : sans donnée" in seen
    assert "tireté : objectif" in seen


def test_rows_ask_for_their_height() -> None:
    assert charts.rows_high(ROWS) > charts.rows_high(replace(ROWS, series=ROWS.series[:1]))
