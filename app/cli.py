"""The command line: the same services as the window, for scheduled tasks and for checking.

Exit code 0 when done, 1 with a French sentence on stderr when not, 2 for wrong usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from app import __version__, paths
from app.errors import AppError, Refused
from app.fields import read_day, this_day
from app.jobs import Job, Progress, drain

if TYPE_CHECKING:
    from app.storage import Store

T = TypeVar("T")
LABELS = "etiquettes"
"""Printed as the papers are, but neither a draft nor issued."""
WIDEST = 40
"""Characters of a cell printed on a terminal before it is cut."""


class _Parser(argparse.ArgumentParser):
    """argparse speaks English: its few sentences are said again in French."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, add_help=False)
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Usage\u00a0: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Usage\u00a0: ", 1)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        said = message.replace("the following arguments are required", "il manque").replace(
            "unrecognized arguments", "je ne connais pas"
        )
        said = said.replace("invalid choice", "choix inconnu").replace("choose from", "choisissez parmi")
        said = said.replace("argument ", "").replace("expected one argument", "une valeur est attendue")
        self.exit(2, f"Commande incorrecte\u00a0: {said}\n")


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > len("36500"):
        raise argparse.ArgumentTypeError("Écrivez un nombre de jours, comme 30.")
    return int(text)


@contextmanager
def _opened(args: argparse.Namespace, read_only: bool = False) -> "Iterator[Store]":
    from app.services import setup  # noqa: PLC0415 - asking for help needs no database
    from app.storage import open_store  # noqa: PLC0415

    if read_only and not args.base.exists():
        raise Refused(f"Le fichier «\u00a0{args.base}\u00a0» n’existe pas.")
    store = open_store(args.base, read_only=read_only)
    try:
        for notice in store.notices:
            print(notice, file=sys.stderr)
        if not read_only:
            with store.begin("Préparation de la base") as session:
                setup.ensure(session)
        yield store
    finally:
        store.close()


def _watch(job: Job[T]) -> T:
    """Drain a job, with a line of progress when a person watches."""
    watched = sys.stderr.isatty()

    def tell(step: Progress) -> None:
        if watched:
            of = f" sur {step.total}" if step.total else ""
            print(f"\r{step.text}\u00a0: {step.done}{of}\033[K", end="", file=sys.stderr, flush=True)

    try:
        return drain(job, tell)
    finally:
        if watched:
            print("\r\033[K", end="", file=sys.stderr)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def demo(args: argparse.Namespace) -> int:
    from app.services import example, setup  # noqa: PLC0415 - each command imports what it needs

    with _opened(args) as store:
        with store.read() as session:
            if not setup.is_empty(session):
                raise Refused("Cette base n’est pas vide\u00a0: l’entreprise d’exemple n’y a pas été ajoutée.")
        _watch(example.fill_job(store, seed=args.graine, assets=args.biens, tickets=args.tickets))
        print(f"L’entreprise d’exemple est prête\u00a0: {args.base}")
    return 0


def import_files(args: argparse.Namespace) -> int:
    from app.services import export, importing  # noqa: PLC0415

    options = importing.Options(
        entity=export.entity_named(args.liste).key if args.liste else "",
        last_user=args.dernier_utilisateur,
        columns=importing.read_columns(args.correspondance) if args.correspondance else {},
        sheet=args.feuille,
    )
    with _opened(args) as store:
        result = _watch(importing.import_job(store, args.fichiers, options, dry_run=args.essai))
    if args.json:
        _print_json(result.as_json())
    else:
        print(result.sentence(dry_run=args.essai))
        for reject in result.rejects:
            print(f"  {reject.sentence}", file=sys.stderr)
    return 0


def write_scripts(args: argparse.Namespace) -> int:
    from app.services import collection  # noqa: PLC0415

    for path in collection.write(args.dossier):
        print(path)
    return 0


def list_entity(args: argparse.Namespace) -> int:
    from app.services import export  # noqa: PLC0415

    entity = export.entity_named(args.entite)
    with _opened(args, read_only=True) as store, store.read() as session:
        if args.json:
            _print_json(export.plain_rows(session, entity, args.filtre))
        else:
            _print_table(*export.text_rows(session, entity, args.filtre))
    return 0


