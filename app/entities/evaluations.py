"""Evaluations after interventions, and the anonymous satisfaction survey (domain.md G.1, G.3)."""

from app.entities.base import Entity, Linked, Numbering
from app.fields import Choice, Count, Day, Derived, Flag, Ref, Text
from app.models import (
    Evaluation,
    Questionnaire,
    SatisfactionAnswer,
    SatisfactionQuestion,
    SatisfactionResponse,
    SatisfactionSurvey,
)
from app.models.upkeep_codes import AnswerSource, EvaluationStanding, EvaluationState, QuestionKind

NOTES = "Notes de 1 à 5 (0\u00a0: sans avis)"
QUESTIONS = "Questions"
WORDS = "En clair"
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

EVALUATION = Entity(
    model=Evaluation,
    one="Évaluation",
    many="Évaluations",
    gender="f",
    icon="star",
    chips=("standing", "technician", "source"),
    order_by="number",
    descending=True,
    numbering=Numbering(prefix="EV", yearly=True),
    badge="state",
    summary="Ce que chacun pense d’une intervention, sur papier ou à l’écran.",
    subtitle=("intervention_id", "person_id"),
    brief=("number", "standing", "note"),
    first_columns=(
        "number", "standing", "note", "technician", "ticket", "person_id", "printed_on", "received_on", "source",
    ),
    editable=False,
    from_lists=False,
    fields=(
        Text(name="number", label="Fiche", column="shown", width=120, read_only=True),
        Ref(name="intervention_id", label="Intervention", target="intervention", column="shown", width=150),
        Ref(name="person_id", label="Utilisateur", target="person", column="shown", width=160),
        Derived(name="standing", label="État", options=EvaluationStanding, column="shown", width=124, filterable=True,
                help="Au jour d’aujourd’hui : en retard après les jours dits dans les réglages."),
        Derived(name="technician", label="Technicien", words=True, column="shown", width=140, filterable=True),
        Derived(name="ticket", label="Ticket", words=True, column="shown", width=112),
        Choice(name="state", label="Retour", options=EvaluationState, default=EvaluationState.EXPECTED, required=True,
               badge=True, width=110, read_only=True),
        Count(name="note", label="Note sur 5", places=2, high=500, column="shown", width=90, read_only=True),
        Count(name="answered", label="Réponses", width=80, read_only=True),
        Flag(name="solved", label="Problème résolu", group=QUESTIONS),
        Day(name="printed_on", label="Imprimée le", column="shown", read_only=True),
        Day(name="received_on", label="Reçue le", column="shown"),
        Choice(name="source", label="Revenue par", options=AnswerSource, column="shown", width=130, read_only=True),
        *(Count(name=f"c{n}", label=words, high=5, column="available", group=NOTES)
          for n, words in enumerate(CRITERIA, 1)),
        Flag(name="tested", label="Essai fait devant l’utilisateur", group=QUESTIONS),
        Flag(name="data_intact", label="Données intactes", group=QUESTIONS),
        Flag(name="again", label="Nouvelle intervention nécessaire", group=QUESTIONS),
        Text(name="liked", label="Un point positif", multiline=True, column="never", group=WORDS),
        Text(name="to_improve", label="Un point à améliorer", multiline=True, column="never", group=WORDS),
        Text(name="reserves", label="Réserves", multiline=True, column="never", group=WORDS),
        Text(name="model", label="Modèle", default="G1", required=True, max_length=10, read_only=True),
    ),
)  # fmt: skip

QUESTIONNAIRE = Entity(
    model=Questionnaire,
    one="Questionnaire",
    many="Questionnaires",
    icon="file-question-mark",
    order_by="number",
    descending=True,
    numbering=Numbering(prefix="QS", width=2),
    summary="Les questions posées une fois par an à tous, sans nom.",
    own_page=True,
    linked=(Linked("satisfaction_question", "questionnaire_id"), Linked("satisfaction_survey", "questionnaire_id")),
    from_lists=False,
    fields=(
        Text(name="number", label="N°", column="shown", width=90, read_only=True),
        Text(name="title", label="Titre", required=True, max_length=160, column="shown", width=300),
        Text(name="purpose", label="À quoi servent les réponses", multiline=True, column="never"),
        Text(name="retention", label="Conservées", max_length=160, column="available"),
    ),
)

