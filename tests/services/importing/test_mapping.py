from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.models.codes import AssetStatus
from app.services.importing import Options
from app.services.importing.cells import amount_text, date_order, day_text, split_name
from app.services.importing.entries import Entry, Source
from app.services.reading.families import from_words
from tests.services.importing.bench import read_file, written


def _source(folder: Path, text: str, entity: str = "") -> Source:
    return read_file(written(folder, text), Options(entity=entity))


def _only(folder: Path, text: str) -> Entry:
    (entry,) = _source(folder, text).entries
    return entry


GLPI_LIST = (
    '"Nom";"Entité";"Statut";"Fabricant";"Numéro de série";"Type";"Modèle";"Système d\'exploitation - Nom";"Lieu";'
    '"Dernière modification";"Usager";"Numéro d\'inventaire"\n'
    '"PC-COMPTA-03";"Racine";"En production";"Dell Inc.";"7XKQ2M3";"Portable";"Latitude 5440";"Windows 11";'
    '"Dijon > Bâtiment A > 2.04";"2026-01-05 10:00";"BONNIN Claire";"INV-12"\n'
)


def test_a_french_glpi_list(tmp_path: Path) -> None:
    source = _source(tmp_path, GLPI_LIST)
    (entry,) = source.entries
    assert source.entity == "asset"
    assert entry.values == {
        "hostname": "PC-COMPTA-03", "status": AssetStatus.IN_SERVICE, "brand": "Dell Inc.", "serial": "7XKQ2M3",
        "model": "Latitude 5440", "system": "Windows 11", "room": "Bâtiment A > 2.04", "number": "INV-12",
    }  # fmt: skip
    assert {n: link.shown for n, link in entry.links.items()} == {
        "family_id": "Portable",
        "site_id": "Dijon",
        "person_id": "Claire BONNIN",
    }
    assert source.notes == ("Colonnes non reprises\u00a0: Entité, Dernière modification.",)
    assert ("Entité", None) in source.columns
    assert ("Fabricant", "Marque") in source.columns


SNIPE_ASSETS = (
    "Name,Asset Tag,Category,Supplier,Manufacturer,Location,Model,Serial,Purchase Date,Purchase Cost,Status,Warranty,"
    "Checked Out To: First Name,Checked Out To: Last Name,Checked Out To: Email,Category\n"
    'Accueil,TAG-9,Laptops,"Durand, Fils",HP,Beaune,EliteBook 840,5CG41,3/4/23,"$1,212.58",Ready to Deploy,36,'
    "Karim,Haddad,k.haddad@exemple.fr,Other\n"
    "Stock,TAG-10,Monitors,,HP,Beaune,E24,3CM1,12/31/22,,Archived,,,,,\n"
)


def test_an_american_snipe_it_list(tmp_path: Path) -> None:
    source = _source(tmp_path, SNIPE_ASSETS)
    first = source.entries[0]
    assert first.values == {
        "number": "TAG-9", "supplier": "Durand, Fils", "brand": "HP", "model": "EliteBook 840", "serial": "5CG41",
        "purchased_on": date(2023, 3, 4), "price": 121258, "status": AssetStatus.IN_STOCK, "name": "Accueil",
        "warranty_end": date(2026, 3, 4),
    }  # fmt: skip
    assert (first.links["person_id"].shown, first.links["person_id"].email) == ("Karim Haddad", "k.haddad@exemple.fr")
    assert source.entries[1].values["status"] == AssetStatus.RETIRED
    assert "Dates lues dans l’ordre américain (mois/jour/année)." in source.notes
    assert "Colonnes en double, lues une fois\u00a0: Category." in source.notes


