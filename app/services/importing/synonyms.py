"""How other programs and French offices head the columns that we know, and what they write in our closed lists.

A target is the name of a field, or one of the PIECES below, which are put together once the line is read.
"""

import re
from functools import lru_cache

from app.entities import ENTITIES, Entity
from app.fields import Joined, fold

PERSON_FIRST, PERSON_LAST, PERSON_EMAIL, PERSON_FULL = "@first", "@last", "@email", "@full"
MACHINE_NAME, WARRANTY_MONTHS = "@machine", "@warranty"
PIECES = {
    PERSON_FIRST: "Prénom",
    PERSON_LAST: "Nom",
    PERSON_EMAIL: "Courriel",
    PERSON_FULL: "Nom complet",
    MACHINE_NAME: "Nom",
    WARRANTY_MONTHS: "Garantie en mois",
}

LONGEST = 100
"""Letters of a heading."""

_ASSET = {
    "number": "asset tag, n° inventaire, n° d'inventaire, numéro d'inventaire, numéro inventaire, inventory number, "
    "code inventaire, étiquette, tag, code barre",
    "support_end": "asset eol date, eol date, fin de vie",
    "family_id": "category, catégorie, type, device type, type de matériel, type de bien, nature, "
    "famille de matériel, asset type",
    MACHINE_NAME: "nom, name, nom du poste, nom de la machine, machine, poste, nom machine, nom pc, nom du pc, "
    "ordinateur, device name, assetname",
    "name": "item name, asset name, libellé, intitulé, nom du bien",
    "hostname": "hostname, host name, computer name, nom d'ordinateur, nom de l'ordinateur, nom réseau, nom d'hôte",
    "brand": "manufacturer, fabricant, constructeur, brand, maker",
    "model": "product, model, model name, nom du modèle, référence, reference, modele de l'ordinateur",
    "serial": "serial, serial number, numéro de série, no de série, num série, sn, s/n, n/s, n série, service tag, "
    "serialnumber",
    "status": "status, state, état du parc, situation, statut du bien",
    "site_id": "location, lieu, emplacement, localisation, lieu complet, agence, établissement, site name",
    "room": "room, bureau, salle, pièce, local technique",
    PERSON_FULL: "usager, utilisateur, user, owner, assigned to, assigné à, attribué à, affectation, checked out to, "
    "full name, détenteur, titulaire, nom de l'usager",
    PERSON_FIRST: "checked out to: first name, prénom de l'utilisateur",
    PERSON_LAST: "checked out to: last name, nom de l'utilisateur",
    PERSON_EMAIL: "checked out to: email, email, e-mail, courriel, mail de l'utilisateur",
    "service": "department, département, groupe, group, direction, équipe",
    "supplier": "supplier, vendor, revendeur, vendeur",
    "invoice": "invoice, invoice number, numéro de facture, facture, n° facture",
    "purchased_on": "purchase date, date d'achat, date achat, acheté le, date of purchase, date d'acquisition",
    "price": "purchase cost, prix, prix d'achat, prix d'achat ht, valeur d'achat, cost, coût, valeur, montant, "
    "montant ht, price",
    "commissioned_on": "date de mise en service, mis en service le, date de démarrage, deployment date, startup date",
    "replacement_value": "valeur de remplacement, replacement value, current value",
    "warranty_end": "fin de garantie, fin garantie, date fin de garantie, warranty date, warranty end, "
                    "warranty expiration date, warranty expiration, warranty expires, garantie jusqu'au, "
                    "date d'expiration de la garantie, échéance de garantie",
    WARRANTY_MONTHS: "durée garantie, warranty, warranty months, durée de garantie, garantie (mois), garantie en mois",
    "system": "operating system, os, système d'exploitation, os name, système d'exploitation - nom",
    "system_version": "os version, version de l'os, système d'exploitation - version, version os",
    "mac": "mac, mac address, adresse mac, réseau - mac, adresse physique",
    "ip": "ip, ip address, adresse ip, réseau - ip, adresse ipv4",
    "processor": "cpu, processor, composants - processeur",
    "memory_mb": "mémoire ram, ram, memory, mémoire vive, mémoire (mio), composants - mémoire",
    "disk_gb": "ssd, taille disque, disk, storage, disque dur, capacité du disque, taille du disque, stockage",
    "machine_uuid": "uuid, machine uuid",
    "seen_on": "lastseen, last seen, dernière date d'inventaire, last audit, vu le, dernier pointage",
    "condition": "état, condition",
    "notes": "notes, asset notes, description, commentaire, commentaires, comments, comment, remarque, remarques, "
             "observation",
}  # fmt: skip
_PERSON = {
    "last_name": "last name, lastname, surname, nom de famille, family name, nom d'usage",
    "first_name": "first name, firstname, given name, prénoms",
    PERSON_FULL: "full name, name, nom complet, nom et prénom, nom prénom, prénom nom, display name, collaborateur",
    "email": "user principal name, email, e-mail, mail, adresse mail, adresse électronique, email address, "
    "adresse e-mail, mèl",
    "phone": "mobile phone, business phone, téléphone portable, phone, tel, tél, mobile, portable, telephone, "
    "phone number, numéro de téléphone, ligne directe",
    "service": "department, département, direction, équipe, groupe, pôle",
    "position": "job title, title, poste, emploi, titre, position, fonctions, métier",
    "site_id": "location, lieu, agence, établissement, localisation",
    "arrived_on": "start date, date d'arrivée, date d'entrée, date d'embauche, entrée",
    "left_on": "end date, date de départ, date de sortie, sortie",
    "notes": "notes, commentaire, commentaires, comments, remarques",
}
_PLACE = {
    "address": "address, adresse postale, street, rue, adresse 1",
    "postal_code": "postal code, zip, zip code, zipcode, cp, postcode",
    "city": "city, town, commune, localité",
    "notes": "notes, commentaire, commentaires, comments, remarques",
}
_SITE = {
    "name": "complete name, name, site, location name, lieu, location, libellé, agence, établissement, nom complet",
    **_PLACE,
}
_PROVIDER = {
    "name": "name, raison sociale, société, fournisseur, supplier, supplier name, company, prestataire, entreprise",
    "siret": "n° siret, numéro siret",
    "contact": "contact name, contact, nom du contact, interlocuteur principal",
    "hotline": "téléphone support, hotline, dépannage, support, n° de dépannage, assistance",
    "phone": "phone, tel, tél, telephone, numéro de téléphone, standard",
    "email": "email, e-mail, mail, adresse mail",
    **_PLACE,
}
_NOTES = "notes, commentaire, commentaires, comments, remarques, description"
_LICENCE = {
    "name": "item name, name, nom, license name, nom de la licence, produit, product",
    "software_id": "software, software name, application",
    "seats": "seats, nombre, nombre de licences, nombre de postes, quantité, quantity, licences, postes",
    "reference": "order number, purchase order, n° de commande, numéro de commande, n° de contrat, contrat, "
    "référence, reference",
    "supplier": "supplier, vendor, revendeur, vendeur",
    "purchased_on": "purchase date, date d'achat, date achat, acheté le",
    "price": "purchase cost, prix, prix d'achat, coût, cost, montant ht, montant",
    "expires_on": "expires, expiration date, expiration, expire, date d'expiration, échéance, fin, date de fin, "
    "valable jusqu'au",
    "renews": "maintained, renouvellement automatique, auto renew",
    "kind": "type, license type, type de licence",
    "notes": _NOTES,
}
_SOFTWARE = {
    "name": "name, software, software name, application, produit, nom du logiciel",
    "publisher": "publisher, manufacturer, vendor, fabricant, éditeur du logiciel",
    "notes": _NOTES,
}
_SUPPORT_END = {
    "product": "product, produit, os, operating system, système d'exploitation",
    "cycle": "cycle, release, version majeure",
    "ends_on": "end of life, eol, fin de vie, end of support, fin du support, fin de support standard",
    "extended_on": "extended support, support étendu, esu, fin du support étendu",
    "builds": "build, builds, latest, numéro de version",
}
_NEED = {
    "statement": "besoin exprimé, demande, description du besoin, need, request",
    "person_id": "demandeur, utilisateur, exprimé par (personne), requester",
    "service": "department, département, direction, équipe",
    "stated_on": "date, date du recueil, recueilli",
    "priority": "moscow, priority, importance",
}
_CONTRACT = {
    "number": "n° de contrat, numéro de contrat, contract number, référence",
    "subject": "intitulé, contrat, name, nom, title",
    "provider_id": "fournisseur, supplier, provider, vendor, société",
    "starts_on": "début, date de début, start date, date de départ, signé le",
    "fee": "montant ht, prix ht, cost, coût, redevance, loyer ht",
    "notes": _NOTES,
}
_BY_ENTITY = {
    "asset": _ASSET, "person": _PERSON, "site": _SITE, "provider": _PROVIDER, "licence": _LICENCE,
    "software": _SOFTWARE, "support_end": _SUPPORT_END, "need": _NEED, "contract": _CONTRACT,
}  # fmt: skip

