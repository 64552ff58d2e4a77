"""What the contracts list: services, documents owed, duties of both sides, article 28, and the rules of a perimeter."""

from typing import Any

from sqlalchemy import select, update

from app.fields import clean_line, clean_text
from app.models import Asset, Contract, ContractService, CoveredAsset, CoverRule, DueDocument, Duty, Family, GdprItem
from app.models.codes import ContractStatus
from app.models.contract_codes import Answer, DueRule, Frequency, Inclusion, ServiceType, Side
from app.rules.notice import add_months
from app.services import gdpr
from app.services.contract_facts import USUAL_DUTIES
from app.services.contract_services import CATALOGUE, USUAL_DOCUMENTS
from app.services.example.world import Rows, World

RULED = ("Poste fixe", "Ordinateur portable")
"""Families that the main contract covers by rule; the rest was put in by hand."""
ABSENT = {"Contrôle des onduleurs", "Prêt de matériel pendant une réparation", "Formation des utilisateurs",
          "Plan de reprise", "Filtrage des courriels"}  # fmt: skip
"""Services that the main contract does not have."""
UNUSUAL = {
    "Remplacement de pièces": Inclusion.EXTRA,
    "Installation de nouveaux équipements": Inclusion.EXTRA,
    "Évolution du réseau ou des serveurs": Inclusion.EXTRA,
    "Essai de restauration": Inclusion.OPTION,
    "Remise en service après sinistre": Inclusion.EXCLUDED,
}
PRINTERS = (
    ("Dépannage d’imprimante sur site", ServiceType.CORRECTIVE, Frequency.ON_DEMAND,
     "Main-d’œuvre et trajet décomptés des heures achetées."),
    ("Réglage et nettoyage", ServiceType.PREVENTIVE, Frequency.YEARLY, "Une visite par an pour chaque machine."),
    ("Conseil par téléphone", ServiceType.ASSISTANCE, Frequency.ON_DEMAND, "Les dix premières minutes sont offertes."),
)  # fmt: skip
FOLLOWED_MONTHS = 13
"""Since when the documents of the providers are followed."""
SANCTIONS = {"Rapport d’activité": clean_line("10\u00a0€ par jour de retard")}
WRITTEN = {
    "object": "art. 2.1", "duration": "art. 9", "purpose": "art. 2.1", "confidentiality": "art. 12",
    "instructions": "art. 12.3", "security": "annexe 2", "people": "annexe 2",
}  # fmt: skip
"""Where the main contract says what article 28 asks."""
LACKING = ("audit", "return")


def promise(world: World) -> None:
    signed = world.session.execute(
        select(Contract.id, Contract.starts_on).where(Contract.status != ContractStatus.DRAFT).order_by(Contract.id)
    )
    (main, start), (printers, _) = signed.all()[:2]
    _services(world, main, printers)
    _documents(world, main, printers)
    _duties(world, main)
    _gdpr(world, main, printers)
    _rules(world, main, start)


def _services(world: World, main: int, printers: int) -> None:
    rows = Rows(world, ContractService)
    for one in CATALOGUE:
        if one.label not in ABSENT:
            told: dict[str, Any] = {name: getattr(one, name) for name in ("label", "kind", "frequency")}
            told |= {"scope": clean_text(one.scope), "inclusion": UNUSUAL.get(one.label, Inclusion.INCLUDED)}
            rows.add({"contract_id": main, **told})
    for label, kind, frequency, scope in PRINTERS:
        words = {"label": label, "kind": kind, "frequency": frequency, "scope": scope}
        rows.add({"contract_id": printers, "inclusion": Inclusion.INCLUDED, **words})
    rows.write()


def _documents(world: World, main: int, printers: int) -> None:
    rows = Rows(world, DueDocument)
    since = add_months(world.today.replace(day=1), -FOLLOWED_MONTHS)
    for label, rule, delay in USUAL_DOCUMENTS:
        told = {"label": label, "rule": rule, "delay_days": delay, "sanction": SANCTIONS.get(label), "since": since}
        rows.add({"contract_id": main, **told})
    used = {"label": "Relevé des heures utilisées", "rule": DueRule.MONTHLY, "delay_days": 5, "since": since}
    rows.add({"contract_id": printers, **used})
    rows.write()


def _duties(world: World, main: int) -> None:
    rows = Rows(world, Duty)
    for side, article in ((Side.PROVIDER, 7), (Side.CLIENT, 8)):
        for number, label in enumerate(USUAL_DUTIES[side][:6], 1):
            rows.add({"contract_id": main, "side": side, "label": clean_line(label), "article": f"{article}.{number}"})
    rows.write()


def _gdpr(world: World, main: int, printers: int) -> None:
    rows = Rows(world, GdprItem)
    for point in gdpr.POINTS:
        given = Answer.YES if point.key in WRITTEN else Answer.NO if point.key in LACKING else Answer.UNKNOWN
        rows.add({"contract_id": main, "item": point.key, "answer": given, "evidence": WRITTEN.get(point.key)})
        aside = {"answer": Answer.NOT_APPLICABLE, "evidence": gdpr.NO_ACCESS}
        rows.add({"contract_id": printers, "item": point.key, **aside})
    rows.write()


def _rules(world: World, main: int, start: object) -> None:
    """Those of two families; their covers under way come from them."""
    rows = Rows(world, CoverRule)
    made = [
        (rows.add({"contract_id": main, "family_id": family, "since": start}), family)
        for family in world.session.scalars(select(Family.id).where(Family.name.in_(RULED)).order_by(Family.id))
    ]
    rows.write()
    for rule, family in made:
        inside = select(Asset.id).where(Asset.family_id == family)
        world.session.execute(
            update(CoveredAsset)
            .where(CoveredAsset.contract_id == main, CoveredAsset.until.is_(None), CoveredAsset.asset_id.in_(inside))
            .values(rule_id=rule, version=CoveredAsset.version, updated_at=world.made_at),
            execution_options={"synchronize_session": False},
        )
