"""The cahier des charges and the comparison of offers, gathered then read back."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from app import cli
from app.errors import NotFound, Refused
from app.models import (
    Company,
    ContractService,
    Criterion,
    DueDocument,
    IssuedPaper,
    Site,
)
from app.models.contract_codes import DueRule, Inclusion, Obligation, ServiceType
from app.reports import comparison as drawn
from app.reports.comparison_data import OfferComparison
from app.reports.identity import Stamp
from app.reports.written_data import Chapter, Grid, WrittenPaper
from app.services import (
    consultation_chapters,
    consultation_comparison,
    consultation_offers,
    consultation_paper,
    consultations,
    papers,
)
from app.storage import Store
from tests.reports.reading import flat, laid_pages_of, pages_of
from tests.reports.samples import NASTY
from tests.services.company import add_asset
from tests.services.test_consultations import DAY, add_consultation, add_providers, bare_project, ready, typed

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
STAMP = Stamp("Cahier des charges", "CS-2026-01", 1, NOW)


@pytest.fixture(scope="module")
def compared(morvan: Store) -> OfferComparison:
    with morvan.read() as session:
        return consultation_comparison.offer_comparison(session, 1, STAMP)


def words_of(chapter: Chapter) -> str:
    return flat(repr(chapter.blocks).replace("\\xa0", " "))


def told(session: Session, given: int) -> WrittenPaper:
    return consultation_paper.specifications(session, given, STAMP)


# -- the cahier des charges -------------------------------------------------------------------------------------


def test_the_request_has_its_chapters_in_order(morvan: Store) -> None:
    with morvan.read() as session:
        paper = told(session, 1)
    assert [one.number for one in paper.chapters] == [*map(str, range(1, 16)), "A"]
    assert [one.title for one in paper.chapters[:4]] == [
        "Contexte et sites", "Parc informatique", "Besoins retenus", "Périmètre et exclusions"
    ]  # fmt: skip
    text = " ".join(map(words_of, paper.chapters))
    for words in (
        "inventaire tel qu’il est au 20/11/2026, sans rapport émis",
        "Tester une restauration complète du serveur deux fois par an",
        "77 biens, dont 46 postes de travail à maintenir",
        "Imprimantes, copieur et traceur",
        "l’entreprise", "le prestataire, sur devis",
        "P1, critique", "0 h 30", "lun-ven 8 h-12 h 30, 13 h 30-18 h",
        "article 28", "au moins 95 %", "Forfait de maintenance et d’assistance",
        "Par exception, pour : Dépannage à distance et sur site, Sauvegarde et essai de restauration.",
        "100 %", "11/12/2026", "PC-0001",
    ):  # fmt: skip
        assert words in text, words
    facts = dict(paper.facts)
    assert facts["Interlocuteur"].startswith("Claire Bonnin")
    assert facts["Offres attendues"] == "au plus tard le 13/11/2026"


def test_the_grid_leaves_the_prices_to_be_filled(morvan: Store) -> None:
    with morvan.read() as session:
        prices = next(one for one in told(session, 1).chapters if one.number == "11")
    firm, options = (block for block in prices.blocks if isinstance(block, Grid))
    assert firm.to_fill == (3, 4)
    assert all(row[3:] == ("", "") for row in firm.rows)
    assert [row[:3] for row in options.rows] == [("Astreinte du samedi matin", "mois", "12")]


def test_nothing_is_printed_blank_when_nothing_is_known(store: Store) -> None:
    with store.begin() as session:
        paper = told(session, add_consultation(session))
    for chapter in paper.chapters[:7] + paper.chapters[10:]:
        assert "à préciser" in words_of(chapter), chapter.title
    assert dict(paper.facts)["Interlocuteur"] == "à préciser"
    assert "Aucun bien n’est encore inventorié" in words_of(paper.chapters[1])


def test_the_report_chosen_and_its_verdicts_are_told(store: Store) -> None:
    sites = ",".join(
        f'{{"name":"S{n}","families":[{{"name":"Poste fixe","lines":[{{"verdict":"A"}},{{"verdict":null}}]}}]}}'
        for n in range(6)
    )
    with store.begin() as session:
        given = add_consultation(session)
        session.add(
            IssuedPaper(
                kind="inventaire", reference="RIE-2026-003", number=2, issued_at=NOW, data=f'{{"sites":[{sites}]}}',
                data_sha256="", pdf_sha256="", file_name="",
            )
        )  # fmt: skip
        session.flush()
        paper = told(session, given)
    fleet = paper.chapters[1]
    text = words_of(fleet)
    assert "rapport d’inventaire RIE-2026-003, version 2, données du 20/11/2026. 12 biens en tout." in text
    grid = next(block for block in fleet.blocks if isinstance(block, Grid))
    assert grid.heads == ("Famille", "S0", "S1", "S2", "Autres sites", "Total")
    assert grid.total == ("Total", "2", "2", "2", "6", "12")
    assert "Verdicts de l’expertise, sur 6 biens évalués. 6 biens n’ont pas été évalués." in text


def test_a_project_fills_its_chapters(store: Store) -> None:
    with store.begin() as session:
        session.add(Company(name="Ateliers"))
        session.add(Site(name="Dole"))
        given = add_consultation(session, exclusions="Les copieurs\nLes mobiles")
        add_asset(session, "PC-01")
        project = bare_project(session, given)
        project.obligation = Obligation.RESULTS
        project.round_the_clock = project.by_portal = True
        project.internal_level = 2
        project.reversibility_days = 30
        for label, inclusion in (("Copieurs", Inclusion.EXCLUDED), ("Sauvegarde", Inclusion.INCLUDED)):
            session.add(
                ContractService(
                    contract_id=project.id, label=label, kind=ServiceType.BACKUP, inclusion=inclusion,
                    obligation=Obligation.MEANS,
                )
            )  # fmt: skip
        session.add_all(
            [
                DueDocument(contract_id=project.id, label="Rapport", rule=DueRule.MONTHLY, delay_days=10),
                DueDocument(contract_id=project.id, label="Schéma", rule=DueRule.ONCE),
            ]
        )
        session.flush()
        text = " ".join(map(words_of, told(session, given).chapters))
    for words in (
        "Le périmètre du projet n’est pas encore arrêté", "Les copieurs", "Les mobiles", "24 h/24, 7 j/7",
        "portail", "couverts", "Chaque mois, sous 10 jours ouvrés", "Une fois, à la prise d’effet", "30 jours",
        "Ne sont pas demandés : Copieurs.", "un niveau mesuré", "Par exception, pour : Copieurs, Sauvegarde",
        "l’entreprise",
    ):  # fmt: skip
        assert words in text, words


def test_one_obligation_for_all_has_no_exception(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        bare_project(session, given)
        (whole,) = told(session, given).chapters[12].blocks
    assert "Obligation de moyens" in repr(whole)


def test_a_long_list_of_assets_is_sent_apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consultation_chapters, "ANNEX_MOST", 1)
    with store.begin() as session:
        given = add_consultation(session)
        add_asset(session, "PC-01")
        add_asset(session, "IMP-02")
        annex = told(session, given).chapters[-1]
    assert "2 biens : la liste est remise à part" in words_of(annex)


def test_the_paper_is_drawn_and_written(morvan: Store) -> None:
    with morvan.read() as session:
        pdf = papers.draft(session, "cahier-des-charges", "CS-2026-01", NOW)
        word = papers.word(session, "cahier-des-charges", "CS-2026-01", NOW)
    text = flat(" ".join(pages_of(pdf)))
    assert "Grille" in text or "grille à remplir" in text
    assert "PROJET" in text
    assert b"Besoins retenus" in ZipFile(BytesIO(word)).read("word/document.xml")


@pytest.mark.parametrize(("ref", "error"), [(None, Refused), ("CS-1999-01", NotFound)])
def test_a_consultation_is_asked_by_its_number(store: Store, ref: str | None, error: type[Exception]) -> None:
    with store.read() as session, pytest.raises(error):
        papers.draft(session, "comparatif", ref, NOW)


def test_both_papers_come_from_the_command_line(morvan: Store, tmp_path: Path) -> None:
    base = str(shutil.copy(morvan.path, tmp_path / "copie.parc"))
    for kind, name in (("cahier-des-charges", "c.pdf"), ("cahier-des-charges", "c.docx"), ("comparatif", "o.pdf")):
        args = ["--base", base, "rapport", kind, "CS-2026-01", "-o", str(tmp_path / name)]
        assert cli.run(cli.parser().parse_args(args)) == 0
        assert (tmp_path / name).stat().st_size > 10_000


# -- the comparison ---------------------------------------------------------------------------------------------


def comparison_text(session: Session, given: int) -> str:
    made = consultation_comparison.offer_comparison(session, given, replace(STAMP, title="Comparatif des offres"))
    return flat(" ".join(pages_of(drawn.render(made))))


def test_offers_stand_side_by_side(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, saone) = ready(session)
        consultation_offers.invite(session, given, add_providers(session, "Muet"), DAY)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [45_000, None], 400, reserves="À revoir"))
        consultation_offers.save_offer(session, saone, typed(session, given, [None, 9_000], None))
        text = comparison_text(session, given)
        for words in (
            "À décider", "Lumeo est la seule offre complète, avec 4,40", "non classée", "Sans offre : Muet.",
            "450,00", "5 400,00", "sans réponse", "Total ferme", "calculée sur le total ferme", "Vu sur place",
            "à noter", "À revoir", "seules des options sont chiffrées", "Aucun point n’a été négocié.",
            "Offre retenue, et motif", "Décidé par",
        ):  # fmt: skip
            assert words in text, words
        consultation_offers.choose(session, lumeo, "La seule complète", DAY)
        text = comparison_text(session, given)
        assert "Offre retenue : Lumeo. Motif : La seule complète" in text


def test_without_offers_there_is_nothing_to_compare(store: Store) -> None:
    with store.begin() as session:
        text = comparison_text(session, add_consultation(session))
    assert "Aucune offre n’a été reçue" in text
    assert "Classement" not in text


def test_unsound_weights_are_the_answer(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, _) = ready(session)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [None, None], 400))
        assert "Lumeo n’est pas classé" in comparison_text(session, given)
        consultations.rows(session, Criterion, given)[0].weight = 10
        assert "Les poids font 70 %, pas 100 %" in comparison_text(session, given)


@pytest.mark.parametrize("text", NASTY)
def test_any_word_can_be_printed(compared: OfferComparison, text: str) -> None:
    offers = tuple(
        replace(one, provider=text[:60], strengths=text, reserves=text, lacks=(text,)) for one in compared.offers * 2
    )
    log = tuple(replace(one, point=text, decision=text) for one in compared.log)
    pages = laid_pages_of(drawn.render(replace(compared, offers=offers, log=log, words=(text,))))
    assert len([page for page in pages if "Décidé par" in page]) == 1


def test_the_notes_of_the_example_are_those_of_the_rule(
    compared: OfferComparison,
) -> None:
    first, second, third = compared.offers
    assert (first.provider, first.score, first.firm) == ("Saône Informatique", Decimal("4.18"), 1_293_000)
    assert (second.provider, second.notes[0]) == ("Lumeo Services", Decimal("5.00"))
    assert (third.score, third.rank) == (None, "")
