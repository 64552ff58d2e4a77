"""The papers of the program: drawn as drafts, or issued, that is frozen with their data and kept (papers.md 1).

A new paper is one line of PAPERS: how its data are gathered, how they are drawn, and what record it belongs to.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.fields import PARIS
from app.models import Campaign, Company, Intervention, IssuedPaper
from app.models.contract_codes import Choosing
from app.reports.identity import Stamp
from app.services import (
    asset_paper,
    campaign_papers,
    consultation_comparison,
    consultation_paper,
    contract_paper,
    documents,
    exit_papers,
    letter,
    meeting_paper,
    needs_paper,
    return_paper,
)
from app.services.inventory_report import inventory_report
from app.services.inventory_report.choices import Choices
from app.services.numbering import next_number
from app.storage import attachments


@dataclass(frozen=True)
class PaperKind:
    """`gather` takes the session, the record's id, the stamp, and by name what may be chosen before this paper is
    printed; `render` draws what it gives; `blank` draws the one to fill by hand, and `sheet` the one to fill by hand
    for a record.

    `prefix` begins the references that the program gives; without it the paper bears its record's own number.
    """

    key: str
    label: str
    title: str
    entity: str
    find: Callable[[Session, str | None], int | None]
    gather: Callable[..., Any]
    render: Callable[[Any], bytes]
    prefix: str = ""
    by_hand: bool = False
    """A paper to fill by hand and no other: neither a draft nor issued."""
    blank: Callable[[Session, Stamp], bytes] | None = None
    sheet: Callable[[Session, int, Stamp], bytes] | None = None
    word: Callable[[Any], bytes] | None = None
    """Draws the same as an editable Word file, for the papers that both sides mark up."""


@dataclass(frozen=True)
class IssuedRow:
    id: int
    label: str
    reference: str
    version: int
    issued_at: datetime
    file_name: str


def draft(session: Session, kind: str, ref: str | None, now: datetime, blank: bool = False, **chosen: Any) -> bytes:
    """The paper as it would be, watermarked and not kept; `blank`: the one to fill by hand."""
    paper = paper_named(kind)
    if paper.by_hand:
        return paper.render(paper.gather(session, None, Stamp(paper.title, "", draft=False), **chosen))
    if blank and paper.sheet is not None:
        return paper.sheet(session, paper.find(session, ref) or 0, Stamp(paper.title, ref or "", 1, now, draft=False))
    if blank:
        if paper.blank is None:
            raise Refused(f"«\u00a0{paper.label}\u00a0» n’a pas de modèle vierge.")
        return paper.blank(session, Stamp(paper.title, "", draft=False))
    record_id = paper.find(session, ref)
    reference = ref or f"{paper.prefix}-{_today(now).year}-projet"
    stamp = Stamp(paper.title, reference, _next_version(session, paper, reference), now, draft=True)
    return paper.render(paper.gather(session, record_id, stamp, **chosen))


def word(session: Session, kind: str, ref: str | None, now: datetime, **chosen: Any) -> bytes:
    """The paper as an editable Word file; Refused if it has none."""
    paper = paper_named(kind)
    if paper.word is None:
        raise Refused(f"«\u00a0{paper.label}\u00a0» n’existe pas en Word.")
    record_id = paper.find(session, ref)
    reference = ref or f"{paper.prefix}-{_today(now).year}-projet"
    stamp = Stamp(paper.title, reference, _next_version(session, paper, reference), now, draft=True)
    return paper.word(paper.gather(session, record_id, stamp, **chosen))


def issue(session: Session, kind: str, ref: str | None, now: datetime, **chosen: Any) -> int:
    """Freeze the paper's data, draw it, keep both; gives the id of the issued paper.

    Issued again under the same reference, it is the next version; the one before stays as it was.
    """
    paper = paper_named(kind)
    if paper.by_hand:
        raise Refused(f"«\u00a0{paper.label}\u00a0» se remplit à la main\u00a0: il ne s’émet pas.")
    record_id = paper.find(session, ref)
    reference = ref or next_number(session, f"{paper.prefix}-{_today(now).year}", 3)
    version = _next_version(session, paper, reference)
    stamp = Stamp(paper.title, reference, version, now, draft=False)
    gathered = paper.gather(session, record_id, stamp, **chosen)
    data = canonical(gathered)
    digest = hashlib.sha256(data.encode()).hexdigest()
    pdf = paper.render(replace(gathered, stamp=replace(gathered.stamp, data_hash=digest)))
    kept = IssuedPaper(
        kind=paper.key, reference=reference, number=version, entity=paper.entity, record_id=record_id, issued_at=now,
        data=data, data_sha256=digest, pdf_sha256=attachments.put(session, pdf),
        file_name=file_name(kind, reference, _today(now), version),
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept.id


def issued_bytes(session: Session, issued_id: int) -> bytes:
    """The very bytes that were issued, checked against their hash."""
    found = session.get(IssuedPaper, issued_id)
    if found is None or found.deleted_at is not None:
        raise NotFound("Ce papier n’existe plus.")
    return attachments.get(session, found.pdf_sha256)


def issued_row(session: Session, issued_id: int) -> IssuedRow:
    """What is told of an issued paper."""
    found = session.get(IssuedPaper, issued_id)
    if found is None:
        raise NotFound("Ce papier n’existe plus.")
    label = PAPERS[found.kind].label
    return IssuedRow(found.id, label, found.reference, found.number, found.issued_at, found.file_name)


def issued(session: Session, entity: str, record_id: int | None) -> list[IssuedRow]:
    """The papers issued for a record, newest first."""
    rows = session.execute(
        select(
            IssuedPaper.id, IssuedPaper.kind, IssuedPaper.reference, IssuedPaper.number, IssuedPaper.issued_at,
            IssuedPaper.file_name,
        )
        .where(IssuedPaper.entity == entity, IssuedPaper.record_id == record_id, IssuedPaper.deleted_at.is_(None))
        .order_by(IssuedPaper.issued_at.desc(), IssuedPaper.id.desc())
    )  # fmt: skip
    return [IssuedRow(row.id, PAPERS[row.kind].label, *row[2:]) for row in rows]


def paper_named(kind: str) -> PaperKind:
    if kind in PAPERS:
        return PAPERS[kind]
    raise Refused(f"Je ne connais pas le papier «\u00a0{kind}\u00a0». Papiers connus\u00a0: {', '.join(PAPERS)}.")


def file_name(kind: str, reference: str, on: date, version: int = 1) -> str:
    """« rapport-inventaire_RIE-2026-003_2026-11-21.pdf », « …-v2_… » when issued again: safe on every system."""
    bare = re.sub(r"[^\w.\-]+", "-", reference, flags=re.ASCII).strip("-.") or "vierge"
    bare += f"-v{version}" if version > 1 else ""
    return f"{paper_named(kind).label.lower().replace(' d’', '-')}_{bare}_{on.isoformat()}.pdf"


def canonical(value: Any) -> str:
    """One text for one content: keys sorted, dates in ISO 8601, times in UTC, pictures by their SHA-256, no space that
    could vary."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _today(now: datetime) -> date:
    return now.astimezone(PARIS).date()


