"""The screens are tested in the dress of the program."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui import theme


@pytest.fixture(autouse=True)
def _dress(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 1.0)
