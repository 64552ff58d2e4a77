"""What the words of an invoice let one guess: what each line pays for, and the period. Guesses, said as such."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from app.fields import fold
from app.fields.formats import MONTHS
from app.models.money_codes import LineKind
from app.services.reading.einvoice_data import EinvoiceLine

WORDS: tuple[tuple[LineKind, str], ...] = (
    (LineKind.PENALTY, "penalites?"),
    (
        LineKind.HOURS,
        r"(carnet|banque|pack|credit|reserve) d'?\s?(heures|tickets), heures prepayees, tickets prepayes",
    ),
    (LineKind.LEASING, "credit[- ]bail"),
    (LineKind.RENT, "locations?, loyers?, louer"),
    (LineKind.SUPPLIES, "toners?, cartouches?, papier, encre, ramettes?, etiquettes?"),
    (
        LineKind.SMALL,
        "claviers?, souris, cables?, adaptateurs?, casques?, webcams?, cles? usb, hubs?, sacoches?, tapis",
    ),
    (
        LineKind.TELECOM,
        "telephonie, fibre, internet, [asv]dsl, forfaits? mobiles?, lignes? (mobiles?|fixes?), voip, sip, 4g, 5g",
    ),
    (
        LineKind.REPAIR,
        (
            r"interventions?, reparations?, depannages?, main d'?\s?oeuvre, deplacements?, diagnostics?, "
            "reinstallations?, hors forfait, hors contrat, depassements?"
        ),
    ),
    (
        LineKind.CONTRACT,
        (
            "maintenance, infogerance, contrat, supervision, assistance, support, redevance, forfait, telemaintenance, "
            "helpdesk, mco"
        ),
    ),
    (
        LineKind.SAAS,
        (
            "(microsoft|office) ?365, m365, saas, abonnements?, hebergement, cloud, messagerie, noms? de domaine, "
            "google workspace, sauvegarde externalisee"
        ),
    ),
    (LineKind.SOFTWARE, "licences?, logiciels?, antivirus, progiciels?"),
    (LineKind.FEES, "honoraires, audits?, conseils?, expertises?, formations?"),
    (LineKind.SUBCONTRACT, "sous[- ]traitance"),
    (
        LineKind.EQUIPMENT,
        (
            "ordinateurs?, pc, portables?, ecrans?, moniteurs?, serveurs?, imprimantes?, switchs?, commutateurs?, "
            "onduleurs?, stations?, tablettes?, smartphones?, nas, disques?, ssd, routeurs?, pare-?feux?, bornes?, "
            "latitude, optiplex, thinkpad, elitebook, probook, macbook, imac, copieurs?, scanners?"
        ),
    ),
)
"""In their order: « maintenance du serveur » is a contract, « réparation d’un écran » no purchase."""
_READ = tuple((kind, re.compile(rf"\b({words.replace(', ', '|')})\b")) for kind, words in WORDS)
_MORE = re.compile(r"\b(remise|rabais|escompte|frais|port|livraison|ecart|arrondi|eco-?part)")
BOUGHT = frozenset({LineKind.EQUIPMENT, LineKind.SOFTWARE, LineKind.SMALL, LineKind.SUPPLIES, LineKind.TELECOM,
                    LineKind.RENT, LineKind.LEASING})  # fmt: skip
"""What no maintenance contract pays for."""


def kind_of(label: str) -> LineKind | None:
    """By the first family of words that its label holds; None if none does."""
    text = fold(label)
    return next((kind for kind, words in _READ if words.search(text)), None)


def kinds_of(lines: Sequence[EinvoiceLine], *, under_contract: bool) -> tuple[LineKind, ...]:
    """Of each line; one that says nothing is a contract's, or else another charge. A discount, or what it costs to
    bring, goes with the largest line."""
    usual = LineKind.CONTRACT if under_contract else LineKind.OTHER
    found = [kind_of(line.label) for line in lines]
    told = [(abs(line.net), kind or usual) for line, kind in zip(lines, found, strict=True) if not _goes_along(line)]
    main = max(told, key=lambda one: one[0])[1] if told else usual
    return tuple(main if _goes_along(line) else kind or usual for line, kind in zip(lines, found, strict=True))


def _goes_along(line: EinvoiceLine) -> bool:
    return bool(_MORE.match(fold(line.label)))


_MONTH = "|".join(fold(month) for month in MONTHS)
_BETWEEN = re.compile(r"\bdu (\d\d?)[/.](\d\d?)[/.](\d{4}) au (\d\d?)[/.](\d\d?)[/.](\d{4})\b")
_NAMED = re.compile(rf"\b({_MONTH}) (20\d\d)\b")
_NUMBERED = re.compile(r"(?<![\d/.])(0[1-9]|1[0-2])/(20\d\d)\b")
_QUARTER = re.compile(r"\b(?:t([1-4])|([1-4])(?:er|e|eme) trimestre)(?: de)?[ /-]?(20\d\d)\b")
_YEAR = re.compile(r"\bannee (20\d\d)\b")
_FIRST = {fold(month): number for number, month in enumerate(MONTHS, 1)}


def period_in(texts: Iterable[str]) -> tuple[date, date] | None:
    """The days that these words span: « octobre 2026 », « 10/2026 », « T4 2026 », « du 1/10/2026 au 31/10/2026 »."""
    found = [span for text in texts for span in _spans(re.sub(r"[\s\u00a0\u202f]+", " ", fold(text)))]
    if not found:
        return None
    return min(start for start, _ in found), max(end for _, end in found)


def _spans(text: str) -> Iterator[tuple[date, date]]:
    """The surest way of writing that is there, and only that one."""
    if between := [span for found in _BETWEEN.finditer(text) if (span := _between(*map(int, found.groups())))]:
        yield from between
    elif quarters := list(_QUARTER.finditer(text)):
        yield from (_months(int(q[3]), 3 * int(q[1] or q[2]) - 2, 3) for q in quarters)
    elif named := list(_NAMED.finditer(text)):
        yield from (_months(int(one[2]), _FIRST[one[1]], 1) for one in named)
    elif numbered := list(_NUMBERED.finditer(text)):
        yield from (_months(int(one[2]), int(one[1]), 1) for one in numbered)
    else:
        yield from (_months(int(one[1]), 1, 12) for one in _YEAR.finditer(text))


def _between(*told: int) -> tuple[date, date] | None:
    """Day, month, year of the first day, then of the last."""
    try:
        start, end = date(*told[2::-1]), date(*told[:2:-1])
    except ValueError:
        return None
    return (start, end) if start <= end else None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = month - 1 + count
    return date(year, month, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(1)
