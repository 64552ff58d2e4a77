"""Kinds of cases by their SMBIOS number (SMBIOS 3.7, 7.4.1), in the words of inventory_format."""

_WORDS = {
    **dict.fromkeys((8, 9, 10, 14, 31, 32), "Notebook"),
    **dict.fromkeys((3, 4, 5, 6, 7, 13, 15, 16, 24, 34, 35, 36), "Desktop"),
    **dict.fromkeys((17, 23, 25, 28, 29), "Main Server Chassis"),
    11: "Hand Held",
    30: "Tablet",
}


def case_of(number: object) -> str:
    """« Notebook » for 10 or « 10 »; an empty text for what tells nothing."""
    text = str(number).strip()
    return _WORDS.get(int(text), "") if text.isascii() and text.isdigit() and len(text) < 4 else ""  # noqa: PLR2004
