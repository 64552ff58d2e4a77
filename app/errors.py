"""The family of errors that the program expects. Each carries one French sentence for the person at the screen."""

from collections.abc import Mapping


class AppError(Exception):
    """Something the user can understand and act upon; `str(error)` is the sentence shown."""


class InvalidFields(AppError):
    """Typed values that were refused: `problems` maps a field's name to its sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


class Refused(AppError):
    """The act is not allowed in the present state, or the file given cannot be used."""


class NotFound(AppError):
    """The record asked for does not exist, or is in the bin."""


class StaleRecord(AppError):
    """The record was changed by another act since it was read: nothing was written."""


class StoreError(AppError):
    """The company's file cannot be used as asked."""


class StoreLocked(StoreError):
    """Another program holds the file: `holder` says who, as far as is known."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(f"Ce fichier est déjà ouvert ({holder}). Fermez-le là-bas, ou ouvrez-le ici en lecture seule.")


class StoreNewer(StoreError):
    """The file was written by a later version of the program: it was left untouched."""


class StoreDamaged(StoreError):
    """The file fails its checks: it was left untouched."""


class StoreReadOnly(StoreError):
    """Writing was asked of a file opened for reading only."""