def _print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    columns = list(zip(heads, *rows, strict=True))
    widths = [min(WIDEST, max(len(cell) for cell in column)) for column in columns]
    for row in (heads, *rows):
        cells = (cell if len(cell) <= w else cell[: w - 1] + "…" for cell, w in zip(row, widths, strict=True))
        print("  ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)).rstrip())


def report(args: argparse.Namespace) -> int:
    from app.services import papers  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    if args.type == LABELS:
        return _labels(args)
    if args.sortie.suffix.lower() == ".docx":
        return _word(args)
    with _opened(args, read_only=not args.emettre) as store:
        if args.emettre:
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


def _word(args: argparse.Namespace) -> int:
    from app.services import papers  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    if args.emettre or args.vierge:
        raise Refused("Un fichier Word se corrige\u00a0: il ne s’émet pas. Donnez un nom en .pdf.")
    with _opened(args, read_only=True) as store, store.read() as session:
        made = papers.word(session, args.type, args.ref, datetime.now(UTC))
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
    with _opened(args, read_only=True) as store:
        pdf = _watch(labels.job(store, labels.in_place(args.filtre), options, this_day()))
    write_safely(args.sortie, pdf)
    print(args.sortie)
    return 0


def export_list(args: argparse.Namespace) -> int:
    if args.entite == "parc":
        return _fleet_book(args)
    from app.services import export  # noqa: PLC0415

    entity = export.entity_named(args.entite)
    with _opened(args, read_only=True) as store:
        n = _watch(export.list_job(store, entity, args.sortie, args.filtre))
    print(f"{args.sortie}\u00a0: {entity.counted(n)}")
    return 0


def _fleet_book(args: argparse.Namespace) -> int:
    from app.services import fleet_book  # noqa: PLC0415

    with _opened(args, read_only=True) as store:
        n = _watch(fleet_book.job(store, args.sortie))
    print(f"{args.sortie}\u00a0: {n} biens")
    return 0


def give_back(args: argparse.Namespace) -> int:
    from app.services import return_dossier  # noqa: PLC0415
    from app.services.numbered import by_number  # noqa: PLC0415

    with _opened(args, read_only=True) as store:
        with store.read() as session:
            contract = by_number("contract")(session, args.ref)
        made = _watch(return_dossier.job(store, contract, args.sortie, datetime.now(UTC)))
    print(f"{args.sortie}\u00a0: {made.sentence}")
    return 0


def indicators(args: argparse.Namespace) -> int:
    from app.services.measures import measures  # noqa: PLC0415

    if args.au < args.du:
        raise Refused("Le dernier jour précède le premier.")
    with _opened(args, read_only=True) as store, store.read() as session:
        measured = measures(session, args.du, args.au, datetime.now(UTC), args.contrat)
    if args.json:
        _print_json([m.as_json() for m in measured])
    else:
        _print_table(
            ("Indicateur", "Valeur", "Objectif", "n"), [(m.label, m.text, m.target_text, str(m.n)) for m in measured]
        )
    return 0


def deadlines(args: argparse.Namespace) -> int:
    from app.services import deadlines as dated  # noqa: PLC0415
    from app.services.deadlines import sheet  # noqa: PLC0415

    today = args.au or this_day()
    with _opened(args, read_only=True) as store, store.read() as session:
        found = dated.within(dated.every(session, today), today, args.jours)
        if args.ics is not None:
            _write_calendar(session, found, args.ics)
    if args.json:
        _print_json(sheet.plain(found, today))
    elif args.ics is not None:
        print(args.ics)
    else:
        _print_table(*sheet.text_rows(found, today))
    return 0


def _write_calendar(session: Any, found: Sequence[Any], path: Path) -> None:
    from app.services import calendar_file, setup  # noqa: PLC0415
    from app.services.deadlines import handled  # noqa: PLC0415
    from app.storage.files import write_safely  # noqa: PLC0415

    name = setup.company(session).name
    write_safely(path, calendar_file.write(found, handled(session), name, datetime.now(UTC)))


def save(args: argparse.Namespace) -> int:
    from app.storage import backup  # noqa: PLC0415

    with _opened(args) as store:
        made = _watch(backup.make_backup(store, args.dossier or paths.backup_dir(args.base)))
    print(f"Sauvegarde vérifiée\u00a0: {made.path}")
    return 0


def restore(args: argparse.Namespace) -> int:
    from app.storage import restore as back  # noqa: PLC0415

    kept = _watch(back.restore(args.archive, args.base))
    print(f"Base restaurée\u00a0: {args.base}" + (f"\nL’ancienne est gardée\u00a0: {kept}" if kept else ""))
    return 0


def verify(args: argparse.Namespace) -> int:
    from app.storage.verify import verify as examine  # noqa: PLC0415

    if not args.base.exists():
        raise Refused(f"Le fichier «\u00a0{args.base}\u00a0» n’existe pas.")
    found = _watch(examine(args.base))
    for sentence in found.damage + found.remarks:
        print(sentence, file=sys.stderr)
    print(f"{sum(found.counts.values())} lignes lues. " + ("La base est saine." if found.is_sound else "À examiner."))
    return 0 if found.is_sound else 1


def parser() -> argparse.ArgumentParser:
    top = _Parser(prog="parcometre", description="Mesurez votre parc, tenez votre prestataire.")
    top.add_argument("--version", action="version", version=f"Parcomètre {__version__}", help="affiche la version")
    top.add_argument("--base", type=Path, default=paths.default_base(), help="fichier de l’entreprise")
    commands = top.add_subparsers(title="Commandes", dest="commande", parser_class=_Parser, metavar="COMMANDE")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    _declare_data(command)
    _declare_papers(command)
    _declare_file(command)
    return top


_Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def _declare_data(command: _Command) -> None:
    sub = command("demo", demo, "remplit une base vide avec l’entreprise d’exemple")
    sub.add_argument("--biens", type=int, help="nombre de biens")
    sub.add_argument("--tickets", type=int, help="nombre de tickets")
    sub.add_argument("--graine", type=int, default=1, help="graine du tirage\u00a0: la même donne la même entreprise")
    sub = command("importer", import_files, "importe des listes (CSV, Excel…) et des inventaires, ou leur dossier")
    sub.add_argument("fichiers", type=Path, nargs="+", metavar="FICHIER")
    sub.add_argument("--liste", default="", metavar="LISTE", help="ce que contient le fichier\u00a0: biens, licences…")
    sub.add_argument(
        "--correspondance",
        default="",
        metavar="TITRE=CHAMP;…",
        help="ce que remplit chaque colonne («\u00a0-\u00a0»\u00a0: rien\u00a0; «\u00a0#4\u00a0»\u00a0: la quatrième), "
        "ou un fichier JSON",
    )
    sub.add_argument("--feuille", default="", metavar="NOM", help="feuille du classeur")
    sub.add_argument("--dernier-utilisateur", action="store_true", help="garde le nom du dernier utilisateur")
    sub.add_argument("--essai", action="store_true", help="dit ce qui changerait, sans rien écrire")
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub = command("collecte", write_scripts, "écrit les scripts qui décrivent un poste Windows ou un Mac")
    sub.add_argument("-o", "--dossier", type=Path, required=True, metavar="DOSSIER")
    sub = command("lister", list_entity, "affiche une liste")
    sub.add_argument("entite", metavar="LISTE", help="biens, contrats, tickets, personnes…")
    sub.add_argument("--filtre", default="", help="mots cherchés")
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub = command("indicateurs", indicators, "calcule les indicateurs d’une période")
    sub.add_argument("--du", type=_day, required=True, metavar="DATE", help="premier jour")
    sub.add_argument("--au", type=_day, required=True, metavar="DATE", help="dernier jour, compris")
    sub.add_argument("--contrat", metavar="NUMÉRO", help="un seul contrat")
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub = command("echeances", deadlines, "affiche tout ce qui a une échéance et n’est pas traité")
    sub.add_argument("--au", type=_day, metavar="DATE", help="tel que ce jour-là (aujourd’hui sans elle)")
    sub.add_argument("--jours", type=_count, metavar="N", help="les retards, et ce qui est à faire dans les N jours")
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub.add_argument("--ics", type=Path, metavar="FICHIER", help="écrit aussi un calendrier (Outlook, Apple…)")


def _declare_papers(command: _Command) -> None:
    sub = command("rapport", report, "imprime un papier en PDF")
    sub.add_argument("type", metavar="TYPE", help=f"inventaire, intervention, lettre, reunion, {LABELS}…")
    sub.add_argument("ref", nargs="?", metavar="RÉF", help="numéro de la fiche concernée")
    sub.add_argument(
        "-o",
        "--sortie",
        type=Path,
        required=True,
        metavar="FICHIER",
        help=".pdf\u00a0; ou .docx, pour ceux qui se corrigent à deux",
    )
    sub.add_argument("--vierge", action="store_true", help="à remplir à la main")
    sub.add_argument("--emettre", action="store_true", help="fige le papier, le numérote et en garde la copie")
    sub.add_argument("--site", action="append", metavar="NOM", help="inventaire\u00a0: ce site seulement (à répéter)")
    sub.add_argument(
        "--sections", metavar="CLÉS", help="inventaire\u00a0: chapitres et annexes facultatifs, à virgules"
    )
    sub.add_argument("--source", action="append", metavar="QUI", help="besoins\u00a0: techniciens, utilisateurs…")
    sub.add_argument("--nominatif", action="store_true", help="besoins\u00a0: une feuille par personne")
    sub.add_argument("--planche", default="24", metavar="24|65", help="étiquettes\u00a0: nombre par planche")
    sub.add_argument("--premiere", type=int, default=1, metavar="N", help="étiquettes\u00a0: première encore libre")
    sub.add_argument("--filtre", default="", metavar="MOTS", help="étiquettes\u00a0: seulement ces biens")
    sub = command("reversibilite", give_back, "fait le dossier de réversibilité d’un contrat, en ZIP")
    sub.add_argument("ref", metavar="RÉF", help="numéro du contrat")
    sub.add_argument("-o", "--sortie", type=Path, required=True, metavar="DOSSIER.zip")
    sub = command("exporter", export_list, "exporte une liste vers Excel (.xlsx) ou CSV (.csv)")
    sub.add_argument("entite", metavar="LISTE", help="biens, contrats, tickets… ou parc, le classeur entier du parc")
    sub.add_argument("-o", "--sortie", type=Path, required=True, metavar="FICHIER")
    sub.add_argument("--filtre", default="", help="mots cherchés")


def _declare_file(command: _Command) -> None:
    sub = command("sauvegarder", save, "fait une sauvegarde vérifiée")
    sub.add_argument("--dossier", type=Path, help="dossier de destination")
    sub = command("restaurer", restore, "remet une sauvegarde en place, l’ancienne base étant gardée")
    sub.add_argument("archive", type=Path, metavar="SAUVEGARDE")
    command("verifier", verify, "vérifie la base\u00a0: structure, liens, historique, documents")
    sub = command("autotest", _windowed, "essaie chaque onglet, papier et indicateur sur une base temporaire")
    sub = command("demonstration", _windowed, "fait une base, des papiers, des classeurs et des images d’exemple")
    sub.add_argument("dossier", type=Path, nargs="?", metavar="DOSSIER")


def _windowed(_: argparse.Namespace) -> int:
    raise AssertionError("run by __main__, which may import the window")


def run(args: argparse.Namespace) -> int:
    """Carry out a parsed command; the expected errors become one sentence on stderr and the code 1."""
    try:
        code: int = args.run(args)
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader left: what remains to be written goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"Le fichier «\u00a0{error.filename}\u00a0» ne peut pas être lu ou écrit.", file=sys.stderr)
        return 1
    return code
