"""What an import preview says in words and figures: the files, the four counts, the lists whose columns can be told."""

from collections.abc import Sequence
from pathlib import Path

from app.fields import counted, number, plural
from app.jobs import Job
from app.services import importing
from app.services.importing import Outcome, Plan, Source
from app.ui.parts.tiles import CountData

LISTS = {".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
"""Endings of what may be a list, where nothing could be read of it."""


def about(files: Sequence[Source], lines: int) -> str:
    """« parc.xlsx · feuille « Postes » · 148 lignes, 14 colonnes reconnues sur 16 », « 3 fichiers · 12 lignes »."""
    name = files[0].name if len(files) == 1 else counted(len(files), "fichier")
    table = files[0].table
    if len(files) == 1 and table is not None and len(table.sheets) > 1:
        name += f" · feuille «\u00a0{table.sheet}\u00a0»"
    told = f"{name} · {counted(lines, 'ligne')}"
    columns = [known for source in files for known in source.columns]
    if not columns:
        return told
    known = sum(1 for _, taken in columns if taken)
    return f"{told}, {counted(known, 'colonne')} {plural(known, 'reconnue')} sur {number(len(columns))}"


def lists_of(files: Sequence[Source]) -> list[Path]:
    """The files whose columns can be reviewed: the lists, and what seems to be one but could not be read."""
    return [one.path for one in files if one.path is not None and (one.table is not None or _is_unread(one))]


def _is_unread(source: Source) -> bool:
    told = [entry for entry in source.entries if entry.line is None and entry.problems]
    return bool(told) and source.path is not None and source.path.suffix.lower() in LISTS


def is_remembered(source: Source) -> bool:
    return source.table is not None and source.table.origin == "remembered"


def counts(plan: Plan) -> tuple[CountData, ...]:
    """The four results, each with what it means where there is one."""
    fields = f"{counted(plan.fields_changed, 'champ')} {'changent' if plan.fields_changed > 1 else 'change'}"
    kinds: tuple[tuple[Outcome, str, str, str, str], ...] = (
        ("created", "circle-plus", "ok", "créé", f"{plural(plan.count('created'), 'Numéroté')} à l’import"),
        ("changed", "pencil", "info", "modifié", fields),
        ("unchanged", "equal", "mute", "inchangé", "Déjà à jour"),
        ("refused", "circle-x", "bad", "refusé", f"{plural(plan.count('refused'), 'Laissé')} de côté, à corriger"),
    )
    return tuple(
        CountData(key, icon, tone, number(n), plural(n, word), note if n else "Aucune ligne")
        for key, icon, tone, word, note in kinds
        for n in (plan.count(key),)
    )


def rejects_job(rejects: Sequence[importing.Reject], path: Path) -> Job[int]:
    from app.reports import table_csv, workbook  # noqa: PLC0415 - openpyxl is read when a table is written

    columns = [workbook.Column(name, "text", 20) for name in ("Fichier", "Ligne", "Champ", "Motif")]
    rows = [(one.source, str(one.line or ""), one.field, one.message) for one in rejects]
    return (yield from table_csv.write_list(path, columns, rows, len(rows)))
