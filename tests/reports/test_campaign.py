"""The papers of a physical inventory, read back."""

from dataclasses import replace
from datetime import date

import pytest

from app.reports import campaign
from app.reports.campaign_data import CampaignHead, ExpectedLine, ExtraLine, GapReport, MovedLine, TickList
from app.reports.identity import Stamp
from tests.reports import samples
from tests.reports.reading import flat, laid_pages_of, pages_of

HEAD = CampaignHead(
    "INV-2026-001", "Inventaire annuel", "tous les sites", date(2026, 11, 18), date(2026, 11, 20), "H. Lefèvre"
)
LOST = ExpectedLine("PC-0017", "Poste de coupe", "EX17", "Angers", "Atelier", "Débit", date(2025, 11, 3), 123450, "")
STAMP = Stamp("Écarts de l’inventaire physique", "INV-2026-001", 1, samples.MOMENT, draft=False, data_hash=samples.HASH)
EXTRA = ExtraLine("5CG41", "", "", "Quai", date(2026, 11, 19), "Prêt d’un client")
KNOWN = ExtraLine("PC-0090", "PC-0090 Poste du dépôt", "noté à Saumur", "", date(2026, 11, 19), "À rapporter")
MOVED = MovedLine("PC-0003", "Poste d’accueil", "Angers", "Accueil", "Salle 2", date(2026, 11, 18), corrected=False)
REPORT = GapReport(samples.COMPANY, STAMP, HEAD, 64, 62, (LOST, LOST), (), (EXTRA, KNOWN), (MOVED,))


def told(report: GapReport) -> str:
    return flat(" ".join(pages_of(campaign.render(report))))


def test_the_answer_comes_first() -> None:
    text = told(REPORT)
    assert "96,9 % trouvés" in text
    assert (
        "62 biens trouvés sur 64 attendus ; 2 non trouvés, pour 2 469,00 € HT de valeur de remplacement ; "
        "1 trouvé dans un autre local ; 2 non attendus." in text
    )
    assert "du 18/11/2026 au 20/11/2026 · mené par H. Lefèvre" in text


def test_each_gap_has_its_table() -> None:
    text = told(REPORT)
    for words in (
        "Attendu, non trouvé", "Angers, 2 biens", "PC-0017", "EX17", "03/11/2025", "Total · 2 biens", "2 469,00",
        "aucun bien ne porte ce code", "Prêt d’un client", "noté à Saumur", "À rapporter",
        "Trouvé dans un autre local", "Salle 2", "à corriger", "Inventaire mené par", "Pour l’entreprise",
    ):  # fmt: skip
        assert words in text
    corrected = replace(REPORT, moved=(replace(MOVED, corrected=True, expected=""),))
    assert "corrigée" in told(corrected)
    assert "non noté" in told(corrected)


def test_without_a_gap_each_part_says_so() -> None:
    whole = replace(REPORT, found=64, missing=(), extra=(), moved=())
    assert told(whole).count("Aucun.") == 3
    assert "100,0 % trouvés" in told(whole)
    assert "64 biens trouvés sur 64 attendus." in told(whole)


def test_a_campaign_under_way_says_what_is_left() -> None:
    under_way = replace(
        REPORT,
        campaign=replace(HEAD, closed_on=None, held_by=""),
        found=1,
        missing=(),
        to_find=(replace(LOST, serial=None, value=None, note="Vu en avril"),),
    )
    text = told(under_way)
    assert "1 bien encore à trouver : la campagne est en cours" in text
    assert "Encore à trouver" in text
    assert "non relevé" in text
    assert "Vu en avril" in text
    assert "ouvert le 18/11/2026" in text
    assert "mené par" not in text.replace("Inventaire mené par", "")


def test_nothing_expected_has_no_share() -> None:
    assert "–" in told(replace(REPORT, expected=0, found=0, missing=()))


def test_a_draft_says_it_is_one() -> None:
    assert "PROJET, sans valeur" in told(replace(REPORT, stamp=replace(STAMP, draft=True, data_hash="")))


@pytest.mark.parametrize("count", [1, 40, 900])
def test_the_signatures_are_never_cut(count: int) -> None:
    pages = laid_pages_of(campaign.render(replace(REPORT, missing=(LOST,) * count)))
    signed = [page for page in pages if "Inventaire mené par" in page]
    assert len(signed) == 1
    assert "Les soussignés" in signed[0]
    assert "Signature" in signed[0]


@pytest.mark.parametrize("text", samples.NASTY)
def test_any_word_can_be_printed(text: str) -> None:
    lost = replace(LOST, name=text, serial=text, room=text, holder=text, note=text, site=text[:200])
    extra = ExtraLine(text, text, text, text, None, text)
    head = replace(HEAD, title=text, held_by=text, site=text)
    assert campaign.render(replace(REPORT, campaign=head, missing=(lost,), extra=(extra,)))
    assert campaign.render_list(TickList(samples.COMPANY, STAMP, head, (lost,)))


def test_the_list_to_tick_goes_room_by_room() -> None:
    working = Stamp("Liste des biens à pointer", "INV-2026-001", 1, samples.MOMENT, draft=False, working="Feuille.")
    lines = (LOST, replace(LOST, number="PC-0018"), replace(LOST, number="PC-0019", room=""))
    text = flat(" ".join(pages_of(campaign.render_list(TickList(samples.COMPANY, working, HEAD, lines)))))
    for words in (
        "Liste des biens à pointer", "Pointé par", "Atelier", "PC-0018", "Local non noté",
        "Trouvé, absent de cette liste",
        "INV-2026-001 · feuille de travail · données au 21/11/2026 18:00", "Feuille.",
    ):  # fmt: skip
        assert words in text
    assert "PROJET" not in text
