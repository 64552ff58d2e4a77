"""What is typed after `parcometre`: argparse in French, days and counts."""

import argparse
import sys
from datetime import date
from typing import Any, NoReturn

from app.fields import read_day

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Parser(argparse.ArgumentParser):
    """argparse speaks English: its few sentences are said again in French."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, add_help=False)
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Options may stand among the words of a command: « importer evaluations --tout pile.pdf »."""
        if self._subparsers is not None or self.usage is not None:
            return super().parse_known_args(args, namespace)
        self.usage = super().format_usage().removeprefix("usage: ")
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.usage = None

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


def day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def count(text: str) -> int:
    if not text.isdecimal() or len(text) > len("36500"):
        raise argparse.ArgumentTypeError("Écrivez un nombre de jours, comme 30.")
    return int(text)


def year(text: str) -> int:
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError("Écrivez une année, comme 2026.")
    return int(text)
