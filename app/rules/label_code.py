"""What the QR code of a label says, and what a reader makes of the code it meets (papers.md, « Étiquettes »)."""

import unicodedata

MARK = "PCM:B:"
"""Begins the code of an asset, so that it is not taken for another's."""
_TYPED = "&é\"'(-è_çà)§aAqQzZwW,?;:!mM"
_MEANT = "1234567890-6qQaAwWzZmM,./;:"
_MISTYPED = str.maketrans(_TYPED, _MEANT)
_FOR_DIGITS = frozenset("&é\"'(è_çà§")
"""What stands where an American keyboard has its digits: a code without them was not mistyped."""
_LONG = 8
"""Characters of a serial number, at least, that a maker's code announces by a letter."""


def content(number: str) -> str:
    """« PC-0001 » -> « PCM:B:PC-0001 »: plain capitals, which a QR code writes in little room."""
    bare = unicodedata.normalize("NFD", number.upper())
    return MARK + "".join(c for c in bare if not unicodedata.combining(c))


def meanings(read: str) -> tuple[str, ...]:
    """What the text typed by a reader may stand for, the likeliest first; empty for a blank.

    A reader set to an American keyboard types « PC?MBMPC)ààà& » for « PCM:B:PC-0001 » where the system expects a
    French one. Makers announce a serial number by « S », Lenovo by « 1S » and the product's ten signs (ANSI MH10.8.2).
    """
    told: dict[str, None] = {}
    typed = read.strip()
    for text in (typed, typed.translate(_MISTYPED)) if _FOR_DIGITS & set(typed) else (typed,):
        if is_label(text):
            return (text[len(MARK) :].strip(),)
        told[text] = None
    for text in tuple(told):
        capital = text.upper()
        if capital.startswith("1S") and len(text) > _LONG + 2:
            told[text[-_LONG:]] = None
        if capital.startswith("S") and len(text) > _LONG:
            told[text[1:]] = None
    return tuple(text for text in told if text)


def is_label(read: str) -> bool:
    """Whether the text is the code of one of our labels."""
    return read.strip().upper().startswith(MARK)
