"""Commands that write papers, lists and files to hand over."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.cli import claims, periodic, planned
from app.cli.console import opened, watch
from app.errors import Refused
from app.fields import this_day

LABELS = "etiquettes"
"""Printed as the papers are, but neither a draft nor issued."""
EDITED = {".docx": "Word", ".xlsx": "Excel"}


def report(args: argparse.Namespace) -> int:
    from app.services import papers  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    if args.type not in claims.KINDS and (args.periode or args.du or args.au or args.noter):
        raise Refused(f"«\u00a0{args.periode or '--du, --au, --noter'}\u00a0» ne vaut que pour preuve et reclamation.")
    if args.type == LABELS:
        return _labels(args)
    if args.type in planned.PLANNED:
        return planned.report(args)
    if args.type == periodic.KIND:
        return periodic.report(args)
    if args.type in claims.KINDS:
        return claims.report(args)
    if args.sortie.suffix.lower() in EDITED:
        return _edited(args)
    paper = papers.paper_named(args.type)
    with opened(args, read_only=not (args.emettre or paper.prepare)) as store:
        if paper.prepare is not None:
            pdf = _form(store, paper, args)
        elif args.remplissable:
            with store.read() as session:
                pdf = papers.fillable(session, args.type, args.ref)
        elif args.emettre:
            with store.begin("Émission d’un papier") as session:
                chosen = _chosen(session, args)
                made = papers.issue(session, args.type, args.ref, datetime.now(UTC), **chosen)
                pdf = papers.issued_bytes(session, made)
        else:
            with store.read() as session:
                chosen = _chosen(session, args)
                pdf = papers.draft(session, args.type, args.ref, datetime.now(UTC), blank=args.vierge, **chosen)
    write_safely(args.sortie, pdf)
    print(args.sortie)
    return 0


def _form(store: Any, paper: Any, args: argparse.Namespace) -> bytes:
    """A form that is expected back once it is printed."""
    from app.services import papers  # noqa: PLC0415

    if not args.ref and not args.vierge:
        raise Refused(f"De quoi\u00a0? Donnez un numéro, ou --vierge\u00a0: «\u00a0{paper.label}\u00a0».")
    with store.begin(f"{paper.label} à remplir") as session:
        ref = paper.prepare(session, args.ref, this_day())
        if args.remplissable:
            return papers.fillable(session, paper.key, ref)
        return papers.draft(session, paper.key, ref, datetime.now(UTC))


def _edited(args: argparse.Namespace) -> int:
    """As a Word file or an Excel workbook."""
    from app.services import papers  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    suffix = args.sortie.suffix.lower()
    if args.emettre or args.vierge:
        raise Refused(f"Un fichier {EDITED[suffix]} se corrige\u00a0: il ne s’émet pas. Donnez un nom en .pdf.")
    make = papers.word if suffix == ".docx" else papers.book
    with opened(args, read_only=True) as store, store.read() as session:
        made = make(session, args.type, args.ref, datetime.now(UTC), **_chosen(session, args))
    write_safely(args.sortie, made)
    print(args.sortie)
    return 0


def _chosen(session: Any, args: argparse.Namespace) -> dict[str, Any]:
    """What is chosen of the inventory report, the rest being as the last time; or of the questionnaire of needs."""
    if args.source is not None or args.nominatif:
        return _chosen_of_needs(args)
    if args.site is None and args.sections is None:
        return {}
    from app.services.inventory_report import choices  # noqa: PLC0415

    if args.type != "inventaire":
        raise Refused("--site et --sections ne valent que pour le rapport d’inventaire.")
    asked = choices.last(session)
    if args.site is not None:
        asked = replace(asked, sites=choices.sites_named(session, args.site))
    if args.sections is not None:
        asked = replace(asked, sections=choices.sections_named(args.sections.split(",")))
    return {"choices": asked}


def _chosen_of_needs(args: argparse.Namespace) -> dict[str, Any]:
    from app.services import needs_paper  # noqa: PLC0415

    if args.type != "besoins":
        raise Refused("--source et --nominatif ne valent que pour le questionnaire des besoins.")
    asked = replace(needs_paper.ALL, named=args.nominatif)
    if args.source is not None:
        asked = replace(asked, sources=tuple(needs_paper.source_named(name) for name in args.source))
    return {"choices": asked}


def _labels(args: argparse.Namespace) -> int:
    from app.services import labels  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    options = labels.LabelOptions(args.planche, args.premiere)
    with opened(args, read_only=True) as store:
        pdf = watch(labels.job(store, labels.in_place(args.filtre), options, this_day()))
    write_safely(args.sortie, pdf)
    print(args.sortie)
    return 0


def export_list(args: argparse.Namespace) -> int:
    if args.entite == "comptable":
        return _accounts_book(args)
    if args.exercice is not None:
        raise Refused("--exercice ne vaut que pour le classeur comptable.")
    if args.entite == "parc":
        return _fleet_book(args)
    from app.services import export  # noqa: PLC0415

    entity = export.entity_named(args.entite)
    with opened(args, read_only=True) as store:
        n = watch(export.list_job(store, entity, args.sortie, args.filtre))
    print(f"{args.sortie}\u00a0: {entity.counted(n)}")
    return 0


def _fleet_book(args: argparse.Namespace) -> int:
    from app.services import fleet_book  # noqa: PLC0415

    with opened(args, read_only=True) as store:
        n = watch(fleet_book.job(store, args.sortie))
    print(f"{args.sortie}\u00a0: {n} biens")
    return 0


def _accounts_book(args: argparse.Namespace) -> int:
    from app.services.accounting import book  # noqa: PLC0415

    if args.exercice is None:
        raise Refused("Dites de quel exercice\u00a0: --exercice 2026, l’année de sa clôture.")
    with opened(args, read_only=True) as store:
        made = watch(book.job(store, args.exercice, args.sortie))
    print(f"{args.sortie}\u00a0: {book.told(made)}")
    return 0


def give_back(args: argparse.Namespace) -> int:
    from app.services import return_dossier  # noqa: PLC0415
    from app.services.numbered import by_number  # noqa: PLC0415

    with opened(args, read_only=True) as store:
        with store.read() as session:
            contract = by_number("contract")(session, args.ref)
        made = watch(return_dossier.job(store, contract, args.sortie, datetime.now(UTC)))
    print(f"{args.sortie}\u00a0: {made.sentence}")
    return 0


def write_guide(args: argparse.Namespace) -> int:
    from app.services.guide.book import pdf  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    write_safely(args.sortie, pdf(this_day()))
    print(args.sortie)
    return 0
