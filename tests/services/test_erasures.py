"""What an erasure begins with: what the inventory already knows (domain.md F.3)."""

from datetime import date
from typing import Any

from app.entities import ENTITIES
from app.models.codes import ComponentKind, ErasureCheck, ErasureLevel, MediumKind, Sensitivity
from app.services import erasures, records
from app.storage import Store

TODAY = date(2026, 11, 20)
DISK = {"kind": ComponentKind.DISK, "label": "Disque SSD", "size": "512 Go", "serial": "SN-A"}
LAPTOP, PHONE = 2, "Smartphone"


def asset(store: Store, family: int = LAPTOP, **more: Any) -> int:
    with store.begin() as session:
        return records.create(session, ENTITIES["asset"], {"family_id": family, "brand": "Dell", **more})


def component(store: Store, asset_id: int, **more: Any) -> None:
    with store.begin() as session:
        records.create(session, ENTITIES["component"], {**DISK, "asset_id": asset_id, **more})


def begun(store: Store, asset_id: int) -> dict[str, Any]:
    with store.read() as session:
        return erasures.begin(session, asset_id, TODAY)


def test_the_disk_and_the_data_are_proposed(ready: Store) -> None:
    one = asset(ready, personal_data=False)
    component(ready, one)
    assert begun(ready, one) == {
        "asset_id": one, "done_on": TODAY, "sensitivity": Sensitivity.ORDINARY, "medium": MediumKind.SSD,
        "medium_serial": "SN-A", "capacity": "512 Go",
    }  # fmt: skip


def test_nothing_known_is_nothing_proposed(ready: Store) -> None:
    one = asset(ready)
    assert begun(ready, one) == {"asset_id": one, "done_on": TODAY}


def test_the_size_alone_may_be_known(ready: Store) -> None:
    one = asset(ready, disk_gb=256, personal_data=True)
    found = begun(ready, one)
    assert (found["capacity"], found["sensitivity"]) == ("256\u00a0Go", Sensitivity.PERSONAL)
    assert "medium" not in found


def test_a_disk_taken_out_or_already_erased_is_not_proposed(ready: Store) -> None:
    one = asset(ready)
    component(ready, one, serial="SN-0", removed_on=TODAY)
    component(ready, one)
    component(ready, one, label="WDC WD10EZEX", serial="SN-B", size="1 To")
    with ready.begin() as session:
        values = {
            **erasures.begin(session, one, TODAY), "level": ErasureLevel.PURGE, "method": "sanitize",
            "verification": ErasureCheck.FULL, "succeeded": True, "operator": "Luc",
        }  # fmt: skip
        records.create(session, ENTITIES["erasure"], values)
    found = begun(ready, one)
    assert (found["medium_serial"], found["capacity"], found["medium"]) == ("SN-B", "1 To", MediumKind.HDD)


def test_the_memory_of_a_phone_is_its_own_kind(ready: Store) -> None:
    with ready.read() as session:
        [(family, _)] = [one for one in records.choices(session, "family", limit=50) if one[1] == PHONE]
    assert begun(ready, asset(ready, family))["medium"] == MediumKind.PHONE
