"""The « fiche contrôle entreprise »: eight criteria noted from 0 to 5, weighted, out of 100 (domain.md G.2).

Notes are in hundredths (500 is 5), weights in percents; only the total is rounded, to the tenth that is printed, and
it is the printed one that is classed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

BEST = 500
TO_WATCH = 250
"""Notes below call for an action."""
WHOLE = 100
TENTH = Decimal("0.1")
SCALE = ((Decimal(98), 5), (Decimal(95), 4), (Decimal(90), 3), (Decimal(80), 2), (Decimal(60), 1))
"""Percents from which a share is worth a note."""
REOPENED = ((Decimal(2), 5), (Decimal(5), 4), (Decimal(10), 3), (Decimal(15), 2), (Decimal(25), 1))
"""Percents up to which a share of reopenings is worth a note."""
GRADES = ((Decimal(85), "A"), (Decimal(70), "B"), (Decimal(50), "C"))
WORST_GRADE = "D"
EXPIRED_AT_MOST = 200
RIGHT, CORRECTED, WRONG = 500, 300, 100


class Source(StrEnum):
    """Where a note comes from, as printed."""

    MEASURED = "mesuré"
    BOTH = "mesuré + avis"
    JUDGED = "avis"


@dataclass(frozen=True, slots=True)
class Criterion:
    """`rule` says in French how its note is found; `levels` describe each note from 0 to 5."""

    key: str
    label: str
    weight: int
    source: Source
    rule: str
    levels: tuple[str, ...]


NBSP = "\u00a0"


def _scale(sign: str, steps: Iterable[tuple[Decimal, int]]) -> str:
    """« ≥ 98 % : 5 · ≥ 95 : 4 · … · sinon 0. »"""
    unit = f"{NBSP}%"
    told = [f"{sign}{NBSP}{bound}{'' if rank else unit}{NBSP}: {note}" for rank, (bound, note) in enumerate(steps)]
    return " · ".join((*told, f"sinon{NBSP}0."))


_SHARE, _REOPENED = _scale("≥", SCALE), _scale("≤", REOPENED)
_TIMELY = (
    "Presque jamais dans les temps",
    "Rarement dans les temps",
    "Trop souvent en retard",
    "Des retards à surveiller",
    "Dans les temps, à quelques exceptions près",
    "Toujours dans les temps",
)


def _criterion(key: str, label: str, weight: int, source: Source, rule: str, levels: tuple[str, ...]) -> Criterion:  # noqa: PLR0917 - a line of the table
    """No line of a rule parts a sign from its number."""
    for sign in ("≥ ", "≤ "):
        rule = rule.replace(sign, sign[0] + NBSP)
    return Criterion(key, label, weight, source, rule.replace(" %", f"{NBSP}%").replace(" :", f"{NBSP}:"), levels)


CRITERIA = (
    _criterion(
        "delays", "Respect des délais (GTI, GTR)", 25, Source.MEASURED,
        f"Prises en charge et rétablissements dans le délai ÷ promis. {_SHARE}", _TIMELY,
    ),
    _criterion(
        "quality", "Qualité technique", 20, Source.BOTH, f"Tickets rouverts ÷ résolus. {_REOPENED}",
        (
            "Les pannes reviennent sans cesse", "Réparations de fortune, souvent à refaire",
            "Plusieurs réparations à refaire", "Correct, quelques pannes reviennent",
            "Solide, la cause est cherchée", "Sûr du premier coup, la cause est traitée",
        ),
    ),
    _criterion(
        "preventive", "Réalisation du préventif", 10, Source.MEASURED,
        f"Visites faites dans leur fenêtre ÷ prévues. {_SHARE}", _TIMELY,
    ),
    _criterion(
        "documents", "Documents remis à temps", 10, Source.MEASURED,
        f"Documents remis à temps ÷ attendus échus. {_SHARE}", _TIMELY,
    ),
    _criterion(
        "communication", "Communication et conseil", 10, Source.JUDGED, "Votre avis, selon les niveaux décrits.",
        (
            "Injoignable, ne répond pas", "Il faut relancer plusieurs fois", "Répond, mais ne prévient jamais",
            "Répond et rend compte", "Prévient des problèmes, tient les réunions",
            "Conseille, alerte à temps, propose des améliorations",
        ),
    ),
    _criterion(
        "satisfaction", "Satisfaction", 15, Source.MEASURED,
        "Moyenne sur 5 des fiches d’évaluation et de l’enquête, au dixième.",
        ("Aucun satisfait", "Très insatisfaits", "Insatisfaits", "Partagés", "Satisfaits", "Très satisfaits"),
    ),
    _criterion(
        "prices", "Prix et facturation", 5, Source.BOTH,
        "Aucune erreur\u00a0: 5 · toutes corrigées par un avoir\u00a0: 3 · sinon 1.",
        (
            "Factures fausses, jamais corrigées", "Des erreurs non corrigées", "Des dépassements non annoncés",
            "Erreurs corrigées sur demande", "Juste, dépassements annoncés tard",
            "Juste et détaillé, dépassements annoncés avant",
        ),
    ),
    _criterion(
        "security", "Sécurité, RGPD, attestations", 5, Source.MEASURED,
        "5, moins 1 par manque constaté\u00a0; 2 au plus si une attestation manque ou a expiré.",
        (
            "Rien n’est tenu", "Des manques graves", "Attestations manquantes ou expirées", "Plusieurs manques",
            "À jour, à un manque près", "Tout est à jour",
        ),
    ),
)  # fmt: skip
BY_KEY: Mapping[str, Criterion] = {one.key: one for one in CRITERIA}
WEIGHTS: Mapping[str, int] = {one.key: one.weight for one in CRITERIA}


# -- notes from facts --------------------------------------------------------------------------------------------


def share(done: int, of: int) -> Decimal | None:
    """In percents to the tenth; None of nothing."""
    return _tenth(Decimal(100 * done) / of) if of else None


def share_note(done: int, of: int) -> int | None:
    """≥98 % 5, ≥95 4, ≥90 3, ≥80 2, ≥60 1, else 0; of the exact share. None without data (G.2)."""
    if not of:
        return None
    return next((100 * note for least, note in SCALE if 100 * done >= least * of), 0)


def reopening_note(reopened: int, resolved: int) -> int | None:
    """≤2 % 5, ≤5 4, ≤10 3, ≤15 2, ≤25 1, else 0 (G.2)."""
    if not resolved:
        return None
    return next((100 * note for most, note in REOPENED if 100 * reopened <= most * resolved), 0)


def mean_note(hundredths: Iterable[int]) -> int | None:
    """The mean of notes out of 5, to the tenth (G.2 « mean note /5 »)."""
    given = list(hundredths)
    if not given:
        return None
    return int(_tenth(Decimal(sum(given)) / len(given) / 100) * 100)


def tenths(hundredths: int) -> Decimal:
    """A note as it is written: 340 is 3,4."""
    return _tenth(Decimal(hundredths) / 100)


def invoice_note(invoices: int, wrong: int, corrected: int) -> int | None:
    """5 without an error, 3 when each was corrected by a credit note, else 1; the scale is ours (G.2 gives none)."""
    if not invoices:
        return None
    if not wrong:
        return RIGHT
    return CORRECTED if corrected >= wrong else WRONG


def security_note(gaps: int, lapsed: int) -> int:
    """5 less one for each gap; a certificate missing or expired is a gap, and leaves 2 at most (G.2)."""
    found = max(BEST - 100 * (gaps + lapsed), 0)
    return min(found, EXPIRED_AT_MOST) if lapsed else found


# -- score -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Noted:
    """A criterion and its note; None: not evaluated."""

    key: str
    weight: int
    note: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a criterion weighs once the weights of those not evaluated are shared out, in percents, and the points that
    it brings; None: not evaluated."""

    key: str
    weight: Decimal | None
    note: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Score:
    """`total` out of 100 to the tenth; None when nothing could be evaluated."""

    rows: tuple[Counted, ...]
    total: Decimal | None

    @property
    def grade(self) -> str | None:
        return None if self.total is None else grade(self.total)

    @property
    def mean(self) -> Decimal | None:
        """Out of 5."""
        return None if self.total is None else self.total / 20

    @property
    def twenty(self) -> Decimal | None:
        return None if self.total is None else _tenth(self.total / 5)


