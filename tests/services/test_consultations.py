"""A consultation from its request to the choice: criteria, grid, offers typed, ranked, told in words, one kept."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.models import (
    Consultation,
    Contract,
    ContractService,
    CoveredAsset,
    Criterion,
    Family,
    IssuedPaper,
    Need,
    Offer,
    OfferPrice,
    PriceLine,
    Provider,
)
from app.models.codes import ContractStatus, Moscow, NeedDecision, NeedSource
from app.models.contract_codes import (
    ConsultationStatus,
    Frequency,
    Inclusion,
    NegotiationObject,
    OfferStatus,
    PriceModel,
    ServiceType,
)
from app.services import (
    consultation_log,
    consultation_offers,
    consultation_request,
    consultation_view,
    consultation_words,
    consultations,
    records,
    setup,
)
from app.services.consultation_offers import TypedOffer
from app.storage import Store
from tests.services.company import add_asset

DAY = date(2026, 11, 20)
CLOSE = "L’écart est faible : la négociation ou les réserves peuvent l’inverser."
WORSE = "moins bien noté sur qualité (3,50 contre 4,00)."
CRITERIA = [
    {"id": None, "label": "Prix", "weight": 40, "is_price": True, "meaning": None},
    {"id": None, "label": "Qualité", "weight": 60, "is_price": False, "meaning": "Les délais"},
]
GRID = [
    {"id": None, "label": "Forfait", "unit": "mois", "quantity": 1200, "optional": False},
    {"id": None, "label": "Astreinte", "unit": "mois", "quantity": 1200, "optional": True},
]


def add_consultation(session: Session, **values: Any) -> int:
    return records.create(session, consultations.CONSULTATION, {"subject": "Maintenance 2027", **values})


def add_providers(session: Session, *names: str) -> list[int]:
    made = [Provider(name=name) for name in names]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def ready(session: Session) -> tuple[int, list[int]]:
    """A consultation with its criteria, its grid and two providers asked; gives the ids of the offers too."""
    given = add_consultation(session)
    consultations.save_criteria(session, given, CRITERIA)
    consultations.save_grid(session, given, GRID)
    consultation_offers.invite(session, given, add_providers(session, "Lumeo", "Saône"), DAY)
    return given, [one.id for one in consultations.rows(session, Offer, given, Offer.id)]


def bare_project(session: Session, given: int) -> Contract:
    """A project that says nothing yet, linked to the consultation."""
    made = Contract(number="CT-2027-01", subject="Projet", status=ContractStatus.DRAFT, starts_on=date(2027, 1, 1))
    session.add(made)
    session.flush()
    consultations.link_project(session, given, made.id)
    return made


def typed(
    session: Session, given: int, prices: list[int | None], note: int | None, received: date | None = DAY, **more: Any
) -> TypedOffer:
    lines = [one.id for one in consultations.rows(session, PriceLine, given)]
    quality = consultations.rows(session, Criterion, given)[1].id
    return TypedOffer(
        {"received_on": received, **more},
        {line: (price, None) for line, price in zip(lines, prices, strict=True)},
        {quality: (note, "Vu sur place" if note else None)},
    )


# -- what is asked ----------------------------------------------------------------------------------------------


def test_the_criteria_proposed_total_a_hundred(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        consultations.save_criteria(session, given, consultations.usual_criteria())
        kept = consultation_view.criteria_of(session, given)
        assert [one.weight for one in kept] == [40, 25, 15, 10, 10]
        assert [one.is_price for one in kept] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("weights", "prices", "sentence"),
    [
        ((40, 55), (True, False), "Les poids font 95 % : il manque 5 pour faire 100 %."),
        ((40, 70), (True, False), "Les poids font 110 % : il y a 10 de trop pour faire 100 %."),
        ((40, None), (True, False), "il manque 60"),
        ((40, 60), (True, True), "Un seul critère peut être noté sur le prix."),
    ],
)
def test_criteria_that_cannot_do_are_refused_in_a_sentence(
    store: Store, weights: tuple[int | None, ...], prices: tuple[bool, ...], sentence: str
) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        lines = [
            {"id": None, "label": f"C{i}", "weight": weight, "is_price": price, "meaning": None}
            for i, (weight, price) in enumerate(zip(weights, prices, strict=True))
        ]
        with pytest.raises(InvalidFields) as refused:
            consultations.save_criteria(session, given, lines)
        assert sentence in refused.value.problems["criteria"].replace("\u00a0", " ")
        assert consultation_view.criteria_of(session, given) == ()


def test_a_line_changed_keeps_its_id_and_a_line_left_out_goes_to_the_bin(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        consultations.save_grid(session, given, GRID)
        first, second = consultation_view.grid_of(session, given)
        consultations.save_grid(session, given, [{**GRID[0], "id": first.id, "label": "Forfait tout compris"}])
        assert [(one.id, one.label) for one in consultation_view.grid_of(session, given)] == [
            (first.id, "Forfait tout compris")
        ]
        assert session.get_one(PriceLine, second.id).deleted_at is not None


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"quantity": 0}, "Ligne 1 : Écrivez une quantité plus grande que zéro, ou retirez la ligne."),
        ({"label": None}, "Ligne 1 : Ce champ est obligatoire."),
        ({"optional": True}, "Toutes les lignes sont en option"),
    ],
)
def test_a_grid_that_cannot_be_compared_is_refused(store: Store, line: dict[str, Any], sentence: str) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        with pytest.raises(InvalidFields) as refused:
            consultations.save_grid(session, given, [{**GRID[0], **line}])
        assert sentence in refused.value.problems["grid"].replace("\u00a0", " ")


def test_a_project_is_made_and_linked(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session, decided_until=date(2026, 12, 31), exclusions="Les copieurs")
        setup.ensure(session)
        for number in ("PC-01", "PC-02"):
            add_asset(session, number)
        for family in session.scalars(select(Family).where(Family.name.startswith("Famille de"))):
            family.is_workstation = True
        made = session.get_one(Contract, consultations.create_project(session, given, DAY))
        assert (made.status, made.provider_id, made.subject) == (ContractStatus.DRAFT, None, "Maintenance 2027")
        assert (made.starts_on, made.exclusions) == (date(2027, 2, 1), "Les copieurs")
        facts = consultation_request.project_facts(session, consultations.found(session, given))
        assert facts is not None
        assert (facts.services, facts.levels, facts.perimeter) == (6, 4, "2\u00a0biens, dont 2\u00a0postes de travail")
        assert consultations.found(session, given).contract_id == made.id
        other = add_consultation(session)
        consultations.link_project(session, other, made.id)
        assert consultations.found(session, other).contract_id == made.id
        made.status = ContractStatus.ACTIVE
        with pytest.raises(InvalidFields, match="déjà signé"):
            consultations.link_project(session, other, made.id)


def issued(session: Session, reference: str, data: str = "{}", hour: int = 8) -> int:
    made = IssuedPaper(
        kind="inventaire", reference=reference, number=1, entity="company", record_id=1,
        issued_at=datetime(2026, 11, 2, hour, tzinfo=UTC), data=data, data_sha256="", pdf_sha256="", file_name="",
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def test_the_report_is_the_last_issued_or_the_one_chosen(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        asked = consultations.found(session, given)
        assert consultations.report_of(session, asked) is None
        first, last = issued(session, "RIE-2026-001"), issued(session, "RIE-2026-002", hour=9)
        kept = consultations.report_of(session, asked)
        assert kept is not None
        assert (kept.id, kept.label, kept.day) == (last, "RIE-2026-002, version\u00a01", date(2026, 11, 2))
        consultations.choose_report(session, given, first)
        kept = consultations.report_of(session, asked)
        assert kept is not None
        assert kept.id == first


def test_the_fleet_is_that_of_the_report_else_the_present_one(store: Store) -> None:
    frozen = (
        '{"sites":[{"name":"Dole","families":[{"name":"Poste fixe","lines":[{"verdict":"A"},{"verdict":null}]},'
        '{"name":"NAS","lines":[{"verdict":"D"}]}]}]}'
    )
    with store.begin() as session:
        given = consultations.found(session, add_consultation(session))
        add_asset(session, "PC-01")
        present = consultation_request.fleet_of(session, given, DAY)
        assert (present.total, present.sites, present.verdicts) == (1, ["Sans site"], {})
        assert present.source == "Inventaire tel qu’il est au 20/11/2026, sans rapport émis"
        issued(session, "RIE-2026-004", frozen)
        told = consultation_request.fleet_of(session, given, DAY)
        assert (told.total, told.families, told.sites) == (3, ["NAS", "Poste fixe"], ["Dole"])
        assert told.verdicts == {"A": 1, "D": 1}
        assert told.source == "Rapport d’inventaire RIE-2026-004, version\u00a01, données du 02/11/2026"


def test_needs_are_counted_by_source(store: Store) -> None:
    with store.begin() as session:
        for n, (source, decision, priority) in enumerate(
            [
                (NeedSource.USER, NeedDecision.KEPT, Moscow.MUST),
                (NeedSource.USER, NeedDecision.KEPT, None),
                (NeedSource.USER, NeedDecision.PENDING, Moscow.MUST),
                (NeedSource.BUYER, NeedDecision.REJECTED, Moscow.MUST),
            ]
        ):
            session.add(Need(number=f"B-{n}", statement="x", source=source, decision=decision, priority=priority))
        session.flush()
        found = consultation_request.needs_by_source(session)
        assert [(one.label, one.kept, one.must) for one in found] == [
            ("Techniciens", 0, 0), ("Utilisateurs", 2, 1), ("Acheteurs", 0, 0)
        ]  # fmt: skip


def test_the_grid_proposed_follows_the_project(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        covered, _ = add_asset(session, "PC-01"), add_asset(session, "IMP-02")

        def labels() -> list[tuple[str, int, bool]]:
            return [
                (one["label"].replace("\u00a0", " "), one["quantity"], one["optional"])
                for one in consultation_request.usual_grid(session, given)
            ]

        rest = [
            ("Intervention hors forfait", 2000, False), ("Déplacement hors forfait", 600, False),
            ("Reprise de l’existant", 100, False),
        ]  # fmt: skip
        families = ["Maintenance : Famille de IMP-02, par an", "Maintenance : Famille de PC-01, par an"]
        assert labels() == [*((name, 100, False) for name in families), *rest]
        project = bare_project(session, given)
        project.price_model = PriceModel.PER_UNIT
        session.add(CoveredAsset(contract_id=project.id, asset_id=covered, since=project.starts_on))
        session.flush()
        assert labels() == [(families[1], 100, False), *rest]
        project.price_model = PriceModel.FLAT
        for label, frequency, inclusion in (
            ("Visite", Frequency.QUARTERLY, Inclusion.INCLUDED),
            ("Samedi", Frequency.ON_DEMAND, Inclusion.OPTION),
            ("Assistance", Frequency.ON_DEMAND, Inclusion.INCLUDED),
            ("Copieurs", Frequency.MONTHLY, Inclusion.EXCLUDED),
        ):
            session.add(
                ContractService(
                    contract_id=project.id, label=label, kind=ServiceType.PREVENTIVE, frequency=frequency,
                    inclusion=inclusion,
                )
            )  # fmt: skip
        session.flush()
        wanted = [("Forfait de maintenance", 1200, False), ("Visite", 400, False), ("Samedi", 1200, True)]
        assert labels() == [*wanted, *rest]
        told = consultation_request.project_facts(session, consultations.found(session, given))
        assert told is not None
        assert (told.services, told.levels, told.perimeter) == (3, 0, "1\u00a0bien")


def test_a_consultation_without_project_has_no_facts(store: Store) -> None:
    with store.begin() as session:
        asked = consultations.found(session, add_consultation(session))
        assert consultation_request.project_facts(session, asked) is None
        with pytest.raises(NotFound):
            consultations.found(session, 99)


# -- the steps --------------------------------------------------------------------------------------------------


def test_what_lacks_before_the_request_leaves(store: Store) -> None:
    with store.begin() as session:
        bare = add_consultation(session)
        assert len(consultations.lacking(session, bare)) == 5
        with pytest.raises(Refused, match="au moins un prestataire"):
            consultation_offers.send(session, bare, DAY, None)
        given, offers = ready(session)
        session.get_one(Offer, offers[0]).invited_on = None
        assert consultations.lacking(session, given) == [
            "le projet de contrat qui décrit la demande", "la date de remise des offres"
        ]  # fmt: skip
        consultation_offers.send(session, given, DAY, date(2026, 12, 4))
        asked = consultations.found(session, given)
        assert (asked.status, asked.answers_until) == (ConsultationStatus.OPEN, date(2026, 12, 4))
        assert session.get_one(Offer, offers[0]).invited_on == DAY
        with pytest.raises(InvalidFields, match=r"précède|Ce jour"):
            consultation_offers.send(session, given, DAY, date(2026, 1, 1))


def test_a_provider_is_asked_once_and_can_come_back(store: Store) -> None:
    with store.begin() as session:
        given, offers = ready(session)
        again = [session.get_one(Offer, one).provider_id for one in offers]
        assert consultation_offers.invite(session, given, again, DAY) == 0
        records.to_bin(session, consultation_offers.OFFER, offers[:1])
        assert consultation_offers.invite(session, given, again, DAY) == 1
        assert [one.id for one in consultations.rows(session, Offer, given, Offer.id)] == offers


def test_an_offer_typed_is_received_ranked_and_told(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, saone) = ready(session)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [45_000, None], 400))
        consultation_offers.save_offer(session, saone, typed(session, given, [40_000, 9_000], 350))
        shown = consultation_view.comparison(session, given)
        assert [(one.provider, one.judged.score, one.rank_text) for one in shown.standings] == [
            ("Lumeo", Decimal("4.18"), "1re"), ("Saône", Decimal("4.10"), "2e")
        ]  # fmt: skip
        best, other = shown.standings
        assert [best.judged.notes[one.id] for one in shown.criteria] == [Decimal("4.44"), Decimal("4.00")]
        assert (other.totals.firm, other.totals.options) == (480_000, 108_000)
        assert (best.status, best.lacks) == (OfferStatus.RECEIVED, ())
        told = [sentence.replace("\u00a0", " ") for sentence in consultation_words.differences(shown)]
        assert told == [
            f"Lumeo vient en tête avec 4,18 sur 5, 0,08 point devant Saône. {CLOSE}",
            f"Saône, comparé à Lumeo : moins cher de 600,00 € HT (11,1 %) ; {WORSE}",
        ]


def test_what_an_offer_lacks_is_said_and_never_counted_as_zero(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, saone) = ready(session)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [None, 9_000], None))
        consultation_offers.save_offer(session, saone, typed(session, given, [40_000, None], 350))
        shown = consultation_view.comparison(session, given)
        assert [one.provider for one in shown.standings] == ["Saône", "Lumeo"]
        lacking = shown.standings[1]
        assert (lacking.judged.score, lacking.rank_text) == (None, "")
        assert lacking.lacks == (
            "seules des options sont chiffrées\u00a0: aucun total à comparer",
            "sans note\u00a0: qualité",
        )
        told = " ".join(consultation_words.differences(shown)).replace("\u00a0", " ")
        assert "Saône est la seule offre complète, avec 4,10 sur 5." in told
        assert "Lumeo n’est pas classé : seules des options sont chiffrées" in told
        with pytest.raises(Refused, match="ne chiffre aucune ligne ferme"):
            consultation_offers.choose(session, lumeo, "Le moins cher", DAY)


def test_equals_are_told(store: Store) -> None:
    with store.begin() as session:
        given, offers = ready(session)
        for offer in offers:
            consultation_offers.save_offer(session, offer, typed(session, given, [40_000, None], 300))
        shown = consultation_view.comparison(session, given)
        assert [one.rank_text for one in shown.standings] == ["1re ex æquo", "1re ex æquo"]
        told = consultation_words.differences(shown)
        assert told[0].replace("\u00a0", " ") == "Lumeo et Saône arrivent à égalité avec 3,80 sur 5."
        assert told[1].endswith("même prix.")


def test_a_far_first_is_not_said_close_and_better_notes_are_told(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, saone) = ready(session)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [0, None], 400))
        consultation_offers.save_offer(session, saone, typed(session, given, [50_000, None], 450))
        told = [
            one.replace("\u00a0", " ")
            for one in consultation_words.differences(consultation_view.comparison(session, given))
        ]
        assert told == [
            "Lumeo vient en tête avec 4,40 sur 5, 1,70 point devant Saône.",
            "Saône, comparé à Lumeo : plus cher de 6 000,00 € HT ; mieux noté sur qualité (4,50 contre 4,00).",
        ]


def test_an_offer_with_prices_has_a_day(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, _) = ready(session)
        with pytest.raises(InvalidFields) as refused:
            consultation_offers.save_offer(session, lumeo, typed(session, given, [40_000, None], None, None))
        assert "received_on" in refused.value.problems
        consultation_offers.save_offer(session, lumeo, typed(session, given, [40_000, None], 300))
        consultation_offers.save_offer(session, lumeo, typed(session, given, [None, None], None, None))
        assert session.get_one(Offer, lumeo).status == OfferStatus.INVITED
        assert session.query(OfferPrice).count() == 1, "the price taken away leaves its row, the one never given none"


@pytest.mark.parametrize(
    ("criteria", "lines", "warning"),
    [
        ([], GRID, "Aucun critère n’est posé"),
        (CRITERIA, [], "La grille de prix est vide"),
        (CRITERIA, GRID, ""),
    ],
)
def test_what_keeps_offers_from_being_ranked(store: Store, criteria: list[Any], lines: list[Any], warning: str) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        if criteria:
            consultations.save_criteria(session, given, criteria)
        consultations.save_grid(session, given, lines)
        shown = consultation_view.comparison(session, given)
        assert shown.warning.startswith(warning)
        assert bool(shown.warning) == bool(warning)
        assert consultation_words.differences(shown) == []


def test_weights_changed_elsewhere_rank_nothing(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, _) = ready(session)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [40_000, None], 300))
        consultations.rows(session, Criterion, given)[0].weight = 30
        shown = consultation_view.comparison(session, given)
        assert shown.warning == "Les poids font 90\u00a0%, pas 100\u00a0%\u00a0: rien n’est classé."
        assert shown.standings[0].judged.score is None


def test_the_offer_chosen_gives_its_provider_to_the_project(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, saone) = ready(session)
        third = consultation_offers.invite(session, given, add_providers(session, "Muet"), DAY)
        assert third == 1
        for offer in (lumeo, saone):
            consultation_offers.save_offer(session, offer, typed(session, given, [40_000, None], 300, reference="D-1"))
        consultation_offers.compare(session, given)
        with pytest.raises(InvalidFields, match="motif"):
            consultation_offers.choose(session, saone, " ", DAY)
        contract = session.get_one(Contract, consultation_offers.choose(session, saone, "Plus proche", DAY))
        kept = session.get_one(Offer, saone)
        assert (contract.provider_id, contract.provider_reference) == (kept.provider_id, "D-1")
        states = [one.status for one in consultations.rows(session, Offer, given, Offer.id)]
        assert states == [OfferStatus.REFUSED, OfferStatus.CHOSEN, OfferStatus.DECLINED]
        asked = session.get_one(Consultation, given)
        assert (asked.status, asked.chosen_offer_id) == (ConsultationStatus.AWARDED, saone)
        assert (asked.decision_reason, asked.contract_id) == ("Plus proche", contract.id)
        for act in (
            lambda: consultation_offers.choose(session, lumeo, "Autre", DAY),
            lambda: consultation_offers.drop(session, given, "Trop cher"),
            lambda: consultations.save_criteria(session, given, CRITERIA),
            lambda: consultations.save_grid(session, given, GRID),
            lambda: consultation_offers.invite(session, given, [1], DAY),
        ):
            with pytest.raises(Refused, match="close"):
                act()


def test_a_contract_already_signed_is_not_given_a_provider(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, _) = ready(session)
        consultation_offers.save_offer(session, lumeo, typed(session, given, [40_000, None], 300))
        project = session.get_one(Contract, consultations.create_project(session, given, DAY))
        project.status = ContractStatus.ENDED
        with pytest.raises(Refused, match="n’est plus un projet"):
            consultation_offers.choose(session, lumeo, "Le meilleur", DAY)


def test_a_consultation_may_come_to_nothing(store: Store) -> None:
    with store.begin() as session:
        given = add_consultation(session)
        with pytest.raises(InvalidFields):
            consultation_offers.drop(session, given, "")
        consultation_offers.drop(session, given, "Budget refusé")
        assert consultations.found(session, given).status == ConsultationStatus.DROPPED


def test_the_log_goes_by_object_with_its_deviations(store: Store) -> None:
    with store.begin() as session:
        given, (lumeo, _) = ready(session)
        for values in (
            {"subject": NegotiationObject.DELAY, "point": "Vendredi", "offer_id": lumeo, "obtained": "18 h"},
            {"subject": NegotiationObject.PRICE, "point": "Forfait", "asked": "par mois", "asked_amount": 69_000,
             "obtained_amount": 71_200},
        ):  # fmt: skip
            point = {"consultation_id": given, **values}
            records.create(session, ENTITIES["negotiation_point"], point)
        first, second = consultation_log.negotiation(session, given)
        assert (first.point, first.asked, first.obtained) == ("Forfait", "par mois, 690,00\u00a0€", "712,00\u00a0€")
        assert consultation_log.deviation_text(first.deviation) == "+3,2\u00a0%"
        assert (second.provider, second.obtained) == ("Lumeo", "18 h")
        assert consultation_log.deviation_text(second.deviation) == "–"
        assert consultation_log.deviation_text(Decimal("-4.3")) == "−4,3\u00a0%"


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"received_on": date(2026, 10, 12), "valid_until": date(2026, 10, 11)}, "valid_until"),
        ({"received_on": date(2026, 10, 12), "valid_until": date(2026, 10, 12)}, ""),
    ],
)
def test_an_offer_is_valid_from_its_receipt_on(days: dict[str, date], wrong: str) -> None:
    assert set(ENTITIES["offer"].check(days)) == ({wrong} if wrong else set())