def _next_version(session: Session, paper: PaperKind, reference: str) -> int:
    last = session.scalar(
        select(func.max(IssuedPaper.number)).where(IssuedPaper.kind == paper.key, IssuedPaper.reference == reference)
    )
    return (last or 0) + 1


# -- the papers -------------------------------------------------------------------------------------------------


def _company_id(session: Session, ref: str | None) -> int | None:
    """A reference given must be one already issued: it is issued again."""
    if ref and not session.scalar(select(IssuedPaper.id).where(IssuedPaper.reference == ref).limit(1)):
        raise NotFound(f"Aucun rapport ne porte la référence «\u00a0{ref}\u00a0».")
    return session.scalar(select(Company.id).where(Company.deleted_at.is_(None)).limit(1))


def _intervention_id(session: Session, ref: str | None) -> int | None:
    if not ref:
        raise Refused("Donnez le numéro de l’intervention, par exemple FI-2026-0001.")
    found = session.scalar(select(Intervention.id).where(Intervention.number == ref, Intervention.deleted_at.is_(None)))
    if found is None:
        raise NotFound(f"Aucune intervention ne porte le numéro «\u00a0{ref}\u00a0».")
    return found


def _campaign_id(session: Session, ref: str | None) -> int | None:
    if not ref:
        raise Refused("Donnez le numéro de la campagne, par exemple INV-2026-001.")
    found = session.scalar(select(Campaign.id).where(Campaign.number == ref, Campaign.deleted_at.is_(None)))
    if found is None:
        raise NotFound(f"Aucune campagne ne porte le numéro «\u00a0{ref}\u00a0».")
    return found


