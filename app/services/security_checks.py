"""The security checks, each declared once: of which assets it is asked, when it is known, when it is wrong.

Everything is read from what inventories saw (the survey in force) and from the asset itself: nothing is typed for it.
What is not known is never counted as good. A new check is one more entry of CHECKS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Text, and_, func, or_
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import NBSP
from app.models import Asset, Family, Survey
from app.models.codes import AssetStatus
from app.rules.notice import add_months
from app.services import preferences

Condition = ColumnElement[bool]
FREE_SHARE = 10
"""Percent of a disk under which it is almost full."""
SOON_MONTHS = 6


class Gravity(Code):
    GRAVE = "grave", "Grave", "bad"
    MEND = "mend", "À corriger", "warn"
    WATCH = "watch", "À surveiller", "info"


@dataclass(frozen=True, slots=True)
class Limits:
    """The day, and the two settings: percent of a battery, days without being seen."""

    today: date
    battery: int
    unseen: int


def limits(session: Session, today: date) -> Limits:
    battery, unseen = (int(preferences.get(session, key)) for key in ("battery_percent", "unseen_days"))
    return Limits(today, battery, unseen)


@dataclass(frozen=True, kw_only=True)
class Check:
    """`concerned`: the assets it is asked of; `known`: those of which something is known; `wrong`: those at fault, by
    the day and the settings. `word` is its badge; `parts` counts some of those at fault apart, in words (one, many)."""

    key: str
    title: str
    word: str
    gravity: Gravity
    icon: str
    concerned: Condition
    known: Condition
    wrong: Callable[[Limits], Condition]
    why: str
    advice: str
    parts: tuple[tuple[str, str, Condition], ...] = ()
    columns: tuple[str, ...] = ("inventoried_at",)
    unsaid: tuple[str, str] = ("non relevé", "non relevés")


SERVERS = ("server", "boxes")
"""Drawings of the families of servers and virtual machines: their name is the company's."""
COMPUTER = or_(Family.is_workstation, Family.icon.in_(SERVERS), Survey.id.is_not(None))
"""Workstations, servers, virtual machines, and whatever an agent described."""
PORTABLE = or_(Family.icon == "laptop", Survey.battery_health.is_not(None))
WITH_SYSTEM = or_(COMPUTER, Asset.system.is_not(None))
ENCRYPTED = func.coalesce(Survey.disk_encrypted, Asset.encrypted)
IN_USE = Asset.status.in_((AssetStatus.IN_SERVICE, AssetStatus.LENT))
LAST_SEEN = func.max(
    *(func.coalesce(func.substr(at, 1, 10), "") for at in (Survey.taken_at, Asset.inventoried_at, Asset.seen_on)),
    type_=Text(),
)
"""The last day it was met or surveyed, as ISO text; empty when it never was."""


def _soon(at: Limits) -> Condition:
    return and_(Asset.support_end >= at.today, Asset.support_end < add_months(at.today, SOON_MONTHS))


