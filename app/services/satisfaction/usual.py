"""The questions that most companies ask, in our own words (domain.md G.3)."""

from app.models.upkeep_codes import QuestionKind

Asked = tuple[str, str, QuestionKind, str]
"""Its key, its block, how it is answered, its words."""
TITLE = "L’informatique et vous"
PURPOSE = (
    "Vos réponses servent à améliorer l’informatique de l’entreprise et à suivre le prestataire. Ce questionnaire est "
    "anonyme\u00a0: n’écrivez pas votre nom. Le numéro de la feuille évite de la compter deux fois\u00a0; les feuilles "
    "sont distribuées au hasard."
)
RETENTION = "3 ans"
SEGMENT = "Votre service, si vous voulez le dire\u00a0:"
_TOOLS, _HELP, _END = "Vos outils", "L’aide que vous recevez", "Pour finir"


def _scale(key: str, block: str, text: str) -> Asked:
    return key, block, QuestionKind.SCALE, text


QUESTIONS: tuple[Asked, ...] = (
    _scale("materiel", _TOOLS, "Le matériel, adapté à votre travail"),
    _scale("rapidite", _TOOLS, "La rapidité de votre poste"),
    _scale("reseau", _TOOLS, "Le réseau et le Wi-Fi"),
    _scale("imprimantes", _TOOLS, "Les imprimantes"),
    _scale("logiciels", _TOOLS, "Vos logiciels"),
    _scale("teletravail", _TOOLS, "Le travail à distance"),
    _scale("declarer", _HELP, "La facilité de déclarer un incident"),
    _scale("delai", _HELP, "Le délai de réponse"),
    _scale("resolution", _HELP, "La résolution de vos problèmes"),
    _scale("courtoisie", _HELP, "L’écoute et la courtoisie"),
    _scale("information", _HELP, "L’information pendant une panne"),
    _scale("formation", _HELP, "La formation à vos outils"),
    ("effort", _END, QuestionKind.EFFORT, "Obtenir de l’aide informatique, c’est…"),
    ("nps", _END, QuestionKind.RECOMMEND, "Recommanderiez-vous le support informatique à un collègue\u00a0?"),
    ("gene", _END, QuestionKind.OPEN, "Ce qui vous gêne le plus"),
    ("idee", _END, QuestionKind.OPEN, "Une idée pour faire mieux"),
    ("besoin", _END, QuestionKind.OPEN, "Ce dont vous aurez besoin dans les douze mois"),
)
