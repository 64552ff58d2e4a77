"""The periodic report on the command line: of a period, made one of or not, as a PDF or a workbook."""

import argparse
from datetime import UTC, datetime
from typing import Any

from app.cli.console import opened
from app.errors import Refused
from app.fields import this_day

KIND = "periodique"
WORKBOOK = ".xlsx"


def report(args: argparse.Namespace) -> int:
    from app.storage.files import write_safely  # noqa: PLC0415 - each command imports what it needs

    if args.vierge:
        raise Refused("Un rapport périodique ne s’imprime pas vierge.")
    if not args.ref:
        raise Refused("De quelle période\u00a0? Écrivez 2026-06 (un mois), 2026-T3 (un trimestre) ou 2026 (une année).")
    book = args.sortie.suffix.lower() == WORKBOOK
    if book and args.emettre:
        raise Refused("Un classeur se corrige\u00a0: il ne s’émet pas. Donnez un nom en .pdf.")
    with opened(args, read_only=not args.emettre) as store:
        made = _issued(store, args) if args.emettre else _drawn(store, args, book=book)
    write_safely(args.sortie, made)
    print(args.sortie)
    return 0


def _issued(store: Any, args: argparse.Namespace) -> bytes:
    from app.services import papers  # noqa: PLC0415 - as above
    from app.services.periodic import reviews, when  # noqa: PLC0415

    with store.begin("Émission d’un rapport périodique") as session:
        number = args.ref
        if reviews.numbered(session, number) is None:
            contract = reviews.contract_named(session, args.contrat)
            made = reviews.ensure(session, when.read(args.ref), contract, this_day())
            number = reviews.found(session, made).number
        return papers.issued_bytes(session, papers.issue(session, KIND, number, datetime.now(UTC)))


def _drawn(store: Any, args: argparse.Namespace, *, book: bool) -> bytes:
    """From its record, or of a period nobody made one of."""
    from app.reports.identity import Stamp  # noqa: PLC0415 - as above
    from app.services import papers  # noqa: PLC0415
    from app.services.periodic import gather, reviews, when  # noqa: PLC0415

    paper, now = papers.paper_named(KIND), datetime.now(UTC)
    draw = paper.book if book else paper.render
    with store.read() as session:
        known = reviews.numbered(session, args.ref)
        if known is None:
            period, contract = when.read(args.ref), reviews.contract_named(session, args.contrat)
            known = reviews.of_period(session, period, contract)
        if known is not None:
            stamp = Stamp(paper.title, reviews.found(session, known).number, data_at=now)
            told = gather.of_review(session, known, stamp)
        else:
            stamp = Stamp(paper.title, reviews.reference(session, period, contract), data_at=now)
            told = gather.report(session, period, contract, stamp)
    return draw(told)  # type: ignore[misc] # it has both
