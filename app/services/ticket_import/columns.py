"""What each column of a list of tickets fills: told, remembered from the last time, or guessed from its heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.services.importing import Target as Field
from app.services.importing import synonyms
from app.services.importing.entries import Origin, Source, TableView, UnknownColumns, listed
from app.services.importing.memory import remembered
from app.services.importing.options import Options, Told
from app.services.importing.synonyms import plain
from app.services.importing.tables import Table

ENTITY = "ticket"
MOMENTS = ("opened", "taken", "resolved", "closed", "reopened")


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a column may fill, and how other tools head it (without accents, signs nor capitals)."""

    name: str
    label: str
    headings: tuple[str, ...]


TARGETS = (
    Target("number", "N°", ("number", "id", "n", "numero", "ticket", "ticket id", "ticket number", "n de ticket",
                            "numero de ticket", "reference", "ref", "key", "issue key", "incident", "incident id",
                            "n d origine", "case number", "request id")),
    Target("subject", "Objet", ("titre", "title", "sujet", "subject", "objet", "summary", "short description", "resume",
                                "intitule", "u symptom", "symptom")),
    Target("description", "Description", ("description", "contenu", "content", "detail", "details")),
    Target("opened", "Ouvert le", ("date d ouverture", "opened at", "opened", "ouvert le", "created", "created at",
                                   "created time", "created date", "date de creation", "cree le", "date creation",
                                   "open date", "opened date", "ouverture", "date", "opening date", "reported at",
                                   "date de declaration", "declare le", "open time", "creation date")),
    Target("taken", "Pris en charge le", ("pris en charge le", "date de prise en charge", "prise en charge",
                                          "first response", "first response time", "initial response time",
                                          "first responded at", "assigned at", "acknowledged at", "taken at",
                                          "in progress at", "date d attribution", "work start", "start date")),
    Target("resolved", "Rétabli le", ("date de resolution", "resolved", "resolved at", "resolved time", "resolved date",
                                      "resolu le", "retabli le", "resolution date", "solved at", "resolution",
                                      "date de la solution", "resolution time stamp", "handled at")),
    Target("closed", "Clos le", ("date de cloture", "closed", "closed at", "closed time", "closed date", "clos le",
                                 "cloture", "close date", "date de fermeture", "ferme le", "close time")),
    Target("reopened", "Rouvert le, ou nombre", ("rouvert le", "date de reouverture", "reopened at", "reopened",
                                                 "reopen count", "reopens", "nombre de reouvertures", "reouvertures",
                                                 "reopen time")),
    Target("priority", "Priorité", ("priorite", "priority", "severite", "severity", "gravite")),
    Target("impact", "Impact", ("impact",)),
    Target("urgency", "Urgence", ("urgence", "urgency")),
    Target("kind", "Nature", ("type", "nature", "kind", "ticket type", "issue type", "type de ticket", "record type")),
    Target("category", "Catégorie", ("categorie", "category", "rubrique", "domaine", "theme")),
    Target("status", "État", ("statut", "status", "etat", "state", "incident state")),
    Target("asset", "Bien", ("bien", "element associe", "elements associes", "asset", "materiel", "poste", "equipement",
                             "configuration item", "cmdb ci", "ci", "ci name", "affected ci", "ordinateur", "device",
                             "asset tag")),
    Target("requester", "Demandeur", ("demandeur", "demandeur demandeur", "requester", "requester name", "caller",
                                      "caller id", "reporter", "contact", "utilisateur", "opened for", "client")),
    Target("assignee", "Technicien", ("technicien", "attribue a technicien", "assigned to", "assignee", "agent",
                                      "attribue a", "resolved by", "owner", "technician")),
    Target("channel", "Reçu par", ("source", "canal", "channel", "contact type", "source de la demande", "recu par")),
)  # fmt: skip
BY_NAME = {one.name: one for one in TARGETS}
NEEDED = ("number", "opened")
TELLING = {"taken", "resolved", "closed", "reopened", "priority", "urgency"}
"""What lists of tickets have, and lists of other things seldom."""
MACHINES = {"serial", "brand", "mac", "hostname", "machine_uuid", "system", "purchased_on", "warranty_end"}
SHOWN = 20
"""Rows that the screen of columns shows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The column of each target that has one, and where that was taken from."""

    taken: Mapping[str, int]
    origin: Origin

    def targets(self, width: int) -> tuple[str | None, ...]:
        """What each column fills, in their order."""
        by_column = {column: name for name, column in self.taken.items()}
        return tuple(by_column.get(column) for column in range(width))


def laid_out(session: Session, table: Table, name: str, options: Options) -> Layout:
    """UnknownColumns when no column tells the number or the opening."""
    layout = understood(session, table, options)
    missing = [BY_NAME[one].label for one in NEEDED if one not in layout.taken]
    if missing:
        raise UnknownColumns(
            f"«\u00a0{name}\u00a0»\u00a0: dites quelles colonnes donnent {listed(missing)}. "
            f"Colonnes du fichier\u00a0: {listed([one for one in table.headers if one], most=30)}."
        )
    return layout


def understood(session: Session, table: Table, options: Options) -> Layout:
    """What its columns are taken for, whether that is enough or not."""
    kept = remembered(session, table.headers) if options.from_memory and not options.columns else None
    if kept and kept.entity == ENTITY:
        taken = {target: column for column, target in enumerate(kept.targets) if target in BY_NAME}
        return Layout(taken, "remembered")
    guess = guessed(table)
    return Layout(_corrected(table, guess, options.columns), "told") if options.columns else Layout(guess, "guessed")


def is_tickets(session: Session, table: Table) -> bool:
    """Whether a list was told to be of tickets of another tool, or says so: a number, an opening, and more of what
    tickets have than of what machines have. A list that we exported is corrected by the usual import."""
    if kept := remembered(session, table.headers):
        return kept.entity == ENTITY
    heads = {plain(header) for header in table.headers if header}
    if any({plain(one.label) for one in entity.columns} == heads for entity in ENTITIES.values()):
        return False
    found, assets = guessed(table).keys(), synonyms.targets(ENTITIES["asset"])
    machine = {assets[head] for head in heads if head in assets} & MACHINES
    return found >= set(NEEDED) and len(found & TELLING) > len(machine)


def targets() -> tuple[Field, ...]:
    """What the columns of a list of tickets may fill."""
    return tuple(Field(one.name, one.label, "", one.name in NEEDED) for one in TARGETS)


def view(table: Table, layout: Layout) -> TableView:
    rows = tuple(row.cells for row in table.rows[:SHOWN])
    filled = layout.targets(len(table.headers))
    return TableView(ENTITY, table.headers, rows, filled, layout.origin, table.sheets, table.sheet)


def source(table: Table, layout: Layout, path: Path) -> Source:
    """The list, as the preview tells of it."""
    shown = view(table, layout)
    columns = tuple(
        (header, BY_NAME[target].label if target else None)
        for header, target in zip(shown.headings, shown.targets, strict=True)
    )
    aside = [header for header, taken in columns if taken is None and header]
    notes = (*table.notes, *([f"Colonnes non reprises\u00a0: {listed(aside)}."] if aside else []))
    return Source(path.name, ENTITY, [], columns, notes, table.bad, shown, path)


def guessed(table: Table) -> dict[str, int]:
    """Of two columns for one target, the one whose heading comes first among its synonyms and that holds something."""
    heads = [plain(header) for header in table.headers]
    found = {}
    for target in TARGETS:
        named = [target.headings.index(head) for head in heads if head in target.headings]
        named += [-1] if plain(target.label) in heads else []
        ranked = sorted(set(named))
        columns = [
            column for rank in ranked for column, head in enumerate(heads)
            if head == (target.headings[rank] if rank >= 0 else plain(target.label))
        ]  # fmt: skip
        filled = [column for column in columns if any(row.cells[column].strip() for row in table.rows)]
        if columns:
            found[target.name] = (filled or columns)[0]
    return found


def _corrected(table: Table, guess: Mapping[str, int], told: Told) -> dict[str, int]:
    """The guess, where nothing else was told of a column or of what it fills."""
    said = {_place(table, place): _named(target) for place, target in told.items()}
    kept = {target: column for target, column in guess.items() if column not in said}
    return kept | {target: column for column, target in said.items() if target is not None}


def _place(table: Table, place: str | int) -> int:
    for column, header in enumerate(table.headers):
        if column == place or (isinstance(place, str) and plain(header) == plain(place)):
            return column
    raise Refused(f"Aucune colonne ne s’appelle «\u00a0{place}\u00a0». Colonnes\u00a0: {listed(table.headers)}.")


def _named(target: str | None) -> str | None:
    if target is None or target in BY_NAME:
        return target
    for one in TARGETS:
        if plain(one.label) == plain(target):
            return one.name
    fields: Sequence[str] = [one.label for one in TARGETS]
    raise Refused(f"«\u00a0{target}\u00a0» n’est pas un champ de ticket. Champs\u00a0: {listed(fields, most=30)}.")
