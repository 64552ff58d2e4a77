"""Forms read and waiting for a person's word: what each answers to, page with page, and how it is kept (papers.md 3).

A kind of form (the evaluation G1, a satisfaction survey) tells its `FormKind`; sorting, the confirmation on screen and
the typed entry are the same for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.fields import Field
from app.models.upkeep_codes import AnswerSource
from app.reports.form_model import FormModel
from app.services.reading.form_data import PageKind, PageRead

File = tuple[str, bytes]
"""Its name, and what it holds."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a form answers to. `about` tells it in a line; `received` is a sentence when its answers are known already.

    Without `id`, keeping the form makes its record. `start` are the first values of the kind's own fields.
    """

    id: int | None
    title: str
    about: str = ""
    received: str = ""
    start: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person confirmed, or typed. `values` are those of the kind's own fields; `again`: to take the place of
    what was received before."""

    lines: Mapping[str, int | None]
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    source: AnswerSource
    files: tuple[File, ...] = ()
    sheet: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """The record written, what is told of it, and what it calls for: a link (« ticket:12 ») and its sentence."""

    id: int
    told: str
    calls: str = ""
    why: str = ""


class FormKind(Protocol):
    """`entity` is the key of what a reference chosen by hand names; `fields` are asked beside the answers."""

    @property
    def model(self) -> FormModel: ...
    @property
    def one(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...
    @property
    def kept_words(self) -> str:
        """What becomes of the picture of the form."""

    @property
    def without(self) -> str:
        """What becomes of a form kept without saying what it answers to; empty where that cannot be."""

    def find(self, session: Session, reference: str, sheet: int) -> Target | None:
        """What the code of a form names; None if the base knows nothing of it."""

    def chosen(self, session: Session, record_id: int | None, sheet: int) -> Target:
        """What a person chose in the list; None: a form that bears no number."""

    def keep(self, session: Session, target: Target, given: Given) -> Kept:
        """Write it. Refused or InvalidFields with what a person can put right."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One form: its pages in their order, and its kind; None for a page that is no form, told why."""

    pages: tuple[PageRead, ...]
    kind: FormKind | None

    @property
    def first(self) -> PageRead:
        return self.pages[0]

    @property
    def doubts(self) -> int:
        return sum(page.doubts for page in self.pages)

    @property
    def pale(self) -> bool:
        return any(page.pale for page in self.pages)

    @property
    def source(self) -> AnswerSource:
        return AnswerSource.FIELDS if self.first.fields else AnswerSource.SCAN

    @property
    def missing(self) -> int:
        """How many pages of the model did not come back."""
        return len(self.kind.model.pages) - len(self.pages) if self.kind else 0


TYPED = AnswerSource.TYPED


def proofs(form: Returned, pages: Sequence[PageRead]) -> tuple[File, ...]:
    """What is kept of a form that came back: the PDF filled on screen when it holds nothing else, else its pages as
    they came."""
    whole = {one.source for one in form.pages}
    others = [one for one in pages if one.source in whole and one not in form.pages]
    if form.first.fields and not others and len(whole) == 1:
        return ((form.first.source.name, form.first.source.read_bytes()),)
    return tuple((_name(one, one.scan), one.scan.read_bytes()) for one in form.pages if one.scan is not None)


def _name(page: PageRead, scan: Path) -> str:
    """« pile.pdf, page 3 » as the name of its picture."""
    return f"{page.source.stem}-{page.number}{scan.suffix}"


def sorted_out(pages: Sequence[PageRead], kinds: Sequence[FormKind]) -> list[Returned]:
    """The forms in the order they came, blank pages left out; the pages of one sheet are one form."""
    known = {kind.model.key: kind for kind in kinds}
    open_: dict[tuple[str, str, int], list[PageRead]] = {}
    found: list[tuple[list[PageRead], FormKind | None]] = []
    for page in pages:
        kind = known.get(page.model) if page.kind == PageKind.FORM else None
        if kind is None:
            if page.kind != PageKind.BLANK:
                found.append(([page], None))
            continue
        whose = (page.model, page.reference, page.sheet)
        begun = open_.get(whose)
        if begun is None or not page.reference or any(page.page == one.page for one in begun):
            begun = open_[whose] = []
            found.append((begun, kind))
        begun.append(page)
    return [Returned(tuple(sorted(some, key=lambda one: one.page)), kind) for some, kind in found]
