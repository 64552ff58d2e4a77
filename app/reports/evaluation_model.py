"""The evaluation form after an intervention, model G1 (domain.md G.1; geometry of papers.md 3)."""

from collections.abc import Sequence

from app.reports.form_model import LEFT, RIGHT, FormArea, FormBox, FormLine, FormModel, FormPage, FormRule, FormText

KEY = "G1"
CRITERIA = (
    "Délai de prise en charge",
    "Ponctualité",
    "Écoute et courtoisie",
    "Compétence",
    "Clarté des explications",
    "Qualité du résultat",
    "Propreté, respect des lieux et de la sécurité",
    "Information pendant l’attente",
    "Compte rendu remis",
)
QUESTIONS = (
    "Problème résolu\u00a0?",
    "Essai fait devant vous\u00a0?",
    "Données intactes\u00a0?",
    "Nouvelle intervention nécessaire\u00a0?",
)
FREE = ("Un point positif", "Un point à améliorer", "Vos réserves")
SIGN = ("Utilisateur", "Technicien", "Visa du gestionnaire")
COLUMNS = (110.0, 124.0, 138.0, 152.0, 166.0, 180.0)
"""1 to 5, then « sans avis », whose value is 0."""
FIRST, PITCH = 86.2, 8.5
NO, YES = 0, 1
_ANSWERS = ((77.0, 91.0, 166.6), (160.0, 174.0, 166.6), (77.0, 91.0, 175.1), (160.0, 174.0, 175.1))
SIGNATURES, SIGNATURE = 243.5, (51.3, 30.0)
_SIGN_NAMES = ("user", "technician", "manager")


def scale(y: float) -> tuple[FormBox, ...]:
    """Boxes 1 to 5 and « sans avis »."""
    return tuple(FormBox(i % 6, x, y, str(i) if i < 6 else "") for i, x in enumerate(COLUMNS, 1))  # noqa: PLR2004


def _criterion(i: int) -> FormLine:
    y = FIRST + PITCH * i
    return FormLine(f"c{i + 1}", CRITERIA[i], scale(y), LEFT, y, COLUMNS[0] - LEFT - 8, str(i + 1))


def _question(i: int) -> FormLine:
    yes, no, y = _ANSWERS[i]
    x = LEFT if i % 2 == 0 else 103.0
    boxes = (FormBox(YES, yes, y, "oui"), FormBox(NO, no, y, "non"))
    return FormLine(f"q{i + 1}", QUESTIONS[i], boxes, x, y, yes - x - 4)


STEPS = (
    ("Très", "insatisfait"),
    ("", "Insatisfait"),
    ("", "Moyen"),
    ("", "Satisfait"),
    ("Très", "satisfait"),
    ("Sans", "avis"),
)
HEADS = (77.6, 80.5)
"""Baselines of the words above the columns."""


def heads(words: Sequence[tuple[str, str]], columns: Sequence[float], below: float) -> tuple[FormText, ...]:
    """Words in two lines above columns of boxes, the second line on the baseline `below`."""
    above = below - HEADS[1] + HEADS[0]
    return tuple(
        FormText(text, x, y, "column")
        for x, pair in zip(columns, words, strict=True)
        for y, text in zip((above, below), pair, strict=True)
        if text
    )


def _rules() -> tuple[FormRule, ...]:
    top = FIRST - PITCH / 2
    last = FIRST + PITCH * (len(CRITERIA) - 0.5)
    between = (FormRule(top + PITCH * i) for i in range(1, len(CRITERIA)))
    return (FormRule(top, True), *between, FormRule(last, True), FormRule(170.85), FormRule(179.3, True))


def _signed() -> tuple[FormArea, ...]:
    wide = (RIGHT - LEFT - 3 * SIGNATURE[0]) / 2 + SIGNATURE[0]
    places = ((name, LEFT + i * wide) for i, name in enumerate(_SIGN_NAMES))
    return tuple(
        area
        for name, x in places
        for area in (
            FormArea(f"nom_{name}", "Nom", x + 8, SIGNATURES + 6.2, SIGNATURE[0] - 10, 4.6, "name"),
            FormArea(f"date_{name}", "Le", x + 8, SIGNATURES + 12.2, SIGNATURE[0] - 10, 4.6, "day"),
        )
    )


G1 = FormModel(
    KEY,
    (
        FormPage(
            (*(_criterion(i) for i in range(len(CRITERIA))), *(_question(i) for i in range(len(QUESTIONS)))),
            (
                *(FormArea(f"t{i + 1}", FREE[i], LEFT, 186.2 + 20 * i, RIGHT - LEFT, 14.0) for i in range(len(FREE))),
                *_signed(),
            ),
            heads(STEPS, COLUMNS, HEADS[1]),
            _rules(),
            SIGN,
            SIGNATURES,
        ),
    ),
)
"""Lines `c1` to `c9` (1 to 5, 0 « sans avis »), `q1` to `q4` (1 yes, 0 no); texts `t1` to `t3`; `nom_*`, `date_*`."""
