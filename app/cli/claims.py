"""The claim file and the claim letter on the command line: of a ticket, or of a contract over whole months."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.cli.console import opened, watch
from app.errors import Refused
from app.fields import this_day

FILE, LETTER = "preuve", "reclamation"
KINDS = (FILE, LETTER)
ARCHIVE = ".zip"


def report(args: argparse.Namespace) -> int:
    from app.storage.files import write_safely  # noqa: PLC0415 - each command imports what it needs

    if args.vierge:
        raise Refused("Ce papier ne s’imprime pas vierge.")
    if args.noter and args.type != LETTER:
        raise Refused("--noter ne vaut que pour une lettre de réclamation.")
    with opened(args, read_only=not (args.emettre or args.noter)) as store:
        with store.read() as session:
            kind, ref = _asked(session, args)
        if args.sortie.suffix.lower() == ARCHIVE:
            return _archive(store, kind, ref, args)
        made = _drawn(store, kind, ref, args)
    write_safely(args.sortie, made)
    print(args.sortie)
    return 0


def _asked(session: Any, args: argparse.Namespace) -> tuple[str, str]:
    """Which paper, and its whole reference."""
    from app.services.claim_file import asked, gather  # noqa: PLC0415 - as above

    if not args.ref:
        raise Refused("De quoi\u00a0? Donnez le numéro d’un ticket ou d’un contrat.")
    span = _span(args)
    if args.type == FILE and span is None and asked.is_ticket(session, args.ref):
        return FILE, args.ref
    number = asked.reference(args.ref, span) if span else args.ref
    kind = LETTER if args.type == LETTER else "preuve-contrat"
    return kind, gather.whole_reference(session, number, datetime.now(UTC))


def _span(args: argparse.Namespace) -> Any:
    from app.services.claim_file import asked  # noqa: PLC0415 - as above
    from app.services.periodic import when  # noqa: PLC0415

    if args.periode:
        found = when.read(args.periode)
        return asked.span(found.start, found.end)
    if args.du is None and args.au is None:
        return None
    last: date = args.au or this_day()
    return asked.span(args.du or last, last)


def _drawn(store: Any, kind: str, ref: str, args: argparse.Namespace) -> bytes:
    from app.services import papers  # noqa: PLC0415 - as above
    from app.services.claim_file import letter  # noqa: PLC0415

    now = datetime.now(UTC)
    if not (args.emettre or args.noter):
        with store.read() as session:
            return papers.draft(session, kind, ref, now)
    with store.begin("Émission d’un papier") as session:
        made = papers.issue(session, kind, ref, now) if args.emettre else 0
        pdf = papers.issued_bytes(session, made) if made else papers.draft(session, kind, ref, now)
        if args.noter:
            letter.note(session, ref, this_day(), now)
    return pdf


def _archive(store: Any, kind: str, ref: str, args: argparse.Namespace) -> int:
    from app.services.claim_file import dossier  # noqa: PLC0415 - as above

    if kind == LETTER:
        raise Refused("Une lettre s’écrit en .pdf.")
    target: Path = args.sortie
    made = watch(dossier.job(store, kind, ref, target, datetime.now(UTC), issue=args.emettre))
    print(f"{target}\u00a0: {made.sentence}\nSHA-256\u00a0: {made.sha256}")
    return 0
