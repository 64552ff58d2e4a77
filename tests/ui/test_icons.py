"""Every icon named in the program is shipped, takes its colour, and follows the theme."""

import re

import pytest
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.paths import resource
from app.ui import icons, theme, tokens
from app.ui.parts.basics import holder, row

SHIPPED = {file.stem for file in resource("icons").glob("*.svg")}
ASKED = re.compile(
    r'(?:pixmap|draw|icon|dress|Glyph|icon_button|button)\([^()"]*"([a-z0-9]+(?:-[a-z0-9]+)*)"|icon="([a-z0-9-]+)"'
)


def near(one: QColor, other: QColor) -> bool:
    """Smoothing may round a channel by one."""
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)  # type: ignore[call-overload]  # four integers
    return all(abs(a - b) <= 2 for a, b in pairs)


def colours(name: str, role: str) -> list[QColor]:
    image = icons.pixmap(name, role, 16, 2.0).toImage()
    seen = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [colour for colour in seen if colour.alpha() == 255]


def test_the_notice_is_shipped_with_the_icons() -> None:
    text = resource("icons/LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "MIT License" in text


@pytest.mark.parametrize("name", sorted(SHIPPED - {"parcometre"}))
@pytest.mark.usefixtures("qapp")
def test_an_icon_is_drawn_in_the_colour_asked(name: str) -> None:
    asked = theme.color("bad.solid")
    seen = colours(name, "bad.solid")
    assert seen
    assert all(near(colour, asked) for colour in seen)


def test_the_glyphs_of_the_tones_are_shipped() -> None:
    assert set(tokens.GLYPHS.values()) <= SHIPPED


def test_every_icon_named_in_the_code_is_shipped() -> None:
    root = resource("").parent / "app" / "ui"
    named = {
        one
        for file in root.rglob("*.py")
        for pair in ASKED.findall(file.read_text(encoding="utf-8"))
        for one in pair
        if "-" in one
    }
    assert named
    assert named <= SHIPPED


def test_dressed_things_follow_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button, action = QPushButton("Créer"), QAction("Créer")
    window = holder(row(button))
    qtbot.addWidget(window)
    action.setParent(window)
    targets: tuple[icons.Dressed, ...] = (button, action)
    for target in targets:
        icons.dress(target, "plus", "ink")
    before = [target.icon().cacheKey() for target in targets]
    theme.apply(qapp, "dark")
    assert all(old != target.icon().cacheKey() for old, target in zip(before, targets, strict=True))


@pytest.mark.usefixtures("qapp")
def test_the_emblem_of_the_program_is_drawn() -> None:
    assert not icons.app_icon().pixmap(64, 64).isNull()
