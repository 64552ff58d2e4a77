"""The command line: the same services as the window, for scheduled tasks and for checking.

Exit code 0 when done, 1 with a French sentence on stderr when not, 2 for wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app import __version__, paths
from app.cli import data, file, papers
from app.cli.arguments import Parser, count, day, year
from app.errors import AppError

__all__ = ["parser", "run"]


def parser() -> argparse.ArgumentParser:
    top = Parser(prog="parcometre", description="Mesurez votre parc, tenez votre prestataire.")
    top.add_argument("--version", action="version", version=f"Parcomètre {__version__}", help="affiche la version")
    top.add_argument("--base", type=Path, default=paths.default_base(), help="fichier de l’entreprise")
    commands = top.add_subparsers(title="Commandes", dest="commande", parser_class=Parser, metavar="COMMANDE")

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
    sub = command("demo", data.demo, "remplit une base vide avec l’entreprise d’exemple")
    sub.add_argument("--biens", type=int, help="nombre de biens")
    sub.add_argument("--tickets", type=int, help="nombre de tickets")
    sub.add_argument("--graine", type=int, default=1, help="graine du tirage\u00a0: la même donne la même entreprise")
    sub = command(
        "importer", data.import_files, "importe des listes, des inventaires, des factures électroniques, des tickets"
    )
    sub.add_argument(
        "fichiers",
        type=Path,
        nargs="+",
        metavar="FICHIER",
        help="ou le dossier qui les contient\u00a0; «\u00a0evaluations\u00a0» avant des fiches remplies",
    )
    sub.add_argument(
        "--tout", action="store_true", help="fiches\u00a0: même avec un doute, la ligne restant sans réponse"
    )
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
    sub = command("collecte", data.write_scripts, "écrit les scripts qui décrivent un poste Windows ou un Mac")
    sub.add_argument("-o", "--dossier", type=Path, required=True, metavar="DOSSIER")
    sub = command("lister", data.list_entity, "affiche une liste")
    sub.add_argument("entite", metavar="LISTE", help="biens, contrats, tickets, personnes…")
    sub.add_argument("--filtre", default="", help="mots cherchés")
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub = command("indicateurs", data.indicators, "calcule les indicateurs d’une période")
    sub.add_argument("--du", type=day, required=True, metavar="DATE", help="premier jour")
    sub.add_argument("--au", type=day, required=True, metavar="DATE", help="dernier jour, compris")
    sub.add_argument("--contrat", metavar="NUMÉRO", help="un seul contrat")
    sub.add_argument("--prestataire", metavar="NOM", help="les contrats d’un prestataire")
    sub.add_argument("--site", metavar="NOM", help="les biens d’un site")
    sub.add_argument("--famille", metavar="NOM", help="les biens d’une famille")
    sub.add_argument("--priorite", type=str.upper, choices=["P1", "P2", "P3", "P4"], help="les tickets d’une gravité")
    sub.add_argument(
        "--base",
        dest="temps",
        choices=["ouvree", data.CALENDAR],
        default="ouvree",
        help="heures ouvrées, ou calendaires",
    )
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub = command("echeances", data.deadlines, "affiche tout ce qui a une échéance et n’est pas traité")
    sub.add_argument("--au", type=day, metavar="DATE", help="tel que ce jour-là (aujourd’hui sans elle)")
    sub.add_argument("--jours", type=count, metavar="N", help="les retards, et ce qui est à faire dans les N jours")
    sub.add_argument("--json", action="store_true", help="résultat en JSON")
    sub.add_argument("--ics", type=Path, metavar="FICHIER", help="écrit aussi un calendrier (Outlook, Apple…)")


def _declare_papers(command: _Command) -> None:
    sub = command("rapport", papers.report, "imprime un papier en PDF")
    sub.add_argument("type", metavar="TYPE", help=f"inventaire, intervention, lettre, reunion, {papers.LABELS}…")
    sub.add_argument("ref", nargs="?", metavar="RÉF", help="numéro de la fiche, année, mois ou jour concernés")
    sub.add_argument("periode", nargs="?", metavar="MOIS", help="preuve, reclamation\u00a0: 2026-06, 2026-T2, 2026")
    sub.add_argument("--du", type=day, metavar="DATE", help="preuve, reclamation\u00a0: du mois de ce jour")
    sub.add_argument("--au", type=day, metavar="DATE", help="preuve, reclamation\u00a0: au mois de ce jour")
    sub.add_argument("--noter", action="store_true", help="reclamation\u00a0: note ce qui est réclamé")
    sub.add_argument(
        "-o",
        "--sortie",
        type=Path,
        required=True,
        metavar="FICHIER",
        help=".pdf\u00a0; .docx, pour ceux qui se corrigent à deux\u00a0; .ics, pour un planning\u00a0; .zip, pour une "
        "preuve",
    )
    sub.add_argument("--vierge", action="store_true", help="à remplir à la main")
    sub.add_argument("--remplissable", action="store_true", help="évaluation, questionnaire\u00a0: PDF à remplir")
    sub.add_argument("--emettre", action="store_true", help="fige le papier, le numérote et en garde la copie")
    sub.add_argument("--site", action="append", metavar="NOM", help="inventaire (à répéter), planning\u00a0: ce site")
    sub.add_argument("--technicien", default="", metavar="NOM", help="planning, tournée\u00a0: lui seulement")
    sub.add_argument(
        "--sections", metavar="CLÉS", help="inventaire\u00a0: chapitres et annexes facultatifs, à virgules"
    )
    sub.add_argument("--source", action="append", metavar="QUI", help="besoins\u00a0: techniciens, utilisateurs…")
    sub.add_argument("--nominatif", action="store_true", help="besoins\u00a0: une feuille par personne")
    sub.add_argument("--contrat", metavar="NUMÉRO", help="rapport périodique\u00a0: un seul contrat")
    sub.add_argument("--planche", default="24", metavar="24|65", help="étiquettes\u00a0: nombre par planche")
    sub.add_argument("--premiere", type=int, default=1, metavar="N", help="étiquettes\u00a0: première encore libre")
    sub.add_argument("--filtre", default="", metavar="MOTS", help="étiquettes\u00a0: seulement ces biens")
    sub = command("reversibilite", papers.give_back, "fait le dossier de réversibilité d’un contrat, en ZIP")
    sub.add_argument("ref", metavar="RÉF", help="numéro du contrat")
    sub.add_argument("-o", "--sortie", type=Path, required=True, metavar="DOSSIER.zip")
    sub = command("guide", papers.write_guide, "écrit le guide de l’utilisateur en PDF")
    sub.add_argument("-o", "--sortie", type=Path, required=True, metavar="FICHIER.pdf")
    sub = command("exporter", papers.export_list, "exporte une liste vers Excel (.xlsx) ou CSV (.csv)")
    sub.add_argument(
        "entite",
        metavar="LISTE",
        help="biens, contrats, tickets…\u00a0; parc, le classeur entier du parc\u00a0; comptable, celui du comptable",
    )
    sub.add_argument("-o", "--sortie", type=Path, required=True, metavar="FICHIER")
    sub.add_argument("--filtre", default="", help="mots cherchés")
    sub.add_argument("--exercice", type=year, metavar="AAAA", help="comptable\u00a0: l’année de la clôture")


def _declare_file(command: _Command) -> None:
    sub = command("sauvegarder", file.save, "fait une sauvegarde vérifiée")
    sub.add_argument("--dossier", type=Path, help="dossier de destination")
    sub = command("restaurer", file.restore, "remet une sauvegarde en place, l’ancienne base étant gardée")
    sub.add_argument("archive", type=Path, metavar="SAUVEGARDE")
    command("verifier", file.verify, "vérifie la base\u00a0: structure, liens, historique, documents")
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
