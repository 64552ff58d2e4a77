"""The order of the guide: the thread of a manager's work, from the first day to the reversibility (product.md).

A page is a file of resources/aide; its title is the first line of it.
"""

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Premiers pas", ("bienvenue", "fil", "premier-jour", "accueil", "gestes", "fichier")),
    (
        "Avant le contrat\u00a0: connaître son parc",
        (
            "inventaire", "import", "biens", "personnes", "campagnes", "licences", "securite", "expertise", "besoins",
            "rapport-inventaire", "sorties",
        ),
    ),
    ("Avant le contrat\u00a0: choisir et signer", ("consultation", "contrats", "niveaux", "prix", "clauses", "rgpd")),
    (
        "Pendant le contrat",
        (
            "tickets", "horloge", "interventions", "evaluations", "planning", "prestataires", "documents", "reunions",
            "echeances", "sauvegardes", "sensibilisation",
        ),
    ),
    (
        "L’argent",
        ("argent", "factures", "facturation", "penalites", "couts", "immobilisations", "comptabilite"),
    ),
    (
        "Juger et décider",
        (
            "indicateurs", "mesures", "rapport-periodique", "fiche-controle", "enquetes", "satisfaction", "preuve",
            "remplacements", "preavis", "reversibilite",
        ),
    ),
    ("Pour s’y retrouver", ("questions", "reprise", "clavier", "commandes", "glossaire")),
)  # fmt: skip
