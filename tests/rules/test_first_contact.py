"""Solved at the first contact (domain.md B.2, FCR; B.3: T2 alone)."""

import pytest

from app.rules.first_contact import solved_at_first_contact
from tests.rules.test_service_level import T3, T5, course, june


@pytest.mark.parametrize(
    ("acts", "visits", "expected"),
    [
        pytest.param(("opened 01 09:30", "taken 01 10:00", "contact 01 10:30", "contact 01 11:30", "resolved 01 14:30"),
                     ("01 10:00",), False, id="T1, two contacts"),
        pytest.param(("opened 02 11:00", "taken 02 11:15", "resolved 02 11:40"), ("02 11:15",), True, id="T2"),
        pytest.param(T3, ("08 13:00",), False, id="T3, a visit later"),
        pytest.param(T5, (), False, id="T5, reopened"),
        pytest.param(("opened 22 08:00", "taken 22 09:20", "resolved 22 13:00"), ("22 10:00",), False, id="T7"),
        pytest.param(("opened 01 10:00", "taken 01 10:10", "transferred 01 10:20", "resolved 01 11:00"), (), False,
                     id="handed over"),
        pytest.param(("opened 01 10:00", "taken 01 10:10", "contact 01 10:10", "resolved 01 11:00"), (), True,
                     id="one call"),
        pytest.param(("opened 01 10:00", "taken 01 10:10"), (), None, id="not solved"),
    ],
)  # fmt: skip
def test_first_contact(acts: tuple[str, ...], visits: tuple[str, ...], expected: bool | None) -> None:
    assert solved_at_first_contact(course(*acts), [june(one) for one in visits]) is expected
