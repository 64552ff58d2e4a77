import sqlite3

import pytest

from app.errors import StoreDamaged, StoreError, StoreReadOnly
from app.storage.errors import behind, explained


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        (sqlite3.SQLITE_BUSY, StoreError, "occupé"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreError, "occupé"),
        (sqlite3.SQLITE_FULL, StoreError, "plein"),
        (sqlite3.SQLITE_IOERR_FSYNC, StoreError, "disque"),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreReadOnly, "lecture seule"),
        (sqlite3.SQLITE_CANTOPEN, StoreError, "ouvert"),
        (sqlite3.SQLITE_CORRUPT, StoreDamaged, "abîmé"),
        (sqlite3.SQLITE_NOTADB, StoreDamaged, "abîmé"),
    ],
)
def test_a_fault_of_the_file_has_its_sentence(code: int, kind: type[StoreError], word: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    found = explained(error)
    assert type(found) is kind
    assert word in str(found)


@pytest.mark.parametrize("error", [None, ValueError("x"), sqlite3.IntegrityError("x")])
def test_a_bug_has_none(error: BaseException | None) -> None:
    assert explained(error) is None


def test_the_fault_behind_another_is_found() -> None:
    def clean_up_badly() -> None:
        try:
            raise StoreError("disque")
        finally:
            raise ValueError("en rangeant")

    with pytest.raises(ValueError, match="en rangeant") as caught:
        clean_up_badly()
    assert str(behind(caught.value)) == "disque"
    assert behind(ValueError("seule")) is None
