"""Exits of assets, and the erasure of what they held (domain.md F.3)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Numbering, Problems
from app.fields import Choice, Day, Flag, Money, Ref, Text
from app.models import Erasure, Retirement
from app.models.codes import ErasureCheck, ErasureLevel, ExitKind, MediumKind, Sensitivity

MEDIUM = "Support effacé"
WORK = "Effacement"


NO_MAGNET = frozenset({MediumKind.SSD, MediumKind.FLASH, MediumKind.PHONE})
MAGNET = ("démagnét", "demagnet", "dégauss", "degauss", "aimant")


def _erases_something(values: Mapping[str, Any]) -> Problems:
    """A magnet leaves all the data of what has no magnetic part (NIST SP 800-88; domain.md F.3)."""
    method = (values.get("method") or "").casefold()
    if values.get("medium") in NO_MAGNET and any(word in method for word in MAGNET):
        told = "Un aimant n’efface pas ce support\u00a0: lancez la commande d’effacement du disque, ou broyez-le."
        return {"method": told}
    return {}


ERASURE = Entity(
    model=Erasure,
    one="Effacement",
    many="Effacements",
    icon="eraser",
    chips=("asset_id", "level"),
    order_by="done_on",
    descending=True,
    numbering=Numbering(prefix="EFF", yearly=True, width=3),
    summary="La preuve que les données d’un bien ont disparu avant qu’il parte.",
    subtitle=("asset_id", "level"),
    check=_erases_something,
    fields=(
        Text(name="number", label="N°", column="shown", width=120, read_only=True),
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Choice(name="medium", label="Nature du support", options=MediumKind, required=True,
               column="shown", width=150, group=MEDIUM),
        Text(name="medium_serial", label="N° de série du support", column="shown", width=160, max_length=80,
             group=MEDIUM, help="Celui du disque, différent de celui du poste."),
        Text(name="capacity", label="Capacité", max_length=30, group=MEDIUM),
        Choice(name="sensitivity", label="Données", options=Sensitivity, default=Sensitivity.PERSONAL, required=True,
               group=MEDIUM),
        Choice(name="level", label="Niveau", options=ErasureLevel, required=True, column="shown", width=190,
               group=WORK,
               help="Renforcé dès que le bien quitte l’entreprise. Un aimant n’efface pas un SSD."),
        Text(name="method", label="Méthode", required=True, max_length=160, group=WORK, suggest=True,
             help="Par exemple «\u00a0commande d’effacement du disque (sanitize)\u00a0»."),
        Text(name="tool", label="Outil et version", max_length=120, group=WORK, suggest=True),
        Choice(name="verification", label="Vérification", options=ErasureCheck, required=True, group=WORK),
        Flag(name="succeeded", label="Résultat conforme", required=True, column="shown", group=WORK),
        Day(name="done_on", label="Fait le", required=True, column="shown", group=WORK),
        Text(name="place", label="Lieu", max_length=120, group=WORK),
        Text(name="operator", label="Opérateur", required=True, max_length=120, group=WORK, suggest=True),
        Text(name="witness", label="Témoin", max_length=120, group=WORK),
        Text(name="destination", label="Destination du support", max_length=160, group=WORK),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

RETIREMENT = Entity(
    model=Retirement,
    one="Sortie",
    many="Sorties",
    gender="f",
    icon="log-out",
    chips=("kind",),
    order_by="retired_on",
    descending=True,
    numbering=Numbering(prefix="SOR", yearly=True, width=3),
    summary="Les biens vendus, donnés, repris ou détruits, avec leur preuve.",
    subtitle=("asset_id", "kind"),
    editable=False,
    fields=(
        Text(name="number", label="N°", column="shown", width=120, read_only=True),
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Choice(name="kind", label="Nature", options=ExitKind, required=True, column="shown", width=190),
        Day(name="retired_on", label="Sorti le", required=True, column="shown"),
        Text(name="recipient", label="Remis à", column="shown", width=180, max_length=160),
        Money(name="price", label="Prix HT", column="shown", total=True),
        Text(name="proof", label="Preuve", column="shown", width=200, max_length=160),
        Text(name="derogation", label="Dérogation écrite", multiline=True, column="never"),
        Text(name="reason", label="Motif", multiline=True, column="never"),
    ),
)  # fmt: skip
