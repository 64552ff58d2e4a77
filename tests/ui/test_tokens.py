"""Contrast computed from the tokens: text 4.5:1 on each ground it can stand on, shapes 3:1."""

import re
from itertools import product

import pytest

from app import codes
from app.paths import resource
from app.ui import tokens

TABLES = {"light": tokens.LIGHT, "dark": tokens.DARK}
GROUNDS = ("window", "surface", "raised", "hover")
TONES = tuple(tokens.GLYPHS)
TEXT_ON = [
    *product(("ink", "ink2", "ink3"), GROUNDS),
    *product(("ink", "ink2", "accent"), ("select", "accentSoft")),
    *product(("accent",), GROUNDS),
    *((f"{tone}.text", ground) for tone in TONES for ground in (*GROUNDS, f"{tone}.soft")),
    *(("ink", f"{tone}.soft") for tone in TONES),
    *(("ink2", f"{tone}.soft") for tone in TONES),
    ("onAccent", "accent"),
    ("onAccent", "accentHover"),
    ("onInverse", "inverse"),
    ("inverseLink", "inverse"),
]
SHAPE_ON = [
    *((f"{tone}.solid", "surface") for tone in TONES),
    *((f"{tone}.solid", ground) for tone in ("ok", "warn", "bad", "hold", "info") for ground in ("window", "raised")),
    *product(("ctl",), ("surface", "window")),
    *product(("accent",), (*GROUNDS, "select")),
]


def luminance(value: str) -> float:
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", TABLES)
@pytest.mark.parametrize(("role", "ground"), TEXT_ON)
def test_text_is_read_on_its_grounds(mode: str, role: str, ground: str) -> None:
    assert contrast(TABLES[mode][role], TABLES[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", TABLES)
@pytest.mark.parametrize(("role", "ground"), SHAPE_ON)
def test_shapes_are_seen_on_their_grounds(mode: str, role: str, ground: str) -> None:
    assert contrast(TABLES[mode][role], TABLES[mode][ground]) >= 3


def test_both_tables_fill_the_same_roles() -> None:
    assert set(tokens.LIGHT) == set(tokens.DARK)


def test_every_tone_of_the_codes_has_its_own_glyph() -> None:
    assert set(tokens.GLYPHS) == set(codes.TONES)
    assert len(set(tokens.GLYPHS.values())) == len(codes.TONES)
    for tone in codes.TONES:
        assert {f"{tone}.text", f"{tone}.soft", f"{tone}.solid"} <= set(tokens.LIGHT)


@pytest.mark.parametrize("mode", TABLES)
def test_small_pictures_of_the_style_sheet_have_the_colours_of_the_tokens(mode: str) -> None:
    table = TABLES[mode]
    roles = {"chevron-down": "ink2", "chevron-up": "ink2", "chevron-down-off": "ctl", "check": "onAccent"}
    for name, role in (roles | {"minus": "onAccent"}).items():
        text = resource(f"style/{mode}/{name}.svg").read_text(encoding="utf-8")
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", text)) == {table[role]}


def test_no_colour_stands_outside_the_tokens() -> None:
    root = resource("").parent / "app" / "ui"
    for file in root.rglob("*.py"):
        if file.name != "tokens.py":
            text = file.read_text(encoding="utf-8")
            assert not re.findall(r"#[0-9A-Fa-f]{6}\b", text), file
            assert file.name == "theme.py" or ".setStyleSheet(" not in text, file
