"""Declared settings. Those of the company travel with its file; those of the workstation stay on it."""

from dataclasses import dataclass
from typing import Any

from app.codes import Code
from app.fields import Choice, Count, Field, Flag, Money, Text


class Theme(Code):
    LIGHT = "light", "Clair"
    DARK = "dark", "Sombre"
    SYSTEM = "system", "Comme le système"


class TextSize(Code):
    NORMAL = "1.0", "Normale"
    LARGE = "1.15", "Grande"
    LARGER = "1.3", "Très grande"


class LabelForm(Code):
    """The sheets of labels found everywhere, by the number of labels on each."""

    LARGE = "24", "24, de 64 × 34 mm"
    SMALL = "65", "65, de 38 × 21 mm"


class DayCount(Code):
    """How a year is cut for depreciation (domain.md E.3)."""

    THIRTY = "thirty", "30 jours par mois, 360 par an"
    REAL = "real", "Jours réels, 365 par an"


class PrepaidRule(Code):
    """How a charge is shared over a closing (domain.md E.5)."""

    MONTHS = "months", "Mois entiers"
    THIRTY = "thirty", "30 jours par mois, 360 par an"
    REAL = "real", "Jours réels"


class Rhythm(Code):
    """How often a periodic report, or a scorecard, is made."""

    NONE = "none", "Jamais"
    MONTH = "month", "Chaque mois"
    QUARTER = "quarter", "Chaque trimestre"
    YEAR = "year", "Chaque année"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """`field` gives the name, the words, the kind and the value before any choice."""

    field: Field
    group: str
    of_company: bool = True

    @property
    def key(self) -> str:
        return self.field.name

    @property
    def default(self) -> Any:
        return self.field.default


_LEADS = (
    ("notice", "un préavis à poster", 90),
    ("contract_end", "la fin d’un contrat", 90),
    ("withdrawal", "la fin d’une rétractation", 14),
    ("revision", "une révision de prix", 30),
    ("hours", "la fin d’heures achetées", 60),
    ("invoice", "une facture à payer", 15),
    ("penalty", "la réclamation de pénalités", 30),
    ("certificate", "la fin d’une attestation", 30),
    ("document", "la remise d’un document du prestataire", 3),
    ("access", "la revue d’un accès", 15),
    ("return", "une remise de réversibilité", 30),
    ("consultation", "une date de consultation", 15),
    ("meeting", "une réunion", 15),
    ("action", "une action décidée en réunion", 15),
    ("support", "la fin de support d’un système", 90),
    ("licence", "la fin d’une licence", 90),
    ("loan", "le retour d’un prêt", 7),
    ("loaner", "la restitution d’un matériel prêté", 7),
    ("inventory", "l’inventaire annuel", 60),
    ("expertise", "la fin de validité d’une expertise", 60),
    ("visit", "une visite prévue", 7),
    ("restore", "un essai de restauration", 15),
    ("report", "un rapport périodique à établir", 10),
    ("scorecard", "une fiche contrôle à établir", 15),
    ("improvement", "une action de progrès", 15),
)
"""Kinds of deadlines (models.deadline_codes) and days before, until they are chosen."""

