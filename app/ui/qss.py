"""The one style sheet, built from the tokens. Parts choose their look by the properties `kind`, `type` and `ink`."""

from collections.abc import Callable
from string import Template

from app.ui import tokens

Table = dict[str, str]

_GROUND = """
QMainWindow, QMainWindow > QWidget#central { background: $window; }
QDialog, QMessageBox { background: $surface; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: ${card}px; }
QFrame[kind="box"] { background: $raised; border: 1px solid $line; border-radius: ${button}px; }
QFrame[kind="bar"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[kind="foot"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[kind="dialogfoot"] { background: $raised; border: 0; border-top: 1px solid $line; }
QFrame[kind="pane"] { background: $surface; border: 0; border-left: 1px solid $line; }
QFrame[kind="panebelow"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[kind="plainpage"] { background: $surface; border: 0; }
QFrame[kind="hairline"] { background: $line; border: 0; }
QFrame[kind="inverse"] { background: $inverse; border: 0; border-radius: ${card}px; }
QScrollArea { background: transparent; border: 0; }
QScrollArea[kind="ground"], QScrollArea[kind="ground"] > QWidget { background: $window; }
QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $ctl; }
QToolTip { background: $inverse; color: $onInverse; border: 0; padding: 4px 6px; }
"""

_BUTTONS = """
QPushButton { background: $surface; color: $ink; border: 1px solid $edge; border-radius: ${button}px;
  padding: ${padv}px ${padh}px; outline: none; }
QPushButton:hover { background: $hover; border-color: $ctl; }
QPushButton:pressed, QPushButton:open { background: $select; }
QPushButton:focus { border: 2px solid $accent; padding: ${padvf}px ${padhf}px; }
QPushButton:disabled { color: $ctl; border-color: $line; background: transparent; }
QPushButton[kind="primary"] { background: $accent; color: $onAccent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $accentHover;
  border-color: $accentHover; }
QPushButton[kind="primary"]:focus { border-color: $ink; }
QPushButton[kind="primary"]:disabled { background: $mute_soft; border-color: $mute_soft; color: $ctl; }
QPushButton[kind="quiet"], QPushButton[kind="icon"], QPushButton[kind="bare"] { background: transparent;
  border-color: transparent; }
QPushButton[kind="quiet"], QPushButton[kind="link"] { color: $accent; }
QPushButton[kind="quiet"]:hover { background: $accentSoft; }
QPushButton[kind="icon"]:hover, QPushButton[kind="bare"]:hover { background: $mute_soft; }
QPushButton[kind="bare"] { color: $ink2; font-size: ${second_pt}pt; padding: ${padv}px 5px; }
QPushButton[kind="bare"]:focus { padding: ${padvf}px 4px; }
QPushButton[kind="icon"] { padding: ${padv}px ${padi}px; }
QPushButton[kind="icon"]:focus { padding: ${padvf}px ${padif}px; }
QPushButton[kind="link"] { background: transparent; border: 0; border-radius: 0; padding: 6px 0; text-align: left; }
QPushButton[kind="link"][under="true"] { padding: 2px 0 10px 0; }
QPushButton[kind="link"][fact="true"], QPushButton[kind="link"][fact="true"]:focus { padding: 0; }
QPushButton[kind="link"]:focus { background: $accentSoft; border: 0; border-bottom: 2px solid $accent;
  padding: 6px 0 4px 0; }
QPushButton[kind="link"][under="true"]:focus { padding: 2px 0 8px 0; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"][tone="bad"] { color: $bad_text; text-decoration: underline; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="icon"]:focus,
QPushButton[kind="bare"]:focus { border-color: $accent; }
QPushButton[kind="quiet"]:disabled, QPushButton[kind="icon"]:disabled, QPushButton[kind="link"]:disabled {
  color: $ctl; border-color: transparent; }
QPushButton[kind="inverse"] { background: transparent; border: 2px solid transparent; color: $inverseLink;
  font-weight: 600; }
QPushButton[kind="inverse"]:hover { text-decoration: underline; }
QPushButton[kind="inverse"]:focus { border-color: $inverseLink; }
QPushButton[kind="segment"] { border: 0; border-left: 1px solid $line; border-radius: 0; background: transparent;
  padding: ${padv}px ${padh}px; }
QPushButton[kind="segment"][first="true"] { border-left: 0; }
QPushButton[kind="segment"]:hover { background: $hover; }
QPushButton[kind="segment"]:checked { background: $select; color: $accent; border: 1px solid $accent;
  border-radius: ${field}px; font-weight: 600; padding: ${fieldv}px ${padhf}px; }
QPushButton[kind="segment"]:focus { border: 2px solid $accent; border-radius: ${field}px;
  padding: ${fieldvf}px 10px; }
QFrame[kind="segments"] { background: $surface; border: 1px solid $ctl; border-radius: ${button}px; }
QPushButton::menu-indicator { image: none; width: 0; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $surface; color: $ink;
  placeholder-text-color: $ink3; border: 1px solid $ctl; border-radius: ${field}px; padding: ${fieldv}px ${padf}px;
  selection-background-color: $accent; selection-color: $onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: ${fieldvf}px ${padff}px; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"],
QAbstractSpinBox[readOnly="true"] { background: $raised; border-color: $line; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: $raised; color: $ctl; border-color: $line; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QTextEdit[invalid="true"], QComboBox[invalid="true"],
QAbstractSpinBox[invalid="true"] { border-color: $bad_solid; }
QTextEdit[kind="words"], QTextEdit[kind="words"]:focus { background: transparent; border: 0; padding: 0; }
QLineEdit[kind="search"] { background: $window; }
QLineEdit[kind="cell"] { border-radius: 0; padding: 0 2px; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: 0; padding: 0; background: transparent; }
QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: ${arrow}px;
  background: transparent; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("style:$mode/chevron-down.svg");
  width: ${glyph}px; height: ${glyph}px; }
QComboBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:disabled {
  image: url("style:$mode/chevron-down-off.svg"); }
QAbstractSpinBox::up-arrow { image: url("style:$mode/chevron-up.svg"); width: ${small}px; height: ${small}px; }
QAbstractSpinBox::down-arrow { width: ${small}px; height: ${small}px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView, QListView[kind="suggestions"] { background: $surface; border: 1px solid $edge;
  outline: none; }
QListView[kind="suggestions"]::item, QComboBox QAbstractItemView::item { padding: 4px 7px; }
QCheckBox, QRadioButton { spacing: 8px; border: 2px solid transparent; border-radius: ${badge}px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $ctl; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: ${tick}px; height: ${tick}px;
  border: 1px solid $ctl; border-radius: ${badge}px; background: $surface; }
QRadioButton::indicator { border-radius: ${round}px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border-color: $accent;
  image: url("style:$mode/check.svg"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: $accent;
  border-color: $accent;
  image: url("style:$mode/minus.svg"); }
QRadioButton::indicator:checked { border: ${dot}px solid $accent; background: $onAccent; width: ${core}px;
  height: ${core}px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $raised; }
"""

