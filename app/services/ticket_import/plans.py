"""What importing lists of tickets would do, as the preview shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.fields import MISSING, joined, moment
from app.services.importing.entries import Reject, Source
from app.services.importing.plans import Line
from app.services.importing.plans import Outcome as Result
from app.services.ticket_import.applying import Plan
from app.services.ticket_import.outcome import Outcome
from app.services.ticket_import.reading import Told, remarks_of

DAY = len("01/06/2026")
SHOWN = 500
"""Lines shown of each result; the lines refused are all shown."""


@dataclass(frozen=True, slots=True)
class TicketPlan:
    """`files` are the lists read, `told` their tickets, one of each number; `rejects` the lines refused, in order."""

    files: tuple[Source, ...]
    told: tuple[Told, ...]
    plan: Plan
    rejects: tuple[Reject, ...]
    lines: tuple[Line, ...]

    def count(self, outcome: Result) -> int:
        found: dict[Result, Sequence[object]] = {
            "created": self.plan.new, "changed": self.plan.completed, "unchanged": self.plan.same,
            "refused": self.rejects,
        }  # fmt: skip
        return len(found[outcome])

    @property
    def size(self) -> int:
        """How many tickets and refused lines were read."""
        return len(self.told) + len(self.rejects) - len(self.plan.refused)

    @property
    def writes(self) -> int:
        """Tickets that importing would write."""
        return self.count("created") + self.count("changed")

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What the lists leave unsaid of the tickets to add, a sentence each."""
        return tuple(remarks_of(self.plan.new))

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(note for source in self.files for note in source.notes))

    @property
    def outcome(self) -> Outcome:
        counts = (self.count("created"), self.count("changed"), self.count("unchanged"))
        return Outcome(*counts, (*self.notes, *self.unsaid), self.rejects)


def plan_of(files: Sequence[Source], told: Sequence[Told], refused: Sequence[Reject], plan: Plan) -> TicketPlan:
    """`refused` while reading; those refused by what is kept come after them."""
    rejects = (*refused, *plan.refused)
    return TicketPlan(tuple(files), tuple(told), plan, rejects, tuple(_lines(rejects, plan)))


def _lines(rejects: Sequence[Reject], plan: Plan) -> Iterator[Line]:
    for reject in rejects:
        detail = f"{reject.field}\u00a0: {reject.message}" if reject.field else reject.message
        title = MISSING if reject.line else ""
        yield Line(reject.source, reject.line, "ticket", "refused", "", title, detail, rejects=(reject,))
    results: tuple[tuple[Result, tuple[Told, ...]], ...] = (
        ("created", plan.new), ("changed", plan.completed), ("unchanged", plan.same),
    )  # fmt: skip
    for outcome, found in results:
        for one in found[:SHOWN]:
            yield Line(one.source, one.line, "ticket", outcome, one.number, one.subject, course(one))


def course(told: Told) -> str:
    """« P2 · ouvert 01/06/2026 09:30 · pris 10:00 · rétabli – »: what to compare with the other tool. The day is told
    where it is another one."""
    opened = moment(told.opened)
    times = [f"ouvert {opened}"]
    for word, at in (("pris", told.taken), ("rétabli", told.resolved), ("clos", told.closed)):
        shown = moment(at) if at else MISSING
        times.append(f"{word} {shown.removeprefix(opened[:DAY]).strip()}")
    return joined(told.priority.value, *times, by=" · ")
