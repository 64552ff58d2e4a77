"""The screens are tested in the dress of the program."""

import pytest
from app.ui import theme
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _dress(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 1.0)
