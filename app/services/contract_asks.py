"""What the guided sequence asks of a new contract, in plain words, and why (domain.md C and D)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.providers import PROVIDER
from app.fields import Count, Day, Field, Money, Ref, Text, counted
from app.models import Asset, Family, Provider, Site
from app.models.codes import AssetStatus, FeePeriod, NoticeUnit, Renewal
from app.models.contract_codes import ContractKind, PriceModel, ServiceType
from app.services.contract_facts import asks_of_canvassing

Minutes = tuple[int, int]
"""To take charge, to restore, in working minutes."""


@dataclass(frozen=True, slots=True)
class Option:
    """`key` is what is kept of it, `text` what is read, `detail` what it means."""

    key: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One answer among several, or `many` of them; asked only while `when` (name, key) was answered."""

    name: str
    text: str
    options: tuple[Option, ...]
    many: bool = False
    when: tuple[str, str] | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its question, why it is asked, what is chosen then what is typed."""

    key: str
    title: str
    why: str
    asks: tuple[Ask, ...] = ()
    fields: tuple[Field, ...] = ()


HOURS = (
    Option("office", "5 jours sur 7, de 9\u00a0h à 18\u00a0h", "Le plus courant."),
    Option(
        "halves", "5 jours sur 7, avec une coupure à midi", "9\u00a0h - 12\u00a0h\u00a030 et 14\u00a0h - 18\u00a0h."
    ),
    Option("long", "6 jours sur 7, de 8\u00a0h à 19\u00a0h", "Si vous travaillez le samedi."),
    Option("always", "Jour et nuit, 7 jours sur 7", "Plus cher\u00a0: seulement si une nuit d’arrêt vous coûte."),
)
DELAYS = (
    Option("strict", "Un arrêt nous bloque tout de suite",
           "Pris en charge en 30\u00a0min et rétabli en 4\u00a0h si tout est arrêté\u00a0; 1\u00a0h et 8\u00a0h si "
           "un service l’est."),
    Option("usual", "Une panne gêne, on tient quelques heures",
           "1\u00a0h et 4\u00a0h si tout est arrêté\u00a0; 2\u00a0h et 8\u00a0h si un service l’est\u00a0; sinon "
           "4\u00a0h et 2\u00a0jours."),
    Option("relaxed", "On peut attendre le lendemain",
           "4\u00a0h et 1\u00a0jour si tout est arrêté\u00a0; 4\u00a0h et 2\u00a0jours si un service l’est."),
    Option("written", "Les délais sont dans le contrat",
           "Vous les recopierez ensuite, dans «\u00a0Niveaux de service\u00a0»."),
)  # fmt: skip
LEVELS: dict[str, tuple[Minutes, Minutes, Minutes, Minutes]] = {
    "strict": ((30, 240), (60, 480), (240, 960), (480, 2400)),
    "usual": ((60, 240), (120, 480), (240, 960), (480, 2400)),
    "relaxed": ((240, 540), (240, 1080), (480, 1620), (1620, 4320)),
}
"""P1 to P4 (domain.md D.1; « usual » are its defaults)."""
SCOPES = (
    Option("all", "Tous nos biens", "Une règle par famille\u00a0: les arrivées y entrent d’elles-mêmes."),
    Option("families", "Certaines familles", "Les postes mais pas les imprimantes, par exemple."),
    Option("sites", "Certains sites", "Tout ce qui s’y trouve."),
    Option("later", "Je les choisirai un par un ensuite", "Dans l’onglet «\u00a0Périmètre\u00a0»."),
)
TYPES = {
    ServiceType.PREVENTIVE: "Éviter les pannes\u00a0: visites, mises à jour.",
    ServiceType.CORRECTIVE: "Réparer\u00a0: à distance, puis sur site.",
    ServiceType.ASSISTANCE: "Répondre aux personnes\u00a0: la hotline, les arrivées et les départs.",
    ServiceType.MONITORING: "Surveiller serveurs, réseau et postes sans attendre un appel.",
    ServiceType.BACKUP: "Sauvegarder, et essayer de restaurer.",
    ServiceType.SECURITY: "Antivirus, pare-feu, comptes.",
    ServiceType.EVOLUTIVE: "Faire plus ou mieux\u00a0: nouveaux équipements, sur devis.",
    ServiceType.ADVICE: "Conseiller, se réunir, tenir la documentation.",
}
YES_NO = (Option("yes", "Oui"), Option("no", "Non"))


def steps(session: Session) -> tuple[Step, ...]:
    """The eight questions, with the company's own families and sites."""
    kinds, sites = families(session), _sites(session)
    return (
        _where(), _who(session), _what(), _perimeter(kinds, sites), _levels(), _term(), _price(), _data(),
    )  # fmt: skip


