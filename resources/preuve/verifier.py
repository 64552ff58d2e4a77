"""Vérifie un dossier de preuve de Parcomètre, sans Parcomètre : Python 3.8 ou plus récent suffit, sans rien installer.

    python verifier.py                    dans le dossier décompressé
    python verifier.py dossier.zip        sur l’archive elle-même
    python verifier.py dossier.zip SCEAU  cherche aussi un sceau noté auparavant

Ce programme lit, ne modifie rien et ne se connecte à rien. Il se lit en quelques minutes : chaque contrôle est une
fonction. Code de sortie : 0 si tout est intact, 1 sinon.
"""

import csv
import hashlib
import io
import json
import sys
import zipfile
import zlib
from pathlib import Path

SUMS = "SHA256SUMS"
ABOUT, CHAIN, EXTRACT = "4-Historique/dossier.json", "4-Historique/chaine.csv", "4-Historique/extrait.jsonl"
SYSTEM = ("Thumbs.db", "desktop.ini", ".DS_Store")  # what Windows and macOS add to a folder they show
CHUNK = 1 << 20
UNREADABLE = (OSError, ValueError, KeyError, TypeError, csv.Error, zipfile.BadZipFile, zlib.error, EOFError,
              NotImplementedError, RuntimeError)  # fmt: skip


class Folder:
    """The files of an unpacked dossier."""

    def __init__(self, path):
        self.path = path

    def names(self):
        found = (one for one in self.path.rglob("*") if one.is_file() and one.name not in SYSTEM)
        return sorted(one.relative_to(self.path).as_posix() for one in found)

    def open(self, name):
        return (self.path / name).open("rb")


class Archive:
    """The files of a dossier as it was handed over."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def names(self):
        return sorted(self.zip.namelist())

    def open(self, name):
        return self.zip.open(name)


def digest_of(file):
    seen = hashlib.sha256()
    for chunk in iter(lambda: file.read(CHUNK), b""):
        seen.update(chunk)
    return seen.hexdigest()


def seal(*parts):
    """What Parcomètre seals: the SHA-256 of these parts as compact JSON."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def text_of(source, name):
    with source.open(name) as file:
        return file.read().decode("utf-8")


# 1. Every file is the one that was handed over, none is missing, none was added.


def check_files(source):
    told = {}
    *lines, rest = text_of(source, SUMS).split("\n")
    for line in lines + [rest] * bool(rest):
        digest, gap, name = line[:64], line[64:66], line[66:]
        if gap != "  " or not name or name in told or line is rest:
            yield f"{SUMS} : ligne illisible, « {line.strip()} »"
        told[name] = digest
    names = source.names()
    there = set(names) - {SUMS}
    if len(names) != len(set(names)):
        yield "deux fichiers de l’archive portent le même nom"
    yield from (f"fichier absent : {name}" for name in sorted(told.keys() - there))
    yield from (f"fichier ajouté : {name}" for name in sorted(there - told.keys()))
    for name in sorted(told.keys() & there):
        try:
            with source.open(name) as file:
                same = digest_of(file) == told[name]
        except UNREADABLE:
            same = False
        if not same:
            yield f"fichier modifié : {name}"


# 2. Each seal of the chain follows from the one before it, up to the head.


def links(source):
    with source.open(CHAIN) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        rows = csv.reader(text, delimiter=";")
        next(rows)
        for seq, at, who, table, uuid, kind, commitment, sealed in rows:
            yield int(seq), at, who, table, uuid, kind, commitment, sealed