CHECKS = (
    Check(
        key="support-ended",
        title="Système hors support",
        word="Hors support",
        gravity=Gravity.GRAVE,
        icon="calendar-x",
        concerned=WITH_SYSTEM,
        known=Asset.support_end.is_not(None),
        wrong=lambda at: Asset.support_end < at.today,
        why="L’éditeur ne corrige plus les failles trouvées depuis.",
        advice="Passez à une version suivie, remplacez le poste, ou isolez-le du réseau.",
        columns=("system", "system_version", "support_end"),
        unsaid=("sans date", "sans date"),
    ),
    Check(
        key="antivirus-absent",
        title="Antivirus absent",
        word="Absent",
        gravity=Gravity.GRAVE,
        icon="shield-off",
        concerned=COMPUTER,
        known=or_(Survey.antivirus.is_not(None), Survey.antivirus_on.is_not(None)),
        wrong=lambda _: and_(Survey.antivirus.is_(None), Survey.antivirus_on.is_(False)),
        why="Rien n’arrête un programme malveillant reçu par courriel ou par une clé.",
        advice="Installez l’antivirus de l’entreprise, ou activez celui du système.",
    ),
    Check(
        key="antivirus-off",
        title="Antivirus inactif ou pas à jour",
        word="À remettre en route",
        gravity=Gravity.MEND,
        icon="shield-alert",
        concerned=and_(COMPUTER, or_(Survey.antivirus.is_not(None), Survey.antivirus_on.is_not(False))),
        known=or_(Survey.antivirus_on.is_not(None), Survey.antivirus_current.is_not(None)),
        wrong=lambda _: or_(Survey.antivirus_on.is_(False), Survey.antivirus_current.is_(False)),
        why="Un antivirus arrêté ou ancien laisse passer les menaces récentes.",
        advice="Réactivez-le, puis vérifiez que ses mises à jour arrivent.",
    ),
    Check(
        key="firewall-off",
        title="Pare-feu désactivé",
        word="Désactivé",
        gravity=Gravity.MEND,
        icon="shield-alert",
        concerned=COMPUTER,
        known=Survey.firewall_on.is_not(None),
        wrong=lambda _: Survey.firewall_on.is_(False),
        why="Le poste répond à toute machine du même réseau, à l’hôtel ou au café aussi.",
        advice="Réactivez le pare-feu du système.",
    ),
    Check(
        key="disk-clear",
        title="Disque non chiffré",
        word="En clair",
        gravity=Gravity.MEND,
        icon="lock-open",
        concerned=or_(Family.is_workstation, ENCRYPTED.is_not(None)),
        known=ENCRYPTED.is_not(None),
        wrong=lambda _: ENCRYPTED.is_(False),
        why="Perdu ou volé, ses données se lisent sans mot de passe, et la fuite est à déclarer (RGPD).",
        advice="Chiffrez d’abord les portables.",
        columns=("personal_data", "inventoried_at"),
        parts=(
            ("portable", "portables", PORTABLE),
            ("avec des données personnelles", "avec des données personnelles", Asset.personal_data.is_(True)),
        ),
    ),
    Check(
        key="support-ending",
        title="Support bientôt fini",
        word="Bientôt fini",
        gravity=Gravity.WATCH,
        icon="calendar-clock",
        concerned=WITH_SYSTEM,
        known=Asset.support_end.is_not(None),
        wrong=_soon,
        why="Dans moins de six mois, l’éditeur ne corrigera plus les failles.",
        advice="Prévoyez dès maintenant la mise à niveau ou le remplacement.",
        columns=("system", "system_version", "support_end"),
        unsaid=("sans date", "sans date"),
    ),
    Check(
        key="unseen",
        title="Pas vu depuis longtemps",
        word="Pas vu",
        gravity=Gravity.WATCH,
        icon="circle-question-mark",
        concerned=and_(COMPUTER, IN_USE),
        known=LAST_SEEN != "",
        wrong=lambda at: LAST_SEEN < (at.today - timedelta(days=at.unseen)).isoformat(),  # noqa: SIM300 - a column
        why="Un poste que personne ne voit n’est plus mis à jour, ou n’est plus là.",
        advice="Retrouvez-le, relancez son agent d’inventaire, ou sortez-le du parc.",
        columns=("seen_on", "inventoried_at"),
    ),
    Check(
        key="disk-full",
        title="Disque presque plein",
        word="Presque plein",
        gravity=Gravity.WATCH,
        icon="hard-drive",
        concerned=COMPUTER,
        known=and_(Survey.disk_free_gb.is_not(None), Survey.disk_total_gb > 0),
        wrong=lambda _: Survey.disk_free_gb * 100 < Survey.disk_total_gb * FREE_SHARE,
        why=f"Sous {FREE_SHARE}{NBSP}% de place libre, les mises à jour échouent et le poste ralentit.",
        advice="Videz, déplacez des fichiers, ou changez le disque.",
    ),
    Check(
        key="battery-worn",
        title="Batterie usée",
        word="Usée",
        gravity=Gravity.WATCH,
        icon="battery-low",
        concerned=PORTABLE,
        known=Survey.battery_health.is_not(None),
        wrong=lambda at: Survey.battery_health < at.battery,
        why="Le poste s’arrête sans prévenir loin d’une prise, et le travail en cours est perdu.",
        advice="Faites remplacer la batterie, si le poste le vaut encore.",
        columns=("commissioned_on", "inventoried_at"),
    ),
)
BY_KEY = {check.key: check for check in CHECKS}