def score(rows: Sequence[Noted]) -> Score:
    """Σ (weight × note) ÷ 5; a criterion without data is left out and its weight shared among the others (G.2)."""
    return combined([(1, rows)])


def combined(parts: Sequence[tuple[int, Sequence[Noted]]]) -> Score:
    """The prestations of a provider, each with the minutes of work that it weighs; equally when none has any (G.2).

    Each is scored on its own weights; those where nothing was evaluated weigh nothing.
    """
    kept = [(minutes, rows) for minutes, rows in parts if _evaluated(rows)]
    if not any(minutes for minutes, _ in kept):
        kept = [(1, rows) for _, rows in kept]
    whole = sum(minutes for minutes, _ in kept)
    keys = list(dict.fromkeys(row.key for _, rows in parts for row in rows))
    counted = [_counted(key, kept, whole) for key in keys]
    points = [one.points for one in counted if one.points is not None]
    return Score(tuple(counted), _tenth(sum(points, Decimal(0))) if points else None)


def _evaluated(rows: Sequence[Noted]) -> int:
    """The weights of the criteria that have a note."""
    return sum(row.weight for row in rows if row.note is not None)


def _counted(key: str, parts: Sequence[tuple[int, Sequence[Noted]]], whole: int) -> Counted:
    weight = points = Decimal(0)
    noted: list[int] = []
    for minutes, rows in parts:
        for row in rows:
            if row.key == key and row.note is not None:
                own = Decimal(WHOLE * row.weight * minutes) / (_evaluated(rows) * whole)
                weight += own
                points += own * row.note / BEST
                noted.append(row.note)
    if not noted:
        return Counted(key, None, None, None)
    note = points * 5 / weight if weight else Decimal(sum(noted)) / len(noted) / 100
    return Counted(key, weight, note, points)


def grade(total: Decimal) -> str:
    """A from 85, B from 70, C from 50 (plan of action), else D (notice, or change), of the total printed (G.2)."""
    return next((letter for least, letter in GRADES if total >= least), WORST_GRADE)


def weight_gap(weights: Iterable[int]) -> int:
    """What lacks to 100; negative when there is too much."""
    return WHOLE - sum(weights)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
