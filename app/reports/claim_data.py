"""What a claim file is made of: plain frozen words, gathered by services.claim_file."""

from dataclasses import dataclass

from app.reports.fact_columns import FactsBlock
from app.reports.identity import CompanyCard, Pair, Stamp
from app.reports.intervention_data import PromiseLine
from app.reports.table import Cells


@dataclass(frozen=True)
class TermsInForce:
    """What the contract said: `since` names the days, `levels` are a severity and its three delays, `words` a label,
    what it says and the amendment that says it."""

    since: str
    levels: tuple[Cells, ...]
    words: tuple[Cells, ...]


@dataclass(frozen=True)
class Clause:
    """A clause in full; `text` tells where it is when it stands in the provider's own paper."""

    title: str
    text: str


@dataclass(frozen=True)
class BreachGroup:
    """The breaches of one promise: number, thing and subject, severity, due, done, late, cost."""

    title: str
    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class Story:
    """One ticket or one visit from its first act. `acts`: when, working time gone, what, who, entry of the history and
    when it was written there; `done`: interventions; `said`: cause, explanation and decision, the last two told even
    when nobody gave them."""

    title: str
    asset: tuple[Pair, ...]
    request: tuple[Pair, ...]
    quote: str
    promises: tuple[PromiseLine, ...]
    note: str
    acts: tuple[Cells, ...]
    done: tuple[Cells, ...]
    said: tuple[Pair, ...]


@dataclass(frozen=True)
class ChainTold:
    """Where the history stands: `entries` are number, when written, who, which record, what; `head` is the seal of the
    last of all, `sentence` says in words what was checked, `warnings` what a reader must know."""

    sentence: str
    warnings: tuple[str, ...]
    entries: tuple[Cells, ...]
    first: str
    last: str
    head: str


@dataclass(frozen=True)
class ClaimFile:
    """`headline` is the answer, then what it rests on; `steps` is how the penalties were counted, the last line their
    total; `evidence` a name, of what, since when, by whom, and its SHA-256."""

    company: CompanyCard
    stamp: Stamp
    code: str
    card: tuple[Pair, ...]
    subtitle: str
    headline: tuple[str, str]
    facts: tuple[FactsBlock, ...]
    breaches: tuple[BreachGroup, ...]
    breaches_note: str
    steps: tuple[Cells, ...]
    steps_note: str
    claims: tuple[Cells, ...]
    terms: tuple[TermsInForce, ...]
    clauses: tuple[Clause, ...]
    stories: tuple[Story, ...]
    evidence: tuple[Cells, ...]
    chain: ChainTold