def _draw_gaps(report: Any) -> bytes:
    from app.reports import campaign  # noqa: PLC0415 - as below

    return campaign.render(report)


def _draw_tick_list(session: Session, record_id: int, stamp: Stamp) -> bytes:
    from app.reports import campaign  # noqa: PLC0415 - as below

    return campaign.render_list(campaign_papers.tick_list(session, record_id, stamp))


def _draw_needs(forms: Any) -> bytes:
    from app.reports import needs_form  # noqa: PLC0415 - reportlab is read when a paper is asked for

    return needs_form.render(forms)


def _draw_inventory(report: Any) -> bytes:
    from app.reports.inventory import render as inventory  # noqa: PLC0415 - reportlab is read when a paper is asked for

    return inventory.render(report)


def _draw_sheet(sheet: Any) -> bytes:
    from app.reports import intervention  # noqa: PLC0415 - as above

    return intervention.render(sheet)


def _draw_blank_sheet(session: Session, stamp: Stamp) -> bytes:
    from app.reports import intervention  # noqa: PLC0415 - as above

    return intervention.render_blank(documents.blank_sheet(session, stamp))


def _gather_inventory(session: Session, _: int | None, stamp: Stamp, choices: Choices | None = None) -> Any:
    return inventory_report(session, stamp, choices)


def _gather_sheet(session: Session, record_id: int | None, stamp: Stamp) -> Any:
    return documents.intervention_sheet(session, record_id or 0, stamp)


def _draw_asset(sheet: Any) -> bytes:
    from app.reports import asset_sheet  # noqa: PLC0415 - as above

    return asset_sheet.render(sheet)


def _draw_erasure(certificate: Any) -> bytes:
    from app.reports import erasure  # noqa: PLC0415 - as above

    return erasure.render(certificate)


def _draw_exit(sheet: Any) -> bytes:
    from app.reports import exit_sheet  # noqa: PLC0415 - as above

    return exit_sheet.render(sheet)


def _draw_return(sheet: Any) -> bytes:
    from app.reports import return_sheet  # noqa: PLC0415 - as above

    return return_sheet.render(sheet)


def _draw_reversibility(record: Any) -> bytes:
    from app.reports import return_record  # noqa: PLC0415 - as above

    return return_record.render(record)


def _draw_letter(told: Any) -> bytes:
    from app.reports import letter as drawing  # noqa: PLC0415 - as above

    return drawing.render(told)


def _gather_letter(session: Session, record_id: int | None, stamp: Stamp, choice: Choosing | None = None) -> Any:
    return letter.letter(session, record_id or 0, stamp, choice)


def _draw_written(written: Any) -> bytes:
    from app.reports import written_pdf  # noqa: PLC0415 - as above

    return written_pdf.render(written)


def _write_word(written: Any) -> bytes:
    from app.reports import written_word  # noqa: PLC0415 - as above

    return written_word.render(written)


def _draw_comparison(told: Any) -> bytes:
    from app.reports import comparison  # noqa: PLC0415 - as above

    return comparison.render(told)


