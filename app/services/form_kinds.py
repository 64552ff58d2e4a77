"""The kinds of forms that may come back: what was printed tells which one a page is."""

from sqlalchemy.orm import Session

from app.services.evaluations.returned import KIND
from app.services.form_returns import FormKind


def every(session: Session) -> tuple[FormKind, ...]:  # noqa: ARG001 - the questionnaires in use are in the base
    """The evaluation first: a page that could not be read is most likely one."""
    return (KIND,)