SATISFACTION_QUESTION = Entity(
    model=SatisfactionQuestion,
    one="Question",
    many="Questions",
    gender="f",
    icon="file-question-mark",
    order_by="position",
    from_lists=False,
    fields=(
        Ref(name="questionnaire_id", label="Questionnaire", target="questionnaire", required=True, column="shown"),
        Count(name="position", label="Rang", low=1, high=99, required=True, column="shown", width=60),
        Text(name="block", label="Thème", max_length=80, column="shown", width=160, suggest=True),
        Text(name="text", label="Question", required=True, max_length=200, column="shown", width=340),
        Choice(
            name="kind",
            label="Réponse",
            options=QuestionKind,
            default=QuestionKind.SCALE,
            required=True,
            column="shown",
            width=180,
        ),
        Text(name="key", label="Repère", required=True, max_length=40, read_only=True),
    ),
)

SATISFACTION_SURVEY = Entity(
    model=SatisfactionSurvey,
    one="Enquête de satisfaction",
    many="Enquêtes de satisfaction",
    gender="f",
    icon="smile",
    order_by="opened_on",
    descending=True,
    numbering=Numbering(prefix="ENQ", yearly=True, width=2),
    summary="Ce que les salariés pensent de l’informatique, une fois par an, sans nom.",
    own_page=True,
    linked=(Linked("satisfaction_response", "survey_id"),),
    from_lists=False,
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Text(name="title", label="Titre", required=True, max_length=160, column="shown", width=280),
        Ref(name="questionnaire_id", label="Questionnaire", target="questionnaire", required=True, column="shown",
            width=200),
        Day(name="opened_on", label="Ouverte le", required=True, column="shown"),
        Day(name="closed_on", label="Close le", column="shown"),
        Count(name="invited", label="Personnes invitées", low=1, high=100_000, column="shown", width=140),
        Derived(name="returned", label="Feuilles revenues", column="shown", width=130),
        Count(name="sheets", label="Feuilles numérotées", column="available", read_only=True),
        Text(name="conclusion", label="Ce que nous en retenons", multiline=True, column="never"),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

SATISFACTION_RESPONSE = Entity(
    model=SatisfactionResponse,
    one="Réponse",
    many="Réponses",
    gender="f",
    icon="file-check",
    order_by="received_on",
    descending=True,
    editable=False,
    from_lists=False,
    fields=(
        Ref(name="survey_id", label="Enquête", target="satisfaction_survey", required=True, column="shown", width=200),
        Count(name="sheet", label="Feuille", low=1, high=100_000, column="shown"),
        Ref(name="site_id", label="Site", target="site", column="shown"),
        Text(name="service", label="Service", max_length=80, column="shown", suggest=True, filterable=True),
        Day(name="received_on", label="Reçue le", required=True, column="shown"),
        Choice(name="source", label="Revenue par", options=AnswerSource, required=True, column="shown"),
    ),
)

SATISFACTION_ANSWER = Entity(
    model=SatisfactionAnswer,
    one="Réponse à une question",
    many="Réponses aux questions",
    gender="f",
    icon="check",
    order_by="question_id",
    editable=False,
    from_lists=False,
    fields=(
        Ref(name="response_id", label="Réponse", target="satisfaction_response", required=True, column="shown"),
        Ref(name="question_id", label="Question", target="satisfaction_question", required=True, column="shown"),
        Count(name="value", label="Valeur", high=10, column="shown"),
        Text(name="text", label="Texte", max_length=1000, column="shown"),
    ),
)