SETTINGS: tuple[Setting, ...] = (
    Setting(
        group="Affichage",
        of_company=False,
        field=Choice(name="theme", label="Couleurs", options=Theme, default=Theme.SYSTEM, required=True),
    ),
    Setting(
        group="Affichage",
        of_company=False,
        field=Choice(
            name="text_size", label="Taille du texte", options=TextSize, default=TextSize.NORMAL, required=True,
        ),
    ),
    Setting(
        group="Affichage",
        of_company=False,
        field=Flag(
            name="tray", label="Icône près de l’horloge", default=False, required=True,
            help="Un message quand une échéance approche, tant que le programme est ouvert.",
        ),
    ),
    Setting(
        group="Vous",
        of_company=False,
        field=Text(
            name="user_name",
            label="Votre nom",
            max_length=80,
            help="Inscrit dans l’historique et sur les papiers que vous émettez.",
        ),
    ),
    Setting(
        group="Étiquettes",
        of_company=False,
        field=Choice(
            name="label_form", label="Étiquettes par planche", options=LabelForm, default=LabelForm.LARGE,
            required=True,
        ),
    ),
    Setting(
        group="Étiquettes",
        of_company=False,
        field=Count(
            name="label_right", label="Décalage vers la droite", unit="dixièmes de mm", low=-100, high=100, default=0,
            required=True, help="Si votre imprimante n’est pas juste\u00a0: négatif vers la gauche.",
        ),
    ),
    Setting(
        group="Étiquettes",
        of_company=False,
        field=Count(
            name="label_down", label="Décalage vers le bas", unit="dixièmes de mm", low=-100, high=100, default=0,
            required=True, help="Négatif vers le haut.",
        ),
    ),
    Setting(
        group="Échéances",
        field=Count(
            name="warranty_days", label="Prévenir avant la fin d’une garantie", unit="jours", high=730, default=90,
            required=True,
        ),
    ),
    *(
        Setting(
            group="Échéances",
            field=Count(
                name=f"lead_{kind}", label=f"Prévenir avant {of}", unit="jours", high=730, default=days, required=True,
            ),
        )
        for kind, of, days in _LEADS
    ),
    Setting(
        group="Sécurité",
        field=Count(
            name="unseen_days", label="Un poste est perdu de vue après", unit="jours", low=1, high=730, default=90,
            required=True,
        ),
    ),
    Setting(
        group="Sécurité",
        field=Count(
            name="battery_percent", label="Une batterie est usée sous", unit="%", low=1, high=100, default=60,
            required=True, help="De sa capacité quand elle était neuve.",
        ),
    ),
    Setting(
        group="Sauvegardes",
        field=Count(
            name="backup_days", label="Prévenir si la dernière sauvegarde a plus de", unit="jours", low=1, high=90,
            default=7, required=True,
        ),
    ),
    Setting(
        group="Sauvegardes",
        field=Flag(name="backup_at_close", label="Sauvegarder à la fermeture", default=True, required=True),
    ),
    Setting(
        group="Sauvegardes suivies",
        field=Count(
            name="backup_check_days", label="Contrôler chaque sauvegarde au moins tous les", unit="jours", low=1,
            high=366, default=7, required=True, help="Sauf si une tâche dit autre chose.",
        ),
    ),
    Setting(
        group="Sauvegardes suivies",
        field=Count(
            name="restore_test_days", label="Essayer une restauration au moins tous les", unit="jours", low=1,
            high=1100, default=180, required=True, help="Sauf si une tâche dit autre chose.",
        ),
    ),
    Setting(
        group="Tickets",
        field=Count(
            name="reopen_days", label="Un ticket se rouvre dans les", unit="jours", low=1, high=90, default=7,
            required=True, help="Au-delà, ouvrez un nouveau ticket.",
        ),
    ),
    Setting(
        group="Évaluations",
        field=Count(
            name="evaluation_days", label="Une fiche imprimée est en retard après", unit="jours", low=1, high=365,
            default=15, required=True,
        ),
    ),
    Setting(
        group="Évaluations",
        field=Text(
            name="evaluation_retention", label="Les réponses sont conservées", max_length=60, default="3 ans",
            required=True, help="Imprimé au bas de la fiche d’évaluation (RGPD).",
        ),
    ),
    Setting(
        group="Planning",
        field=Count(
            name="visit_window", label="Une visite est dans les temps à", unit="%", high=50, default=10, required=True,
            help="De l’intervalle, avant et après son jour : 3 jours pour une visite par mois.",
        ),
    ),
    Setting(
        group="Indicateurs",
        field=Choice(
            name="report_rhythm", label="Établir le rapport périodique", options=Rhythm, default=Rhythm.QUARTER,
            required=True, help="Un rappel paraît à l’accueil quand une période est finie sans rapport émis.",
        ),
    ),
    Setting(
        group="Indicateurs",
        field=Choice(
            name="scorecard_rhythm", label="Noter chaque prestataire", options=Rhythm, default=Rhythm.YEAR,
            required=True, help="Un rappel paraît à l’accueil quand une période est finie sans fiche contrôle émise.",
        ),
    ),
    Setting(
        group="Indicateurs",
        field=Count(
            name="recurrence_days", label="Un incident revient s’il en suit un autre de moins de", unit="jours",
            low=1, high=730, default=90, required=True, help="Même bien et même catégorie.",
        ),
    ),
    Setting(
        group="Indicateurs",
        field=Money(
            name="internal_rate", label="Une heure de travail interne coûte",
            help="Met les heures de l’entreprise dans le coût de la maintenance. Vide\u00a0: elles n’y comptent pas.",
        ),
    ),
    Setting(
        group="Besoins",
        field=Text(
            name="needs_retention", label="Questionnaire\u00a0: les réponses sont conservées", max_length=80,
            default="jusqu’à la signature du contrat, puis 12 mois", required=True,
            help="Imprimé au bas du questionnaire (RGPD).",
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Flag(
            name="vat_recovered", label="L’entreprise récupère la TVA", default=True, required=True,
            help="Sinon les coûts sont comptés TTC.",
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Money(
            name="expense_limit", label="Passer en charge jusqu’à (prix HT)", default=50_000, required=True,
            help="Par bien ou par ensemble vendu comme un tout. Tolérance fiscale : 500 € HT.",
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Count(
            name="hardware_months", label="Durée du matériel", unit="mois", low=1, high=600, default=36,
            required=True, help="Celle de l’amortissement comptable.",
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Count(
            name="software_months", label="Durée des logiciels", unit="mois", low=1, high=600, default=36,
            required=True, help="Celle de l’amortissement comptable.",
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Choice(
            name="depreciation_days", label="Compter l’amortissement en", options=DayCount, default=DayCount.THIRTY,
            required=True,
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Flag(
            name="exit_day_counts", label="Amortir le jour de la sortie", default=True, required=True,
        ),
    ),
    Setting(
        group="Comptabilité",
        field=Choice(
            name="prepaid_rule", label="Charges d’avance en", options=PrepaidRule,
            default=PrepaidRule.MONTHS, required=True,
        ),
    ),
    Setting(
        group="Expertise",
        field=Count(
            name="expertise_good_share", label="Avis favorable\u00a0: part de biens maintenables d’au moins", unit="%",
            high=100, default=90, required=True,
        ),
    ),
    Setting(
        group="Expertise",
        field=Count(
            name="expertise_good_ratio", label="… et contrat d’au plus, du prix de remplacement par an", unit="%",
            high=1000, default=15, required=True,
        ),
    ),
    Setting(
        group="Expertise",
        field=Count(
            name="expertise_bad_share", label="Avis défavorable\u00a0: part de biens maintenables sous", unit="%",
            high=100, default=60, required=True,
        ),
    ),
    Setting(
        group="Expertise",
        field=Count(
            name="expertise_bad_ratio", label="… ou contrat au-delà, du prix de remplacement par an", unit="%",
            high=1000, default=30, required=True,
        ),
    ),
)  # fmt: skip

BY_KEY = {setting.key: setting for setting in SETTINGS}
