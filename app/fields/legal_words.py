"""The legal and trade terms of a contract, in plain French (domain.md A.3, A.6, C, D): screens, papers and help."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LegalWord:
    """`means` says what it is, `so` what it changes for the manager."""

    term: str
    means: str
    so: str

    @property
    def text(self) -> str:
        return f"{self.means} {self.so}"


def _of(*words: LegalWord) -> dict[str, LegalWord]:
    return {word.term: word for word in words}


WORDS = _of(
    LegalWord(
        "Maintenance ou infogérance",
        "Maintenance\u00a0: le prestataire intervient quand quelque chose ne va pas, et pour l’éviter. "
        "Infogérance\u00a0: il conduit l’ensemble de votre informatique et en répond.",
        "Le premier se juge à ses délais, le second au bon état du tout.",
    ),
    LegalWord(
        "Obligation de moyens ou de résultats",
        "De moyens\u00a0: le prestataire doit y mettre les soins d’un bon professionnel. De résultats\u00a0: il "
        "doit un niveau mesuré, par exemple un rétablissement en 4\u00a0h.",
        "De moyens, c’est à vous de prouver sa faute\u00a0; de résultats, le chiffre manqué suffit. Ne demandez un "
        "résultat que là où vous pouvez le mesurer.",
    ),
    LegalWord(
        "Satisfaits (CSAT)",
        "La part des réponses 4 et 5 parmi celles de 1 à 5\u00a0; «\u00a0sans avis\u00a0» et les cases "
        "vides n’y comptent pas.",
        "Elle se lit avec le nombre de réponses, et se compare d’une année à l’autre à question égale.",
    ),
    LegalWord(
        "Types de maintenance",
        "Préventive\u00a0: avant la panne. Corrective (ou curative)\u00a0: après elle. Évolutive\u00a0: pour faire "
        "plus ou mieux. Assistance\u00a0: répondre aux personnes. Supervision\u00a0: surveiller sans attendre "
        "d’être appelé.",
        "Ce qui n’est pas écrit est souvent facturé à part.",
    ),
    LegalWord(
        "Les cinq niveaux de maintenance",
        "Du plus simple au plus lourd\u00a0: 1 relancer, changer une cartouche\u00a0; 2 échanger un clavier ou un "
        "écran\u00a0; 3 trouver la panne, changer un disque\u00a0; 4 travail de spécialiste\u00a0; 5 remise à neuf "
        "par le constructeur.",
        "Dites jusqu’où vous faites vous-même, et jusqu’où va le contrat\u00a0: au-delà, c’est un devis.",
    ),
    LegalWord(
        "Tacite reconduction",
        "Sans lettre de votre part avant une date limite, le contrat repart pour la durée prévue, et pour une durée "
        "indéterminée si aucune n’est prévue.",
        "Une entreprise n’est pas prévenue par la loi\u00a0: c’est à vous de tenir la date.",
    ),
    LegalWord(
        "Préavis",
        "Le temps qui doit rester avant la fin d’une période quand le prestataire reçoit votre lettre.",
        "La lettre doit arriver, pas seulement partir\u00a0: le programme compte la poste et les jours fériés.",
    ),
    LegalWord(
        "GTI et GTR",
        "GTI, garantie de temps d’intervention\u00a0: au plus tant d’heures avant que quelqu’un s’y mette. GTR, "
        "garantie de temps de rétablissement\u00a0: au plus tant d’heures avant que le service remarche, même par "
        "un contournement.",
        "Une GTI seule ne protège pas d’une longue panne.",
    ),
    LegalWord(
        "Heures couvertes",
        "Les heures pendant lesquelles les délais courent. En dehors, l’horloge est arrêtée.",
        "Un délai de 4\u00a0h demandé le vendredi à 17\u00a0h finit le lundi si le samedi n’est pas couvert.",
    ),
    LegalWord(
        "Forfait, acte et dépassement",
        "Forfait\u00a0: un prix pour une durée, quoi qu’il arrive. À l’acte\u00a0: chaque intervention est comptée. "
        "Dépassement\u00a0: ce qui est dû au-delà des heures comprises dans le forfait.",
        "Faites écrire le taux du dépassement, et qu’il vous soit annoncé avant.",
    ),
    LegalWord(
        "Révision de prix",
        "Le prix suit un indice publié, par exemple Syntec, selon une formule.",
        "Sans plafond, la hausse n’a pas de limite\u00a0; une clause qui ne permet pas la baisse est contestable.",
    ),
    LegalWord(
        "Pénalité libératoire",
        "Une pénalité est dite libératoire quand, une fois payée, le prestataire ne doit plus rien pour son "
        "manquement.",
        "Préférez «\u00a0non libératoire\u00a0»\u00a0: vous gardez le droit de demander la réparation d’un dommage "
        "plus grand.",
    ),
    LegalWord(
        "Réversibilité",
        "Ce que le prestataire rend et fait à la fin du contrat pour que vous, ou un autre, puissiez "
        "continuer\u00a0: accès, mots de passe, sauvegardes, documentation, données.",
        "Elle se prépare pendant le contrat\u00a0: à la fin, il est trop tard pour la négocier.",
    ),
    LegalWord(
        "Sous-traitant RGPD",
        "Celui qui voit ou peut voir des données de personnes pour votre compte\u00a0: un prestataire qui prend la "
        "main sur les postes de vos salariés en est un (RGPD, article 28).",
        "Le contrat doit alors dire quatorze choses\u00a0; si elles manquent, vous êtes en faute autant que lui.",
    ),
    LegalWord(
        "Démarchage",
        "Un contrat signé hors des locaux du vendeur, après sa visite chez vous par exemple.",
        "Une entreprise de 5\u00a0salariés au plus a 14\u00a0jours pour se rétracter, si l’objet du contrat n’est "
        "pas son métier (Code de la consommation, article L221-3).",
    ),
    LegalWord(
        "Exclusions",
        "Ce que le contrat ne couvre pas, bien qu’on puisse le croire\u00a0: consommables, casse, logiciels métier, "
        "câblage…",
        "Mieux vaut une exclusion écrite qu’un refus le jour de la panne.",
    ),
    LegalWord(
        "Retard de paiement",
        "Dès le lendemain de la date limite, et sans rappel, des intérêts courent sur le montant TTC et une indemnité "
        "de 40\u00a0€ est due par facture (Code de commerce, article L441-10).",
        "Le prestataire les demande rarement, mais il le peut pendant cinq ans\u00a0: payez à temps, ou contestez par "
        "écrit avant la date.",
    ),
)  # fmt: skip
