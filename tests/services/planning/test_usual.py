"""The usual tasks of the families that a company has, and how a frequency is told."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.fields import this_day
from app.models import BackupPlan, Family, MaintenanceTask
from app.models.codes import AssetStatus
from app.models.upkeep_codes import Every, TaskKind
from app.services import setup
from app.services.planning import usual, words
from tests.services.planning import make


def test_every_family_named_is_one_of_a_new_base() -> None:
    known = {name for name, *_ in setup.FAMILIES}
    assert {name for one in usual.USUAL for name in one.families} <= known
    assert all(one.points and one.minutes for one in usual.USUAL)


def test_what_is_offered_is_what_the_company_has(session: Session) -> None:
    assert [one.on for one in usual.proposals(session)] == ["Tous les salariés"]
    for number in ("PT-0001", "PT-0002"):
        make.asset(session, number)
    make.asset(session, "SRV-0001", family_id=make.family(session, "Serveur"), status=AssetStatus.RETIRED)
    session.add(BackupPlan(number="SV-01", label="Fichiers communs"))
    session.flush()
    offered = usual.proposals(session)
    assert [(one.usual.label, one.on, one.count) for one in offered] == [
        ("Entretien des ordinateurs portables", "Ordinateur portable", 2),
        ("Lecture des rapports de sauvegarde", "Fichiers communs", 0),
        ("Essai de restauration", "Fichiers communs", 0),
        ("Sensibilisation à la sécurité", "Tous les salariés", 0),
    ]
    first = this_day() + timedelta(days=5)
    made = usual.add(session, [one.key for one in offered[:2]], first, technician="Yanis")
    tasks = [session.get_one(MaintenanceTask, one) for one in made]
    assert [(one.label, one.every, one.unit, one.technician) for one in tasks] == [
        ("Entretien des ordinateurs portables", 12, Every.MONTHS, "Yanis"),
        ("Lecture des rapports de sauvegarde", 1, Every.WEEKS, "Yanis"),
    ]
    family = session.get_one(Family, tasks[0].family_id)
    assert (family.name, tasks[1].kind) == ("Ordinateur portable", TaskKind.BACKUP_CHECK)
    assert "Disque chiffré" in (tasks[0].checklist or "").splitlines()
    assert make.visits(session, task_id=made[0])
    assert [one.there for one in usual.proposals(session)] == [True, True, False, False]
    assert usual.add(session, [offered[0].key], first) == []


@pytest.mark.parametrize(
    ("count", "unit", "told"),
    [
        (1, Every.DAYS, "chaque jour ouvré"),
        (1, Every.MONTHS, "chaque mois"),
        (2, Every.MONTHS, "tous les 2 mois"),
        (3, Every.MONTHS, "chaque trimestre"),
        (2, Every.WEEKS, "toutes les 2 semaines"),
        (3, Every.YEARS, "tous les 3 ans"),
    ],
)
def test_a_frequency_in_words(count: int, unit: Every, told: str) -> None:
    assert words.every(count, unit).replace("\u00a0", " ") == told