def check_chain(source, about, known):
    """The entries of the extract are kept in `known` as they pass: what they are and the seal of their values."""
    prev, last, wanted, printed = about["avant"], about["premiere"] - 1, set(known), False
    for link in links(source):
        seq, at, who, table, uuid, kind, commitment, sealed = link
        if seq != last + 1:
            yield f"chaîne : des écritures manquent entre les n° {last} et {seq}"
        if sealed != seal(prev, seq, at, who, table, uuid, kind, commitment):
            yield f"chaîne : l’écriture n° {seq} a été modifiée, ou ne suit pas la précédente"
        if seq in wanted:
            known[seq] = link
        printed = printed or sealed == about["imprime"]
        prev, last = sealed, seq
    if (last, prev) != (about["tete"], about["sceau"]):
        yield "chaîne : elle ne finit pas par le sceau de tête annoncé"
    if not printed:
        yield "chaîne : le sceau imprimé dans le PDF n’y figure pas"


# 3. The values handed over are those that were sealed.


def extract(source):
    return [json.loads(line) for line in text_of(source, EXTRACT).split("\n") if line]


def check_values(entries, known):
    for one in entries:
        link = known[one["n"]]
        if link is None:
            yield f"extrait : l’écriture n° {one['n']} n’est pas dans la chaîne"
        elif one["sel"] is not None and seal(one["sel"], one["avant"], one["apres"]) != link[6]:
            yield f"extrait : les valeurs de l’écriture n° {one['n']} ne sont pas celles qui ont été scellées"


# 4. Each piece is the one that the history says was attached.


def check_pieces(source, about, entries):
    after = {one["n"]: one["apres"] or "" for one in entries}
    for piece in about["pieces"]:
        with source.open(piece["fichier"]) as file:
            if digest_of(file) != piece["sha256"]:
                yield f"pièce modifiée : {piece['fichier']}"
        if piece["n"] is not None and piece["sha256"] not in after.get(piece["n"], ""):
            yield f"pièce : l’historique ne dit pas l’empreinte de {piece['fichier']}"


def check(source):
    """Everything that is wrong, in French; then what was counted."""
    problems, counted = [], {}
    try:
        problems += check_files(source)
        about = json.loads(text_of(source, ABOUT))
        entries = extract(source)
        known = {one["n"]: None for one in entries}
        problems += check_chain(source, about, known)
        problems += check_values(entries, known)
        problems += check_pieces(source, about, entries)
        counted = {"about": about, "entries": entries}
    except UNREADABLE as error:
        problems.append(f"contenu illisible : {error}")
    return problems, counted


def look_for(source, wanted):
    """Where a seal noted earlier stands in the chain."""
    return next((link[0] for link in links(source) if link[7] == wanted), None)


def tell(source, counted, wanted):
    about, entries = counted["about"], counted["entries"]
    erased = sum(one["sel"] is None for one in entries)
    print(f"Fichiers intacts : {len(source.names())}.")
    print(f"Chaîne intacte : écritures n° {about['premiere']} à {about['tete']}.")
    print(f"Écritures dont les valeurs répondent à leur sceau : {len(entries) - erased}.")
    if erased:
        print(f"Valeurs effacées depuis, comme le droit l’exige : {erased} ; leur place dans la chaîne est intacte.")
    noted = sum(piece["n"] is not None for piece in about["pieces"])
    print(f"Pièces : {len(about['pieces'])}, dont l’historique donne l’empreinte : {noted}.")
    print(f"Sceau de tête de la chaîne :\n  {about['sceau']}")
    print(f"Sceau de tête à retrouver imprimé dans le PDF :\n  {about['imprime']}")
    if wanted:
        found = look_for(source, wanted)
        after = f"est celui de l’écriture n° {found} : rien de ce qui la précède n’a changé depuis qu’il a été noté."
        print(f"Le sceau cherché {after if found else 'ne figure pas dans cette chaîne.'}")
        return found is not None
    return True


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        source = Folder(path) if path.is_dir() else Archive(path)
        problems, counted = check(source)
    except UNREADABLE as error:
        problems, counted = [f"dossier illisible : {error}"], {}
    if problems:
        print("CE DOSSIER A ÉTÉ MODIFIÉ, OU IL EST ABÎMÉ.")
        for one in problems:
            print(f"- {one}")
        return 1
    print("DOSSIER INTACT.")
    return 0 if tell(source, counted, arguments[1].lower() if len(arguments) > 1 else "") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