CHOICES: dict[str, dict[str, str]] = {
    "status": {
        "in_service": "deployed, en production, production, actif, active, in use, en fonction, affecté, attribué, "
                      "utilisé, en usage, ok",
        "in_stock": "ready to deploy, deployable, pending, stock, disponible, en réserve, spare, in stock, available, "
                    "neuf, en attente, non affecté",
        "in_repair": "undeployable, pending diagnostics, out for diagnostics, out for repair, en panne, panne, sav, "
                     "en maintenance, maintenance, hs, hors service, broken, in repair, réparation",
        "lent": "prêt, en prêt, loaned, on loan, prêtée",
        "retired": "archived, archivé, lost, lost/stolen, stolen, perdu, volé, réformé, rebut, au rebut, mis au rebut, "
                   "retired, disposed, vendu, cédé, détruit, sortie, supprimé, broken - not fixable",
    },
    "series": {
        "old": "ancienne, ancien, ancienne série, old",
        "revised": "révisée, révisé, nouvelle, série révisée, revised",
    },
    "ownership": {
        "owned": "achat, acheté, owned, propriété, propre",
        "rented": "location, en location, rented, rental",
        "leased": "leasing, crédit bail, leased, lease, loa",
        "third_party": "tiers, prestataire, mis à disposition",
        "personal": "perso, byod",
    },
    "condition": {
        "4": "très bon, excellent, neuf, comme neuf, very good, new",
        "3": "bon, good, bon état",
        "2": "moyen, fair, usé, état moyen",
        "1": "mauvais, bad, poor, mauvais état",
        "0": "hors service, hs, dead, broken",
    },
    "role": {
        "user": "user, usager, salarié, employé, collaborateur",
        "technician": "technicien, technician, it, support, informaticien",
        "buyer": "achats, acheteuse, buyer, purchaser",
        "manager": "gestionnaire, manager, responsable, administrateur, admin",
    },
}  # fmt: skip


