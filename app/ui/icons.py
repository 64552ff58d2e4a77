"""Outline icons in the colour asked for, drawn once for each size and screen, then kept until the theme changes."""

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.paths import resource
from app.ui import theme

Dressed = QAbstractButton | QAction
_DRESS = ("icon_name", "icon_role", "icon_size")
AIR = 4
_WIDTH = re.compile(r'stroke-width="[^"]*"')
_STROKES = ((14, 2.3), (18, 1.9))  # up to this size, this stroke on the grid of 24
_WIDE_STROKE = 1.7
_pixmaps: dict[tuple[str, str, float, float], QPixmap] = {}


def pixmap(name: str, role: str = "ink", size: float = 16, ratio: float = 1.0) -> QPixmap:
    """`size` is that of the design (it grows with the text); `role` names a colour of the theme."""
    key = (name, role, size, ratio)
    found = _pixmaps.get(key)
    if found is None:
        found = _pixmaps[key] = _draw(name, role, size, ratio)
    return found


def draw(painter: QPainter, x: int, y: int, name: str, role: str = "ink", *, size: float = 16) -> None:
    """Paint with the left top corner at (x, y)."""
    painter.drawPixmap(x, y, pixmap(name, role, size, painter.device().devicePixelRatio()))


def icon(name: str, role: str = "ink", size: float = 16, air: int = 0) -> QIcon:
    """For buttons, actions and cells; `dress` keeps one in step with the theme. `air` is left free at its right."""
    made = QIcon()
    ratio = theme.ratio()
    usual = _aired(pixmap(name, role, size, ratio), air)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
        made.addPixmap(usual, mode)
    made.addPixmap(_aired(pixmap(name, "ctl", size, ratio), air), QIcon.Mode.Disabled)
    return made


def _aired(bare: QPixmap, air: int) -> QPixmap:
    """The style leaves four pixels between icon and word: too few."""
    if not air:
        return bare
    ratio = bare.devicePixelRatio()
    made = QPixmap(bare.width() + round(air * ratio), bare.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, bare)
    painter.end()
    return made


def dress(target: Dressed, name: str, role: str = "ink", size: float = 16) -> None:
    """Give a button or an action this icon, now and after each change of theme."""
    for key, value in zip(_DRESS, (name, role, size), strict=True):
        target.setProperty(key, value)
    _set(target)


def app_icon() -> QIcon:
    return QIcon(str(resource("icons/parcometre.svg")))


@cache
def source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def _draw(name: str, role: str, size: float, ratio: float) -> QPixmap:
    side = theme.scaled(size)
    stroke = next((width for limit, width in _STROKES if size <= limit), _WIDE_STROKE)
    text = _WIDTH.sub(f'stroke-width="{stroke}"', source(name)).replace("currentColor", theme.value(role))
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _set(target: Dressed) -> None:
    name, role, size = (target.property(key) for key in _DRESS)
    air = AIR if isinstance(target, QAbstractButton) and target.text() else 0
    target.setIcon(icon(name, role, size, air))
    if isinstance(target, QAbstractButton):
        side = theme.scaled(size)
        target.setIconSize(QSize(side + air, side))


def _on_change() -> None:
    _pixmaps.clear()
    for window in QApplication.topLevelWidgets():
        targets: list[Dressed] = [*window.findChildren(QAbstractButton), *window.findChildren(QAction)]
        for target in targets:
            if target.property(_DRESS[0]):
                _set(target)


theme.changed.connect(_on_change)
