"""Why a ticket is kept or left out, in the plural words shown after a count."""

TAKEN = "pris en charge"
RESTORED = "rétablis"
REPAIRED = "réparés"
LATE = "ouverts en retard"
CANCELLED = "annulés"
UNTAKEN = "non pris en charge"
UNRESTORED = "non rétablis"
NOT_INCIDENTS = "autres que des incidents"
NO_REPAIR_TIME = "sans temps de réparation"
NO_PROMISE = "sans engagement"
NOT_DUE = "pas encore dus"

SINGULAR = {
    RESTORED: "rétabli",
    REPAIRED: "réparé",
    LATE: "ouvert en retard",
    CANCELLED: "annulé",
    UNRESTORED: "non rétabli",
    NOT_INCIDENTS: "autre qu’un incident",
    NOT_DUE: "pas encore dû",
}
"""Those whose word changes for one ticket."""
