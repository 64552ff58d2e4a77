"""Commands on what the company keeps: fill, import, list, measure, remind."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.cli.console import opened, print_json, print_table, watch
from app.errors import Refused
from app.fields import this_day

FORMS = Path("evaluations")
"""`importer evaluations FICHIER…`: forms filled by hand, and nothing else."""
CALENDAR = "calendaire"
"""`--base calendaire`: minutes of the clock on the wall."""
TICKETS = Path("tickets")
"""`importer tickets FICHIER…`: lists of tickets of another tool, and nothing else."""


def demo(args: argparse.Namespace) -> int:
    from app.services import example, setup  # noqa: PLC0415 - each command imports what it needs

    with opened(args) as store:
        with store.read() as session:
            if not setup.is_empty(session):
                raise Refused("Cette base n’est pas vide\u00a0: l’entreprise d’exemple n’y a pas été ajoutée.")
        watch(example.fill_job(store, seed=args.graine, assets=args.biens, tickets=args.tickets))
        print(f"L’entreprise d’exemple est prête\u00a0: {args.base}")
    return 0


def import_files(args: argparse.Namespace) -> int:
    """Electronic invoices are told from lists and inventories by their first bytes, lists of tickets by their headings;
    forms are asked for by name."""
    from app.services.invoices import reading  # noqa: PLC0415

    if args.fichiers[0] == FORMS and not FORMS.exists():
        return _import_forms(args, args.fichiers[1:])
    if args.fichiers[0] == TICKETS and not TICKETS.exists():
        return _import_tickets(args, args.fichiers[1:])
    invoices, others = reading.apart(args.fichiers)
    said: dict[str, Any] = {}
    with opened(args) as store:
        tickets, lists = _apart(args, store, others)
        if lists or not (invoices or tickets):
            said |= _import_lists(args, store, lists)
        refused = _bring_tickets(args, store, tickets, said) if tickets else False
        refused |= _import_invoices(args, store, invoices, said) if invoices else False
    if args.json:
        print_json(said)
    return 1 if refused else 0


def _import_forms(args: argparse.Namespace, paths: Sequence[Path]) -> int:
    """What was read, the doubts, the pages not recognised; 1 when something waits for a person."""
    from app.services import form_import  # noqa: PLC0415

    if not paths:
        raise Refused("Donnez les fichiers des fiches\u00a0: scans, photos ou PDF remplis.")
    with opened(args) as store:
        made = watch(form_import.import_job(store, paths, everything=args.tout, dry_run=args.essai))
    if args.json:
        print_json({"evaluations": [one.as_json() for one in made]})
    for one in made if not args.json else ():
        print(one.sentence, file=sys.stdout if one.state in {"recorded", "ready"} else sys.stderr)
    return 1 if any(one.state in {"aside", "refused"} for one in made) else 0


def _apart(args: argparse.Namespace, store: Any, paths: Sequence[Path]) -> tuple[Sequence[Path], Sequence[Path]]:
    """Lists of tickets of another tool, told by their headings, and the other files."""
    from app.services import export, ticket_import  # noqa: PLC0415

    if args.liste and export.entity_named(args.liste).key != "ticket":
        return (), paths
    tickets, others = watch(ticket_import.apart_job(store, paths))
    return tickets, others


def _import_tickets(args: argparse.Namespace, paths: Sequence[Path]) -> int:
    """What was added and completed, the lines refused; 1 when there are some."""
    if not paths:
        raise Refused("Donnez les fichiers\u00a0: des listes de tickets, en CSV ou en Excel.")
    said: dict[str, Any] = {}
    with opened(args) as store:
        refused = _bring_tickets(args, store, paths, said)
    if args.json:
        print_json(said)
    return 1 if refused else 0


def _bring_tickets(args: argparse.Namespace, store: Any, paths: Sequence[Path], said: dict[str, Any]) -> bool:
    """Whether a line was refused."""
    from app.services import importing, ticket_import  # noqa: PLC0415

    told = importing.read_columns(args.correspondance) if args.correspondance else {}
    options = importing.Options(columns=told, sheet=args.feuille)
    made = watch(ticket_import.import_job(store, paths, options, dry_run=args.essai))
    said["tickets"] = made.as_json()
    if not args.json:
        print(made.sentence(dry_run=args.essai))
        for remark in made.remarks:
            print(f"  {remark}")
        for reject in made.rejects:
            print(f"  {reject.sentence}", file=sys.stderr)
    return bool(made.rejects)


def _import_lists(args: argparse.Namespace, store: Any, paths: Sequence[Path]) -> dict[str, Any]:
    from app.services import export, importing  # noqa: PLC0415

    options = importing.Options(
        entity=export.entity_named(args.liste).key if args.liste else "",
        last_user=args.dernier_utilisateur,
        columns=importing.read_columns(args.correspondance) if args.correspondance else {},
        sheet=args.feuille,
    )
    result = watch(importing.import_job(store, paths, options, dry_run=args.essai))
    if not args.json:
        print(result.sentence(dry_run=args.essai))
        for reject in result.rejects:
            print(f"  {reject.sentence}", file=sys.stderr)
    return dict(result.as_json())


def _import_invoices(args: argparse.Namespace, store: Any, paths: Sequence[Path], said: dict[str, Any]) -> bool:
    """Whether one was refused."""
    from app.services.invoices import importing  # noqa: PLC0415

    made = watch(importing.import_job(store, paths, dry_run=args.essai))
    said["factures"] = [one.as_json() for one in made]
    for one in made if not args.json else ():
        print(one.sentence, file=sys.stderr if one.state == "refused" else sys.stdout)
    return any(one.state == "refused" for one in made)


def write_scripts(args: argparse.Namespace) -> int:
    from app.services import collection  # noqa: PLC0415

    for path in collection.write(args.dossier):
        print(path)
    return 0


def list_entity(args: argparse.Namespace) -> int:
    from app.services import export  # noqa: PLC0415

    entity = export.entity_named(args.entite)
    with opened(args, read_only=True) as store, store.read() as session:
        if args.json:
            print_json(export.plain_rows(session, entity, args.filtre))
        else:
            print_table(*export.text_rows(session, entity, args.filtre))
    return 0


AS_KNOWN = (
    "Compté avec ce qui est connu aujourd’hui. Le rapport périodique et la fiche contrôle disent une période finie "
    "telle qu’elle était à son dernier soir\u00a0: un ticket rouvert depuis y est encore résolu."
)


def indicators(args: argparse.Namespace) -> int:
    from app.kpi import Base  # noqa: PLC0415
    from app.services import scopes  # noqa: PLC0415
    from app.services.measures import measures  # noqa: PLC0415

    if args.au < args.du:
        raise Refused("Le dernier jour précède le premier.")
    with opened(args, read_only=True) as store, store.read() as session:
        scope = scopes.named(
            session, contract=args.contrat, provider=args.prestataire, site=args.site, family=args.famille,
            priority=args.priorite,
            base=Base.CALENDAR if args.temps == CALENDAR else Base.WORKING,
        )  # fmt: skip
        measured = measures(session, args.du, args.au, datetime.now(UTC), scope)
    if args.json:
        print_json([m.as_json() for m in measured])
    else:
        print_table(
            ("Indicateur", "Valeur", "Objectif", "n"), [(m.label, m.text, m.target_text, str(m.n)) for m in measured]
        )
        if args.au < this_day():
            print(f"\n{AS_KNOWN}")
    return 0


def deadlines(args: argparse.Namespace) -> int:
    from app.services import deadlines as dated  # noqa: PLC0415
    from app.services.deadlines import sheet  # noqa: PLC0415

    today = args.au or this_day()
    with opened(args, read_only=True) as store, store.read() as session:
        found = dated.within(dated.every(session, today), today, args.jours)
        if args.ics is not None:
            _write_calendar(session, found, args.ics)
    if args.json:
        print_json(sheet.plain(found, today))
    elif args.ics is not None:
        print(args.ics)
    else:
        print_table(*sheet.text_rows(found, today))
    return 0


def _write_calendar(session: Any, found: Sequence[Any], path: Path) -> None:
    from app.services import calendar_file, setup  # noqa: PLC0415
    from app.services.deadlines import handled  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    name = setup.company(session).name
    write_safely(path, calendar_file.write(found, handled(session), name, datetime.now(UTC)))
