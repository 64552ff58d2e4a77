"""The record of a reversibility, read back: its order, its signs, its heads repeated, its boxes kept whole."""

from dataclasses import replace

from app.reports import return_record
from app.reports.fact_columns import FactsBlock
from app.reports.identity import Stamp
from app.reports.return_record_data import ItemGroup, ReturnRecord
from tests.reports import samples
from tests.reports.reading import flat, fonts_of, pages_of

DRAFT = Stamp("Procès-verbal de réversibilité", "CT-2026-01", 1, samples.MOMENT)
ISSUED = replace(DRAFT, draft=False, data_hash=samples.HASH)
ROW = ("", "Schémas du réseau", "Lumeo Services", "14/02/2027", "–")
RECORD = ReturnRecord(
    company=samples.COMPANY,
    stamp=ISSUED,
    card=(("Référence", "CT-2026-01"),),
    subtitle="Maintenance du parc · Lumeo Services",
    result="Réversibilité incomplète",
    sentence="1 point sur 2 vérifié, 1 non rendu.",
    facts=(FactsBlock("Contrat", (("Fin", "31/03/2027"),)), FactsBlock("Prestataire", (("Nom", "Lumeo Services"),))),
    groups=(ItemGroup("Non rendu", (("!", *ROW[1:]),)), ItemGroup("Rendu et vérifié", (("✓", *ROW[1:]),))),
    reserves=("Non rendu : schémas du réseau.",),
    accesses=(("Yanis Le Goff", "Pare-feu", "Administrateur", "01/01/2026", "encore ouvert"),),
    accesses_told="0 accès retiré, 1 encore ouvert.",
    provider="Lumeo Services",
    representative="Isabelle Rey",
)


def test_the_answer_comes_first_and_the_hash_last() -> None:
    drawn = return_record.render(RECORD)
    text = flat(" ".join(pages_of(drawn)))
    order = ("Réversibilité incomplète", "Non rendu : 1", "Rendu et vérifié : 1", "Accès du prestataire", "Réserves",
             "Pour l’entreprise", "Pièce figée")  # fmt: skip
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "Isabelle Rey" in text
    assert "encore ouvert" in text
    assert all(fonts_of(drawn).values())
    assert drawn == return_record.render(RECORD)


def test_a_draft_says_so_and_nothing_is_invented() -> None:
    bare = replace(RECORD, stamp=DRAFT, groups=(), accesses=(), accesses_told="Aucun accès n’est inscrit au registre.")
    text = flat(" ".join(pages_of(return_record.render(bare))))
    assert "Aucune liste n’a été préparée pour ce contrat." in text
    assert "Projet : aucune empreinte" in text


def test_a_long_list_repeats_its_head_and_never_cuts_the_boxes() -> None:
    many = replace(RECORD, groups=(ItemGroup("À faire ou demandé", (ROW,) * 120),), reserves=("Non rendu.",) * 40)
    pages = [flat(page) for page in pages_of(return_record.render(many))]
    assert sum("Ce qui est rendu ou fait" in page for page in pages) >= 3
    last = next(page for page in pages if "Pour l’entreprise" in page)
    assert "Pour le prestataire" in last
    assert "Les soussignés constatent" in last
    assert "Pièce figée" in last
