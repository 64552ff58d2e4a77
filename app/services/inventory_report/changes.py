"""What changed since the report issued before: read from its frozen data, whatever version of the program wrote it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS, formats, joined
from app.models import IssuedPaper
from app.reports.inventory.data import SiteSection
from app.reports.inventory.facts import Changes
from app.reports.inventory.lines import Change

KIND = "inventaire"


@dataclass(frozen=True, slots=True)
class _Was:
    """An asset in a report: where, with whom, and its verdict if it was judged."""

    name: str
    place: str
    verdict: str


def changes(session: Session, sites: Sequence[SiteSection], site_ids: Sequence[int]) -> Changes | None:
    """Beside the last report of the same sites; None when there was none."""
    before = _before(session, site_ids)
    if before is None:
        return None
    paper, told = before
    was = dict(_frozen(told))
    now = {line.number: _Was(line.name, joined(site.name, line.room, line.holder, by=", "), line.verdict or "")
           for site in sites for family in site.families for line in family.lines}  # fmt: skip
    both = [(number, was[number], now[number]) for number in now if number in was]
    was_judged = any(one.verdict for one in was.values())
    return Changes(
        since=f"le rapport {paper.reference}, version {paper.number}.0 du "
        f"{formats.day_words(paper.issued_at.astimezone(PARIS).date())}",
        entered=tuple(Change(n, one.name, "", one.place) for n, one in now.items() if n not in was),
        left=tuple(Change(n, one.name, one.place, "") for n, one in was.items() if n not in now),
        moved=tuple(Change(n, b.name, a.place, b.place) for n, a, b in both if a.place != b.place),
        verdicts=tuple(
            Change(n, b.name, a.verdict, b.verdict) for n, a, b in both if was_judged and a.verdict != b.verdict
        ),
    )


def _before(session: Session, site_ids: Sequence[int]) -> tuple[Any, dict[str, Any]] | None:
    wanted = sorted(site_ids)
    papers = session.execute(
        select(IssuedPaper.id, IssuedPaper.reference, IssuedPaper.number, IssuedPaper.issued_at)
        .where(IssuedPaper.kind == KIND, IssuedPaper.deleted_at.is_(None))
        .order_by(IssuedPaper.issued_at.desc(), IssuedPaper.id.desc())
    )
    for paper in papers:
        data = session.scalar(select(IssuedPaper.data).where(IssuedPaper.id == paper.id))
        told: dict[str, Any] = json.loads(data or "{}")
        if sorted(told.get("site_ids", ())) == wanted:
            return paper, told
    return None


def _frozen(told: dict[str, Any]) -> Iterator[tuple[str, _Was]]:
    for site in told.get("sites", ()):
        for family in site.get("families", ()):
            for line in family.get("lines", ()):
                place = joined(site.get("name"), line.get("room"), line.get("holder"), by=", ")
                yield line["number"], _Was(line.get("name") or "", place, line.get("verdict") or "")
