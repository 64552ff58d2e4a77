"""What a spreadsheet would take for a formula, and the guard that stops it in a CSV (OWASP, reliability.md F13)."""

GUARD = "'"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def is_formula_like(text: str) -> bool:
    return text.startswith(_STARTS) or text.lstrip().startswith(_STARTS)


def guarded(text: str) -> str:
    """The text, after a sign that spreadsheets do not read when it begins like a formula."""
    return GUARD + text if is_formula_like(text) or text.startswith(GUARD) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    rest = text.removeprefix(GUARD)
    return rest if rest != text and (is_formula_like(rest) or rest.startswith(GUARD)) else text
