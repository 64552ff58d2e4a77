"""Commands on planned work: its planning as a paper or as a calendar, the route sheet of a day."""

import argparse
from datetime import UTC, datetime
from typing import Any

from app.cli.console import opened
from app.errors import Refused
from app.fields import this_day

PLANNED = ("planning", "tournee")
"""Papers that are asked for by what they show, not by the number of a record."""


def report(args: argparse.Namespace) -> int:
    from app.storage.files import write_safely  # noqa: PLC0415 - each command imports what it needs

    if args.vierge:
        raise Refused("Un planning ne s’imprime pas vierge.")
    calendar = args.sortie.suffix.lower() == ".ics"
    if calendar and (args.emettre or args.type != "planning"):
        raise Refused("Seul un planning s’écrit en calendrier\u00a0; il ne s’émet pas.")
    with opened(args, read_only=not args.emettre) as store:
        made = _calendar(store, args) if calendar else _paper(store, args)
    write_safely(args.sortie, made)
    print(args.sortie)
    return 0


def _asked(session: Any, args: argparse.Namespace) -> Any:
    from app.services import planning_paper, route_sheet  # noqa: PLC0415
    from app.services.planning import week  # noqa: PLC0415

    who = week.named(session, args.technicien)
    if args.type == "planning":
        return planning_paper.asked(session, args.ref, args.site[0] if args.site else "", who)
    return route_sheet.asked(args.ref, who)


def _paper(store: Any, args: argparse.Namespace) -> bytes:
    from app.services import papers  # noqa: PLC0415

    now = datetime.now(UTC)
    with store.read() as session:
        choices = _asked(session, args)
        if not args.emettre:
            return papers.draft(session, args.type, choices.reference, now, choices=choices)
    with store.begin("Émission d’un papier") as session:
        made = papers.issue(session, args.type, choices.reference, now, choices=choices)
        return papers.issued_bytes(session, made)


def _calendar(store: Any, args: argparse.Namespace) -> bytes:
    from app.services import calendar_visits, planning_paper, setup  # noqa: PLC0415

    with store.read() as session:
        found = planning_paper.chosen(session, _asked(session, args), this_day())
        return calendar_visits.write(found, setup.company(session).name, datetime.now(UTC))
