"""Charts on the screen: they say every value, and are painted whatever they hold."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.reports import chart_data
from app.reports.chart_data import Chart, Shape, Unit, series
from app.ui.parts.charts import ChartView, Legend, fill_of
from tests.reports.charts import CHARTS


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_each_chart_is_painted_and_says_its_values(qtbot: QtBot, chart: Chart) -> None:
    view = ChartView(chart)
    qtbot.addWidget(view)
    view.resize(480, view.sizeHint().height())
    seen = view.grab().toImage()
    assert len({seen.pixelColor(x, y).name() for x in range(0, 480, 3) for y in range(0, seen.height(), 3)}) > 1
    assert view.accessibleName() == chart.sentence
    assert view.accessibleDescription() == chart_data.told(chart)


def test_a_chart_of_rows_is_as_high_as_they_ask(qtbot: QtBot) -> None:
    three, two = CHARTS["rows"], CHARTS["rows"]
    two = replace(two, labels=two.labels[:2], series=tuple(series(s.name, s.values[:2]) for s in two.series))
    views = [ChartView(three), ChartView(two)]
    for view in views:
        qtbot.addWidget(view)
    assert views[0].sizeHint().height() > views[1].sizeHint().height()


@pytest.mark.parametrize("shape", Shape)
def test_charts_without_any_value_are_painted(qtbot: QtBot, shape: Shape) -> None:
    for labels, values in (((), ()), (("oct.",), (None,)), (("oct.",), (0.0,))):
        chart = Chart(shape=shape, sentence="Rien", labels=labels, series=(series("a", values),), unit=Unit.RATIO)
        view = ChartView(chart)
        qtbot.addWidget(view)
        view.resize(300, 150)
        assert not view.grab().isNull()


def test_shares_go_from_faint_to_full(qtbot: QtBot) -> None:
    fills = [fill_of(Shape.SHARES, rank, 5).lightnessF() for rank in range(5)]
    assert len(set(fills)) == 5
    legend = Legend(("Pas du tout", "Tout à fait"), Shape.SHARES)
    qtbot.addWidget(legend)
    assert not legend.grab().isNull()
