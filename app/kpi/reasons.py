"""Why a ticket is kept or left out, in the plural words shown after a count."""

TAKEN = "pris en charge"
RESTORED = "rétablis"
REPAIRED = "réparés"
LATE = "ouverts en retard"
CANCELLED = "annulés"
UNTAKEN = "non pris en charge"
UNRESTORED = "non rétablis"
UNTOLD_TAKING = "sans heure de prise en charge"
UNTOLD_END = "sans heure de rétablissement"
NOT_INCIDENTS = "autres que des incidents"
NO_REPAIR_TIME = "sans temps de réparation"
NO_PROMISE = "sans engagement"
NOT_DUE = "pas encore dus"
FAILURES = "pannes"
UNSTOPPED = "pannes sans heure d’arrêt"
FAILED = "biens arrêtés"
WITHOUT_FAILURE = "biens sans panne"
UNSTARTED = "biens en stock, ou sortis sans date"
PREVENTIVE = "interventions préventives"
CORRECTIVE = "interventions correctives"
BARE_VISITS = "visites sans intervention"
UNTIMED = "interventions sans durée"
IN_TIME = "faites dans les temps"
LATE_DONE = "faites hors délai"
MISSED = "manquées"
WAITED_FOR = "encore attendues"
VISITS_CANCELLED = "annulées"
DELIVERED = "remis à temps"
UNDELIVERED = "en retard ou refusés"
WAIVED = "non exigés"
FORMS = "fiches reçues"
HANDED = "fiches remises"
NO_OPINION = "réponses «\u00a0sans avis\u00a0»"
VALUED = "biens chiffrés"
UNVALUED = "biens sans valeur"
UNTOLD_HOURS = "heures internes sans coût horaire"
VISITED = "vus sur site"
FIRST_CONTACT = "résolus au premier contact"
LATER_CONTACT = "résolus plus tard"
REPEATED = "répétés"
ALONE = "isolés"
UNPLACED = "sans bien ou sans catégorie"
REOPENED = "rouverts"
NEVER_REOPENED = "jamais rouverts"
OPENED = "ouverts"
SUSPENDED = "suspendus"
OPEN_LATE = "hors délai de rétablissement"
OPEN_IN_TIME = "dans le délai"

SINGULAR = {
    RESTORED: "rétabli",
    REPAIRED: "réparé",
    LATE: "ouvert en retard",
    CANCELLED: "annulé",
    UNRESTORED: "non rétabli",
    NOT_INCIDENTS: "autre qu’un incident",
    NOT_DUE: "pas encore dû",
    FAILURES: "panne",
    UNSTOPPED: "panne sans heure d’arrêt",
    FAILED: "bien arrêté",
    WITHOUT_FAILURE: "bien sans panne",
    UNSTARTED: "bien en stock, ou sorti sans date",
    PREVENTIVE: "intervention préventive",
    CORRECTIVE: "intervention corrective",
    BARE_VISITS: "visite sans intervention",
    UNTIMED: "intervention sans durée",
    IN_TIME: "faite dans les temps",
    LATE_DONE: "faite hors délai",
    MISSED: "manquée",
    WAITED_FOR: "encore attendue",
    VISITS_CANCELLED: "annulée",
    UNDELIVERED: "en retard ou refusé",
    WAIVED: "non exigé",
    FORMS: "fiche reçue",
    HANDED: "fiche remise",
    NO_OPINION: "réponse «\u00a0sans avis\u00a0»",
    VALUED: "bien chiffré",
    UNVALUED: "bien sans valeur",
    UNTOLD_HOURS: "heure interne sans coût horaire",
    VISITED: "vu sur site",
    FIRST_CONTACT: "résolu au premier contact",
    LATER_CONTACT: "résolu plus tard",
    REPEATED: "répété",
    ALONE: "isolé",
    REOPENED: "rouvert",
    NEVER_REOPENED: "jamais rouvert",
    OPENED: "ouvert",
    SUSPENDED: "suspendu",
}
"""Those whose word changes for one ticket."""