def _where() -> Step:
    return Step(
        "where", "Où en êtes-vous\u00a0?",
        "Un contrat signé compte tout de suite\u00a0: délais, échéances. Un projet se prépare, se compare et se "
        "négocie d’abord.",
        (Ask("signed", "Ce contrat", (Option("yes", "Il est déjà signé", "Prenez-le sous les yeux."),
                                      Option("no", "Je le prépare ou je le négocie", "Il restera un projet."))),),
        (_like("signed_on", Day, "Signé le"), Text(name="subject", label="Son objet, en quelques mots", max_length=160,
                                                  placeholder="Maintenance du parc informatique")),
    )  # fmt: skip


def _who(session: Session) -> Step:
    asks: tuple[Ask, ...] = ()
    if asks_of_canvassing(session):
        asks = (Ask("off_premises", "L’avez-vous signé après sa visite chez vous, sans l’avoir cherché\u00a0?", YES_NO,
                    term="Démarchage"),)  # fmt: skip
    return Step(
        "who", "Avec qui\u00a0?",
        "Le prestataire est celui que vous appelez et qui vous facture. Un projet peut ne pas en avoir encore.",
        asks,
        (Ref(name="provider_id", label="Prestataire", target=PROVIDER.key,
             help="Le bouton + en ajoute un sans quitter cette page."),
         Text(name="hotline", label="Téléphone à appeler en cas de panne", max_length=30)),
    )  # fmt: skip


def _what() -> Step:
    kinds = (ContractKind.MAINTENANCE, ContractKind.MANAGED, ContractKind.HOURS)
    means = {
        ContractKind.MAINTENANCE: "Il intervient quand ça coince, ou en préventif.",
        ContractKind.MANAGED: "Il conduit l’ensemble comme si c’était le sien.",
        ContractKind.HOURS: "Vous achetez des heures, décomptées à chaque intervention.",
    }
    return Step(
        "what", "Pour quoi faire\u00a0?",
        "Ce qui n’est pas écrit est souvent facturé à part. Les prestations usuelles de chaque type seront "
        "proposées, à corriger.",
        (Ask("types", "Il doit", tuple(Option(one.value, one.label, told) for one, told in TYPES.items()), many=True,
             term="Types de maintenance"),
         Ask("kind", "C’est plutôt", tuple(Option(one.value, one.label, means[one]) for one in kinds),
             term="Maintenance ou infogérance")),
    )  # fmt: skip


def _perimeter(families: tuple[Option, ...], sites: tuple[Option, ...]) -> Step:
    absent = ({"sites"} if not sites else set()) | ({"all", "families"} if not families else set())
    scopes = tuple(one for one in SCOPES if one.key not in absent)
    return Step(
        "assets", "Quels biens\u00a0?",
        "Un ticket trouve son contrat par le bien en panne\u00a0: un bien oublié n’est pas couvert.",
        (Ask("scope", "Le contrat couvre", scopes),
         Ask("families", "Lesquelles\u00a0?", families, many=True, when=("scope", "families")),
         Ask("sites", "Lesquels\u00a0?", sites, many=True, when=("scope", "sites"))),
    )  # fmt: skip


def _levels() -> Step:
    return Step(
        "levels", "Quand doit-il répondre\u00a0?",
        "Sans heures ni délais écrits, un retard ne peut pas se prouver. Les délais courent pendant les heures "
        "couvertes.",
        (Ask("hours", "Heures couvertes", HOURS, term="Heures couvertes"), Ask("delays", "Ce qu’il vous faut", DELAYS,
                                                                              term="GTI et GTR")),
    )  # fmt: skip


