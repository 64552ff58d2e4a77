"""« Mise en place »: the nine steps of the method, from the inventory to the decision, each judged by what the base
holds (product.md, the thread)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, day, joined, number, percent, plural
from app.models import Asset, Consultation, ExpertiseSheet, IssuedPaper, Need, Offer, Provider
from app.models.codes import NeedDecision
from app.models.contract_codes import OfferStatus
from app.services import completeness
from app.services.home import facts
from app.services.home.facts import Agreements, Clock, Fleet, Known

State = Literal["done", "part", "now", "todo"]
REPORT, SPECIFICATIONS = "inventaire", "cahier-des-charges"
JUDGED = ("periodique", "controle")
NEXT_TIME = "Avant le prochain contrat"


@dataclass(frozen=True, slots=True)
class SetupStep:
    """`note` is its figure in words; a step with `waits` is for the next contract, and is never the one to do now."""

    key: str
    title: str
    note: str
    state: State
    waits: bool = False


def before_tickets(session: Session, clock: Clock, fleet: Fleet, deals: Agreements) -> tuple[SetupStep, ...]:
    """The first seven, which hang on days and not on the hour."""
    bound = bool(deals.ids)
    return (
        _inventory(session, fleet),
        _expertise(session, fleet),
        _report(session),
        *(replace(one, waits=True, note=NEXT_TIME) if bound and one.state == "todo" else one
          for one in _consulted(session)),
        _contract(session, clock, deals, fleet),
    )  # fmt: skip


def steps(
    session: Session, first: Iterable[SetupStep], known: Known, decide_by: date | None, today: date
) -> tuple[SetupStep, ...]:
    """All nine. The first step not begun is the one to do now, unless tickets are already followed. `decide_by` is the
    day by which the next notice is to be decided."""
    found = [*first, _tickets(session, known), _judged(session, known, _in_time(decide_by, today))]
    waiting = next((at for at, step in enumerate(found) if step.state == "todo" and not step.waits), None)
    if waiting is not None and all(step.state != "now" for step in found):
        found[waiting] = replace(found[waiting], state="now")
    return tuple(found)


def _inventory(session: Session, fleet: Fleet) -> SetupStep:
    title = "Inventorier les biens"
    if not fleet.all:
        return SetupStep("assets", title, "Par un fichier, ou à la main", "todo")
    vague, nowhere = fleet.kept - fleet.identified, fleet.in_service - fleet.placed
    whole = counted(fleet.all, "bien")
    if vague:
        return SetupStep("assets", title, f"{whole} · {number(vague)} à préciser", "part")
    if nowhere:
        return SetupStep("unplaced", title, f"{whole} · {number(nowhere)} à affecter", "part")
    return SetupStep("assets", title, f"{whole}, {counted(facts.sites(session), 'site')}", "done")


def _expertise(session: Session, fleet: Fleet) -> SetupStep:
    title = "Expertiser chaque bien"
    seen = _expertised(session) if fleet.kept else 0
    if not seen:
        return SetupStep("expertises", title, "Son état, son avenir, ce qu’il coûterait", "todo")
    told = f"{number(seen)} sur {number(fleet.kept)}"
    if seen >= fleet.kept:
        return SetupStep("expertises", title, told, "done")
    return SetupStep("expertises", title, f"{told} · {number(fleet.kept - seen)} à voir", "part")


def _expertised(session: Session) -> int:
    """Assets kept on which a verdict was once given."""
    judged = select(ExpertiseSheet.asset_id).where(
        ExpertiseSheet.final_verdict.is_not(None), ExpertiseSheet.deleted_at.is_(None)
    )
    return session.scalar(select(func.count()).where(*facts.KEPT, Asset.id.in_(judged))) or 0


def _report(session: Session) -> SetupStep:
    return SetupStep("report", "Éditer le rapport d’inventaire", *_issued(facts.last_paper(session, REPORT)))


def _issued(paper: IssuedPaper | None) -> tuple[str, State]:
    if paper is None:
        return "Pas encore émis", "todo"
    return f"Version {paper.number} du {day(paper.issued_at.astimezone(PARIS).date())}", "done"


def _consulted(session: Session) -> Iterator[SetupStep]:
    yield _needs(session)
    yield _specifications(session)
    yield _offers(session)


def _needs(session: Session) -> SetupStep:
    title = "Recueillir les besoins"
    rows = session.execute(select(Need.decision, func.count()).where(Need.deleted_at.is_(None)).group_by(Need.decision))
    told = {row.decision: row[1] for row in rows}
    if not told:
        return SetupStep("needs", title, "Des techniciens, utilisateurs, acheteurs", "todo")
    kept, left = told.get(NeedDecision.KEPT, 0), told.get(NeedDecision.PENDING, 0)
    words = f"{counted(sum(told.values()), 'besoin')}, {number(kept)} {plural(kept, 'retenu')}"
    if left:
        return SetupStep("needs", title, f"{words}, {number(left)} à décider", "part")
    return SetupStep("needs", title, words, "done")


def _specifications(session: Session) -> SetupStep:
    title = "Rédiger le cahier des charges"
    note, state = _issued(facts.last_paper(session, SPECIFICATIONS))
    last = _last_consultation(session) if state == "todo" else None
    if last is not None and last.sent_on is None:
        return SetupStep(f"consultation:{last.id}", title, f"{last.number} en préparation", "part")
    if last is not None:
        return SetupStep(f"consultation:{last.id}", title, f"Envoyé le {day(last.sent_on)}", "done")
    return SetupStep("consultations", title, note, state)


def _last_consultation(session: Session) -> Consultation | None:
    kept = select(Consultation).where(Consultation.deleted_at.is_(None))
    return session.scalar(kept.order_by(Consultation.id.desc()).limit(1))


def _offers(session: Session) -> SetupStep:
    title, last = "Comparer les offres", _last_consultation(session)
    if last is None:
        return SetupStep("consultations", title, "Prix, qualité, délais, garanties", "todo")
    own = (Offer.consultation_id == last.id, Offer.deleted_at.is_(None))
    rows = session.execute(
        select(Offer.id, Offer.status, Provider.name).join(Provider, Provider.id == Offer.provider_id).where(*own)
    ).all()
    came = [row for row in rows if row.status != OfferStatus.INVITED]
    chosen = next((row.name for row in rows if row.id == last.chosen_offer_id), "")
    told = joined(counted(len(came), "offre"), chosen and f"{chosen} retenu", by=", ")
    state: State = "done" if chosen else "part" if rows else "todo"
    return SetupStep(f"consultation:{last.id}", title, told if rows else "Aucun prestataire consulté", state)


def _contract(session: Session, clock: Clock, deals: Agreements, fleet: Fleet) -> SetupStep:
    """What it lacks first: its delays, then the assets out of it."""
    title = "Établir le contrat"
    if not deals.ids:
        drafts = counted(deals.drafts, "projet")
        note, state = (drafts, "part") if deals.drafts else ("Aucun contrat en cours", "todo")
        return SetupStep("contracts-all", title, note, state)  # type: ignore[arg-type] # one of its words
    named = deals.numbers[0] if len(deals.ids) == 1 else f"{number(len(deals.ids))} contrats"
    bare = len(deals.ids) - deals.with_levels
    if bare:
        return SetupStep("contracts", title, f"{named} · délais à fixer", "part")
    if fleet.uncovered:
        return SetupStep("uncovered", title, f"{named} · {counted(fleet.uncovered, 'poste')} à couvrir", "part")
    score = min(completeness.of_contract(session, one, clock.today).score for one in deals.ids)
    of = "complet" if len(deals.ids) == 1 else "complets"
    return SetupStep("contracts", title, f"{named} · {of} à {number(score)}\u00a0%", "done")


def _tickets(session: Session, known: Known) -> SetupStep:
    title, count = "Suivre tickets et interventions", known.desk.open
    if not count and not facts.has_tickets(session):
        return SetupStep("tickets", title, "Chaque panne, chaque demande", "todo")
    return SetupStep("tickets", title, f"En cours · {counted(count, 'ticket ouvert', 'tickets ouverts')}", "now")


def _in_time(decide_by: date | None, today: date) -> str:
    """What presses a notice; a day that is past is not given as one to come."""
    if decide_by is None:
        return ""
    return "Préavis à décider sans attendre" if decide_by < today else f"À décider avant le {day(decide_by)}"


def _judged(session: Session, known: Known, notice: str) -> SetupStep:
    """Once a report or a scorecard was issued; a notice to decide comes before."""
    title = "Juger et décider"
    if notice:
        return SetupStep("deadlines", title, notice, "part")
    last = facts.last_paper(session, *JUDGED)
    if last is not None:
        return SetupStep("reviews", title, f"Dernier bilan le {day(last.issued_at.astimezone(PARIS).date())}", "done")
    value = known.restored.value
    if value is None:
        return SetupStep("indicators", title, "Dès le premier délai promis et tenu ou manqué", "todo")
    return SetupStep("reviews", title, f"{percent(value)} dans le délai, bilan à établir", "part")