_UNITS = re.compile(r"\((?:€|eur|euros|ht|[kmgt]i?[ob])\)|€")
_OF_SIZE = re.compile(r"\(([kmgt]i?[ob])\)")


def size_unit(header: str) -> str:
    """« Go » for « RAM (Go) »; an empty text for a heading that says none."""
    found = _OF_SIZE.search(fold(header))
    return found[1] if found else ""


@lru_cache(maxsize=5000)
def plain(header: str) -> str:
    """A header without accents, case, signs nor the mention of a unit, a tax or a currency."""
    bare = _UNITS.sub(" ", fold(header))
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def targets(entity: Entity) -> dict[str, str]:
    """Plain header -> field name or piece. Our own labels come first, so that our export is read back as it was."""
    found: dict[str, str] = {}
    given = entity.numbering.field if entity.numbering else ""
    for field in entity.fields:
        if not isinstance(field, Joined) and (not field.read_only or field.name == given):
            found.setdefault(plain(field.label), field.name)
    for name, words in _BY_ENTITY.get(entity.key, {}).items():
        for word in words.split(","):
            found.setdefault(plain(word), name)
    return found


@lru_cache(maxsize=1)
def _every_heading() -> frozenset[str]:
    return frozenset(heading for entity in ENTITIES.values() for heading in targets(entity))


def is_known(heading: str) -> bool:
    """Whether some list of ours or of another program has a column of that name."""
    return len(heading) < LONGEST and plain(heading) in _every_heading()


def pieces_of(key: str) -> tuple[str, ...]:
    """The pieces that a line of this entity is put together from."""
    return tuple(name for name in _BY_ENTITY.get(key, {}) if name in PIECES)


def label(entity: Entity, target: str) -> str:
    return PIECES[target] if target in PIECES else entity.field(target).label


@lru_cache(maxsize=2000)
def choice(name: str, text: str) -> str:
    """A word of another program in a closed list -> our stored value, or the text as it was."""
    wanted = plain(text)
    for value, words in CHOICES.get(name, {}).items():
        if wanted in {plain(word) for word in words.split(",")}:
            return value
    return text


_OF_LICENCES = {"seats", "licensed to name", "licensed to email", "product key", "reassignable", "cle de produit",
                "cle de licence", "nombre de licences", "license name", "nom de la licence"}  # fmt: skip
_OF_MODELS = {"fieldset", "model number", "min qty", "min amt", "eol", "model notes"}
_SUPPLIES = {"quantity", "qty", "min qty", "min amt", "min quantity", "quantite", "total quantity"}


def told_by(headers: tuple[str, ...]) -> str:
    """The entity that some headings give away, whatever the others are; else an empty text."""
    return "licence" if len(_OF_LICENCES & {plain(h) for h in headers}) > 1 else ""


def unkept(headers: tuple[str, ...]) -> str:
    """What a list is about, when it is nothing the program keeps; else an empty text."""
    seen = {plain(h) for h in headers}
    own = {h for h, target in targets(ENTITIES["asset"]).items() if target in {"serial", "number", "mac", "hostname"}}
    if told_by(headers) or own & seen:
        return ""
    if _SUPPLIES & seen and "intervention" not in seen:
        return "une liste d’accessoires, de composants ou de consommables comptés en quantité"
    return "une liste de modèles, non de biens" if len(_OF_MODELS & seen) > 1 else ""
