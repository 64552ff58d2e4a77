"""What a person types in a search box, made into a full-text expression that cannot fail."""

MAX_WORDS = 12


def match_expression(text: str) -> str | None:
    """Every word typed must begin a word of the record: « pc-12 dup » -> « "pc-12"* AND "dup"* ».

    Each word goes quoted, so that no sign of it is read as an operator; None when there is no letter and no digit.
    """
    readable = "".join(c if c.isprintable() else " " for c in text)
    words = [word for word in readable.split() if any(c.isalnum() for c in word)]
    return " AND ".join(f'"{word.replace(chr(34), chr(34) * 2)}"*' for word in words[:MAX_WORDS]) or None
