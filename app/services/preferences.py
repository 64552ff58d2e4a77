"""The values of the declared settings that travel with the company's file."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.models import Setting as Kept
from app.settings import BY_KEY, SETTINGS, Setting


def get(session: Session, key: str) -> Any:
    """The chosen value, or the declared one."""
    setting = BY_KEY[key]
    kept = session.get(Kept, key)
    return json.loads(kept.value) if kept else setting.default


def everything(session: Session) -> dict[str, Any]:
    return {s.key: get(session, s.key) for s in SETTINGS if s.of_company}


def chosen(session: Session) -> tuple[tuple[str, str], ...]:
    """All that was changed, as it is kept: equal for two moments between which no setting changed."""
    rows = session.execute(select(Kept.key, Kept.value).where(Kept.key.in_(BY_KEY)).order_by(Kept.key))
    return tuple((row.key, row.value) for row in rows)


def save(session: Session, values: Mapping[str, Any]) -> None:
    """Keep the values given; InvalidFields, and nothing kept, if one is refused."""
    checked = check(values)
    for key, value in checked.items():
        session.merge(Kept(key=key, value=json.dumps(value)))
    session.flush()


def keep(session: Session, key: str, text: str) -> None:
    """A text of the program's own, beside the declared settings."""
    session.merge(Kept(key=key, value=text))
    session.flush()


def check(values: Mapping[str, Any]) -> dict[str, Any]:
    problems: dict[str, str] = {}
    kept: dict[str, Any] = {}
    for key, value in values.items():
        try:
            kept[key] = _checked(BY_KEY[key], value)
        except ValueError as error:
            problems[key] = str(error)
    if problems:
        raise InvalidFields(problems)
    return kept


def _checked(setting: Setting, value: Any) -> Any:
    if value is None and setting.field.required:
        raise ValueError("Ce réglage est obligatoire.")
    return setting.field.check(value)
