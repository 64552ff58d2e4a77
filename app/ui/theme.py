"""The current colours, fonts and sizes. `apply` sets them on the application; everything painted asks here."""

import sys
from typing import Literal

from PySide6.QtCore import QDir, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.paths import resource
from app.ui import tokens
from app.ui.qss import style_sheet

Mode = Literal["light", "dark", "system"]
TABULAR = "tnum"
DESIGN_PIXELS = 13  # size of the body text on which every length of the design is given
WINDOWS_POINTS = 10.0  # its own 9 points are small at fifty

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "bad.text",
    QPalette.ColorRole.ToolTipBase: "inverse",
    QPalette.ColorRole.ToolTipText: "onInverse",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "onAccent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Mid: "edge",
    QPalette.ColorRole.Dark: "ctl",
    QPalette.ColorRole.Shadow: "edge",
}
_TEXT_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
    QPalette.ColorRole.Link,
)
# With high contrast asked for, every role is one of the system's own colours.
_SYSTEM = {
    "window": QPalette.ColorRole.Window,
    "accent": QPalette.ColorRole.WindowText,
    "onAccent": QPalette.ColorRole.Window,
    "accentHover": QPalette.ColorRole.WindowText,
    "inverse": QPalette.ColorRole.WindowText,
    "onInverse": QPalette.ColorRole.Window,
    "inverseLink": QPalette.ColorRole.Window,
}
_SYSTEM_GROUNDS = ("surface", "raised", "hover", "select", "accentSoft")


