"""The page of the indicators tells each of them as it is declared, with its code of EN 15341."""

import pytest

from app.kpi import REGISTRY
from app.kpi.registry import Kpi
from app.reports.guide_data import Grid, plain
from app.services import guide


@pytest.mark.parametrize("kpi", REGISTRY.values(), ids=REGISTRY)
def test_each_indicator_is_told(kpi: Kpi) -> None:
    grid = next(block for block in guide.page("indicateurs").blocks if isinstance(block, Grid))
    lines = {plain(line[0]): [plain(cell) for cell in line[1:]] for line in grid.rows}
    assert lines[kpi.label] == [kpi.formula.replace("12 mois", "12\u00a0mois"), kpi.en15341 or "–"]
