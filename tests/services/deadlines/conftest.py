"""A company's file in which deadlines are put one by one."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.services import setup
from app.storage import Store


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        setup.ensure(opened)
        yield opened