class _Theme(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "system"
        self.dark = False
        self.contrast = False
        self.text_scale = 1.0
        self.system_font: QFont | None = None
        self.base = QFont()
        self.factor = 1.0
        self.table: dict[str, str] = dict(tokens.LIGHT)
        self.colors: dict[str, QColor] = {}
        self.fonts: dict[str, QFont] = {}
        self.metrics: dict[str, QFontMetrics] = {}


_now = _Theme()
changed = _now.changed


def apply(app: QApplication, mode: Mode = "system", text_scale: float = 1.0, font: QFont | None = None) -> None:
    """Dress the whole application; call again to change anything. `font` stands for the system's own."""
    hints = app.styleHints()
    if _now.system_font is None:
        hints.colorSchemeChanged.connect(_follow)
    if font is not None or _now.system_font is None:
        _now.system_font = QFont(font or _system_font())
    _now.mode, _now.text_scale = mode, text_scale
    hints.setColorScheme(_SCHEMES[mode])
    _now.dark = mode == "dark" or (mode == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _dress(app, _contrast_asked(app))


_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


def _follow(scheme: Qt.ColorScheme) -> None:
    """The system turned dark or light: seen only when the person left the choice to it."""
    dark = scheme == Qt.ColorScheme.Dark
    app = QApplication.instance()
    if _now.mode == "system" and dark != _now.dark and isinstance(app, QApplication):
        _now.dark = dark
        _dress(app, _contrast_asked(app))


def _dress(app: QApplication, contrast: bool) -> None:
    _now.contrast = contrast
    if _now.contrast:
        app.setPalette(QPalette())  # the system's own again
    _now.table = _system_table(app.palette()) if _now.contrast else _own_table()
    for cache in (_now.colors, _now.fonts, _now.metrics):
        cache.clear()
    _now.base = _scaled_font()
    app.setFont(_now.base)
    _now.factor = QFontInfo(_now.base).pixelSize() / DESIGN_PIXELS
    if _now.contrast:
        app.setStyleSheet("")
    else:
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(palette())
        QDir.setSearchPaths("style", [str(resource("style"))])
        app.setStyleSheet(style_sheet(_now.table, _points(), scaled, "dark" if _now.dark else "light"))
    for widget in app.allWidgets():
        if (wanted := widget.property(_WIDTH)) is not None:
            widget.setFixedWidth(scaled(wanted))
    _now.changed.emit()


def _own_table() -> dict[str, str]:
    return dict(tokens.DARK if _now.dark else tokens.LIGHT)


def _system_table(system: QPalette) -> dict[str, str]:
    ground = system.color(QPalette.ColorRole.Window).name()
    ink = system.color(QPalette.ColorRole.WindowText).name()
    table = {role: ground if role in _SYSTEM_GROUNDS or role.endswith(".soft") else ink for role in tokens.LIGHT}
    return table | {role: system.color(name).name() for role, name in _SYSTEM.items()}


def _contrast_asked(app: QApplication) -> bool:
    """Qt tells it from 6.10 on; before that the system's wish is not known."""
    accessibility = getattr(app.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference().name == "HighContrast")


def _system_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform == "win32":
        font.setPointSizeF(WINDOWS_POINTS)
    return font


def _scaled_font() -> QFont:
    font = QFont(_now.system_font or _system_font())
    font.setPointSizeF(QFontInfo(font).pointSizeF() * _now.text_scale)
    return _with_tabular(font)


def _with_tabular(font: QFont) -> QFont:
    if hasattr(font, "setFeature"):
        font.setFeature(QFont.Tag(TABULAR), 1)
    return font


def _points() -> float:
    return _now.base.pointSizeF()


def is_dark() -> bool:
    return _now.dark


def palette() -> QPalette:
    """Every role of the three groups, so that the program is correct even without its style sheet."""
    filled = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role, name in _ROLES.items():
            filled.setColor(group, role, color(name))
    for role in _TEXT_ROLES:
        filled.setColor(QPalette.ColorGroup.Disabled, role, color("ctl"))
    filled.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, color("line"))
    return filled


def color(role: str) -> QColor:
    """The colour of « ink », « line », « warn.soft »…; kept until the theme changes, never to be modified."""
    found = _now.colors.get(role)
    if found is None:
        found = _now.colors[role] = QColor(_now.table[role])
    return found


def value(role: str) -> str:
    """The same as « #rrggbb »."""
    return _now.table[role]


def font(kind: str = "body") -> QFont:
    """The font of one of tokens.TYPES, its figures tabular."""
    found = _now.fonts.get(kind)
    if found is None:
        factor, weight = tokens.TYPES[kind]
        found = QFont(_now.base)
        found.setPointSizeF(_now.base.pointSizeF() * factor)
        found.setWeight(QFont.Weight(weight))
        _now.fonts[kind] = found
    return found


def metrics(kind: str = "body") -> QFontMetrics:
    found = _now.metrics.get(kind)
    if found is None:
        found = _now.metrics[kind] = QFontMetrics(font(kind))
    return found


def line(kind: str = "body") -> int:
    """Height of one line of text."""
    return metrics(kind).height()


def width(text: str, kind: str = "body") -> int:
    return metrics(kind).horizontalAdvance(text)


def scaled(length: float) -> int:
    """A length of the design (given for a text of 13 pixels) at the present size of text."""
    return round(length * _now.factor)


FRAME = QSize(2, 32)
"""Left to the title bar and borders of the system, so that the foot of a window is on the screen."""
_WIDTH = "designWidth"


def fit_size(widget: QWidget, width: int, height: int) -> None:
    """Give a dialog this size in pixels, or what the screen has: its buttons are never out of sight."""
    widget.resize(QSize(width, height).boundedTo(widget.screen().availableSize() - FRAME))


def fix_width(widget: QWidget, length: float) -> None:
    """Give a width of the design, that follows the size of text."""
    widget.setProperty(_WIDTH, length)
    widget.setFixedWidth(scaled(length))


def row_height() -> int:
    """Of a list's row: 26 at the base size."""
    return line() + 10


def control_height() -> int:
    """Of a button, a field, a chip: 30 at the base size."""
    return line() + 14


def ratio() -> float:
    """Device pixels per pixel, on the densest screen."""
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
