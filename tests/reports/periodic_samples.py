"""A periodic report drawn from the example company, and one of an empty base."""

from datetime import UTC, date, datetime
from decimal import Decimal

from app.reports.identity import CompanyCard, Stamp
from app.reports.periodic_data import (
    Action,
    Breach,
    Cost,
    Figure,
    Kept,
    Opinions,
    Paper,
    Penalties,
    PeriodReport,
    Repeated,
    Share,
    Step,
    Stop,
    Volume,
)

AT = datetime(2026, 10, 5, 6, tzinfo=UTC)
SEEN = datetime(2026, 9, 30, 22, tzinfo=UTC)
DUE, DONE = datetime(2026, 7, 16, 11, 30, tzinfo=UTC), datetime(2026, 7, 16, 15, 5, tzinfo=UTC)
SHORTS = ("T2 25", "T3 25", "T4 25", "T1 26", "T2 26", "T3 26")


def figure(code: str = "gti", value: str | None = "0.969", met: bool | None = True, **more: object) -> Figure:
    known = None if value is None else Decimal(value)
    text = "–" if known is None else f"{known * 100:.1f}".replace(".", ",") + "\u00a0%"
    told = {
        "code": code, "label": "Prise en charge (GTI)", "unit": "ratio", "value": known, "text": text, "n": 64,
        "note": "62 sur 64 à temps", "target": Decimal("0.95"), "target_text": "≥\u00a095\u00a0%", "met": met,
        "before": Decimal("0.95"), "before_text": "95,0\u00a0%", "change": "+1,9\u00a0pt",
        "points": (None, Decimal("0.9"), Decimal("0.95"), Decimal("0.96"), Decimal("0.95"), known), "tiled": True,
    }  # fmt: skip
    return Figure(**{**told, **more})  # type: ignore[arg-type] # the fields above


def breach(number: str = "T-2026-0305", promise: str = "restore", **more: object) -> Breach:
    told = {
        "ticket_id": 1, "number": number, "what": "SRV-0001, partage inaccessible", "priority": "P1",
        "promise": promise, "due": DUE, "done": DONE, "late": 215, "cents": 900, "contract": "CT-2025-004",
    }  # fmt: skip
    return Breach(**{**told, **more})  # type: ignore[arg-type] # the fields above


EXPLAINED = breach(
    "T-2026-0318", "take", cause="Astreinte non jointe", explanation="Changement de technicien",
    explained_on=date(2026, 10, 2), decision="Exiger un relais écrit", decided_by="Claire Bonnin",
    decided_on=date(2026, 10, 14),
)  # fmt: skip
STEPS = (
    Step("Rétablissements en retard (P1, P2)", "T-2026-0305", "1"),
    Step("Pénalité brute", "1\u00a0×\u00a09,00\u00a0€", "9,00\u00a0€"),
    Step("Pénalité à déduire, non libératoire", "le plus petit des deux", "9,00\u00a0€", strong=True),
)


def report(**more: object) -> PeriodReport:
    """A quarter where everything has something to say."""
    told = {
        "company": CompanyCard("Atelier Morvane SAS"),
        "stamp": Stamp("Rapport périodique de maintenance", "RP-2026-T3", 1, AT),
        "period": "troisième trimestre\u00a02026", "of_period": "du troisième trimestre\u00a02026", "noun": "trimestre",
        "start": date(2026, 7, 1), "end": date(2026, 9, 30), "seen": SEEN,
        "scope": "Contrat CT-2025-004, Kervadel Infogérance · délais en heures ouvrées du contrat", "shorts": SHORTS,
        "figures": (figure(), figure("gtr", "0.935", met=False), figure("csat", None, None),
                    figure("mdt", "0.5", None, target=None, target_text="")),
        "volumes": (Volume("Tickets ouverts", (None, 51, 66, 72, 60, 67)),),
        "takeaways": "Le rétablissement passe sous son objectif pour la première fois.",
        "kept": (Kept("gti", "Prise en charge (GTI)", 63, 64), Kept("gtr", "Rétablissement (GTR)", 60, 62)),
        "breaches": (EXPLAINED, breach(), breach("T-2026-0356", done=None, cents=None)),
        "penalties": (Penalties("CT-2025-004", STEPS, 900, 900, 0),),
        "repeated": (Repeated("IM-0002 LaserJet", "Bourrage", 3, ("T-1", "T-2", "T-3"), date(2026, 9, 18), (1, 2, 3)),),
        "punctual": Share(40, 42),
        "papers": (Paper("Compte rendu", "FI-2026-0089", "CT-2025-004", date(2026, 7, 20), date(2026, 7, 23), 3),
                   Paper("Rapport d’activité", "août 2026", "CT-2025-004", date(2026, 9, 10), None, 21, refused=True)),
        "preventive": Share(3, 5),
        "stops": (Stop(1, "V-1", "Nettoyage", "SRV-0001", date(2026, 8, 1), date(2026, 8, 9), 8),
                  Stop(2, "V-2", "Onduleur", "", date(2026, 9, 1), None, 30)),
        "costs": (Cost("CT-2025-004", "Maintenance", 135_000, 135_000, 12_000, 33, 900, 180_000),
                  Cost("CT-2025-009", "Banque d’heures", None, 0, 5_000, 1, 60, None)),
        "opinions": Opinions(31, 24, 433, 22, Share(180, 200), ("EV-12",), (("Ponctualité", 419, 20),),
                             (("EV-12, 01/08/2026", "Prévenir du retard"),)),
        "decisions": ("Renouveler ou non le contrat",),
        "actions": (Action(1, "Relais écrit", "Lumeo", date(2026, 10, 30), "to_do", "info", "À faire", "RP-2026-T2"),),
    }  # fmt: skip
    return PeriodReport(**{**told, **more})  # type: ignore[arg-type] # the fields above


def nothing(**more: object) -> PeriodReport:
    """A period of which nothing is known."""
    none = {
        "figures": (figure(value=None, met=None, before=None, points=(None,) * 6, n=0),),
        "volumes": (Volume("Tickets ouverts", (None,) * 6),), "takeaways": "", "kept": (), "breaches": (),
        "penalties": (), "repeated": (), "punctual": Share(0, 0), "papers": (), "preventive": Share(0, 0),
        "stops": (), "costs": (), "opinions": Opinions(0, 0, None, 0, Share(0, 0), (), (), ()), "decisions": (),
        "actions": (),
    }  # fmt: skip
    return report(**{**none, **more})
