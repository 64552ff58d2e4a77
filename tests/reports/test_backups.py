"""The register of backups and the attendance sheet, read back."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.reports import attendance, backups
from app.reports.backups_data import NO, UNKNOWN, YES, Attendance, BackupRegister, BackupSheet, Point, Trial
from app.reports.identity import CompanyCard, Stamp
from tests.reports.reading import flat, pages_of

CARD = CompanyCard("Ateliers Morvan")
STAMP = Stamp("Registre des sauvegardes", "SAU-2026-001", 1, datetime(2026, 11, 20, 9, tzinfo=UTC), draft=False)
SHEET = BackupSheet(
    "SV-01", "Serveur de fichiers", "Suivie", "19/11/2026\nconforme", "10/09/2026\nconforme",
    (("Méthode", "Images, chaque nuit"),),
    (Point("3 copies, l’original compris", "3\u00a0copies", YES), Point("1 copie hors du site", "Non", NO)),
    (Point("Données perdues, au plus (RPO)", "Non mesuré", UNKNOWN),),
    "51\u00a0contrôles sur la période.",
    (Trial("10/09/2026", "Conforme", "2\u00a0h\u00a010", "12\u00a0h\u00a000", "Julie", "Dossier relu"),),
)  # fmt: skip
TOLD = BackupRegister(CARD, STAMP, date(2025, 11, 20), 1, (SHEET, replace(SHEET, number="SV-02", trials=())))


def test_a_register_tells_what_is_proved() -> None:
    text = flat(" ".join(pages_of(backups.render(TOLD))))
    expected = (
        "Restauration prouvée", "1 sur 2", "1 sauvegarde sans restauration réussie assez récente",
        "SV-01 Serveur de fichiers", "Images, chaque nuit", "1 copie hors du site", "2 h 10", "Dossier relu",
        "Aucun essai de restauration sur cette période.", "Contrôles et essais depuis le 20/11/2025",
    )  # fmt: skip
    assert [one for one in expected if one not in text] == []
    assert "dans le délai voulu" in flat(" ".join(pages_of(backups.render(replace(TOLD, proved=2)))))
    assert "Aucune sauvegarde n’est décrite." in flat(" ".join(pages_of(backups.render(replace(TOLD, sheets=())))))


def test_an_attendance_sheet_has_a_line_a_guest_and_some_to_spare() -> None:
    people = tuple((f"Personne {n}", "Atelier") for n in range(1, 41))
    stamp = replace(STAMP, title="Feuille de présence", reference="V-2026-0001", working="À signer.")
    told = Attendance(CARD, stamp, "Hameçonnage · Dijon", (("Date", "8 décembre 2026"),), people)
    pages = pages_of(attendance.render(told))
    assert len(pages) == 2
    text = flat(" ".join(pages))
    assert "Personne 40 Atelier" in text
    assert "44" in text
    assert text.count("Nom, prénom") == 2
    blank = flat(" ".join(pages_of(attendance.render(replace(told, people=())))))
    assert "18" in blank
    assert "Personne" not in blank
