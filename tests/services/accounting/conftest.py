"""One open session on a real file for each test."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.storage import Store


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened
