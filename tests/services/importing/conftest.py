from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage import Store
from tests.services.importing.bench import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    base = new_store(tmp_path)
    yield base
    base.close()
