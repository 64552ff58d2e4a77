"""What must be proved before an asset leaves (domain.md F.3)."""

import pytest

from app.models.codes import ErasureLevel, ExitKind
from app.rules import leaving
from app.rules.leaving import Erased

PURGED, DESTROYED = Erased("ssd", "purge", True), Erased("hdd", "destroy", True)
CLEARED, FAILED = Erased("ssd", "clear", True), Erased("ssd", "purge", False)


@pytest.mark.parametrize(
    ("kind", "personal", "has_disk", "erased", "found"),
    [
        ("sale", True, True, [], "erase"),
        ("sale", True, True, [CLEARED], "clear"),
        ("sale", True, True, [FAILED], "failed"),
        ("sale", True, True, [FAILED, PURGED], None),
        ("gift", True, True, [CLEARED, DESTROYED], None),
        ("weee", True, False, [], "erase"),
        ("take_back", None, True, [], "ask"),
        ("take_back", None, True, [CLEARED], "ask"),
        ("take_back", None, True, [PURGED], None),
        ("take_back", None, False, [], None),
        ("destruction", False, True, [], None),
        ("rental_end", True, True, [DESTROYED], None),
        ("theft", True, True, [], None),
        ("theft", None, True, [], None),
    ],
)
def test_what_keeps_an_asset_from_leaving(
    kind: str, personal: bool | None, has_disk: bool, erased: list[Erased], found: str | None
) -> None:
    assert leaving.doubt(kind, personal, has_disk, erased) == found


@pytest.mark.parametrize(
    ("kind", "personal", "encrypted", "found"),
    [
        ("theft", True, None, True),
        ("theft", True, False, True),
        ("theft", None, None, True),
        ("theft", True, True, False),
        ("theft", False, None, False),
        ("sale", True, False, False),
    ],
)
def test_what_is_a_violation_of_data(kind: str, personal: bool | None, encrypted: bool | None, found: bool) -> None:
    assert leaving.is_breach(kind, personal, encrypted) is found


def test_the_words_of_the_rules_are_those_of_the_lists() -> None:
    assert set(leaving.PROOFS) == {kind.value for kind in ExitKind}
    assert {member.value for member in ErasureLevel} >= leaving.ENOUGH
    assert {leaving.LOST, *leaving.SOLD} <= set(leaving.PROOFS)


@pytest.mark.parametrize(
    ("name", "medium"),
    [
        ("Disque SSD", "ssd"),
        ("Samsung MZVL2512HCJQ-00BL7", "ssd"),
        ("KXG60ZNV256G NVMe", "ssd"),
        ("WDS500G2B0A", "ssd"),
        ("Disque magnétique", "hdd"),
        ("WDC WD10EZEX-08WN4A0", "hdd"),
        ("ST1000DM010-2EP102", "hdd"),
        ("Disque 7200 tr/min", "hdd"),
        ("Disque", None),
    ],
)
def test_the_name_of_a_disk_tells_its_kind(name: str, medium: str | None) -> None:
    assert leaving.medium_of(name) == medium