_VIEWS = """
QAbstractItemView { background: $surface; color: $ink; border: 0; outline: none;
  selection-background-color: $select; selection-color: $ink; }
QTableView[kind="list"] { selection-background-color: transparent; selection-color: $ink; }
QHeaderView { background: $raised; border: 0; }
QTabBar[kind="record"] { background: transparent; font-weight: 500; }
QTabBar[kind="record"]::tab { background: transparent; color: $ink2; border: 0; border-bottom: 2px solid transparent;
  padding: ${tabv}px ${tabh}px; margin: 0; }
QTabBar[kind="record"]::tab:hover { color: $ink; border-bottom-color: $edge; }
QTabBar[kind="record"]::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar[kind="record"]::tab:selected:focus { background: $accentSoft; }
QTabBar[kind="record"][small="true"]::tab { font-size: ${small_pt}pt; padding: ${tabv}px ${tabn}px; }
QTabBar[kind="views"] { background: transparent; font-size: ${small_pt}pt; }
QTabBar[kind="views"]::tab { background: $surface; color: $ink; border: 1px solid $edge; border-radius: ${button}px;
  padding: ${padv}px ${padh}px; margin: 0 8px 0 0; }
QTabBar[kind="views"]::tab:hover { border-color: $ctl; }
QTabBar[kind="views"]::tab:selected { background: $select; border-color: $accent; color: $accent; }
QTabBar[kind="views"]::tab:selected:focus { border: 2px solid $accent; padding: ${padvf}px ${padhf}px; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: ${bar}px; }
QScrollBar:horizontal { height: ${bar}px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $ctl; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenuBar { background: $surface; color: $ink; border: 0; padding: 0 4px; }
QMenuBar::item { background: transparent; padding: 5px 8px; border-radius: ${badge}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $select; }
QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px 0; }
QMenu::item { padding: 5px 28px 5px 12px; background: transparent; }
QMenu::item:selected { background: $select; }
QMenu::item:disabled { color: $ctl; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QProgressBar { background: $mute_soft; border: 0; border-radius: 4px; max-height: 8px; min-height: 8px;
  text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
"""


