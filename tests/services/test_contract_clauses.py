"""The clauses of a contract, their values, what it lacks, and its paper."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.models import (
    Clause,
    ClosingDay,
    Company,
    Contract,
    ContractClause,
    ContractService,
    Document,
    DueDocument,
    Penalty,
    Person,
    Provider,
    ProviderContact,
    ReturnItem,
    UnitPrice,
)
from app.models.codes import (
    ContractStatus,
    FeePeriod,
    NoticeForm,
    NoticeMoment,
    NoticeReference,
    NoticeUnit,
    Renewal,
    Role,
)
from app.models.contract_codes import (
    Answer,
    Billing,
    DocumentRole,
    DueRule,
    EmergencyCover,
    Frequency,
    Inclusion,
    PaymentRule,
    PenaltyForm,
    PenaltyTrigger,
    PenaltyUnit,
    PriceModel,
    ServiceType,
)
from app.reports.identity import Stamp
from app.reports.written_data import Bullets, Grid, Para
from app.services import (
    clauses,
    completeness,
    contract_clauses,
    contract_paper,
    example,
    gdpr,
    papers,
)
from app.services.variables import Source, fill
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.company import add_asset, add_contract

DAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)


@pytest.fixture
def base(ready: Store) -> Store:
    with ready.begin() as session:
        add_contract(session)
    return ready


def contract(session: Session) -> Contract:
    return session.scalars(select(Contract)).one()


def clause(session: Session, topic: str) -> Clause:
    return session.scalars(select(Clause).where(Clause.topic == topic)).one()


def rows(session: Session) -> list[contract_clauses.ClauseRow]:
    return contract_clauses.rows(session, Source(session, contract(session).id, DAY))


# -- clauses of a contract --------------------------------------------------------------------------------------


def test_clauses_are_taken_at_their_place_once(base: Store) -> None:
    with base.begin() as session:
        own = contract(session).id
        wanted = [clause(session, topic).id for topic in ("prix", "objet")]
        assert len(contract_clauses.add(session, own, wanted)) == 2
        assert contract_clauses.add(session, own, wanted) == []
        assert [one.topic for one in rows(session)] == ["objet", "prix"]
        assert {one.revision for one in rows(session)} == {1}
        mandatory = session.scalars(select(Clause.id).where(Clause.mandatory.is_(True))).all()
        assert len(contract_clauses.add_mandatory(session, own)) == len(mandatory) - 2


def test_a_clause_is_written_adapted_moved_and_removed(base: Store) -> None:
    with base.begin() as session:
        own = contract(session).id
        contract_clauses.add(session, own, [clause(session, topic).id for topic in ("objet", "prix")])
        made = contract_clauses.write(session, own, {"title": "Télétravail", "text": "Aussi.", "article": "12"})
        contract_clauses.move(session, made, -1)
        assert rows(session)[1].title == "Télétravail"
        contract_clauses.move(session, made, -5)
        contract_clauses.move(session, made, -1)
        assert rows(session)[0].title == "Télétravail"
        first = rows(session)[1]
        contract_clauses.write(session, own, {"title": first.title, "text": "Autre texte."}, first.id)
        assert [one.adapted for one in rows(session)] == [False, True, False]
        assert contract_clauses.remove(session, [made]) == 1
        assert len(rows(session)) == 2
        with pytest.raises(NotFound):
            contract_clauses.move(session, made, 1)


@pytest.mark.parametrize(
    ("values", "names"),
    [({"title": "", "text": ""}, {"title", "text"}), ({"title": "T", "text": "{rien}"}, {"text"})],
)
def test_a_clause_badly_written_is_refused(base: Store, values: dict[str, str], names: set[str]) -> None:
    with base.begin() as session, pytest.raises(InvalidFields) as refused:
        contract_clauses.write(session, contract(session).id, values)
    assert set(refused.value.problems) == names


def test_a_contract_keeps_its_text_until_it_takes_the_new_version(base: Store) -> None:
    with base.begin() as session:
        found = clause(session, "objet")
        (row,) = contract_clauses.add(session, contract(session).id, [found.id])
        former = found.text
        clauses.save(session, found.id, {"title": "Objet", "text": "Un texte plus court."})
        (one,) = rows(session)
        assert (one.text, one.revision, one.newest) == (former, 1, 2)
        assert contract_clauses.newest(session, row) == (former, "Un texte plus court.")
        contract_clauses.take_newest(session, row)
        (one,) = rows(session)
        assert (one.title, one.text, one.revision, one.newest) == ("Objet", "Un texte plus court.", 2, None)


def test_a_clause_of_our_own_has_no_newer_version(base: Store) -> None:
    with base.begin() as session:
        made = contract_clauses.write(session, contract(session).id, {"title": "T", "text": "Texte."})
        assert contract_clauses.newest(session, made) == ("Texte.", "Texte.")
        with pytest.raises(NotFound):
            contract_clauses.take_newest(session, made)


def test_the_paper_of_the_provider_is_only_ticked(base: Store) -> None:
    with base.begin() as session:
        own, wanted = contract(session).id, clause(session, "penalites")
        contract_clauses.tick(session, own, wanted.id, "9.2")
        contract_clauses.tick(session, own, wanted.id, " 9.3 ")
        (one,) = rows(session)
        assert (one.article, one.is_theirs, one.to_fill, one.adapted, one.newest) == ("9.3", True, 0, False, None)
        told = {topic.topic: topic for topic in contract_clauses.topics(session, own)}
        assert (told["penalites"].article, told["penalites"].is_theirs) == ("9.3", True)
        assert told["prix"].row_id is None
        contract_clauses.add(session, own, [wanted.id])
        (one,) = rows(session)
        assert (one.article, one.is_theirs, one.revision) == ("9.3", False, 1)
        with pytest.raises(NotFound):
            contract_clauses.tick(session, own, 999, None)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_a_difference_gives_both_texts_back(before: str, after: str) -> None:
    told = contract_clauses.difference(before, after)
    assert "".join(text for kind, text in told if kind != "new") == before
    assert "".join(text for kind, text in told if kind != "gone") == after


# -- variables --------------------------------------------------------------------------------------------------


def test_what_nobody_entered_is_said_and_what_is_no_variable_stays(base: Store) -> None:
    with base.read() as session:
        source = Source(session, contract(session).id, DAY)
        assert fill("{but} {rien}", source) == "[à compléter\u00a0: but recherché] {rien}"


def _told(session: Session) -> None:
    """A contract with all its terms."""
    own = contract(session)
    session.add(
        Company(name="Ateliers Morvan", siren="000412577", address="1 rue A", postal_code="21000", city="Dijon")
    )
    session.add(Person(first_name="Claire", last_name="Bonnin", role=Role.MANAGER, position="Responsable"))
    provider = session.get_one(Provider, own.provider_id)
    provider.legal_form, provider.hotline, provider.siret = "SARL", "03 53 01 22 22", "00073514200028"
    session.add(ProviderContact(provider_id=provider.id, last_name="Charpin", escalation=1, phone="06 00 00 00 01"))
    values: dict[str, Any] = {
        "fee": 45_000, "purpose": "Tenir les postes en marche.", "exclusions": "Les écrans.\nLe copieur.",
        "vat_rate": 2000, "late_rate": 786, "index_name": "Syntec", "index_base": 300_500, "revision_fixed_part": 1500,
        "revision_cap": 300, "penalty_month_cap": 1500, "penalty_year_cap": 1000, "penalty_form": PenaltyForm.CREDIT,
        "hourly_rate": 6500, "travel_fee": 0, "out_of_hours_rate": 5000, "contract_level": 4, "internal_level": 2,
        "reversibility_days": 60, "reversibility_price": 0, "signed_on": date(2025, 12, 1), "notice_article": "9.2",
        "by_portal": True, "simultaneous_requests": 3, "max_renewals": 3, "included_minutes": 600,
        "minimum_minutes": 30, "rounding_minutes": 15, "hours_bought": 600,
    }  # fmt: skip
    for name, value in values.items():
        setattr(own, name, value)
    service = {"contract_id": own.id, "kind": ServiceType.PREVENTIVE, "frequency": Frequency.MONTHLY}
    session.add(ContractService(label="Mises à jour", inclusion=Inclusion.INCLUDED, **service))
    session.add(ContractService(label="Ancienne", inclusion=Inclusion.INCLUDED, until=date(2026, 1, 5), **service))
    session.add(DueDocument(contract_id=own.id, label="Rapport mensuel", rule=DueRule.MONTHLY, delay_days=5))
    session.add(DueDocument(contract_id=own.id, label="Planning", rule=DueRule.QUARTERLY))
    session.add(Penalty(contract_id=own.id, trigger=PenaltyTrigger.RESTORE, priorities="P1, P2", percent=200))
    session.add(Penalty(contract_id=own.id, trigger=PenaltyTrigger.DOCUMENT, unit=PenaltyUnit.DAY, amount=500))
    session.add(ClosingDay(contract_id=own.id, first_day=date(2026, 8, 10), last_day=date(2026, 8, 14), label="Été"))
    session.add(ClosingDay(contract_id=own.id, first_day=date(2026, 12, 24), last_day=date(2026, 12, 24)))
    session.add(UnitPrice(contract_id=own.id, label="Poste ajouté", price=1200, period=FeePeriod.MONTH))
    session.add(UnitPrice(contract_id=own.id, label="Ancien", price=1, until=date(2026, 1, 5)))
    session.add(ReturnItem(contract_id=own.id, label="Mots de passe"))
    session.add(
        Document(entity="contract", record_id=own.id, name="s.pdf", sha256="0", size=1, role=DocumentRole.SIGNED)
    )
    add_asset(session, "PC-0001", own.id)
    session.flush()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("client", "Ateliers Morvan"),
        ("client_siren", "000 412 577"),
        ("client_interlocuteur", "Claire Bonnin, responsable"),
        ("prestataire", "Lumeo Services SARL"),
        ("prestataire_assistance", "03 53 01 22 22"),
        ("interlocuteurs", "– Charpin, assistance, 06 00 00 00 01."),
        ("but", "tenir les postes en marche"),
        ("objet", "maintenance du parc"),
        ("obligation", "obligation de moyens"),
        ("biens_couverts", "1 bien"),
        ("exclusions", "les écrans ; le copieur"),
        ("niveau_contrat", "4"),
        ("niveau_interne", "2"),
        ("prestations_preventives", "– mises à jour : chaque mois."),
        ("prestations", "– mises à jour : chaque mois."),
        (
            "documents_dus",
            "– rapport mensuel : chaque mois, sous 5 jours ouvrés ;\n– planning : avant chaque trimestre.",
        ),
        ("heures", "du lundi au vendredi, 9 h-18 h"),
        ("jours_feries", "Métropole"),
        ("numero", "CT-2026-01"),
        ("pentecote", "férié et non travaillé"),
        ("urgences", "aucun secours n’est dû"),
        ("numero_urgence", "celui de l’assistance"),
        ("fermetures", "– été : du 10/08/2026 au 14/08/2026 inclus ;\n– fermeture : le 24/12/2026."),
        ("canaux", "par téléphone, par courriel ou par le portail du prestataire"),
        ("demandes_simultanees", "au plus 3"),
        ("prix", "450,00 € chaque mois"),
        ("facturation", "chaque mois, d’avance"),
        ("taux_horaire", "65,00 €"),
        ("deplacement", "0,00 €"),
        ("majoration", "50 %"),
        ("tva", "20 %"),
        ("taux_retard", "7,86 % par an"),
        ("delai_paiement", "à 30 jours de la date de la facture"),
        ("indice", "Syntec"),
        ("indice_base", "300,5"),
        ("part_fixe", "15 %"),
        ("plafond_hausse", "3 %"),
        ("forme_penalites", "avoir"),
        (
            "penalites",
            (
                "– rétablissement en retard (P1, P2) : 2 % du forfait mensuel par manquement ;\n"
                "– document remis en retard : 5,00 € par jour commencé."
            ),
        ),
        ("plafond_penalites", "15 % du forfait par mois et 10 % du forfait par an"),
        ("date_effet", "1er janvier 2026"),
        ("date_signature", "1er décembre 2025"),
        ("duree_initiale", "12 mois"),
        ("fin_initiale", "31 décembre 2026"),
        ("preavis", "3 mois avant le dernier jour de la période"),
        ("reconduction", "le contrat est reconduit tacitement par périodes de 12 mois, 3 fois au plus"),
        ("forme_preavis", "lettre recommandée avec avis de réception"),
        ("moment_preavis", "celle de la réception"),
        ("date_limite", "30 septembre 2026"),
        ("jours_reversibilite", "60 jours"),
        ("prix_reversibilite", "zéro euro, cette assistance étant comprise"),
        ("attente_piece", "L’attente d’une pièce commandée à temps le suspend également."),
        ("mode_prix", "forfait"),
        ("prestataire_siret", "00073514200028"),
    ],
)
def test_a_variable_says_what_the_contract_says(base: Store, name: str, words: str) -> None:
    with base.begin() as session:
        _told(session)
        told = fill(f"{{{name}}}", Source(session, contract(session).id, DAY))
    assert told.replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"part_wait_stops": False}, "attente_piece", "L’attente d’une pièce ne le suspend pas."),
        ({"round_the_clock": True}, "heures", "24 h/24, 7 j/7"),
        (
            {"emergency": EmergencyCover.ON_CALL, "emergency_terms": "La nuit.", "emergency_phone": "15"},
            "urgences",
            "astreinte du prestataire, la nuit",
        ),
        ({"emergency": EmergencyCover.ON_CALL, "emergency_phone": "15"}, "numero_urgence", "15"),
        ({"by_phone": False, "by_email": False}, "canaux", "[à compléter : canaux de l’assistance]"),
        ({"by_email": False}, "canaux", "par téléphone"),
        (
            {"by_email": False, "by_portal": True, "portal_url": "https://p"},
            "canaux",
            "par téléphone ou par le portail https://p",
        ),
        ({}, "demandes_simultanees", "sans limite"),
        ({"pentecost_worked": True}, "pentecote", "travaillé"),
        ({"billing": Billing.ARREARS}, "facturation", "chaque mois, à terme échu"),
        (
            {"payment_rule": PaymentRule.MONTH_END_AFTER, "payment_days": 45},
            "delai_paiement",
            "à 45 jours de la date de la facture, puis à la fin du mois",
        ),
        ({}, "taux_retard", "trois fois le taux de l’intérêt légal"),
        ({}, "indice_base", "[à compléter : valeur de l’indice de départ]"),
        ({}, "part_fixe", "0 %"),
        ({}, "plafond_penalites", "[à compléter : plafonds des pénalités]"),
        ({}, "forme_penalites", "[à compléter : forme des pénalités]"),
        ({}, "fermetures", "– aucune."),
        ({"price_model": PriceModel.MIXED, "fee": None}, "prix", "[à compléter : prix hors taxes]"),
        ({}, "inventaire", "[à compléter : inventaire de référence]"),
        ({}, "niveau_contrat", "[à compléter : niveau de maintenance confié, de 1 à 5]"),
        ({"renewal": Renewal.NONE}, "reconduction", "le contrat prend fin sans formalité"),
        (
            {"renewal": Renewal.NONE},
            "date_limite",
            "[à compléter : dernier jour pour le préavis de la période en cours]",
        ),
        (
            {"notice_unit": NoticeUnit.DAYS, "notice_value": 1, "notice_reference": NoticeReference.ANNIVERSARY},
            "preavis",
            "1 jour avant la date anniversaire",
        ),
        ({"notice_form": NoticeForm.OTHER}, "forme_preavis", "[à compléter : forme du préavis]"),
        (
            {"notice_moment": NoticeMoment.DISPATCH},
            "moment_preavis",
            "celle de l’envoi, le cachet de la poste faisant foi",
        ),
        ({"reversibility_price": 50_000}, "prix_reversibilite", "500,00 € HT"),
        ({}, "prix_reversibilite", "[à compléter : prix de la réversibilité]"),
        (
            {"price_model": PriceModel.HOUR_BANK, "hours_bought": 3000, "hours_price": 300_000},
            "prix",
            "3 000,00 € pour 50 h, sur 12 mois",
        ),
    ],
)
def test_a_variable_follows_the_terms(base: Store, changes: dict[str, Any], name: str, words: str) -> None:
    with base.begin() as session:
        for key, value in changes.items():
            setattr(contract(session), key, value)
        session.flush()
        told = fill(f"{{{name}}}", Source(session, contract(session).id, DAY))
    assert told.replace("\u00a0", " ") == words


def test_a_draft_without_a_provider_leaves_it_to_be_named(base: Store) -> None:
    names = ("prestataire", "prestataire_adresse", "prestataire_siret", "prestataire_representant",
             "prestataire_courriel", "prestataire_assistance", "interlocuteurs", "date_signature")  # fmt: skip
    with base.begin() as session:
        own = contract(session)
        own.provider_id, own.status = None, ContractStatus.DRAFT
        session.flush()
        source = Source(session, own.id, DAY)
        assert all(fill(f"{{{name}}}", source).startswith("[à compléter") for name in names)


# -- completeness -----------------------------------------------------------------------------------------------


def gaps(session: Session) -> dict[str, completeness.Gap]:
    return {gap.key: gap for gap in completeness.of_contract(session, contract(session).id, DAY).gaps}


def test_a_bare_contract_lacks_nearly_all_and_says_why(base: Store) -> None:
    with base.read() as session:
        found = completeness.of_contract(session, contract(session).id, DAY)
        told = gaps(session)
    assert found.score < 20
    assert {"services", "perimeter", "price", "gdpr", "signed_copy", "clause:penalites"} <= set(told)
    assert {"levels", "hours", "provider", "clause:non-sollicitation"}.isdisjoint(told)
    assert all(gap.why and gap.link and gap.tab for gap in told.values())
    assert told["clause:penalites"].tone == "bad"
    assert told["clause:force-majeure"].tone == "warn"
    assert "14\u00a0mentions sur 14 manquent" in told["gdpr"].why


def test_a_whole_contract_lacks_nothing(base: Store) -> None:
    with base.begin() as session:
        _told(session)
        own = contract(session).id
        contract_clauses.add(session, own, session.scalars(select(Clause.id)).all())
        for point in gdpr.POINTS:
            gdpr.answer(session, own, point.key, Answer.YES)
        found = completeness.of_contract(session, own, DAY)
        assert (found.score, found.gaps) == (100, ())
        gdpr.answer(session, own, gdpr.POINTS[0].key, Answer.NO)
        (one,) = completeness.of_contract(session, own, DAY).gaps
        assert one.why.endswith("1\u00a0mention sur 14 manque.")


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"price_model": PriceModel.FLAT, "fee": 1}, False),
        ({"price_model": PriceModel.PER_UNIT}, True),
        ({"price_model": PriceModel.PER_ACT, "hourly_rate": 1}, False),
        ({"price_model": PriceModel.HOUR_BANK, "hours_bought": 60}, True),
        ({"price_model": PriceModel.HOUR_BANK, "hours_bought": 60, "hours_price": 1}, False),
        ({"price_model": PriceModel.MIXED, "fee": 1}, True),
        ({"price_model": PriceModel.MIXED, "fee": 1, "hourly_rate": 1}, False),
    ],
)
def test_a_price_is_told_by_its_model(base: Store, changes: dict[str, Any], lacks: bool) -> None:
    with base.begin() as session:
        for key, value in changes.items():
            setattr(contract(session), key, value)
        session.flush()
        assert ("price" in gaps(session)) == lacks


def test_a_draft_needs_no_signed_copy_and_a_short_price_no_index(base: Store) -> None:
    with base.begin() as session:
        own = contract(session)
        own.status, own.provider_id, own.renewal, own.round_the_clock = ContractStatus.DRAFT, None, Renewal.NONE, True
        session.flush()
        told = gaps(session)
        assert {"signed_copy", "signed_on", "contacts", "revision", "hours"}.isdisjoint(told)
        assert "provider" in told
        gdpr.without_access(session, own.id)
        assert "gdpr" not in gaps(session)


# -- paper ------------------------------------------------------------------------------------------------------


def test_the_paper_holds_the_clauses_with_their_values_and_the_annexes(base: Store) -> None:
    with base.begin() as session:
        _told(session)
        own = contract(session)
        contract_clauses.add(session, own.id, [clause(session, topic).id for topic in ("niveaux", "prix")])
        contract_clauses.tick(session, own.id, clause(session, "paiement").id, "8.5")
        contract_clauses.tick(session, own.id, clause(session, "litiges").id, None)
        pages = [flat(text) for text in pages_of(papers.draft(session, "contrat", own.number, NOW))]
    text = " ".join(pages)
    assert all("PROJET, sans valeur" in page for page in pages)
    for words in (
        "1 Niveaux de service (délais)", "P1 : prise en charge 1 h 00, rétablissement 4 h 00", "2 Prix et facturation",
        "450,00 € chaque mois", "texte du prestataire, article 8.5", "texte du prestataire, qui est joint",
        "Annexe 1 Prestations", "Périmètre", "PC-0001", "Poste ajouté", "Rétablissement en retard", "Rapport mensuel",
        "Mention de l’article 28", "Pour le prestataire, Lumeo Services", "ne remplace pas un conseil juridique",
    ):  # fmt: skip
        assert words in text, words
    assert "Ancienne" not in text


def test_a_bare_contract_has_a_paper_that_says_what_to_write(base: Store) -> None:
    with base.begin() as session:
        own = contract(session)
        own.provider_id, own.status = None, ContractStatus.DRAFT
        gdpr.without_access(session, own.id)
        text = flat(" ".join(pages_of(papers.draft(session, "contrat", own.number, NOW))))
        assert papers.word(session, "contrat", own.number, NOW)
    assert "Aucune clause n’est encore écrite" in text
    assert "à désigner" in text
    assert "[à compléter : biens couverts]" in text
    assert "[à compléter : prestations]" in text
    assert gdpr.NO_ACCESS in text


def test_an_issued_contract_is_no_longer_a_project(base: Store) -> None:
    with base.begin() as session:
        made = papers.issue(session, "contrat", "CT-2026-01", NOW)
        pages = pages_of(papers.issued_bytes(session, made))
    assert "Projet de contrat" not in pages[0]
    assert not any("PROJET" in text for text in pages)


@pytest.mark.parametrize(("ref", "error"), [(None, Refused), ("CT-1999-01", NotFound)])
def test_the_contract_is_found_by_its_number(base: Store, ref: str | None, error: type[Exception]) -> None:
    with base.read() as session, pytest.raises(error):
        papers.draft(session, "contrat", ref, NOW)


def test_levels_that_nobody_told_are_left_to_be_written(ready: Store) -> None:
    with ready.begin() as session:
        own = Contract(number="CT-2026-09", subject="Nu", starts_on=DAY, provider_id=None, status=ContractStatus.DRAFT)
        session.add(own)
        session.flush()
        text = flat(" ".join(pages_of(papers.draft(session, "contrat", own.number, NOW))))
        assert {"levels", "hours"} <= set(gaps(session))
    assert "[à compléter : délais promis]" in text


def test_lines_behind_a_dash_are_a_list() -> None:
    assert contract_paper.paragraphs("Vu.\n– un\n- deux\n\nFin.\n– trois") == (
        Para("Vu."), Bullets(("un", "deux")), Para("Fin."), Bullets(("trois",)),
    )  # fmt: skip


def test_the_example_contract_is_nearly_complete(morvan: Store) -> None:
    with morvan.read() as session:
        own = session.scalars(select(Contract).order_by(Contract.starts_on)).first()
        assert own is not None
        found = completeness.of_contract(session, own.id, example.TODAY)
        assert 75 <= found.score < 100
        assert "clause:penalites" in {gap.key for gap in found.gaps}
        kept = session.scalars(select(ContractClause).where(ContractClause.contract_id == own.id)).all()
        assert len(kept) == 29
        assert all(one.article for one in kept)
        assert not any(isinstance(b, Grid) and not b.rows for c in _paper(session, own.id) for b in c.blocks)


def _paper(session: Session, own: int) -> Any:
    stamp = Stamp("Contrat", "CT", data_at=NOW)
    return contract_paper.contract_text(session, own, stamp).chapters
