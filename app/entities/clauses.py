"""The library of clauses, and those of a contract (domain.md C.9)."""

from app.entities.agreements import CONTRACT
from app.entities.base import Entity
from app.fields import Choice, Count, Flag, Ref, Text
from app.models import Clause, ContractClause
from app.models.contract_codes import ClauseFamily

CLAUSE = Entity(
    model=Clause,
    one="Clause",
    many="Clauses",
    gender="f",
    icon="scale",
    chips=("family", "mandatory"),
    order_by="position",
    natural_key=("topic",),
    unique=("topic",),
    summary="La bibliothèque de clauses\u00a0: chacune se corrige, et garde ses versions.",
    subtitle=("family",),
    fields=(
        Text(name="topic", label="Code", required=True, max_length=40, column="available"),
        Count(name="position", label="Ordre", required=True, default=100, column="shown", width=86),
        Text(name="title", label="Titre", required=True, max_length=160, column="shown", width=300),
        Choice(name="family", label="Famille", options=ClauseFamily, default=ClauseFamily.LEGAL, required=True,
               column="shown", width=130),
        Text(name="text", label="Texte", multiline=True, required=True, column="never"),
        Flag(name="mandatory", label="Indispensable", default=False, required=True, column="shown", width=110),
        Count(name="weight", label="Poids", low=1, high=10, default=1, required=True,
              help="De 1 à 10 dans le score du contrat."),
        Text(name="why", label="Pourquoi elle compte", multiline=True, column="never"),
        Count(name="revision", label="Version", default=1, in_form=False, column="shown", width=80),
    ),
)  # fmt: skip

CONTRACT_CLAUSE = Entity(
    model=ContractClause,
    one="Clause du contrat",
    many="Clauses du contrat",
    gender="f",
    icon="scale",
    order_by="position",
    from_lists=False,
    fields=(
        CONTRACT,
        Ref(name="amendment_id", label="Avenant", target="amendment", in_form=False),
        Ref(name="clause_id", label="Clause de la bibliothèque", target="clause", in_form=False),
        Count(name="revision", label="Version", in_form=False),
        Count(name="position", label="Ordre", required=True, default=100, column="shown", width=70),
        Text(name="article", label="Article", max_length=20, column="shown", width=80),
        Text(name="title", label="Titre", required=True, max_length=160, column="shown", width=300),
        Text(
            name="text",
            label="Texte",
            multiline=True,
            column="never",
            help="Vide\u00a0: la clause est dans le texte du prestataire.",
        ),
    ),
)
