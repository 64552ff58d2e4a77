"""Opening the company's file: nothing is written before everything was checked (reliability.md 2.3)."""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.errors import StoreDamaged, StoreError
from app.models import Action
from app.storage import engines, schema
from app.storage.copying import copy_base
from app.storage.errors import DAMAGED
from app.storage.files import replace_safely
from app.storage.header import Header, check_header, has_hot_journal, refuse_foreign
from app.storage.lock import identity, take_lock
from app.storage.places import refuse_unsafe_place
from app.storage.sealing import CLOCK_SLACK
from app.storage.store import Store

# A quick check reads the whole file: of a large one it is left to `Store.check`, after the opening.
CHECKED_AT_ONCE = 64 * 1024 * 1024

CRASHED = (
    "Le programme s’était arrêté pendant un enregistrement. L’enregistrement inachevé a été retiré\u00a0; "
    "tout ce qui était enregistré avant est là."
)
UNREACHABLE = "Le fichier «\u00a0{name}\u00a0» ne peut pas être ouvert ni créé à cet endroit ({reason})."
LOST = (
    "Le fichier «\u00a0{name}\u00a0» a disparu, mais son journal est encore là\u00a0: remettez le fichier à sa place, "
    "ou restaurez la dernière sauvegarde vérifiée."
)
PROTECTED = "Ce fichier ou son dossier est protégé en écriture\u00a0: il est ouvert en lecture seule."
CLOCK = "L’horloge de ce poste retarde sur le dernier enregistrement\u00a0: vérifiez la date et l’heure."
UNFINISHED = (
    "Le programme s’était arrêté pendant un enregistrement\u00a0: ouvrez d’abord ce fichier en écriture, "
    "pour que cet enregistrement inachevé soit retiré."
)
OLDER = "Ce fichier vient d’une version plus ancienne\u00a0: ouvrez-le une fois en écriture pour le mettre à niveau."
MIGRATED = (
    "Le fichier a été mis à niveau. Une copie vérifiée de son état d’avant est gardée\u00a0: «\u00a0{name}\u00a0»."
)
RULES_MENDED = "Des règles internes du fichier avaient été changées hors de l’application\u00a0: elles ont été remises."


def open_store(path: Path, *, read_only: bool = False, who: str | None = None) -> Store:
    """The file at `path`, made if it is missing. `who` is the name kept in the history (by default the session's).

    A StoreError says in French why a file cannot be opened, which is then left untouched.
    """
    try:
        return _open(path, who or identity(), read_only=read_only)
    except OSError as error:
        raise StoreError(UNREACHABLE.format(name=path.name, reason=error.strerror or error)) from error


def _open(path: Path, who: str, *, read_only: bool) -> Store:
    if read_only:
        return _open_to_read(path, who, [])
    refuse_unsafe_place(path, os.environ)
    if path.exists() and not _is_writable(path):
        return _open_to_read(path, who, [PROTECTED])
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    release = take_lock(path)
    try:
        if not path.exists():
            create_base(path)
        return _ready(Store(path, read_only=False, who=who, notices=_prepare(path), release=release))
    except BaseException:
        release()
        raise


def create_base(path: Path) -> None:
    """A new base, empty, readable by its owner only; it appears under its name once it is whole."""
    if has_hot_journal(path):
        raise StoreDamaged(LOST.format(name=path.name))
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    engine = engines.writer(part)
    with engine.begin() as connection:
        schema.create(connection)
    engines.leave(engine)
    replace_safely(part, path)


def _is_writable(path: Path) -> bool:
    """SQLite writes its journal beside the file: both must be writable."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _open_to_read(path: Path, who: str, notices: list[str]) -> Store:
    if not path.exists():
        raise StoreError(f"Le fichier «\u00a0{path.name}\u00a0» n’existe pas.")
    if check_header(path).user_version < schema.SCHEMA:
        raise StoreError(OLDER)
    store = Store(path, read_only=True, who=who, notices=notices, release=_nothing_held)
    try:
        return _ready(store)
    except StoreError as error:
        store.close()
        raise (StoreError(UNFINISHED) if has_hot_journal(path) else error) from error


def _ready(store: Store) -> Store:
    with store.read() as session:
        last = session.scalar(select(Action.at).order_by(Action.id.desc()).limit(1))
    if last is not None and datetime.now(UTC) < last - CLOCK_SLACK:
        store.notices.append(CLOCK)
    store.last_saved_at = last
    return store


def _nothing_held() -> None:
    """What a file opened to be read gives back at its closing."""


def _prepare(path: Path) -> list[str]:
    """All that must be true before the first act; returns the notices."""
    header = check_header(path)
    notices = [CRASHED] if has_hot_journal(path) else []
    engine = engines.writer(path)
    try:
        with engine.connect() as connection:
            run = connection.exec_driver_sql
            number: int = run("PRAGMA user_version").scalar_one()  # a rolled back journal may have changed the header
            refuse_foreign(run("PRAGMA application_id").scalar_one(), number)
            if _is_small(header) and run("PRAGMA quick_check(1)").scalar_one() != "ok":
                raise StoreDamaged(DAMAGED)
            changed = number == schema.SCHEMA and schema.present_triggers(connection) != schema.triggers()
            if changed:
                schema.install(connection)
                connection.commit()
    finally:
        engine.dispose()
    notices += [RULES_MENDED] if changed else []
    return notices + ([_upgrade(path, number)] if number < schema.SCHEMA else [])


def _is_small(header: Header) -> bool:
    return header.page_size * header.pages <= CHECKED_AT_ONCE


def _upgrade(path: Path, number: int) -> str:
    from app.storage.migrations import migrate  # noqa: PLC0415 - Alembic is read when a migration is due

    copy = path.with_name(f"{path.stem}.avant-migration-v{number}{path.suffix}")
    copy_base(path, copy)
    migrate(path)
    return MIGRATED.format(name=copy.name)
