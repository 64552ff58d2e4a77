"""Forms recorded without a screen, for the command line: only what was read without any doubt, unless told otherwise.

A doubtful line is never guessed: kept all the same, it is left without answer.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.errors import AppError
from app.fields import counted, joined, listed
from app.jobs import Job
from app.models.upkeep_codes import AnswerSource
from app.services import form_kinds, forms
from app.services.form_returns import FormKind, Given, Returned, Target, proofs, sorted_out
from app.services.importing.jobs import spread
from app.services.reading.form_data import LineState, PageKind, PageRead
from app.storage import Store

State = Literal["recorded", "ready", "aside", "refused"]
SAID: dict[State, str] = {
    "recorded": "enregistrée",
    "ready": "serait enregistrée",
    "aside": "laissée de côté",
    "refused": "non lue",
}
UNKNOWN = "«\u00a0{}\u00a0» n’est pas dans ce fichier"
NO_NUMBER = "son numéro n’a pas pu être lu"
OTHER = "fiche d’un modèle que ce fichier ne connaît pas"
TO_READ = "à relire dans le programme"
MOST = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """One form, or a page that is none: where it was, what became of it, and why. `doubts` names its doubtful lines,
    `written` the places where something stands in handwriting."""

    source: str
    page: int
    reference: str
    state: State
    why: str
    doubts: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """« pile.pdf, page 3 · EV-2026-0024 · laissée de côté : 1 ligne à vérifier (Essai fait devant vous ?) »."""
        parts = [f"{self.source}, page {self.page}", self.reference, SAID[self.state]]
        told = joined(*parts, by=" · ") + (f"\u00a0: {self.why}" if self.why else "")
        hand = f" · à la main\u00a0: {listed(list(self.written), MOST)}" if self.written else ""
        return told + hand

    def as_json(self) -> dict[str, Any]:
        return {
            "fichier": self.source,
            "page": self.page,
            "fiche": self.reference or None,
            "resultat": SAID[self.state],
            "detail": self.why,
            "a_verifier": list(self.doubts),
            "a_la_main": list(self.written),
        }


def import_job(
    store: Store, paths: Sequence[Path], *, everything: bool = False, dry_run: bool = False
) -> Job[list[Imported]]:
    """Each form in its own act. `everything` keeps those with doubts too, their doubtful lines without answer."""
    with store.read() as session:
        kinds = form_kinds.every(session)
    with tempfile.TemporaryDirectory(prefix="parcometre-", ignore_cleanup_errors=True) as folder:
        pages = yield from forms.read_job(spread(paths), Path(folder), [kind.model for kind in kinds])
        found = sorted_out(pages, kinds)
        return [_one(store, form, pages, everything=everything, dry_run=dry_run) for form in found]


def _one(store: Store, form: Returned, pages: Sequence[PageRead], *, everything: bool, dry_run: bool) -> Imported:
    if form.kind is None:
        first = form.first
        told = first.told or (OTHER if first.kind == PageKind.FORM else first.kind.label)
        return _told(form, "refused", told)
    with store.read() as session:
        target = form.kind.find(session, form.first.reference, form.first.sheet) if form.first.reference else None
    if why := _against(form, target, everything=everything):
        return _told(form, "aside", why)
    assert target is not None  # noqa: S101 - else there is a reason against it
    if dry_run:
        return _told(form, "ready", "")
    try:
        return _told(form, "recorded", _keep(store, form.kind, form, target, pages))
    except AppError as error:
        return _told(form, "aside", str(error))


def _against(form: Returned, target: Target | None, *, everything: bool) -> str:
    """Why a form waits for a person; empty when nothing does."""
    if target is None:
        return UNKNOWN.format(form.first.reference) if form.first.reference else NO_NUMBER
    if target.received:
        return target.received
    if everything:
        return ""
    reasons = []
    if doubts := _doubts(form):
        reasons.append(f"{counted(len(doubts), 'ligne')} à vérifier ({listed(list(doubts), MOST)})")
    if form.pale:
        reasons.append("feuille pâle ou vierge")
    if form.missing > 0:
        reasons.append(f"il manque {counted(form.missing, 'page')}")
    return f"{', '.join(reasons)}, {TO_READ}" if reasons else ""


def _keep(store: Store, kind: FormKind, form: Returned, target: Target, pages: Sequence[PageRead]) -> str:
    given = Given(
        lines={name: value for page in form.pages for name, value in page.answers.items()},
        texts={name: text for page in form.pages for name, text in page.texts.items()},
        values=target.start,
        source=form.source,
        files=proofs(form, pages),
        sheet=form.first.sheet,
    )
    with store.begin(f"Fiche lue\u00a0: {form.first.reference}") as session:
        kept = kind.keep(session, target, given)
    return joined(kept.told.partition("\u00a0: ")[2], kept.why, by=". ")


def _doubts(form: Returned) -> tuple[str, ...]:
    assert form.kind is not None  # noqa: S101 - asked of forms only
    read = {line.name: line.state for page in form.pages for line in page.lines}
    return tuple(line.label for line in form.kind.model.lines if read.get(line.name) is LineState.DOUBT)


def _written(form: Returned) -> tuple[str, ...]:
    """In handwriting, that nothing can read."""
    assert form.kind is not None  # noqa: S101 - as above
    if form.source is AnswerSource.FIELDS:
        return ()
    seen = {area.name for page in form.pages for area in page.areas if area.written and not area.text}
    return tuple(area.label for area in form.kind.model.areas if area.name in seen and area.kind == "text")


def _told(form: Returned, state: State, why: str) -> Imported:
    first, known = form.first, form.kind is not None
    return Imported(
        first.source.name,
        first.number,
        first.reference,
        state,
        why,
        _doubts(form) if known else (),
        _written(form) if known else (),
    )
