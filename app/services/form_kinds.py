"""The kinds of forms that may come back: what was printed tells which one a page is."""

from sqlalchemy.orm import Session

from app.services.evaluations.returned import KIND
from app.services.form_returns import FormKind
from app.services.satisfaction import returned


def every(session: Session) -> tuple[FormKind, ...]:
    """The evaluation first: a page that could not be read is most likely one."""
    return (KIND, *returned.kinds(session))
