"""A write unit of a new company's file."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.storage import Store


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened
