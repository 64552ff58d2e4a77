"""Commands on the file itself: save, restore, verify."""

import argparse
import sys

from app import paths
from app.cli.console import opened, watch
from app.errors import Refused


def save(args: argparse.Namespace) -> int:
    from app.storage import backup  # noqa: PLC0415

    with opened(args) as store:
        made = watch(backup.make_backup(store, args.dossier or paths.backup_dir(args.base)))
    print(f"Sauvegarde vérifiée\u00a0: {made.path}")
    return 0


def restore(args: argparse.Namespace) -> int:
    from app.storage import restore as back  # noqa: PLC0415

    kept = watch(back.restore(args.archive, args.base))
    print(f"Base restaurée\u00a0: {args.base}" + (f"\nL’ancienne est gardée\u00a0: {kept}" if kept else ""))
    return 0


def verify(args: argparse.Namespace) -> int:
    from app.storage.verify import verify as examine  # noqa: PLC0415

    if not args.base.exists():
        raise Refused(f"Le fichier «\u00a0{args.base}\u00a0» n’existe pas.")
    found = watch(examine(args.base))
    for sentence in found.damage + found.remarks:
        print(sentence, file=sys.stderr)
    print(f"{sum(found.counts.values())} lignes lues. " + ("La base est saine." if found.is_sound else "À examiner."))
    return 0 if found.is_sound else 1