PAPERS = {
    paper.key: paper
    for paper in (
        PaperKind(
            "inventaire", "Rapport d’inventaire", "Rapport d’inventaire et\u00a0d’état du parc", "company",
            _company_id, _gather_inventory, _draw_inventory,
            prefix="RIE",
        ),
        PaperKind(
            "intervention", "Fiche d’intervention", "Fiche d’intervention", "intervention", _intervention_id,
            _gather_sheet, _draw_sheet, blank=_draw_blank_sheet,
        ),
        PaperKind(
            "besoins", "Questionnaire des besoins", "Questionnaire des besoins informatiques", "need", lambda *_: None,
            needs_paper.questionnaires, _draw_needs, by_hand=True,
        ),
        PaperKind(
            "ecarts", "Écarts d’inventaire", "Écarts de l’inventaire physique", "campaign", _campaign_id,
            lambda session, record_id, stamp: campaign_papers.gap_report(session, record_id or 0, stamp), _draw_gaps,
            sheet=_draw_tick_list,
        ),
        PaperKind(
            "bien", "Fiche de bien", "Fiche de bien", "asset", asset_paper.found,
            lambda session, record_id, stamp: asset_paper.asset_sheet(session, record_id or 0, stamp), _draw_asset,
        ),
        PaperKind(
            "effacement", "Certificat d’effacement", "Certificat d’effacement de données", "erasure",
            exit_papers.erasure_found,
            lambda session, record_id, stamp: exit_papers.erasure_certificate(session, record_id or 0, stamp),
            _draw_erasure,
        ),
        PaperKind(
            "sortie", "Fiche de sortie", "Fiche de sortie du parc", "retirement", exit_papers.exit_found,
            lambda session, record_id, stamp: exit_papers.exit_sheet(session, record_id or 0, stamp), _draw_exit,
        ),
        PaperKind(
            "restitution", "Fiche de restitution", "Fiche de restitution", "person", exit_papers.person_found,
            lambda session, record_id, stamp: exit_papers.return_sheet(session, record_id or 0, stamp), _draw_return,
        ),
        PaperKind(
            "reversibilite", "PV de réversibilité", "Procès-verbal de réversibilité", "contract", return_paper.find,
            lambda session, record_id, stamp: return_paper.return_record(session, record_id or 0, stamp),
            _draw_reversibility,
        ),
        PaperKind(
            "contrat", "Projet de contrat", "Contrat", "contract", contract_paper.number_found,
            lambda session, record_id, stamp: contract_paper.contract_text(session, record_id or 0, stamp),
            _draw_written, word=_write_word,
        ),
        PaperKind(
            "lettre", "Lettre de préavis", "Lettre de préavis", "contract", letter.find, _gather_letter, _draw_letter,
        ),
        PaperKind(
            "ordre-du-jour", "Ordre du jour", "Ordre du jour de réunion", "meeting", meeting_paper.find,
            lambda session, record_id, stamp: meeting_paper.agenda(session, record_id or 0, stamp), _draw_written,
            word=_write_word,
        ),
        PaperKind(
            "reunion", "Compte rendu de réunion", "Compte rendu de réunion", "meeting", meeting_paper.find,
            lambda session, record_id, stamp: meeting_paper.minutes(session, record_id or 0, stamp), _draw_written,
            word=_write_word,
        ),
        PaperKind(
            "cahier-des-charges", "Cahier des charges", "Cahier des charges", "consultation",
            consultation_paper.number_found,
            lambda session, record_id, stamp: consultation_paper.specifications(session, record_id or 0, stamp),
            _draw_written, word=_write_word,
        ),
        PaperKind(
            "comparatif", "Comparatif des offres", "Comparatif des offres", "consultation",
            consultation_paper.number_found,
            lambda session, record_id, stamp: consultation_comparison.offer_comparison(session, record_id or 0, stamp),
            _draw_comparison,
        ),
    )
}  # fmt: skip
