"""Active repair time (domain.md B.2)."""

from datetime import UTC, datetime

import pytest

from app.rules.repair import active_minutes


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, 1, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sessions", "minutes"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([(at(9), at(11), 90)], 90, id="less than it lasted"),
        pytest.param([(at(9), None, 30)], 30, id="end not known"),
        pytest.param([(at(9), at(11), 120), (at(9), at(11), 120)], 120, id="two technicians at once"),
        pytest.param([(at(10), at(12), 120), (at(9), at(11), 120)], 180, id="overlapping in part"),
        pytest.param([(at(9), at(11), 40), (at(9), at(11), 40)], 80, id="one after the other in the same hours"),
        pytest.param([(at(9), at(10), 60), (at(10), at(11), 60)], 120, id="touching"),
        pytest.param([(at(9), at(10), 25), (at(14), at(15), 60), (at(14, 30), at(15), 30)], 85, id="two visits"),
    ],
)
def test_active_minutes(sessions: list[tuple[datetime, datetime | None, int]], minutes: int) -> None:
    assert active_minutes(sessions) == minutes
