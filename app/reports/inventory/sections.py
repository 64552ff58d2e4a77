"""The chapters of the report: their numbers are those of domain.md A.7, printed or not, so that references hold."""

CHAPTERS = {
    "1": "Objet, périmètre et limites",
    "2": "Synthèse",
    "3": "Méthode et échelles",
    "4": "Inventaire",
    "5": "Expertise",
    "6": "Logiciels et licences",
    "7": "Réseau, sauvegardes, sécurité",
    "8": "Besoins recueillis",
    "9": "Faisabilité technico-économique",
    "10": "Plan d’action chiffré",
    "11": "Réserves et biens exclus",
    "12": "Signatures",
    "A": "Changements depuis la version précédente",
    "B": "Écarts d’inventaire",
    "C": "Photos",
    "D": "Pannes des 12 derniers mois",
    "E": "Glossaire",
}
OPTIONAL = {
    "methode": "3", "expertise": "5", "logiciels": "6", "securite": "7", "besoins": "8", "faisabilite": "9",
    "plan": "10", "changements": "A", "ecarts": "B", "photos": "C", "pannes": "D", "glossaire": "E",
}  # fmt: skip
"""Key of what may be left out -> its number. The others are the report itself."""


def annex(number: str) -> bool:
    return number.isalpha()
