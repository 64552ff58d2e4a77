"""Forms to be filled by hand and read back: the paper, and the PDF filled on screen (papers.md 3)."""

from app.reports.form_data import Forms


def render(forms: Forms) -> bytes:
    """All the copies in one PDF, page after page; nothing is ever ticked beforehand."""
    raise NotImplementedError


def render_fillable(forms: Forms) -> bytes:
    """The same page with fields over its boxes. One copy only: two would share their fields."""
    raise NotImplementedError
