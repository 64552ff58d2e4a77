"""The design tokens: two tables of colours by role, the sizes of type, spaces and radii. No other hex value in `ui`."""

from typing import Final

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL, SPACE_XXL = 4, 8, 12, 16, 24, 32
RADIUS_BADGE, RADIUS_FIELD, RADIUS_BUTTON, RADIUS_CARD = 4, 5, 6, 8

LIGHT: Final = {
    "window": "#F3F4F6", "surface": "#FFFFFF", "raised": "#F8F9FA", "hover": "#F1F5F9", "select": "#DCE9F6",
    "line": "#E3E6EA", "edge": "#C5CBD4", "ctl": "#828B98",
    "ink": "#1A212C", "ink2": "#4E5968", "ink3": "#626C7B",
    "accent": "#1D5A94", "onAccent": "#FFFFFF", "accentHover": "#174A7B", "accentSoft": "#E5EEF7",
    "ok.text": "#17663C", "ok.soft": "#E3F2E9", "ok.solid": "#2A8F5B",
    "warn.text": "#7E4E00", "warn.soft": "#FBEFD6", "warn.solid": "#C07A00",
    "bad.text": "#A4211D", "bad.soft": "#FBE6E4", "bad.solid": "#C93832",
    "hold.text": "#573B92", "hold.soft": "#EDE8F7", "hold.solid": "#7758BD",
    "info.text": "#1D5A94", "info.soft": "#E5EEF7", "info.solid": "#3E7FBF",
    "mute.text": "#4E5968", "mute.soft": "#EBEDF1", "mute.solid": "#828B98",
    "inverse": "#1A212C", "onInverse": "#FFFFFF", "inverseLink": "#84B7EC",
}  # fmt: skip

DARK: Final = {
    "window": "#14171C", "surface": "#1C2026", "raised": "#22272E", "hover": "#252B33", "select": "#23405C",
    "line": "#2E343D", "edge": "#464E5A", "ctl": "#727C8B",
    "ink": "#E7EAEF", "ink2": "#AEB6C2", "ink3": "#949EAC",
    "accent": "#84B7EC", "onAccent": "#0C1A29", "accentHover": "#A1C9F3", "accentSoft": "#1E3347",
    "ok.text": "#86D3A6", "ok.soft": "#17352A", "ok.solid": "#4BAF7C",
    "warn.text": "#EDC06C", "warn.soft": "#3A2D14", "warn.solid": "#D09A34",
    "bad.text": "#FF9F97", "bad.soft": "#45201F", "bad.solid": "#E2645C",
    "hold.text": "#C5B3F1", "hold.soft": "#2F2748", "hold.solid": "#937AD3",
    "info.text": "#84B7EC", "info.soft": "#1E3347", "info.solid": "#5B97D3",
    "mute.text": "#AEB6C2", "mute.soft": "#2B313A", "mute.solid": "#727C8B",
    "inverse": "#E7EAEF", "onInverse": "#14171C", "inverseLink": "#1D5A94",
}  # fmt: skip

GLYPHS: Final = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-x",
    "hold": "circle-pause",
    "info": "circle-dot",
    "mute": "circle",
}

# Type: factor of the base size, weight. 500 shows as 400 where the font has none, so nothing rests on it alone.
TYPES: Final = {
    "figure_big": (2.4, 600),
    "figure": (1.85, 600),
    "page": (1.5, 600),
    "record": (1.38, 600),
    "amount": (1.15, 600),
    "card": (1.1, 600),
    "tab": (1.08, 500),
    "strong": (1.0, 600),
    "title": (1.0, 500),
    "body": (1.0, 400),
    "second": (0.94, 400),
    "second_title": (0.94, 500),
    "second_strong": (0.94, 600),
    "small": (0.92, 400),
    "small_title": (0.92, 500),
    "small_strong": (0.92, 600),
    "count": (0.85, 600),
}

FIRST_MARGIN = 16  # everything hangs from this left edge
CELL_MARGIN = 3  # what the style itself leaves at the left of a cell
COLUMN_GAP = 16  # between a right-aligned column and the next
