"""The papers of a departure, gathered as frozen data: certificate of erasure, sheet of an exit, sheet of what somebody
gives back (domain.md F.3)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.fields import MISSING, NBSP, PARIS, amount, day, fold, joined, lowered
from app.models import Asset, Erasure, Family, Person, Retirement, Site
from app.models.codes import ErasureLevel, ExitKind
from app.reports.exit_data import ErasureCertificate, ExitSheet, ReturnLine, ReturnSheet
from app.reports.fact_columns import FactsBlock
from app.reports.identity import Pair, Stamp
from app.reports.table import Cells
from app.rules import label_code, leaving
from app.services import people, retirement
from app.services.company_card import company_card
from app.services.people import Held

YES = {True: "oui", False: "non", None: "non précisé"}
TAKERS = {
    ExitKind.SALE: "L’acheteur",
    ExitKind.GIFT: "Le bénéficiaire",
    ExitKind.TAKE_BACK: "Le fournisseur",
    ExitKind.RENTAL_END: "Le loueur",
    ExitKind.WEEE: "Le collecteur",
    ExitKind.DESTRUCTION: "L’auteur de la destruction",
}
WASTE_DUTIES = (
    "L’entreprise répond du déchet jusqu’à son traitement final\u00a0: vérifiez que le preneur est autorisé.",
    "Le registre des déchets se garde trois ans au moins, le bordereau d’un déchet dangereux cinq ans.",
    "Écrans, batteries et onduleurs sont des déchets dangereux.",
)


def _state(stamp: Stamp) -> Pair:
    return ("Version", "PROJET, sans valeur" if stamp.draft else stamp.version_text)


def _facts(*pairs: tuple[str, Any]) -> tuple[Pair, ...]:
    return tuple((label, str(value) if value else MISSING) for label, value in pairs)


def _asset_block(session: Session, asset: Asset) -> FactsBlock:
    family = session.get_one(Family, asset.family_id).name
    site = session.get(Site, asset.site_id) if asset.site_id else None
    return FactsBlock(
        "Bien",
        _facts(
            ("N° d’inventaire", asset.number),
            ("Famille", family),
            ("Désignation", asset.name),
            ("Marque et modèle", _model(asset)),
            ("N° de série", asset.serial or "non relevé"),
            ("Site", site.name if site else ""),
        ),
    )


def _model(asset: Asset) -> str:
    return joined(asset.brand, asset.model)


# -- certificate of erasure -------------------------------------------------------------------------------------


def erasure_certificate(session: Session, erasure_id: int, stamp: Stamp) -> ErasureCertificate:
    done = session.get(Erasure, erasure_id)
    if done is None or done.deleted_at is not None:
        raise NotFound("Cet effacement n’existe plus.")
    asset = session.get_one(Asset, done.asset_id)
    enough = done.succeeded and done.level.value in leaving.ENOUGH
    return ErasureCertificate(
        company=company_card(session),
        stamp=stamp,
        card=(("Référence", done.number), _state(stamp), ("Effacé le", day(done.done_on))),
        subtitle=f"{asset.number} · {_model(asset) or 'modèle inconnu'} · {done.medium.label}",
        result="Conforme" if done.succeeded else "Non conforme",
        sentence=_sentence(done, enough),
        blocks=(
            _asset_block(session, asset),
            FactsBlock(
                "Support",
                _facts(
                    ("Nature", done.medium.label), ("N° de série", done.medium_serial or "non relevé"),
                    ("Capacité", done.capacity), ("Données", done.sensitivity.label),
                    ("Destination", done.destination),
                ),
            ),
            FactsBlock(
                "Effacement",
                _facts(
                    ("Niveau", done.level.label), ("Méthode", done.method), ("Outil et version", done.tool),
                    ("Vérification", done.verification.label),
                ),
            ),
            FactsBlock(
                "Circonstances",
                _facts(
                    ("Fait le", day(done.done_on)), ("Lieu", done.place), ("Opérateur", done.operator),
                    ("Témoin", done.witness),
                ),
            ),
        ),
        notes=done.notes or "",
        signatories=(done.operator, done.witness or ""),
    )  # fmt: skip


def _sentence(done: Erasure, enough: bool) -> str:
    if not done.succeeded:
        return "Les données n’ont pas été effacées, ou rien ne le prouve. Ce support ne doit pas quitter l’entreprise."
    if done.level == ErasureLevel.DESTROY:
        return "Le support est détruit\u00a0: ses données ont disparu avec lui."
    if enough:
        return "Les données de ce support ne peuvent plus être lues. Il peut quitter l’entreprise."
    return (
        "Effacement simple\u00a0: ce support peut servir encore dans l’entreprise, mais ne doit pas la quitter ainsi."
    )


# -- sheet of an exit -------------------------------------------------------------------------------------------


def exit_sheet(session: Session, retirement_id: int, stamp: Stamp) -> ExitSheet:
    out = session.get(Retirement, retirement_id)
    if out is None or out.deleted_at is not None:
        raise NotFound("Cette sortie n’existe plus.")
    asset = session.get_one(Asset, out.asset_id)
    return ExitSheet(
        company=company_card(session),
        stamp=stamp,
        code=label_code.content(asset.number),
        card=(("Référence", out.number), _state(stamp), ("Sorti le", day(out.retired_on))),
        subtitle=f"{out.kind.label} · {asset.number} · {_model(asset) or asset.name or 'modèle inconnu'}",
        blocks=(_asset_block(session, asset), _exit_block(out), _value_block(asset), _data_block(asset)),
        erasures=_erasures(session, asset.id),
        no_erasure=_no_erasure(asset, out),
        derogation=out.derogation or "",
        reason=out.reason or "",
        duties=_duties(out, asset),
        taker=TAKERS.get(out.kind, ""),
    )


def _exit_block(out: Retirement) -> FactsBlock:
    price = (("Prix HT", amount(out.price)),) if retirement.is_paid(out.kind) else ()
    return FactsBlock(
        "Sortie",
        _facts(
            ("Nature", out.kind.label), ("Sorti le", day(out.retired_on)), ("Remis à", out.recipient), *price,
            ("Preuve", out.proof or _awaited(out.kind)),
        ),
    )  # fmt: skip


def _awaited(kind: ExitKind) -> str:
    expected = retirement.expected(kind)
    return f"attendue{NBSP}: {lowered(expected)}"


def _value_block(asset: Asset) -> FactsBlock:
    return FactsBlock(
        "Achat",
        _facts(
            ("Acheté le", day(asset.purchased_on)), ("Prix HT", amount(asset.price)),
            ("Facture", joined(asset.supplier, asset.invoice)),
            ("Mise en service", day(asset.commissioned_on)), ("Propriété", asset.ownership.label),
        ),
    )  # fmt: skip


def _data_block(asset: Asset) -> FactsBlock:
    return FactsBlock(
        "Données", _facts(("Données personnelles", YES[asset.personal_data]), ("Disque chiffré", YES[asset.encrypted]))
    )


def _erasures(session: Session, asset_id: int) -> tuple[Cells, ...]:
    found = session.scalars(
        select(Erasure).where(Erasure.asset_id == asset_id, Erasure.deleted_at.is_(None)).order_by(Erasure.done_on)
    )
    return tuple(
        (
            one.number, joined(one.medium.label, one.medium_serial, by=", "), one.level.label,
            "conforme" if one.succeeded else "non conforme", day(one.done_on),
        )
        for one in found
    )  # fmt: skip


def _no_erasure(asset: Asset, out: Retirement) -> str:
    if out.kind == ExitKind.THEFT:
        return "Impossible\u00a0: le bien n’est plus entre les mains de l’entreprise."
    return "Sans objet\u00a0: ce bien ne contient pas de données personnelles." if not asset.personal_data else "Aucun."


def _duties(out: Retirement, asset: Asset) -> tuple[str, ...]:
    if out.kind == ExitKind.WEEE:
        return WASTE_DUTIES
    breach = leaving.is_breach(out.kind.value, asset.personal_data, asset.encrypted)
    return retirement.BREACH if breach else ()


# -- sheet of what somebody gives back --------------------------------------------------------------------------


def return_sheet(session: Session, person_id: int, stamp: Stamp) -> ReturnSheet:
    """What is still held, then what was given back."""
    person = session.get(Person, person_id)
    if person is None or person.deleted_at is not None or stamp.data_at is None:
        raise NotFound("Cette personne n’existe plus.")
    name = joined(person.first_name, person.last_name)
    lines = [_line(one, kept=True) for one in people.held(session, person_id)]
    lines += [_line(one, kept=False) for one in people.given_back(session, person_id)]
    today = stamp.data_at.astimezone(PARIS).date()
    return ReturnSheet(
        company=company_card(session),
        stamp=stamp,
        card=(("Personne", name), _state(stamp), ("Établie le", day(today))),
        subtitle=joined(name, person.position, person.service, by=" · "),
        person=name,
        facts=_person_blocks(session, person, lines),
        lines=tuple(lines),
    )


def _person_blocks(session: Session, person: Person, lines: list[ReturnLine]) -> tuple[FactsBlock, ...]:
    name = joined(person.first_name, person.last_name)
    site = session.get(Site, person.site_id) if person.site_id else None
    held = sum(line.kept for line in lines)
    return (
        FactsBlock(
            "Personne",
            _facts(("Nom", name), ("Fonction", person.position), ("Service", person.service),
                   ("Site", site.name if site else "")),
        ),
        FactsBlock(
            "Départ",
            _facts(("Arrivée", day(person.arrived_on)), ("Dernier jour", _last_day(person.left_on)),
                   ("À rendre", f"{held} sur {len(lines)}" if lines else "rien")),
        ),
    )  # fmt: skip


def _last_day(left: date | None) -> str:
    return day(left) if left else "à préciser"


def _line(one: Held, *, kept: bool) -> ReturnLine:
    told = "" if kept or one.on is None else f"rendu le {day(one.on)}"
    return ReturnLine(one.number, one.name, one.serial or MISSING, one.how, kept, told)


def person_found(session: Session, ref: str | None) -> int:
    """Somebody named by an e-mail address, or by a name that nobody else bears."""
    wanted = fold(ref or "")
    found = [
        (person.id, fold(person.email or ""), fold(joined(person.first_name, person.last_name)))
        for person in session.scalars(select(Person).where(Person.deleted_at.is_(None)))
    ]
    ids = [number for number, email, name in found if wanted and wanted in {email, name}]
    if not ids:
        raise NotFound(f"Personne ne s’appelle «\u00a0{ref or ''}\u00a0». Donnez un nom entier, ou une adresse.")
    if len(ids) > 1:
        raise Refused(f"Plusieurs personnes s’appellent «\u00a0{ref}\u00a0»\u00a0: donnez plutôt une adresse.")
    return ids[0]