def _term() -> Step:
    renewals = (
        Option(Renewal.TACIT.value, "Il repart tout seul, pour la même durée", "Sauf lettre reçue à temps."),
        Option(Renewal.TACIT_OPEN.value, "Il continue sans durée fixée", "Chacun peut y mettre fin, avec un préavis."),
        Option(Renewal.EXPRESS.value, "Il faut le re-signer", ""),
        Option(Renewal.NONE.value, "Il s’arrête", ""),
    )
    units = tuple(Option(one.value, one.label) for one in NoticeUnit)
    return Step(
        "term", "Pour combien de temps\u00a0?",
        "C’est ici que les contrats surprennent\u00a0: passé la date du préavis, vous êtes engagé pour une période "
        "de plus.",
        (Ask("renewal", "À la fin", renewals, term="Tacite reconduction"),
         Ask("notice_unit", "Le préavis se compte en", units, term="Préavis")),
        (_like("starts_on", Day, "Premier jour du contrat"),
         _like("months", Count, "Durée, en mois", low=1, high=600),
         _like("notice_value", Count, "Préavis, en jours ou en mois", low=0, high=1000)),
    )  # fmt: skip


def _price() -> Step:
    models = {
        PriceModel.FLAT: "Un prix, quoi qu’il arrive.",
        PriceModel.PER_UNIT: "Un prix par poste ou par personne.",
        PriceModel.PER_ACT: "Chaque intervention est facturée à l’heure.",
        PriceModel.HOUR_BANK: "Des heures achetées d’avance.",
        PriceModel.MIXED: "Un forfait, et des actes en plus.",
    }
    return Step(
        "price", "À quel prix\u00a0?", "Le prix d’une année sert à comparer, à réviser, à savoir ce qu’on engage.",
        (Ask("price_model", "Vous payez", tuple(Option(one.value, one.label, told) for one, told in models.items()),
             term="Forfait, acte et dépassement"),
         Ask("fee_period", "Facturé", tuple(Option(one.value, one.label) for one in FeePeriod))),
        (Money(name="fee", label="Montant HT", help="Du forfait, de l’heure, du poste ou de la banque d’heures."),),
    )  # fmt: skip


def _data() -> Step:
    return Step(
        "data", "Que voit-il de vos données\u00a0?",
        "Un prestataire qui prend la main sur les postes voit des données de personnes\u00a0: le RGPD demande alors "
        "quatorze points au contrat.",
        (Ask("personal_data", "Il peut voir des données de personnes (salariés, clients)", YES_NO,
             term="Sous-traitant RGPD"),
         Ask("channels", "On lui demande de l’aide", (Option("phone", "Par téléphone"), Option("email", "Par courriel"),
             Option("portal", "Par un portail"), Option("chat", "Par messagerie instantanée")), many=True)),
    )  # fmt: skip


def _like(name: str, kind: type[Field], label: str, **more: object) -> Field:
    return kind(name=name, label=label, **more)  # type: ignore[arg-type]  # the bounds of a Count


def families(session: Session) -> tuple[Option, ...]:
    used = (
        select(Family.id, Family.name, func.count())
        .join(Asset, Asset.family_id == Family.id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED, Family.deleted_at.is_(None))
        .group_by(Family.id)
        .order_by(Family.name)
    )
    return _options(session.execute(used).all())


def _sites(session: Session) -> tuple[Option, ...]:
    used = (
        select(Site.id, Site.name, func.count(Asset.id))
        .outerjoin(Asset, (Asset.site_id == Site.id) & Asset.deleted_at.is_(None))
        .where(Site.deleted_at.is_(None))
        .group_by(Site.id)
        .order_by(Site.name)
    )
    return _options(session.execute(used).all())


def _options(rows: Iterable[Any]) -> tuple[Option, ...]:
    return tuple(Option(str(key), name, counted(count, "bien")) for key, name, count in rows)


def provider_name(session: Session, provider_id: int | None) -> str:
    found = session.get(Provider, provider_id) if provider_id is not None else None
    return found.name if found is not None else ""