def style_sheet(table: Table, points: float, scaled: Callable[[float], int], mode: str) -> str:
    """`points` is the size of the body text; `scaled` fits a design length to it; `mode` is « light » or « dark »."""
    names = {role.replace(".", "_"): value for role, value in table.items()}
    names |= {name: str(length) for name, length in _lengths(scaled).items()}
    names |= {"mode": mode, "small_pt": _size(points, "small"), "second_pt": _size(points, "second")}
    text = Template(_GROUND + _BUTTONS + _FIELDS + _VIEWS).substitute(names)
    return text + _labels(table, points)


def _size(points: float, kind: str) -> str:
    return f"{points * tokens.TYPES[kind][0]:.2f}"


def _lengths(scaled: Callable[[float], int]) -> dict[str, int]:
    """Paddings go down by one where the focus thickens the border, so that nothing moves."""
    return {
        "badge": tokens.RADIUS_BADGE, "field": tokens.RADIUS_FIELD,
        "button": tokens.RADIUS_BUTTON, "card": tokens.RADIUS_CARD,
        "padv": 6, "padvf": 5, "padh": 12, "padhf": 11, "padi": 4, "padif": 3,
        "fieldv": 5, "fieldvf": 4, "padf": 9, "padff": 8,
        "tabv": 9, "tabh": 10, "tabn": 4, "bar": 10, "arrow": scaled(24), "glyph": scaled(14), "small": scaled(10),
        "tick": scaled(15), "round": scaled(15) // 2 + 1, "dot": scaled(5),
        "core": scaled(15) + 2 - 2 * scaled(5),
    }  # fmt: skip


def _labels(table: Table, points: float) -> str:
    """Text by `type` (its size and weight) and by `ink` (its colour); the grounds of the tones."""
    sizes = [
        f'QLabel[type="{kind}"] {{ font-size: {points * factor:.2f}pt; font-weight: {weight}; }}'
        for kind, (factor, weight) in tokens.TYPES.items()
    ]
    inks = [f'QLabel[ink="{role}"] {{ color: {value}; }}' for role, value in table.items() if _is_text(role)]
    banners = [
        f'QFrame[kind="banner-{tone}"] {{ background: {table[f"{tone}.soft"]}; border: 0; '
        f"border-radius: {tokens.RADIUS_BUTTON}px; }}"
        for tone in tokens.GLYPHS
    ]
    return "\n".join([*sizes, *inks, *banners])


def _is_text(role: str) -> bool:
    return role.endswith(".text") or role in {"ink", "ink2", "ink3", "accent", "onAccent", "onInverse"}