@pytest.mark.parametrize(
    ("headers", "entity"),
    [
        ("First Name,Last Name,Email,Username,Location,Phone,Job Title,Start Date,End Date", "person"),
        ("Nom;Prénom;Courriel", "person"),
        ("Full Name,Email,Department", "person"),
        ("Nom;Adresse;Code postal;Ville", "site"),
        ("Name,Address,City,State,Zip,Country", "site"),
        ("Raison sociale;SIRET;Adresse;Ville;Téléphone", "provider"),
        ("Nom;N° de série", "asset"),
        ("Numéro de série", "asset"),
        ("Full Name,Email,item Name,Category,Model name,Serial,Asset Tag", "asset"),
        ("Nom;Début du numéro;Durée de vie visée", "family"),
        ("N°;Objet;Prestataire;Statut;Date d’effet", "contract"),
        ("Item name,serial number,seats,Licensed To Name,reassignable", "licence"),
        ("Nom;Éditeur;Licence", "software"),
        ("Système;Version;Fin de support", "support_end"),
        ("Besoin;Exprimé par;Service;Fréquence", "need"),
        ("Bien;Nature;Désignation;Taille", "component"),
    ],
)
def test_headers_tell_the_entity(tmp_path: Path, headers: str, entity: str) -> None:
    assert _source(tmp_path, headers + "\n").entity == entity


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ("Name,Category,Manufacturer,Model Notes,Model Number,Fieldset,EOL", "modèles"),
        ("Item Name,Category,Manufacturer,Purchase Date,Quantity", "consommables"),
        ("alpha;bêta;gamma", "alpha, bêta, gamma"),
        ("Nom", "ne sont pas reconnues"),
    ],
)
def test_lists_that_are_not_kept_are_refused(tmp_path: Path, headers: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        _source(tmp_path, headers + "\na;b;c\n")


def test_the_user_may_say_what_a_list_holds(tmp_path: Path) -> None:
    assert _source(tmp_path, "Nom;Ville\nSiège;Dijon\n", "provider").entries[0].values == {
        "name": "Siège",
        "city": "Dijon",
    }


@pytest.mark.parametrize(
    ("head", "cell", "label", "told"),
    [
        ("Date d'achat", "31/02/2026", "Achat", "ce jour n’existe pas"),
        ("Date d'achat", "bientôt", "Achat", "»\u00a0: écrivez une date"),
        ("Prix", "cher", "Prix HT", "»\u00a0: écrivez un montant"),
        ("Mémoire", "1.2.3 Go", "Mémoire", "nombre"),
        ("Disque", "deux To", "Disque", "nombre"),
        ("Adresse IP", "300.1.1.1", "Adresse IP", "adresse IP"),
        ("Adresse MAC", "zz", "Adresse MAC", "adresse MAC"),
        ("Statut", "Mystère", "Statut", "choisissez dans la liste"),
        ("Modèle", "modèle" * 50, "Modèle", "caractères au plus"),
    ],
)
def test_a_value_that_cannot_be_read_is_told(tmp_path: Path, head: str, cell: str, label: str, told: str) -> None:
    (problem,) = _only(tmp_path, f"N° de série;{head}\nSN-44;{cell}\n").problems
    assert problem[0] == label
    assert told in problem[1]
    assert cell[:50] in problem[1]


@pytest.mark.parametrize(
    ("head", "cell", "name", "value"),
    [
        ("Mémoire", "16 Go", "memory_mb", 16384),
        ("RAM", "8192", "memory_mb", 8192),
        ("RAM (Go)", "32", "memory_mb", 32768),
        ("RAM", "16", "memory_mb", 16384),
        ("Mémoire", "16", "memory_mb", 16),
        ("RAM", "16 Mo", "memory_mb", 16),
        ("Disque dur (To)", "2", "disk_gb", 2000),
        ("Disque dur (Go)", "512", "disk_gb", 512),
        ("Asset EOL Date", "2028-10-27", "support_end", date(2028, 10, 27)),
        ("Prix HT", "104,16666", "price", 10417),
        ("RAM", "1,5 Gio", "memory_mb", 1536),
        ("Affecté à", ",", "person_id", None),
        ("Disque dur", "1 To", "disk_gb", 1000),
        ("Disque dur", "512 GB", "disk_gb", 512),
        ("Adresse MAC", "00-1A-2B-3C-4D-5E, 00-1A-2B-3C-4D-5F", "mac", "00:1a:2b:3c:4d:5e"),
        ("Date d'achat", "2023-01-23 10:00:00", "purchased_on", date(2023, 1, 23)),
        ("Prix d'achat HT (€)", "1 234,50 €", "price", 123450),
        ("Disque chiffré", "Oui", "encrypted", True),
        ("Garantie jusqu'au", "31.12.27", "warranty_end", date(2027, 12, 31)),
        ("Fabricant", "To be filled by O.E.M.", "brand", None),
        ("Fabricant", "–", "brand", None),
        ("Fabricant", "N/A", "brand", None),
        ("Propriété", "leasing", "ownership", "leased"),
        ("État", "HS", "condition", "0"),
    ],
)
def test_cells_of_every_kind(tmp_path: Path, head: str, cell: str, name: str, value: Any) -> None:
    entry = _only(tmp_path, f"N° de série;{head}\nSN-44;{cell}\n")
    assert not entry.problems
    assert entry.values.get(name) == value


@pytest.mark.parametrize(
    ("text", "read"),
    [("$12.58", "12.58"), ("1\u202f234,50\u00a0€", "1234,50"), ("1,234.50", "1234.50"), ("1.234,50 EUR", "1234.50"),
     ("1,234", "1234"), ("1.234.567", "1234567"), ("0.125", "0.125"), ("2266.13", "2266.13"), ("-3,5", "-3,5"),
     ("450 € HT", "450"), ("1234.5000", "1234.5000")],
)  # fmt: skip
def test_amounts(text: str, read: str) -> None:
    assert amount_text(text) == read


@pytest.mark.parametrize(
    ("columns", "order"),
    [
        ([["3/4/23", "1/31/23"]], "mdy"),
        ([["3/4/23", "31/1/23"]], "dmy"),
        ([["3/4/23"], ["12/25/2022"]], "mdy"),
        ([["3/4/23", "5/6/23"]], "dmy"),
        ([["13/1/23", "14/1/23", "1/31/23"]], "dmy"),
        ([["2023-01-31", ""]], "dmy"),
    ],
)
def test_the_order_of_dates_is_that_of_the_whole_file(columns: list[list[str]], order: str) -> None:
    assert date_order(columns) == order


def test_a_day_out_of_order_stays_refused(tmp_path: Path) -> None:
    source = _source(tmp_path, "N° de série;Achat\nA-001;13/01/2023\nA-002;14/01/2023\nA-003;01/31/2023\n")
    assert [bool(entry.problems) for entry in source.entries] == [False, False, True]
    assert day_text("n/a", "mdy") == "n/a"


@pytest.mark.parametrize(
    ("text", "names"),
    [("BONNIN Claire", ("Claire", "BONNIN")), ("Bonnin, Claire", ("Claire", "Bonnin")), ("cbonnin", (None, "cbonnin")),
     ("Claire Bonnin", ("Claire", "Bonnin")), ("Anne Marie DE LA TOUR", ("Anne Marie", "DE LA TOUR"))],
)  # fmt: skip
def test_names_are_split(text: str, names: tuple[str | None, str]) -> None:
    assert split_name(text) == names


@pytest.mark.parametrize(
    ("words", "family"),
    [("PC portable", "Ordinateur portable"), ("Laptops", "Ordinateur portable"), ("Unité centrale", "Poste fixe"),
     ("PC", "Poste fixe"), ("Écrans", "Écran"), ("Monitors", "Écran"), ("Switch 24 ports", "Commutateur"),
     ("Imprimante laser", "Imprimante"), ("Téléphone mobile", "Smartphone"), ("VOIP Phones", "Téléphone"),
     ("Onduleur", "Onduleur"), ("Point d'accès", "Borne Wi-Fi"), ("Machine virtuelle", "Machine virtuelle"),
     ("Autre", "Autre"), ("Serveurs", "Serveur"), ("iPad", "Tablette"), ("Souris", "Périphérique"),
     ("Vidéoprojecteur", "Périphérique"), ("Pare-feu", "Pare-feu"), ("Caisse enregistreuse", None), ("", None)],
)  # fmt: skip
def test_families_by_their_words(words: str, family: str | None) -> None:
    assert from_words(words) == family


def test_an_address_that_is_none_does_not_name_anyone(tmp_path: Path) -> None:
    entry = _only(tmp_path, "N° de série;Nom de l'utilisateur;Courriel\nSN-44;Roy;pas une adresse\n")
    assert (entry.links["person_id"].last, entry.links["person_id"].email) == ("Roy", None)


def test_a_name_in_two_columns_is_taken_once(tmp_path: Path) -> None:
    entry = _only(tmp_path, "N° de série;Désignation;Nom\nSN-44;Accueil;Poste de l’accueil\n")
    assert entry.values["name"] == "Accueil"


def test_a_warranty_in_years_needs_a_purchase(tmp_path: Path) -> None:
    assert _only(tmp_path, "N° de série;Garantie (mois);Achat\nSN-44;3 ans;29/02/2024\n").values[
        "warranty_end"
    ] == date(2027, 2, 28)
    assert "warranty_end" not in _only(tmp_path, "N° de série;Garantie (mois);Achat\nSN-44;36;\n").values


def test_full_names_of_people(tmp_path: Path) -> None:
    entry = _only(tmp_path, "Full Name,Email\nClaire BONNIN,c.bonnin@ex.fr\n")
    assert entry.values == {"first_name": "Claire", "last_name": "BONNIN", "email": "c.bonnin@ex.fr"}
