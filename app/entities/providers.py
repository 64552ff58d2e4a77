"""Those the company buys from, and what is known of them (domain.md C.8)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Problems
from app.fields import Choice, Count, Day, Flag, Money, Ref, Text
from app.fields.checks import email, postal_code, siret
from app.models import AccessGrant, Certificate, Provider, ProviderContact
from app.models.contract_codes import AccessLevel, CertificateKind, ContactRole

ADDRESS = "Adresse"
CONTACT = "Contact"
IDENTITY = "Identité"
SECRET = "Secret"  # noqa: S105 - a heading
ONE_PROVIDER = "Prestataire"


def _valid_after_issue(values: Mapping[str, Any]) -> Problems:
    issued, until = values.get("issued_on"), values.get("valid_until")
    return {"valid_until": "La fin précède la délivrance."} if issued and until and until < issued else {}


def _withdrawn_after_given(values: Mapping[str, Any]) -> Problems:
    since, withdrawn = values.get("since"), values.get("withdrawn_on")
    return {"withdrawn_on": "Le retrait précède l’ouverture."} if since and withdrawn and withdrawn < since else {}


PROVIDER = Entity(
    model=Provider,
    one="Prestataire",
    many="Prestataires",
    icon="handshake",
    order_by="name",
    own_page=True,
    natural_key=("name",),
    unique=("name",),
    summary="Ceux qui maintiennent, vendent ou louent vos biens.",
    subtitle=("city", "hotline"),
    linked=(
        Linked("provider_contact", "provider_id", here=True),
        Linked("contract", "provider_id"),
        Linked("invoice", "provider_id"),
        Linked("certificate", "provider_id", here=True),
        Linked("access_grant", "provider_id", here=True),
        Linked("scorecard", "provider_id"),
    ),
    fields=(
        Text(name="name", label="Nom", required=True, column="shown", width=220, max_length=120),
        Text(name="legal_form", label="Forme juridique", max_length=40, group=IDENTITY, suggest=True,
             placeholder="SARL, SAS, entreprise individuelle…"),
        Text(name="siret", label="SIRET", max_length=30, checked_by=siret, column="shown", width=140, group=IDENTITY),
        Text(name="vat_number", label="N° de TVA", max_length=20, group=IDENTITY),
        Text(name="rcs", label="Registre (RCS ou RNE)", max_length=60, group=IDENTITY, placeholder="RCS Dijon"),
        Money(name="capital", label="Capital", group=IDENTITY),
        Text(name="representative", label="Représentant légal", max_length=120, group=IDENTITY,
             help="Qui signe le contrat, et en quelle qualité."),
        Text(name="contact", label="Interlocuteur", column="shown", width=180, max_length=120, group=CONTACT),
        Text(
            name="hotline", label="Téléphone de dépannage", column="shown", width=170, max_length=30, group=CONTACT,
            help="Le numéro que vos salariés appellent\u00a0; il est imprimé sur les étiquettes.",
        ),
        Text(name="hotline_hours", label="Heures du dépannage", max_length=80, group=CONTACT),
        Text(name="phone", label="Téléphone", max_length=30, group=CONTACT),
        Text(name="email", label="Courriel", max_length=120, checked_by=email, column="shown", width=230,
             group=CONTACT),
        Text(name="portal_url", label="Portail", max_length=200, group=CONTACT),
        Text(name="address", label="Adresse", group=ADDRESS),
        Text(name="postal_code", label="Code postal", max_length=10, checked_by=postal_code, group=ADDRESS),
        Text(name="city", label="Ville", max_length=80, column="shown", width=140, group=ADDRESS),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

PROVIDER_CONTACT = Entity(
    model=ProviderContact,
    one="Interlocuteur",
    many="Interlocuteurs",
    icon="user",
    chips=("provider_id", "role"),
    order_by="last_name",
    first_columns=(
        "provider_id", "escalation", "last_name", "first_name", "role", "position", "mobile", "phone", "email",
        "left_on",
    ),
    brief=("escalation", "last_name", "first_name", "role"),
    summary="Qui appeler chez vos prestataires, et dans quel ordre.",
    subtitle=("role", "provider_id"),
    linked=(Linked("access_grant", "contact_id"),),
    fields=(
        Ref(name="provider_id", label=ONE_PROVIDER, target="provider", required=True, column="shown", width=140),
        Text(name="last_name", label="Nom", required=True, column="shown", width=120, max_length=80),
        Text(name="first_name", label="Prénom", column="shown", width=100, max_length=80),
        Choice(name="role", label="Rôle", options=ContactRole, default=ContactRole.DISPATCH, required=True,
               column="shown", width=170),
        Text(name="position", label="Fonction", max_length=120, column="shown", width=140),
        Text(name="phone", label="Téléphone", max_length=30, column="shown", width=118),
        Text(name="mobile", label="Portable", max_length=30, column="shown", width=118),
        Text(name="email", label="Courriel", max_length=120, checked_by=email, column="shown", width=196),
        Count(name="escalation", label="Appel", low=1, high=9, column="shown", width=76,
              help="1 est appelé d’abord, 2 si rien ne bouge, et ainsi de suite."),
        Day(name="left_on", label="Parti le", column="shown"),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

CERTIFICATE = Entity(
    model=Certificate,
    one="Attestation",
    many="Attestations",
    gender="f",
    icon="file-check",
    chips=("provider_id", "kind"),
    order_by="valid_until",
    check=_valid_after_issue,
    brief=("kind", "issued_on", "valid_until"),
    summary="Ce que la loi vous oblige à demander à vos prestataires, avec sa date.",
    subtitle=("kind", "provider_id"),
    fields=(
        Ref(name="provider_id", label=ONE_PROVIDER, target="provider", required=True, column="shown", width=180),
        Choice(name="kind", label="Document", options=CertificateKind, required=True, column="shown", width=260),
        Text(name="number", label="N°", max_length=60, column="shown", width=130),
        Day(name="issued_on", label="Délivrée le", required=True, column="shown"),
        Day(name="valid_until", label="Valable jusqu’au", column="shown", deadline=True, grave=True,
            help="Laissez vide\u00a0: six mois pour l’URSSAF et le Kbis, un an pour l’assurance."),
        Text(name="check_code", label="Code de sécurité", max_length=40,
             help="Imprimé sur l’attestation URSSAF\u00a0: vérifiez-la sur le site de l’URSSAF."),
        Day(name="checked_on", label="Vérifiée le"),
        Text(name="insurer", label="Assureur", max_length=120),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

ACCESS_GRANT = Entity(
    model=AccessGrant,
    one="Accès donné",
    many="Accès donnés",
    icon="key-round",
    chips=("provider_id", "level"),
    order_by="since",
    descending=True,
    check=_withdrawn_after_given,
    brief=("holder", "target", "withdrawn_on"),
    summary="Qui, chez vos prestataires, peut entrer où. Jamais le mot de passe, seulement où il est gardé.",
    subtitle=("target", "provider_id"),
    fields=(
        Ref(name="provider_id", label=ONE_PROVIDER, target="provider", required=True, column="shown", width=170),
        Ref(name="contact_id", label="Interlocuteur", target="provider_contact", width=160),
        Text(name="holder", label="Donné à", required=True, max_length=120, column="shown", width=160,
             help="La personne, ou le service si plusieurs partagent l’accès."),
        Text(name="target", label="Accès à", required=True, max_length=160, column="shown", width=220, suggest=True,
             placeholder="Serveur, messagerie, pare-feu, locaux…"),
        Ref(name="asset_id", label="Bien", target="asset", width=180),
        Text(name="account", label="Compte", max_length=120, help="Le nom du compte, sans le mot de passe."),
        Choice(name="level", label="Niveau", options=AccessLevel, required=True, column="shown", width=190),
        Flag(name="two_factor", label="Double authentification"),
        Text(name="secret_place", label="Où est gardé le secret", max_length=160, group=SECRET, suggest=True,
             help="Le coffre, l’enveloppe scellée… N’écrivez jamais le mot de passe ici."),
        Day(name="since", label="Depuis le", required=True, column="shown"),
        Day(name="review_on", label="À revoir le", column="shown", bulk=True, deadline=True, grave=True),
        Day(name="withdrawn_on", label="Retiré le", column="shown"),
        Text(name="withdrawal_reason", label="Pourquoi", max_length=200, width=180),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip
